/** A line of a ruleset, with why nft and Portolan do not agree on it where they do not. */
export type Line = string | readonly [line: string, differs: string];

/** Why the two differ on what this text alone does not tell. */
export const otherNames = 'a machine may have other services than Debian has';
export const outside = 'it may be loaded already, or come from another file or the command line';
