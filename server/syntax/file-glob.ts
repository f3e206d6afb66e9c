/** Tells whether a path has a wildcard, as nginx and nft ask before they call glob(3) (src/core/ngx_conf_file.c, ngx_conf_include). */
export function isFileGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/** The name with a backslash before each character that has a meaning in a glob, so that it fits itself alone. */
export function escapedGlob(name: string): string {
  return name.replace(/[*?[\]\\]/g, '\\$&');
}

/**
 * Makes the function that tells whether one name of a path fits one name of a glob(3): `*` for any characters, `?` for
 * one, `[a-z]` and `[!a-z]` for one of some, a backslash before what stands for itself. Case matters, and a dot in front
 * is taken by a dot alone (glob(7)). In time in proportion to the name times the glob.
 */
export function fileGlob(pattern: string): (name: string) => boolean {
  if (pattern.length > longestGlob) return () => false;
  const parts = partsOf(pattern);
  return (name) => {
    const isHidden = name.startsWith('.');
    return (!isHidden || (parts[0] !== star && parts[0]?.isLiteral === true)) && fits(name, parts);
  };
}

/** Longer globs fit nothing: no one writes them. */
const longestGlob = 1_000;

type Part = typeof star | One;

/** One character. */
interface One {
  readonly isLiteral: boolean;
  takes(character: string): boolean;
}

const star = 'any characters';

function partsOf(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (char === '*') {
      if (parts.at(-1) !== star) parts.push(star);
      continue;
    }
    const set = char === '[' ? setAt(pattern, at) : undefined;
    if (set !== undefined) {
      parts.push({ isLiteral: false, takes: set.takes });
      at = set.end;
    } else if (char === '?') parts.push({ isLiteral: false, takes: () => true });
    else {
      if (char === '\\' && at + 1 < pattern.length) at += 1;
      const own = pattern[at];
      parts.push({ isLiteral: true, takes: (character) => character === own });
    }
  }
  return parts;
}

/** A set in brackets, of which `end` is the closing one; undefined for a bracket that stays open and stands for itself. */
function setAt(
  pattern: string,
  open: number,
): { readonly end: number; takes(character: string): boolean } | undefined {
  const isNot = pattern[open + 1] === '!' || pattern[open + 1] === '^';
  const from = open + (isNot ? 2 : 1);
  // A closing bracket that comes first is one of the set.
  const end = pattern.indexOf(']', from + 1);
  if (end < 0) return undefined;
  const chosen = pattern.slice(from, end);
  // Classes, equivalents and escapes within a set nobody writes for a file's name: what they take is not known here.
  if (/\[[:.=]|\\/.test(chosen)) return { end, takes: () => false };
  return { end, takes: (character) => isChosen(character, chosen) !== isNot };
}

function isChosen(character: string, chosen: string): boolean {
  for (let at = 0; at < chosen.length; at += 1) {
    const first = chosen[at] ?? '';
    const last = chosen[at + 1] === '-' ? chosen[at + 2] : undefined;
    if (last === undefined ? character === first : character >= first && character <= last) return true;
    if (last !== undefined) at += 2;
  }
  return false;
}

/** Only the last star is tried again. */
function fits(name: string, parts: readonly Part[]): boolean {
  let at = 0;
  let part = 0;
  let tried: { part: number; at: number } | undefined;
  while (at < name.length) {
    const wanted = parts[part];
    if (wanted === star) {
      tried = { part, at };
      part += 1;
    } else if (wanted?.takes(name[at] ?? '')) {
      at += 1;
      part += 1;
    } else if (tried !== undefined) {
      tried.at += 1;
      at = tried.at;
      part = tried.part + 1;
    } else return false;
  }
  return parts.slice(part).every((each) => each === star);
}
