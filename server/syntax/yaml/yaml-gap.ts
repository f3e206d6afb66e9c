/** A place where nothing stands yet. */
export interface Gap {
  /** The blanks that may be written over begin here, */
  readonly from: number;
  /** and end here. */
  readonly at: number;
  /** True when a blank must go before what is put here. */
  readonly wantsBlank: boolean;
  /** A quotation mark that stands open in front of the place. */
  readonly quote?: '"' | "'";
  /** The end of the next line, where that has nothing in it but the blanks in front of what belongs here. */
  readonly below?: number;
}

/** The place behind an indicator and its blank, with the blanks that follow, but for the one before a comment. */
export function gapAt(text: string, near: number, base: number): Gap {
  let start = near;
  while (isBlank(text[start - 1])) start -= 1;
  let end = start;
  while (isBlank(text[end])) end += 1;
  const before = text[start - 1];
  // Behind a quotation mark that was taken for a blank, so that the lines below could be read.
  if (before === '"' || before === "'") {
    return { from: start + base, at: end + base, wantsBlank: false, quote: before };
  }
  const quote = text[end];
  const isOpen = (quote === '"' || quote === "'") && /^[ \t\r]*(?:\n|$)/.test(text.slice(end + 1, end + 80));
  if (isOpen) return { from: end + 1 + base, at: end + 1 + base, wantsBlank: false, quote };
  const isIndicator = before === '-' || before === ':' || before === ',';
  const from = isIndicator && end > start ? start + 1 : start;
  const at = Math.max(from, text[end] === '#' ? end - 1 : end);
  const below = before === '-' ? nextLine(text, start - 1, end) : undefined;
  return {
    from: from + base,
    at: at + base,
    wantsBlank: (before === '-' || before === ':') && end === start,
    ...(below !== undefined && { below: below + base }),
  };
}

/** The end of the line below a dash, where that line is blank and goes further in than the dash does. */
function nextLine(text: string, dash: number, end: number): number | undefined {
  const lineBreak = text[end] === '\r' ? end + 1 : end;
  if (text[lineBreak] !== '\n') return undefined;
  const start = lineBreak + 1;
  let at = start;
  while (isBlank(text[at])) at += 1;
  const column = dash - (text.lastIndexOf('\n', dash) + 1);
  const next = text[at];
  const isBlankLine = next === undefined || next === '\n' || next === '\r';
  return isBlankLine && at - start > column ? at : undefined;
}

/** The place behind an anchor or a tag and its blank; undefined where no blank follows: what is typed there goes on with it. */
export function gapBehindName(text: string, near: number, base: number): Gap | undefined {
  let start = near;
  while (isBlank(text[start - 1])) start -= 1;
  let end = start;
  while (isBlank(text[end])) end += 1;
  const at = text[end] === '#' ? end - 1 : end;
  return at <= start ? undefined : { from: start + 1 + base, at: at + base, wantsBlank: false };
}

/** The place of one more item of a flow sequence: in an empty one, or behind a comma that ends it. */
export function gapInFlow(text: string, from: number, isEmpty: boolean, base: number): Gap | undefined {
  const comma = isEmpty ? from : text.indexOf(',', from) + 1;
  if (!isEmpty && (comma === 0 || text.slice(from, comma - 1).trim() !== '')) return undefined;
  const gap = gapAt(text, comma, base);
  const next = text[gap.at - base];
  return next === undefined || next === ']' || next === '\n' || next === '\r' ? gap : undefined;
}

/** A gap in the shape of a node's field, after the text before it grew by `by` code units. */
export function shiftedGap(gap: Gap | undefined, by: number): { readonly gap?: Gap } {
  if (gap === undefined) return {};
  const below = gap.below !== undefined && { below: gap.below + by };
  return { gap: { ...gap, from: gap.from + by, at: gap.at + by, ...below } };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
