import type { SourceFile } from './snapshot';
import type { Span } from './span';

/** A rule's id in a comment that has its findings ignored: `# portolan-ignore octal-port: the base image wants it`. */
export interface Suppression {
  /** The id as written. */
  readonly rule: string;
  /** Its characters. */
  readonly span: Span;
  /** What has to go for it to be gone: the id with its comma, or the whole comment where it is the only one in it. */
  readonly removal: Span;
  /** Where the findings begin that it is about; absent for the whole file. */
  readonly scope?: Span;
  /** The words behind the colon, when there are any. */
  readonly reason?: string;
}

/** The suppressions of one file that ignore nothing. */
export interface IdleSuppressions {
  readonly file: SourceFile;
  readonly idle: readonly (Suppression & { readonly isKnown: boolean })[];
}
