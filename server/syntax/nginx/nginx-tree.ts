import type { Fault } from '../../model/fault';
import type { Span } from '../../model/span';
import { blockDirectives, dataBlocks, isNeverBlock, needsBlock, runsInto } from './nginx-directives';
import { NginxLexer, type NginxToken, type NginxWord } from './nginx-lexer';
import { nginxRefusal } from './nginx-refusal';
import { hasPlaceholder } from './nginx-templates';
import { endOfFileWords, NginxTreeFaults } from './nginx-tree-faults';

/** One directive: its words, and what stands in its braces when it is a block. */
export interface NginxStatement {
  /** The name and the arguments. */
  readonly words: readonly [NginxWord, ...NginxWord[]];
  /** From the name to the end of the last word, the `;` or the opening brace. */
  readonly span: Span;
  /** True when something else than nginx fills in a part of it: then it cannot be judged. */
  readonly isTemplate: boolean;
  /** True when it ends without the `;` that it should end with. */
  readonly isOpen: boolean;
  /** The directives in its braces; empty for a block of Lua. */
  readonly block?: readonly NginxStatement[];
  /** Behind the brace that closes its block; absent when none does. */
  readonly blockEnd?: number;
}

/** What a comment says where a block holds nothing else: `# replace`. */
export function onlyRemark(text: string, { span, block, blockEnd }: NginxStatement): string | undefined {
  if (block === undefined || block.length > 0 || blockEnd === undefined) return undefined;
  const inside = text.slice(span.end, blockEnd - 1).trim();
  return inside.startsWith('#') ? inside : undefined;
}

/** A whole text as nginx cuts it into directives. */
export interface NginxTree {
  readonly statements: readonly NginxStatement[];
  /** What makes nginx stop reading, in the order of the text. */
  readonly faults: readonly Fault[];
  /** True when a template engine fills in parts of the text, so that its structure cannot be judged. */
  readonly isTemplate: boolean;
  /** True when a template engine can leave out, repeat or add whole directives. */
  readonly hasTemplateLines: boolean;
}

/**
 * Cuts a text into directives and blocks (src/core/ngx_conf_file.c: ngx_conf_parse). It goes on after everything that
 * nginx stops at: a missing `;` is seen where the next directive begins a line, and a missing `}` where a second
 * `server` block begins in the first.
 */
export function nginxTree(text: string): NginxTree {
  return new TreeBuilder(text).build();
}

interface Frame {
  /** The words that opened the block; undefined for the file itself and for braces without a name. */
  readonly words?: readonly NginxWord[];
  readonly open?: Span;
  readonly statements: NginxStatement[];
  /** The statement that the block belongs to, to note where it ends. */
  readonly statement?: Closable | undefined;
}

interface Closable {
  blockEnd?: number;
}

class TreeBuilder {
  private readonly lexer: NginxLexer;
  private readonly notes = new NginxTreeFaults();
  private readonly root: Frame = { statements: [] };
  private readonly frames: Frame[] = [this.root];
  private words: NginxWord[] = [];
  /** True when a template's mark stands in the directive that is being read. */
  private metTemplate = false;
  private hasPlaceholders = false;
  /** True once braces stood where none belong: those behind them prove nothing. */
  private isShaken = false;

  constructor(private readonly text: string) {
    this.lexer = new NginxLexer(text);
  }

