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
  if (before?.files.length !== files.length) return asked(files, files.map(ask));
  // Thousands of files are gone through at every key, and most often one of them has changed.
  let each: (T | undefined)[] | undefined;
  for (let index = 0; index < files.length; index += 1) {
    const file = files[index];
    if (file === undefined || before.files[index] === file) continue;
    const last = before.each[index];
    const now = ask(file);
    if (now === last || (last !== undefined && now !== undefined && isSame(last, now))) continue;
    each ??= [...before.each];
    each[index] = now;
  }
  return each === undefined ? { ...before, files } : asked(files, each);
}

function asked<T extends object>(
  files: readonly SourceFile[],
  each: readonly (T | undefined)[],
): FromEach<T> {
  return { files, each, said: each.filter((answer) => answer !== undefined) };
}

/** Tells whether two answers that are made of texts, numbers and lists say the same. */
export function sameData<T extends object>(one: T, other: T): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
