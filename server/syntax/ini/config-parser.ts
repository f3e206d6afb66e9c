import type { Span } from '../../model/span';
import { type SourcedText, SourcedTextBuilder } from '../sourced-text';
import { pythonLines, trimmed } from './python-text';

/** A file as Python's `configparser.RawConfigParser` reads it, with the place of everything. */
export interface ConfigFile {
  /** The sections in the order of the text; what stands under `[DEFAULT]` is in `defaults` instead. */
  readonly sections: readonly ConfigSection[];
  readonly defaults: readonly ConfigOption[];
  /** Why Python refuses the file as a whole: the fault that it raises. The file is read to its end all the same. */
  readonly fault?: ConfigFault;
}

export interface ConfigSection {
  readonly name: string;
  /** The name between the brackets. */
  readonly nameSpan: Span;
  readonly options: readonly ConfigOption[];
}

export interface ConfigOption {
  /** The key in small letters, as Python looks it up. */
  readonly key: string;
  /** The key as it is written. */
  readonly keySpan: Span;
  /** The lines of the value, joined by line feeds. */
  readonly value: SourcedText;
}

export interface ConfigFault {
  readonly span: Span;
  /** What is wrong, in words that begin a sentence. */
  readonly reason: string;
  /** The name of Python's exception. */
  readonly error:
    | 'MissingSectionHeaderError'
    | 'DuplicateSectionError'
    | 'DuplicateOptionError'
    | 'ParsingError';
}

/**
 * Reads an INI file with Python's rules (Lib/configparser.py, RawConfigParser._read, with its defaults): `key = value`
 * and `key: value`, a line that is indented deeper goes on with the value, `#` and `;` begin comments on lines of their
 * own only, a section or a key stands once. After a fault the reading goes on where Python stops.
 */
export function readConfigParser(text: string): ConfigFile {
  const reader = new ConfigReader(text);
  for (const line of pythonLines(text)) reader.read(line);
  return reader.file();
}

const defaultSection = 'DEFAULT';

interface OpenOption {
  readonly key: string;
  readonly keySpan: Span;
  readonly lines: Span[];
}

class ConfigReader {
  private readonly sections: { name: string; nameSpan: Span; options: OpenOption[] }[] = [];
  private readonly defaults: OpenOption[] = [];
  private readonly names = new Set<string>();
  private readonly defaultKeys = new Set<string>();
  private keys = this.defaultKeys;
  private options: OpenOption[] | undefined;
  private section = '';
  private option: OpenOption | undefined;
  private indent = 0;
  private fatal: ConfigFault | undefined;
  private bogus: ConfigFault | undefined;

  constructor(private readonly text: string) {}

  read(line: Span): void {
    const value = trimmed(this.text, line);
    const first = this.text[value.start];
    const isEmpty = value.start === value.end;
    if (isEmpty) {
      // An empty line belongs to a value that goes on after it.
      this.option?.lines.push({ start: line.end, end: line.end });
      return;
    }
    if (first === '#' || first === ';') return;
    const indent = value.start - line.start;
    if (this.option !== undefined && indent > this.indent) {
      this.option.lines.push(value);
      return;
    }
    this.indent = indent;
    if (first === '[' && this.readSection(value)) return;
    if (this.options === undefined) {
      this.refuse('MissingSectionHeaderError', value, 'a section in brackets is missing before this line');
    } else {
      this.readOption(value, this.options);
    }
  }

  file(): ConfigFile {
    const fault = this.fatal ?? this.bogus;
    return {
      sections: this.sections.map((section) => ({ ...section, options: section.options.map(this.closed) })),
      defaults: this.defaults.map(this.closed),
      ...(fault && { fault }),
    };
  }

  /** `\[(.+)\]`: from the first bracket to the last one of the line; what follows that is nobody's. */
  private readSection(value: Span): boolean {
    const close = this.text.slice(value.start, value.end).lastIndexOf(']');
    if (close < 2) return false;
    const nameSpan = { start: value.start + 1, end: value.start + close };
    const name = this.text.slice(nameSpan.start, nameSpan.end);
    if (name === defaultSection) {
      this.options = this.defaults;
      this.keys = this.defaultKeys;
    } else {
      if (this.names.has(name)) {
        this.refuse('DuplicateSectionError', nameSpan, `the section "${name}" stands in the file twice`);
      }
      this.names.add(name);
      this.options = [];
      this.keys = new Set();
      this.sections.push({ name, nameSpan, options: this.options });
    }
    this.section = name;
    this.option = undefined;
    return true;
  }

  private readOption(value: Span, options: OpenOption[]): void {
    const delimiter = this.delimiter(value);
    if (delimiter === undefined) {
      this.bogus ??= {
        error: 'ParsingError',
        span: value,
        reason: `"${this.text.slice(value.start, value.end)}" is neither a section nor a key with a value`,
      };
      return;
    }
    const keySpan = trimmed(this.text, { start: value.start, end: delimiter });
    const key = this.text.slice(keySpan.start, keySpan.end).toLowerCase();
    if (key === '')
      this.bogus ??= { error: 'ParsingError', span: value, reason: 'a key is missing before the sign' };
    if (this.keys.has(key)) {
      this.refuse('DuplicateOptionError', keySpan, `"${key}" stands in the section "${this.section}" twice`);
    }
    this.keys.add(key);
    this.option = { key, keySpan, lines: [trimmed(this.text, { start: delimiter + 1, end: value.end })] };
    options.push(this.option);
    // Python looks at the name to tell whether there is an option that a line can go on with.
    if (key === '') this.option = undefined;
  }

  private delimiter({ start, end }: Span): number | undefined {
    for (let at = start; at < end; at += 1) {
      if (this.text[at] === '=' || this.text[at] === ':') return at;
    }
    return undefined;
  }

  /** Python stops at the first of these faults, so it is the one that is told. */
  private refuse(error: ConfigFault['error'], span: Span, reason: string): void {
    this.fatal ??= { error, span, reason };
  }

  private readonly closed = ({ key, keySpan, lines }: OpenOption): ConfigOption => {
    const last = lines.findLastIndex(({ start, end }) => end > start);
    const builder = new SourcedTextBuilder();
    const [first = { start: keySpan.end, end: keySpan.end }] = lines;
    if (last < 0) builder.replaced('', { start: first.start, end: first.start });
    for (const [index, line] of lines.slice(0, last + 1).entries()) {
      const before = lines[index - 1];
      if (before !== undefined) builder.replaced('\n', { start: before.end, end: line.start });
      builder.literal(this.text.slice(line.start, line.end), line.start);
    }
    return { key, keySpan, value: builder.text() };
  };
}
