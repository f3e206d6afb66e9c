/** How comments are written in one kind of file. */
export interface CommentStyle {
  readonly open: string;
  /** What ends a comment before its line does. */
  readonly close?: string;
  /** False where a comment has its line for itself: behind code the program takes it for code. */
  readonly isBehindCode: boolean;
}

/** From a hash to the end of the line. */
export const hashComments: CommentStyle = { open: '#', isBehindCode: true };

/** The same, and nothing else may stand on the line. */
export const hashLines: CommentStyle = { open: '#', isBehindCode: false };

/** As XML has them. */
export const xmlComments: CommentStyle = { open: '<!--', close: '-->', isBehindCode: true };
