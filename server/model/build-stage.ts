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
