/** Longer globs fit nothing: no one writes them. */
const longestGlob = 1_000;

/** How many patterns the braces of one glob may stand for; what goes beyond is left out. */
const mostPatterns = 256;

/**
 * Makes the function that tells whether a path fits a glob, or lies in a folder that does: `*` and `?` stand for characters
 * of one name, `[ab]` and `[!ab]` for one of some, a double star for any number of folders, `{a,b}` for either.
 * Case matters. The time it takes is in proportion to the path times the glob.
 *
 * @returns Takes the names of a path from the folder that the glob counts from.
 */
export function globTest(glob: string): (path: readonly string[]) => boolean {
  if (glob.length > longestGlob) return () => false;
  const patterns = expanded(glob).map((pattern) =>
    pattern.split('/').filter((name) => name !== '' && name !== '.'),
  );
  const used = patterns.filter((names) => names.length > 0);
  return (path) =>
    used.some((names) =>
      path.some((_, index) => fits(path.slice(0, index + 1), names, (name) => name === '**', fitsName)),
    );
}

function fitsName(name: string | undefined, pattern: string): boolean {
  return fits([...(name ?? '')], characters(pattern), (each) => /^\*+$/.test(each), fitsCharacter);
}

function fitsCharacter(character: string, pattern: string): boolean {
  if (pattern === '?') return true;
  if (pattern.length < 3 || !pattern.startsWith('[')) return character === pattern;
  const isNot = pattern[1] === '!' || pattern[1] === '^';
  const chosen = pattern.slice(isNot ? 2 : 1, -1);
  return inClass(character, chosen) !== isNot;
}

function inClass(character: string, chosen: string): boolean {
  for (let at = 0; at < chosen.length; at += 1) {
    const last = chosen[at + 1] === '-' ? chosen[at + 2] : undefined;
    const first = chosen[at] ?? '';
    if (last === undefined ? character === first : character >= first && character <= last) return true;
    if (last !== undefined) at += 2;
  }
  return false;
}

/** The pattern's characters; a class in brackets and a run of stars are one each. */
function characters(pattern: string): readonly string[] {
  return pattern.match(/\*+|\[[^\]]+\]|[^*]/gu) ?? [];
}

/** Matches items against a pattern in which stars stand for any number of them; only the last star is tried again. */
function fits<T>(
  items: readonly T[],
  pattern: readonly string[],
  isStar: (part: string) => boolean,
  fitsOne: (item: T, part: string) => boolean,
): boolean {
  let at = 0;
  let part = 0;
  let star = -1;
  let from = 0;
  while (at < items.length) {
    const wanted = pattern[part];
    if (wanted !== undefined && isStar(wanted)) {
      star = part;
      from = at;
      part += 1;
    } else if (wanted !== undefined && fitsOne(items[at] as T, wanted)) {
      at += 1;
      part += 1;
    } else if (star >= 0) {
      from += 1;
      at = from;
      part = star + 1;
    } else {
      return false;
    }
  }
  return pattern.slice(part).every(isStar);
}

/** All patterns that a glob's braces stand for; one that is never closed stands for itself. */
function expanded(glob: string): readonly string[] {
  const done: string[] = [];
  const waiting = [glob];
  for (let next = waiting.pop(); next !== undefined && done.length < mostPatterns; next = waiting.pop()) {
    const inner = innermostBraces(next);
    if (inner === undefined) {
      done.push(next);
      continue;
    }
    const [head, tail] = [next.slice(0, inner.start), next.slice(inner.end + 1)];
    const choices = next.slice(inner.start + 1, inner.end).split(',');
    for (const choice of choices.slice(0, mostPatterns).reverse()) waiting.push(head + choice + tail);
  }
  return done;
}

/** The first pair of braces that holds no other. */
function innermostBraces(text: string): { readonly start: number; readonly end: number } | undefined {
  const end = text.indexOf('}');
  const start = end < 0 ? -1 : text.lastIndexOf('{', end);
  return start < 0 ? undefined : { start, end };
}
