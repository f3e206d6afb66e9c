import type { Variables } from '../model/dialect';

/**
 * Reads the variables of a `.env` file as Compose does (compose-go's dotenv): `NAME=value` lines, an optional
 * `export`, comments from a `#` that starts a word, single quotes literal, double quotes with escapes. A value
 * that itself names a variable cannot be known without the shell's environment, and is undefined.
 */
export function readVariables(text: string): Variables {
  const variables = new Map<string, string | undefined>();
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*[=:]\s*(.*)$/.exec(line);
    if (assignment === null) continue;
    const [, name = '', raw = ''] = assignment;
    variables.set(name, assignedValue(raw));
  }
  return variables;
}

function assignedValue(raw: string): string | undefined {
  const quote = raw[0];
  if (quote === "'") {
    const end = raw.indexOf("'", 1);
    return end < 0 ? undefined : raw.slice(1, end);
  }
  if (quote === '"') {
    const end = closingQuote(raw);
    if (end === undefined) return undefined;
    const inside = raw.slice(1, end);
    return inside.includes('$') ? undefined : inside.replace(/\\(.)/g, '$1');
  }
  const comment = /(?:^|\s)#/.exec(raw);
  const value = (comment === null ? raw : raw.slice(0, comment.index)).trim();
  return value.includes('$') ? undefined : value;
}

function closingQuote(raw: string): number | undefined {
  for (let at = 1; at < raw.length; at += 1) {
    if (raw[at] === '\\') at += 1;
    else if (raw[at] === '"') return at;
  }
  return undefined;
}
