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
  const isAsMany = before?.files.length === files.length;
  const each: (T | undefined)[] = isAsMany ? [...before.each] : [];
  let isOther = !isAsMany;
  for (const [index, file] of files.entries()) {
    const last = before?.each[index];
    if (before?.files[index] === file) {
      each[index] = last;
      continue;
    }
    const now = ask(file);
    const isKept = last !== undefined && now !== undefined && isSame(last, now);
    each[index] = isKept ? last : now;
    isOther ||= each[index] !== last;
  }
  if (before !== undefined && !isOther) return { ...before, files };
  return { files, each, said: each.filter((answer) => answer !== undefined) };
}

/** Tells whether two answers that are made of texts, numbers and lists say the same. */
export function sameData<T extends object>(one: T, other: T): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
