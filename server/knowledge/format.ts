import type { ImageRecord, Note, NumberMeaning, PracticeRecord, Story } from '../model/knowledge';

/** The tables as the build compiles them from data/: everything but the stories, which few ask for. */
export interface CompiledKnowledge {
  /** By first port; the records of one port in the order in which they are told. */
  readonly practice: readonly PracticeRecord[];
  readonly images: readonly ImageRecord[];
  readonly variants: Variants;
  readonly notes: readonly Note[];
  readonly meanings: readonly NumberMeaning[];
}

/** The rules by which other names of an image are traced back to the one in the table. */
export interface Variants {
  /** Owners whose images carry the software of another owner under the same last name; `library` has no owner. */
  readonly republishers: Readonly<Record<string, string>>;
  /** Ends of a name that tell the build and not the program; the longest first. */
  readonly suffixes: readonly string[];
  /** Other names for an image of the table. */
  readonly synonyms: Readonly<Record<string, string>>;
}

/** The stories by their notes' id. */
export type CompiledStories = Readonly<Record<string, Story>>;