  build(): NginxTree {
    if (this.text.startsWith('\uFEFF')) this.notes.byteOrderMark();
    for (let token = this.lexer.next(); token !== undefined; token = this.lexer.next()) this.take(token);
    const open = this.frames.at(-1);
    if (this.words.length > 0) this.endOfFile();
    else if (open?.open !== undefined && !this.isShaken) this.notes.neverClosed(open.words, open.open);
    // Zimbra's templates begin with such a line.
    const isTemplate = this.lexer.hasTemplates || this.hasPlaceholders || /^!\{/m.test(this.text);
    const hasTemplateLines = this.lexer.hasTemplateLines || this.hasPlaceholders;
    return { statements: this.root.statements, faults: this.notes.faults, isTemplate, hasTemplateLines };
  }

  private get statements(): NginxStatement[] {
    return (this.frames.at(-1) ?? this.root).statements;
  }

  private take(token: NginxToken): void {
    const begins = token.kind === 'word' && this.words.length === 0;
    // A mark in front of a directive is none in it.
    this.metTemplate = begins ? token.word.isTemplate : this.metTemplate || this.lexer.metTemplate;
    this.lexer.metTemplate = false;
    switch (token.kind) {
      case 'word':
        this.metTemplate ||= token.word.isTemplate;
        this.words.push(token.word);
        break;
      case 'unexpected':
        this.notes.unexpectedChar(token);
        break;
      case ';':
        if (this.words.length === 0) this.notes.extraSemicolon(token.span);
        else this.endAt(token.span.end);
        break;
      case '{':
        if (this.words.length === 0)
          this.notes.fault(token.span, 'There is no directive in front of "{"', 'unexpected "{"');
        this.openBlock(token.span);
        break;
      case '}':
        this.cutOff(false);
        if (this.isPlaceholder()) this.hasPlaceholders = true;
        else if (this.words.length > 0) this.missingSemicolon(this.words, 'unexpected "}"');
        this.words = [];
        this.closeBlock(token.span);
        break;
    }
  }

  private endAt(end: number): void {
    this.cutOff(false);
    this.leaveBracedText();
    const name = this.words[0];
    if (name !== undefined && needsBlock.has(name.text.value) && this.isAmongOwn()) {
      const { value } = name.text;
      this.notes.fault(name.span, `"${value}" has no block`, `directive "${value}" has no opening "{"`);
    }
    this.add(this.words, end, false);
    this.words = [];
  }

  /**
   * Cuts off what must have ended in front of a word that begins a line: a directive that is none with a block in
   * front of a block, one that takes a single value in front of another directive.
   */
  private cutOff(isBlock: boolean): void {
    const { words } = this;
    if (dataBlocks.has(this.frames.at(-1)?.words?.[0]?.text.value ?? '')) return;
    let from = 0;
    for (let at = 1; at < words.length; at++) {
      const [first, word] = [words[from], words[at]];
      if (first === undefined || word === undefined || !word.startsLine || word.isQuoted) continue;
      const name = first.text.value;
      if (at === from + 1 && first.startsLine && hasPlaceholder(name)) {
        // Something like `${EXTRA_CONFIG}` on a line of its own stands for whole directives.
        this.hasPlaceholders = true;
        from = at;
        continue;
      }
      const nginx = runsInto(name, word.text.value, isBlock);
      if (nginx === undefined) continue;
      this.missingSemicolon(words.slice(from, at), nginx);
      from = at;
    }
    if (from > 0) this.words = words.slice(from);
  }

  private openBlock(brace: Span): void {
    this.cutOff(true);
    this.leaveBracedText();
    const [first] = this.words;
    if (first === undefined) this.isShaken = true;
    else if (isNeverBlock(first.text.value) && this.isAmongOwn()) this.noBlock(first);
    else if (this.words.length === 1) this.recover(first);
    const block: NginxStatement[] = [];
    const statement = this.add(this.words, brace.end, false, block);
    this.frames.push({ words: this.words, open: first?.span ?? brace, statements: block, statement });
    this.words = [];
    if (first?.text.value.endsWith('_by_lua_block')) this.lexer.skipLua();
  }

  private closeBlock(brace: Span): void {
    if (this.frames.length > 1) {
      const { statement } = this.frames.pop() ?? {};
      if (statement !== undefined) statement.blockEnd = brace.end;
    } else if (!this.isShaken) this.notes.fault(brace, 'This "}" closes no block', 'unexpected "}"');
  }

  private add(
    words: readonly NginxWord[],
    end: number,
    isOpen: boolean,
    block?: NginxStatement[],
  ): Closable | undefined {
    const [first, ...rest] = words;
    if (first === undefined) return undefined;
    const isTemplate = this.metTemplate;
    const span = { start: first.span.start, end };
    const statement: NginxStatement & Closable = {
      words: [first, ...rest],
      ...{ span, isTemplate, isOpen },
      ...(block && { block }),
    };
    this.statements.push(statement);
    return statement;
  }

  private noBlock({ span, text: { value } }: NginxWord): void {
    this.isShaken = true;
    this.notes.fault(span, `"${value}" takes no block`, `directive "${value}" is not terminated by ";"`);
  }

  /**
   * A brace in a text without quotation marks opens a block: `location ~ ^/a{2}$ {` has one named `2}$`. The block that
   * is meant goes on with these words.
   */
  private leaveBracedText(): void {
    const name = this.words[0]?.text.value ?? '';
    const around = this.frames.at(-1)?.words;
    const text = around?.at(-1);
    if (!/^[0-9]+(?:,[0-9]*)?\}/.test(name) || around === undefined || text === undefined) return;
    if (around.length > deepest) return;
    if ((this.frames.at(-1)?.statements.length ?? 0) > 0) return;
    if (!this.isShaken)
      this.notes.fault(
        text.span,
        'A regular expression with braces must stand in quotation marks',
        `unknown directive "${name}"`,
      );
    this.isShaken = true;
    this.frames.pop();
    this.statements.pop();
    this.words = [...around, ...this.words.slice(1)];
  }

