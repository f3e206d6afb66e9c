/** A document's address as the editor spells it; the command line makes `file:` URIs. */
export type Uri = string;
