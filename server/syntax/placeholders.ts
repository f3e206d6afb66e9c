import { NextPlace } from './next-place';
import { type SourcedText, SourcedTextBuilder, sourceSpan, subText, unknownText } from './sourced-text';
import { TemplateMarks } from './template-marks';

/**
 * The names that sed, autoconf, a shell or a person puts other text for, as patterns: `__PORT__`, `@PORT@`, `@@PORT@@`,
 * `%PORT%`, `!!web.port!!`. No firewall's program and no web server has a word of that form.
 */
export const placeholderNames: readonly string[] = [
  '(?<![\\w$]|\\$\\{)__[A-Z](?:[A-Z0-9]|_(?!_)){0,99}__(?![\\w=(])',
  // `_NAME_` in capitals, and no function or variable of a program: it has both underscores.
  '(?<![\\w$]|\\$\\{)_[A-Z][A-Z0-9]{0,99}(?:_[A-Z0-9]{1,99}){0,9}_(?![\\w=(])',
  '@@?[A-Za-z][A-Za-z0-9_.-]{0,99}@@?',
  // `%Y-%m` is a date, and `%%REJECT%%` a target of firewalld's.
  '(?<!%)(?!%%REJECT%%)%%?[A-Za-z][A-Za-z0-9_.-]{0,99}%%?(?![A-Za-z])',
  '!![A-Za-z][A-Za-z0-9_.-]{0,99}!!',
];

/** What is a placeholder in one language and has a meaning of its own in another. */
export interface PlaceholderForms {
  /** `<port>`, `<your port>`; in XML only as the beginning of a value. */
  readonly angle?: true | 'in quotes';
  /** `$PORT`, `${PORT}`. */
  readonly dollar?: true;
  /** `xx`, `XXXX`: what people write who leave a port to their readers. */
  readonly crosses?: true;
}

/** A stretch that something fills in before the program reads the text. */
export interface Placeholder {
  readonly start: number;
  readonly end: number;
  /** What stands between its signs. */
  readonly name: string;
  /** True for a statement of a template engine, which leaves no text behind. */
  readonly isControl: boolean;
}

/** Finds placeholders: the marks of template engines, and names as above. Asking place by place takes linear time. */
export class Placeholders {
  private readonly marks: TemplateMarks;
  private readonly lines: NextPlace;
  private readonly names: RegExp;

  constructor(
    private readonly text: string,
    { angle, dollar, crosses }: PlaceholderForms = {},
  ) {
    this.marks = new TemplateMarks(text);
    this.lines = new NextPlace(text, '\n');
    const before = angle === 'in quotes' ? '(?<==["\'])' : '(?<!<)';
    const angles = angle ? [`${before}<[A-Za-z_][\\w.-]{0,40}(?: [\\w.-]{1,40}){0,4}>`] : [];
    const dollars = dollar ? ['\\$\\{[^{}\\n]{1,99}\\}', '\\$[A-Za-z_]\\w*'] : [];
    const exes = crosses ? ['(?<!\\w)(?:x{2,5}|X{2,5})(?!\\w)'] : [];
    this.names = new RegExp([...placeholderNames, ...angles, ...dollars, ...exes].join('|'), 'y');
  }

  /** The placeholder that begins at a place. */
  at(start: number): Placeholder | undefined {
    if (!begins.test(this.text.charAt(start))) return undefined;
    const mark = this.isMark(start) ? this.marks.at(start) : undefined;
    const isShort = mark !== undefined && mark.end - start <= longestMark;
    if (isShort && (this.text[start + 1] !== '{' || mark.end <= this.lines.after(start))) {
      const inner = this.text.slice(start + 2, mark.end - 2).replace(/^[-=~#]|-$/g, '');
      // Filters follow the name.
      const name = /^\s*([\w.$-]+)\s*(?:\||$)/.exec(inner)?.[1] ?? inner.trim();
      return { start, end: mark.end, name, isControl: mark.isControl };
    }
    this.names.lastIndex = start;
    const [found] = this.names.exec(this.text) ?? [];
    if (found === undefined) return undefined;
    const name = found.replace(/^(?:__|[@%!<${]+)|(?:__|[@%!>}]+)$/g, '');
    return { start, end: start + found.length, name, isControl: false };
  }

  /** All of them, in order. */
  *all(): Iterable<Placeholder> {
    for (const { index } of this.text.matchAll(anyBeginning)) {
      const found = this.at(index);
      if (found !== undefined) yield found;
    }
  }

  /** A set of nft may begin with two braces (`{{22, 23}}`), and a shell counts with `${#NAME}`. */
  private isMark(start: number): boolean {
    const opening = this.text.slice(start, start + 60);
    if (opening.startsWith('{#')) return this.text[start - 1] !== '$';
    return !opening.startsWith('{{') || !/^\{\{[\s0-9,{}-]*(?:\}\}|$)/.test(opening);
  }
}

const begins = /[{<_@%!$xX]/;
const anyBeginning = /[{<_@%!$xX]/g;

/** No mark is longer, so that braces far apart make none. */
const longestMark = 2000;

/** Tells whether there is a placeholder in a text. */
export function hasPlaceholders(text: string, forms?: PlaceholderForms): boolean {
  for (const _ of outermost(text, forms)) return true;
  return false;
}

/**
 * The text with `unknownText` for each placeholder, as a variable without a value; for the statements of a template
 * engine that begin a line a blank, for these leave nothing behind.
 */
export function withPlaceholders(source: SourcedText, forms?: PlaceholderForms): SourcedText {
  const { value } = source;
  const builder = new SourcedTextBuilder();
  let from = 0;
  for (const { start, end, name, isControl } of outermost(value, forms)) {
    if (start > from) builder.append(subText(source, from, start));
    const span = sourceSpan(source, start, end);
    const begun = value.slice(Math.max(0, start - 80), start);
    if (isControl && /(?:^|\n)[ \t]*$/.test(begun)) builder.replaced(' ', span);
    else builder.replaced(unknownText, span, { name, span, from: 'unknown' });
    from = end;
  }
  if (from === 0) return source;
  if (from < value.length) builder.append(subText(source, from, value.length));
  return builder.text();
}

/** The text with as much `unknownText` for each placeholder as it is long: all other places stay where they are. */
export function maskedPlaceholders(text: string, forms?: PlaceholderForms): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of outermost(text, forms)) {
    parts.push(text.slice(from, start), unknownText.repeat(end - start));
    from = end;
  }
  return parts.join('') + text.slice(from);
}

/** None that stands within another one. */
function* outermost(text: string, forms?: PlaceholderForms): Iterable<Placeholder> {
  let from = 0;
  for (const placeholder of new Placeholders(text, forms).all()) {
    if (placeholder.start < from) continue;
    yield placeholder;
    from = placeholder.end;
  }
}
