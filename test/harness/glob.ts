import { fitsPattern } from '../../server/model/file-name';

/** Tells whether a base name fits one of the globs; they may hold `*` and `{a,b}`. */
export function fitsGlob(name: string, globs: readonly string[]): boolean {
  return globs.flatMap(expanded).some((pattern) => fitsPattern(name, pattern));
}

/** All patterns that a glob's `{a,b}` stand for. */
function expanded(glob: string): readonly string[] {
  const [whole, head = '', choices = '', tail = ''] = /^(.*?)\{([^{}]*)\}(.*)$/.exec(glob) ?? [];
  if (whole === undefined) return [glob];
  return choices.split(',').flatMap((choice) => expanded(head + choice + tail));
}
