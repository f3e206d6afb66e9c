import { type SourcedText, SourcedTextBuilder } from '../sourced-text';

/**
 * Ties a scalar's value to its source `raw`, which starts at `start`: character by character where both agree,
 * and by the stretch in between where YAML escaped, folded, indented or left something out. Where the two cannot
 * be brought together, the whole source stands for the whole value.
 */
export function scalarText(value: string, raw: string, start: number): SourcedText {
  const quote = raw[0] === '"' || raw[0] === "'" ? raw[0] : undefined;
  const inner = quote === undefined ? 0 : 1;
  const builder = new SourcedTextBuilder();
  if (raw.startsWith(value, inner)) {
    builder.literal(value, start + inner);
    if (value === '') builder.replaced('', { start: start + inner, end: start + inner });
    return builder.text();
  }
  if (align(value, raw, inner, quote, start, builder)) return builder.text();
  const whole = new SourcedTextBuilder();
  whole.replaced(value, { start: start + inner, end: start + raw.length });
  return whole.text();
}

function align(
  value: string,
  raw: string,
  from: number,
  quote: string | undefined,
  start: number,
  builder: SourcedTextBuilder,
): boolean {
  let at = isBlockHeader(raw, quote) ? endOfLine(raw, from) : from;
  for (let index = 0; index < value.length; ) {
    const wanted = value[index] ?? '';
    const found = raw[at];
    if (found === undefined) return false;
    const escaped = quote === undefined ? 0 : escapeLength(raw, at, quote);
    if (escaped > 0) {
      const next = at + escaped;
      if (found === '\\' && isLineEnd(raw[at + 1])) {
        at = skipBlank(raw, next);
        continue;
      }
      const length = raw[at + 1] === 'U' && value.charCodeAt(index) >= 0xd800 ? 2 : 1;
      builder.replaced(value.slice(index, index + length), { start: start + at, end: start + next });
      index += length;
      at = next;
    } else if (found === wanted) {
      const run = commonRun(value, index, raw, at, quote);
      builder.literal(value.slice(index, index + run), start + at);
      index += run;
      at += run;
    } else if (isBlank(wanted) && isLineEnd(found)) {
      const next = skipBlank(raw, at);
      builder.replaced(wanted, { start: start + at, end: start + next });
      index += 1;
      at = next;
      while (isBlank(value[index]) && value[index] !== raw[at]) {
        builder.replaced(value[index] ?? '', { start: start + at, end: start + at });
        index += 1;
      }
    } else if (isBlank(found)) {
      at += 1;
    } else {
      return false;
    }
  }
  return true;
}

/** How far value and source agree from here, up to a line's end or what may be an escape. */
function commonRun(value: string, index: number, raw: string, at: number, quote: string | undefined): number {
  let run = 1;
  while (
    index + run < value.length &&
    value[index + run] === raw[at + run] &&
    raw[at + run] !== '\n' &&
    (quote === undefined || (raw[at + run] !== '\\' && raw[at + run] !== quote))
  ) {
    run += 1;
  }
  return run;
}

function escapeLength(raw: string, at: number, quote: string): number {
  if (quote === "'") return raw[at] === "'" && raw[at + 1] === "'" ? 2 : 0;
  if (raw[at] !== '\\') return 0;
  const kind = raw[at + 1];
  if (kind === '\r' && raw[at + 2] === '\n') return 3;
  return kind === 'x' ? 4 : kind === 'u' ? 6 : kind === 'U' ? 10 : 2;
}

function isBlockHeader(raw: string, quote: string | undefined): boolean {
  return quote === undefined && (raw[0] === '|' || raw[0] === '>');
}

function endOfLine(raw: string, from: number): number {
  const end = raw.indexOf('\n', from);
  return end < 0 ? raw.length : end + 1;
}

function skipBlank(raw: string, from: number): number {
  let at = from;
  while (isBlank(raw[at])) at += 1;
  return at;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}
