import { isSpace } from '../blanks';
import { type SourcedText, SourcedTextBuilder, sourceSpan, subText, unknownText } from '../sourced-text';

/**
 * Takes shell text apart into commands of words, quotes removed: enough of POSIX sh to know which program each
 * word belongs to. What the shell puts in at run time (`$PORT`, `$(…)`, backquotes) becomes `unknownText`. The
 * target of a redirection is a command of its own, for bash can open `/dev/tcp/host/port`.
 */
export function shellCommands(script: SourcedText): SourcedText[][] {
  return signedCommands(script).map(({ words }) => words);
}

/** A command with what stands between the one before it and itself. */
export interface SignedCommand {
  /** The signs without blanks and comments: `;`, `&&`, a line break, `>` before the target of a redirection. */
  readonly signs: string;
  readonly words: SourcedText[];
}

/** The same, with the signs that tell when a command runs. */
export function signedCommands(script: SourcedText): readonly SignedCommand[] {
  return new ShellReader(script).read();
}

class ShellReader {
  private readonly value: string;
  private at = 0;
  private readonly commands: SignedCommand[] = [];
  private signs = '';
  private command: SourcedText[] = [];
  private word: SourcedTextBuilder | undefined;
  private redirected = false;

  constructor(private readonly script: SourcedText) {
    this.value = script.value;
  }

  read(): readonly SignedCommand[] {
    while (this.at < this.value.length) this.step(this.value[this.at] ?? '');
    this.endCommand();
    return this.commands;
  }

  private step(char: string): void {
    if (char === '(' && this.isAssigned()) this.array();
    else if (char === '\n' || char === ';' || char === '(' || char === ')' || char === '|') this.separate();
    else if (char === '&') this.ampersand();
    else if (char === '<' || char === '>') this.redirect();
    else if (isSpace(char.charCodeAt(0))) this.skipSpace();
    else if (char === '#' && this.word === undefined) this.skipTo(this.value.indexOf('\n', this.at));
    else if (char === "'") this.singleQuoted();
    else if (char === '"') this.doubleQuoted();
    else if (char === '\\') this.escaped();
    else if (char === '$' || char === '`') this.unknown();
    else this.plain();
  }

  private separate(): void {
    this.endCommand();
    this.sign(this.value[this.at] ?? '');
    this.at++;
  }

  private sign(sign: string): void {
    if (sign !== '\n' || !this.signs.endsWith(sign)) this.signs += sign;
  }

  private skipSpace(): void {
    this.endWord();
    this.at++;
  }

  private ampersand(): void {
    if (this.value[this.at + 1] === '>') {
      this.endWord();
      this.at++;
    } else this.separate();
  }

  private redirect(): void {
    // The digits right before the sign are a descriptor, not a word.
    const digits = this.word?.text().value;
    if (digits !== undefined && /^[0-9]+$/.test(digits)) this.word = undefined;
    this.endWord();
    while ('<>&|'.includes(this.value[this.at] ?? ' ')) this.at++;
    this.redirected = true;
  }

  private plain(): void {
    const from = this.at++;
    while (this.at < this.value.length && !/[\s;&|()<>'"\\$`]/.test(this.value[this.at] ?? '')) this.at++;
    this.append(from, this.at);
  }

  private escaped(): void {
    // A backslash before a newline joins the lines.
    if (this.value[this.at + 1] !== '\n') this.append(this.at + 1, Math.min(this.at + 2, this.value.length));
    this.at += 2;
  }

  private singleQuoted(): void {
    const close = this.value.indexOf("'", this.at + 1);
    const end = close < 0 ? this.value.length : close;
    if (end === this.at + 1) this.appendEmpty(end);
    else this.append(this.at + 1, end);
    this.at = end + 1;
  }

  private doubleQuoted(): void {
    this.at++;
    if (this.at >= this.value.length || this.value[this.at] === '"') this.appendEmpty(this.at);
    else this.append(this.at, this.at);
    while (this.at < this.value.length && this.value[this.at] !== '"') {
      const char = this.value[this.at];
      if (char === '$' || char === '`') this.unknown();
      else if (char === '\\' && '"\\$`'.includes(this.value[this.at + 1] ?? ' ')) this.escaped();
      else {
        const from = this.at++;
        while (this.at < this.value.length && !'"\\$`'.includes(this.value[this.at] ?? '')) this.at++;
        this.append(from, this.at);
      }
    }
    this.at++;
  }

  /** `$NAME`, `${…}`, `$(…)`, `` `…` ``: up to its end, nested ones counted; a lone dollar sign is itself. */
  private unknown(): void {
    const from = this.at++;
    const next = this.value[this.at] ?? '';
    if (this.value[from] === '`') this.skipTo(this.value.indexOf('`', this.at) + 1 || -1);
    else if (next === '(' || next === '{') this.skipNested(next, next === '(' ? ')' : '}');
    else if (/[A-Za-z_]/.test(next)) while (/[A-Za-z0-9_]/.test(this.value[this.at] ?? '')) this.at++;
    else if (next !== '' && '@*#?-$!0123456789'.includes(next)) this.at++;
    else {
      this.append(from, this.at);
      return;
    }
    this.word ??= new SourcedTextBuilder();
    this.word.replaced(unknownText, sourceSpan(this.script, from, this.at));
  }

  /** Whether what stands in front is `NAME=`, so that bash reads a list of values and no commands. */
  private isAssigned(): boolean {
    return this.value[this.at - 1] === '=' && /^[A-Za-z_]\w*\+?=$/.test(this.word?.text().value ?? '');
  }

  private array(): void {
    const from = this.at;
    this.skipNested('(', ')');
    this.word ??= new SourcedTextBuilder();
    this.word.replaced(unknownText, sourceSpan(this.script, from, this.at));
  }

  private skipNested(open: string, close: string): void {
    let depth = 0;
    for (; this.at < this.value.length; this.at++) {
      if (this.value[this.at] === open) depth++;
      else if (this.value[this.at] === close && --depth === 0) break;
    }
    this.at = Math.min(this.at + 1, this.value.length);
  }

  private skipTo(at: number): void {
    this.at = at < 0 ? this.value.length : at;
  }

  private append(from: number, to: number): void {
    this.word ??= new SourcedTextBuilder();
    if (to > from) this.word.append(subText(this.script, from, to));
  }

  /** Marks with nothing between them are a word all the same, or the end of one, and it has its place there. */
  private appendEmpty(at: number): void {
    this.word ??= new SourcedTextBuilder();
    this.word.replaced('', sourceSpan(this.script, at, at));
  }

  private endWord(): void {
    if (this.word === undefined) return;
    if (this.redirected) this.commands.push({ signs: '>', words: [this.word.text()] });
    else this.command.push(this.word.text());
    this.redirected = false;
    this.word = undefined;
  }

  private endCommand(): void {
    this.endWord();
    this.redirected = false;
    if (this.command.length > 0) {
      this.commands.push({ signs: this.signs, words: this.command });
      this.signs = '';
    }
    this.command = [];
  }
}
