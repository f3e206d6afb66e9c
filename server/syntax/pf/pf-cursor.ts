import type { PfMacro } from './pf-macros';
import { type PfToken, PfTokens } from './pf-tokens';

/** Reads tokens one ahead. */
export class PfCursor {
  private readonly tokens: PfTokens;
  private ahead: PfToken;
  private lastEnd = 0;

  /** @param macros Those that are known so far; macros that are defined while it reads may be added. */
  constructor(
    readonly text: string,
    macros: ReadonlyMap<string, PfMacro>,
  ) {
    this.tokens = new PfTokens(text, macros);
    this.ahead = this.tokens.next();
  }

  get token(): PfToken {
    return this.ahead;
  }

  /** Where the token before this one ends. */
  get previousEnd(): number {
    return this.lastEnd;
  }

  /** Goes on to the next token; answers the one that it leaves. */
  advance(): PfToken {
    const { ahead } = this;
    this.lastEnd = Math.max(this.lastEnd, ahead.span.end);
    this.ahead = this.tokens.next();
    return ahead;
  }

  isMark(value: string): boolean {
    return this.ahead.kind === 'mark' && this.ahead.value === value;
  }

  isWord(value: string): boolean {
    return this.ahead.kind === 'word' && this.ahead.value === value;
  }

  isLineEnd(): boolean {
    return this.ahead.kind === 'newline' || this.ahead.kind === 'end';
  }

  skipNewlines(): void {
    while (this.ahead.kind === 'newline') this.advance();
  }
}
