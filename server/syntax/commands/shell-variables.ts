import { type Span, slice } from '../../model/span';
import { type SourcedText, spanOf, subText, unknownText } from '../sourced-text';
import { bareNames } from './bare-names';
import { programOf } from './program-of';

/** The variables of a script whose values its own text proves. */
export interface ShellVariables {
  /** The value of a variable where it is used, or all that a loop gives it in turn; undefined when nobody knows. */
  at(name: string, use: Span): readonly ShellValue[] | undefined;
}

/** A value, and the characters that give it. */
export interface ShellValue {
  readonly value: string;
  readonly span: Span;
}

/**
 * Finds the variables that a script gives one literal value and never another: `PORT=2222` or `readonly PORT=2222` that
 * begins a line outside of all blocks, and `for port in 80 443` or `for port in $PORTS` within its loop. Their names
 * stand bare nowhere else (`bareNames`). From `eval` on, or from where a file is read in with `.` or `source`, nothing
 * is known.
 *
 * @param commands The commands of the script as `shellCommands` takes it apart.
 * @param text The script itself, which the spans of the words are about.
 */
export function shellVariables(commands: readonly (readonly SourcedText[])[], text: string): ShellVariables {
  const finder = new VariableFinder(text, bareNames(withoutArguments(commands, text)));
  for (const words of commands) if (!finder.take(words)) break;
  finder.end();
  return finder;
}

/** The name in `$NAME` or `${NAME}`; undefined for anything else. */
export function variableName(written: string): string | undefined {
  const [, plain, braced] = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/.exec(written) ?? [];
  return plain ?? braced;
}

/** Tells whether a value is one word to the shell: nothing in it that it splits, expands or takes for a pattern. */
export function isPlainValue(value: string): boolean {
  return value.length <= longestValue && /^[A-Za-z0-9_.:,/+=@%-]+$/.test(value);
}

const longestValue = 500;

/** Nobody lists more ports in a loop. */
const mostValues = 64;

interface Definition {
  readonly values: readonly ShellValue[];
  /** Where it holds: behind itself, and in a loop up to its end. */
  readonly from: number;
  to: number;
}

class VariableFinder implements ShellVariables {
  private readonly known = new Map<string, Definition>();
  /** The loops that are open, with the depth that they stand at; absent values where they are not known. */
  private readonly loops: { readonly depth: number; readonly definition?: Definition }[] = [];
  private depth = 0;
  /** From where on nothing is known. */
  private limit: number;

  constructor(
    private readonly text: string,
    private readonly bare: ReadonlyMap<string, number>,
  ) {
    this.limit = text.length;
  }

  at(name: string, use: Span): readonly ShellValue[] | undefined {
    const definition = this.known.get(name);
    if (definition === undefined || use.start >= this.limit) return undefined;
    return use.start >= definition.from && use.end <= definition.to ? definition.values : undefined;
  }

  /** Reads one command; false when nothing is known from there on. */
  take(words: readonly SourcedText[]): boolean {
    const start = words[0]?.pieces[0]?.span.start ?? 0;
    const { name } = programOf(words);
    if (name === '.' || name === 'source' || name === 'eval') {
      this.limit = start;
      return false;
    }
    if (this.depth === 0 && isLineStart(this.text, start)) this.assign(words);
    this.takeKeywords(words, start);
    return true;
  }

  /** A loop that nothing closes may end anywhere. */
  end(): void {
    for (const { definition } of this.loops) if (definition !== undefined) definition.to = 0;
  }

  private takeKeywords(words: readonly SourcedText[], start: number): void {
    for (const [index, { value }] of words.entries()) {
      const step = steps.get(value);
      if (step === undefined) break;
      if (step > 0) {
        const definition = value === 'for' ? this.loop(words.slice(index + 1)) : undefined;
        this.loops.push({ depth: this.depth, ...(definition && { definition }) });
      }
      this.depth = Math.max(0, this.depth + step);
      if (step < 0) {
        const { definition } = this.loops.pop() ?? {};
        if (definition !== undefined) definition.to = start;
      }
    }
    // `name() {` is cut at its parentheses, `function name {` is not.
    if (words[0]?.value === 'function' && words.at(-1)?.value === '{') {
      this.loops.push({ depth: this.depth });
      this.depth++;
    }
  }

