import type { PortReference } from './port';

/** One stage of a Dockerfile: what stands between two FROM lines. */
export interface BuildStage {
  /** In lower case; absent for a stage without a name. */
  readonly name?: string;
  /** The image from outside of the file that it builds on; absent where the text does not tell, and for `scratch`. */
  readonly image?: string;
  /** The ports that it exposes, with those of the stages that it builds on. */
  readonly exposed: readonly PortReference[];
}

/** One path of a COPY or ADD. */
export interface CopiedPath {
  /**
   * From the folder of the context, without what leads there and without a slash at the end; empty for all there is.
   * Patterns and variables stand in it as written.
   */
  readonly source: string;
  /** Where it goes to in the image, as written; with a slash at the end it is a folder. */
  readonly target: string;
}
