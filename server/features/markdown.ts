/** Plain text as Markdown that shows just that text. */
export function escaped(text: string): string {
  const line = text.includes('\n')
    ? text
        .split('\n')
        .map((part) => part.trim())
        .join(' ')
    : text;
  return line.replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}

/** Lines of one paragraph, each on a line of its own. */
export function hardBreak(lines: readonly string[]): string {
  return lines.join('  \n');
}

/** A code span that holds `text`, whatever back-ticks are in it. */
export function code(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/**
 * A registry reference as Markdown: `[RFC6335]` becomes a link to that RFC, a web address a link, and anything else
 * stays text.
 */
export function reference(text: string): string {
  const parts = text.match(/\[[^\]]*\]|[^[]+/g) ?? [];
  return parts
    .map((part) => part.replace(/^\[|\]$/g, '').trim())
    .filter((part) => part !== '')
    .map(linked)
    .join(', ');
}

function linked(part: string): string {
  const rfc = /^RFC ?(\d+)$/i.exec(part);
  if (rfc !== null) return `[RFC ${rfc[1]}](https://www.rfc-editor.org/rfc/rfc${Number(rfc[1])})`;
  if (/^https?:\/\/[^\s()<>]+$/.test(part)) return `[${escaped(part)}](${part})`;
  return escaped(part);
}