  /** Tells whether all blocks around are those of nginx's own modules. */
  private isAmongOwn(): boolean {
    const name = this.frames.at(-1)?.words?.[0]?.text.value;
    return name === undefined || (blockDirectives.has(name) && !dataBlocks.has(name));
  }

  /** A block that can only stand further out begins: a brace is missing in front of it. */
  private recover({ text: { value }, span }: NginxWord): void {
    const isOuter = value === 'http' || value === 'stream' || value === 'mail' || value === 'events';
    if (!isOuter && value !== 'server') return;
    const depth = isOuter ? this.frames.slice(0, deepest).findIndex(isModule) : this.enclosingServer();
    if (depth < 1) return;
    const name = this.frames[depth]?.words?.[0]?.text.value ?? '';
    this.notes.report({
      rule: 'misplaced-directive',
      span,
      message: nginxRefusal(
        `This "${value}" block stands in another "${name}" block; a "}" is missing in front of it`,
        `"${value}" directive is not allowed here`,
      ),
    });
    this.frames.length = depth;
  }

  /** The frame of the server block that is open, when all blocks in it belong to it; 0 when there is none. */
  private enclosingServer(): number {
    const lowest = Math.max(0, this.frames.length - deepest);
    for (let depth = this.frames.length - 1; depth > lowest; depth--) {
      const { words = [] } = this.frames[depth] ?? {};
      const name = words[0]?.text.value ?? '';
      if (name === 'server' && words.length === 1) return depth;
      if (name !== 'location' && name !== 'if' && name !== 'limit_except') return 0;
    }
    return 0;
  }

  /** The words are a directive whose `;` is missing. */
  private missingSemicolon(words: readonly NginxWord[], nginx: string): void {
    const last = words.at(-1);
    if (last === undefined) return;
    this.notes.missingSemicolon(words, nginx);
    this.add(words, last.span.end, true);
  }

  private endOfFile(): void {
    this.cutOff(false);
    if (this.isPlaceholder()) this.hasPlaceholders = true;
    else this.missingSemicolon(this.words, endOfFileWords);
  }

  /** Tells whether the words are `${EXTRA_CONFIG}` alone, which stands for whole directives. */
  private isPlaceholder(): boolean {
    const [first] = this.words;
    return this.words.length === 1 && first !== undefined && hasPlaceholder(first.text.value);
  }
}

/** Nobody nests blocks deeper; looking further would take quadratic time. */
const deepest = 32;

function isModule({ words = [] }: Frame): boolean {
  return words.length === 1 && /^(?:http|stream|mail|server)$/.test(words[0]?.text.value ?? '');
}
