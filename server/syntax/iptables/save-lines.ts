import type { Span } from '../../model/span';
import type { Placeholders } from '../placeholders';

/** Tells the line numbers of places that come one after the other. */
export class LineCounter {
  private line = 1;

  constructor(
    private readonly text: string,
    private from: number,
  ) {}

  at(offset: number): number {
    for (let newline = this.text.indexOf('\n', this.from); newline >= 0 && newline < offset; ) {
      this.line++;
      this.from = newline + 1;
      newline = this.text.indexOf('\n', this.from);
    }
    return this.line;
  }
}

/** A line of a template that says nothing by itself: a statement, or something that stands for whole lines. */
export function isTemplateLine(text: string, line: Span, placeholders: Placeholders): boolean {
  const { start, end } = trimmed(text, line);
  const first = placeholders.at(start);
  return first !== undefined && (first.end === end || first.isControl);
}

/** Tells whether a template may put something into the text, which may be a part of what it puts in. */
export function mayBeFilledIn(text: string): boolean {
  return /[{$<@%!]|__/.test(text);
}

/** The first words of a line at blanks, as strtok(3) finds them. */
export function fieldsOf(text: string, line: Span): readonly Span[] {
  const fields: Span[] = [];
  const word = /[^ \t]+/g;
  const rest = text.slice(line.start, line.end);
  for (let match = word.exec(rest); match !== null && fields.length < 3; match = word.exec(rest)) {
    const start = line.start + match.index;
    fields.push({ start, end: start + match[0].length });
  }
  return fields;
}

/** What stands at the beginning of the line, up to a blank. */
export function firstWord(text: string, line: Span): Span {
  const length = /^\S*/.exec(text.slice(line.start, line.end))?.[0].length ?? 0;
  return { start: line.start, end: line.start + length };
}

/** The line without the blanks around it. */
export function trimmed(text: string, { start, end }: Span): Span {
  const line = text.slice(start, end);
  const lead = line.length - line.trimStart().length;
  const length = line.trim().length;
  return length === 0 ? { start, end } : { start: start + lead, end: start + lead + length };
}

/** Where the part stands next, or the end of the text. */
export function indexOrEnd(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from);
  return found < 0 ? text.length : found;
}
