/** Why BuildKit refuses a pattern, in its own words. */
export interface PatternFault {
  readonly docker: string;
}

/** What `${V#p}`, `${V##p}`, `${V%p}` and `${V%%p}` leave of a value: the shortest or longest match cut off. */
export function trimmed(
  value: string,
  pattern: string,
  end: 'prefix' | 'suffix',
  longest: boolean,
): string | PatternFault {
  const tokens = patternTokens(pattern);
  if ('docker' in tokens) return tokens;
  if (end === 'prefix') return value.slice(Math.max(0, matchEnds(tokens, value, longest)[0] ?? 0));
  const backwards = matchEnds([...tokens].reverse(), [...value].reverse(), longest);
  return value.slice(0, value.length - Math.max(0, backwards[0] ?? 0));
}

/** What `${V/p/r}` and `${V//p/r}` make of a value: the first match, or every one, replaced. */
export function replaced(
  value: string,
  pattern: string,
  replacement: string,
  all: boolean,
): string | PatternFault {
  const tokens = patternTokens(pattern);
  if ('docker' in tokens) return tokens;
  const ends = matchEnds(tokens, value, true);
  let out = '';
  let at = 0;
  let copied = 0;
  let lastEnd = -1;
  while (at <= value.length) {
    const end = ends[at] ?? -1;
    // An empty match right after a match is none, as in every engine of regular expressions.
    if (end < 0 || (end === at && at === lastEnd)) {
      at++;
      continue;
    }
    out += value.slice(copied, at) + replacement;
    copied = end;
    lastEnd = end;
    if (!all) break;
    at = Math.max(end, at + (end === at ? 1 : 0));
  }
  return out + value.slice(copied);
}

type Token = { readonly char: string } | 'one' | 'many';

/** `*` and `?` are the only wildcards (moby/buildkit frontend/dockerfile/shell/lex.go `convertShellPatternToRegex`). */
function patternTokens(pattern: string): readonly Token[] | PatternFault {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    if (char === '*') tokens.push('many');
    else if (char === '?') tokens.push('one');
    else if (char !== '\\') tokens.push({ char });
    else {
      const next = pattern[++at] ?? '';
      if (!['}', '/', '*', '?', '\\'].includes(next)) {
        return { docker: `invalid pattern (${pattern}) in substitution: invalid escape '\\${next}'` };
      }
      tokens.push({ char: next });
    }
  }
  return tokens;
}

/**
 * For each place of the value, where the shortest or longest match that starts there ends; -1 for none. One table
 * row a place, filled from the end, so that no pattern can take more than its length times the value's.
 */
function matchEnds(tokens: readonly Token[], value: ArrayLike<string>, longest: boolean): number[] {
  const ends = new Array<number>(value.length + 1).fill(-1);
  let after: number[] = [];
  for (let at = value.length; at >= 0; at--) {
    const row = new Array<number>(tokens.length + 1).fill(-1);
    row[tokens.length] = at;
    for (let index = tokens.length - 1; index >= 0; index--) {
      const token = tokens[index];
      const inside = at < value.length;
      if (token === 'many') {
        const here = row[index + 1] ?? -1;
        const later = inside ? (after[index] ?? -1) : -1;
        row[index] = longest ? Math.max(here, later) : here >= 0 ? here : later;
      } else if (inside && (token === 'one' || token?.char === value[at])) {
        row[index] = after[index + 1] ?? -1;
      }
    }
    ends[at] = row[0] ?? -1;
    after = row;
  }
  return ends;
}
