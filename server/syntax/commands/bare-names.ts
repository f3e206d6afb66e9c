/**
 * How often each name stands in a shell script other than as `$NAME` or `${NAME…}`: where a variable is assigned, read
 * (`read NAME`), unset, declared local or counted up, its name stands there bare. Comments do not count, nor does
 * `export NAME` alone, nor letters behind a dash (`-P INPUT`). Mere mentions count: more than there is to fear.
 */
export function bareNames(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    for (const name of bareIn(withoutComment(text.slice(start, end))))
      counts.set(name, (counts.get(name) ?? 0) + 1);
    start = end + 1;
  }
  return counts;
}

function* bareIn(line: string): Iterable<string> {
  // The word before, for `export NAME`.
  let before = '';
  for (const { index, 0: name } of line.matchAll(/[A-Za-z0-9_]+/g)) {
    const isExport = (before === 'export' || before === 'readonly') && line[index + name.length] !== '=';
    before = name;
    const isName = /^[A-Za-z_]/.test(name) && line[index - 1] !== '-';
    if (isName && !isExport && !isUse(line, index, index + name.length)) yield name;
  }
}

/** `$NAME`, and `${NAME…}` unless it assigns (`${NAME:=22}`). */
function isUse(line: string, from: number, to: number): boolean {
  if (line[from - 1] === '$') return true;
  return line[from - 1] === '{' && line[from - 2] === '$' && !/^:?=/.test(line.slice(to, to + 2));
}

/** A number sign in a text in quotation marks is none that begins a comment: where one follows, the line stays. */
function withoutComment(line: string): string {
  const at = /^\s*#/.test(line) ? 0 : line.search(/[ \t]#/);
  return at < 0 || (at > 0 && /["'`]/.test(line.slice(at))) ? line : line.slice(0, at);
}
