import { sameElements } from './same-elements';
import type { SourceFile } from './snapshot';

/** What the files of a workspace say to one question. */
export interface FromEach<T extends object> {
  readonly files: readonly SourceFile[];
  /** For each file what it says; undefined for one that says nothing. */
  readonly each: readonly (T | undefined)[];
  /** What is said, in the order of the files: the same list as before where all say the same. */
  readonly said: readonly T[];
}

/**
 * Asks each file.
 *
 * @param before What they said the last time: a file that is the same is not asked again.
 * @param isSame Tells whether a file that has changed says the same as before; absent where every answer is a new one.
 */
export function fromEach<T extends object>(
  files: readonly SourceFile[],
  ask: (file: SourceFile) => T | undefined,
  before: FromEach<T> | undefined,
  isSame: (one: T, other: T) => boolean = Object.is,
): FromEach<T> {
  if (before?.files === files) return before;
  const each = files.map((file, index) => {
    const last = before?.each[index];
    if (before?.files[index] === file) return last;
    const now = ask(file);
    return last !== undefined && now !== undefined && isSame(last, now) ? last : now;
  });
  const said = each.filter((answer) => answer !== undefined);
  return { files, each, said: before !== undefined && sameElements(before.said, said) ? before.said : said };
}