  /** `A=1 B=2` and `readonly A=1`; not what is set for one command alone, and no array. */
  private assign(words: readonly SourcedText[]): void {
    const isDeclared = declarations.has(words[0]?.value ?? '');
    const settings = words.filter(
      ({ value }, index) => !isDeclared || (index > 0 && !/^-[irx]+$/.test(value)),
    );
    if (!settings.every(({ value }) => /^[A-Za-z_]\w*=/.test(value))) return;
    for (const word of settings) {
      const equals = word.value.indexOf('=');
      const name = word.value.slice(0, equals);
      const value = this.literal(subText(word, equals + 1, word.value.length));
      if (value === undefined || value.value === '' || this.bare.get(name) !== 1) continue;
      // Behind a pipe or `&` it would be for a shell of its own.
      const behind = this.text.slice(value.span.end, value.span.end + 80);
      if (!/^["']?[ \t]*(?:[;\r\n#]|[A-Za-z_]\w*=|$)/.test(behind)) continue;
      this.known.set(name, { values: [value], from: value.span.end, to: this.text.length });
    }
  }

  /** `for NAME in WORD…`, when every word is known. */
  private loop([name, keyword, ...words]: readonly SourcedText[]): Definition | undefined {
    const last = words.at(-1);
    if (name === undefined || keyword?.value !== 'in' || last === undefined) return undefined;
    if (this.bare.get(name.value) !== 1) return undefined;
    const values: ShellValue[] = [];
    for (const word of words) {
      const items = this.items(word) ?? [];
      const fits = items.length > 0 && values.length + items.length <= mostValues;
      if (!fits || !items.every(({ value }) => isPlainValue(value))) return undefined;
      values.push(...items);
    }
    const from = spanOf(last).end;
    const definition = { values, from, to: this.text.length };
    this.known.set(name.value, definition);
    return definition;
  }

  /** What one word of a loop's list gives: itself, or the words that are in the variable that it is. */
  private items(word: SourcedText): readonly ShellValue[] | undefined {
    const own = this.literal(word);
    if (own !== undefined) return [own];
    const span = spanOf(word);
    const name = variableName(slice(this.text, span));
    const isSplit = this.text[span.start - 1] !== '"' && !this.bare.has('IFS');
    const held = name === undefined || !isSplit ? undefined : this.at(name, span);
    return held?.flatMap(({ value, span: { start } }) =>
      [...value.matchAll(/[^ \t\n]+/g)].map(({ index, 0: item }) => ({
        value: item,
        span: { start: start + index, end: start + index + item.length },
      })),
    );
  }

  /** A word that stands in the script just as the shell sees it. */
  private literal(word: SourcedText): ShellValue | undefined {
    if (word.value.includes(unknownText)) return undefined;
    const span = spanOf(word);
    return slice(this.text, span) === word.value ? { value: word.value, span } : undefined;
  }
}

/** The script without what it hands to programs that can set none of its variables: `port` is a word of ufw. */
function withoutArguments(commands: readonly (readonly SourcedText[])[], text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const words of commands) {
    const { name, arguments: rest } = programOf(words);
    if (!setsNothing.has(name)) continue;
    for (const { exact, span } of rest.flatMap(({ pieces }) => pieces)) {
      if (!exact || span.start < from) continue;
      parts.push(text.slice(from, span.start));
      from = span.end;
    }
  }
  return parts.join(' ') + text.slice(from);
}

const setsNothing: ReadonlySet<string> = new Set([
  ...['iptables', 'ip6tables', 'nft', 'ufw', 'firewall-cmd', 'firewall-offline-cmd', 'echo', unknownText],
]);

/** How much deeper in blocks a word at the beginning of a command leads; another command may follow each. */
const steps: ReadonlyMap<string, number> = new Map([
  ...['if', 'case', 'for', 'while', 'until', 'select', '{'].map((word): [string, number] => [word, 1]),
  ...['then', 'else', 'elif', 'do', '!', 'time'].map((word): [string, number] => [word, 0]),
  ...['fi', 'esac', 'done', '}'].map((word): [string, number] => [word, -1]),
]);

const declarations: ReadonlySet<string> = new Set(['readonly', 'export', 'declare', 'typeset']);

/** Tells whether a command begins its line without a blank, and the line before does not go on in it. */
function isLineStart(text: string, start: number): boolean {
  if (start === 0) return true;
  return text[start - 1] === '\n' && !/[\\&|({][ \t\r]*\n$/.test(text.slice(Math.max(0, start - 80), start));
}
