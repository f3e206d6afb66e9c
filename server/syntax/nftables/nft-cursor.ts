import { gapBehind } from '../gap-behind';
import { shortened } from '../refusal';
import { nftRefusal } from './nft-refusal';
import { NftScanner, type NftToken } from './nft-tokens';
import type { NftExpr, NftPlace } from './nft-tree';
import { tokenName } from './nft-words';

/** Something that nft refuses, or a trap; places are those of the text that was read. */
export interface NftFault extends NftPlace {
  readonly rule: string;
  readonly message: string;
  readonly fixes?: readonly NftFix[];
}

export interface NftFix extends NftPlace {
  readonly title: string;
  readonly text: string;
}

/**
 * Walks over the tokens of a ruleset and keeps what is wrong with them. After `fail` it stands still, and every
 * token looks like the end of the text, until `recover`: so a function that reads simply runs out of tokens where
 * nft stops reading.
 */
export class NftCursor {
  readonly faults: NftFault[] = [];
  /** The token before the current one. */
  last: NftToken = { kind: 'end', text: '', from: 0, to: 0 };
  /** True since a word that a shell has a part in: it may be any words, and what follows may be anything. */
  isUncertain = false;
  /** True when nft stopped reading within braces: where it goes on is anybody's guess, and no more is told. */
  isLost = false;
  /** A word in this rule that nft takes for a value, and that explains what it does not expect behind it. */
  suspect: (NftPlace & { readonly rule: string; readonly reason: string }) | undefined;
  private readonly scanner: NftScanner;
  private readonly ahead: NftToken[] = [];
  private hasFailed = false;

  constructor(readonly text: string) {
    this.scanner = new NftScanner(text);
  }

  get failed(): boolean {
    return this.hasFailed;
  }

  get token(): NftToken {
    return this.peek(0);
  }

  peek(count = 1): NftToken {
    while (this.ahead.length <= count) this.ahead.push(this.scanner.next());
    const token = this.ahead[this.hasFailed ? 0 : count];
    if (token === undefined || this.hasFailed) return { ...this.last, kind: 'end', text: '' };
    return token;
  }

  /** Tells whether the current token is one of these signs or bare words. */
  is(...texts: readonly string[]): boolean {
    return isBare(this.token, texts);
  }

  /** Goes past the current token when it is this sign or word. */
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  next(): NftToken {
    const { token } = this;
    if (this.hasFailed) return token;
    this.ahead.shift();
    if (token.kind === 'unknown') this.isUncertain = true;
    this.last = token;
    return token;
  }

  /** True where a statement ends. */
  atEnd(): boolean {
    const { kind } = this.token;
    return kind === 'newline' || kind === 'end' || this.is(';', '}');
  }

  /** nft does not expect the current token; `reason` says in our words what is wrong, `nft` in its own. */
  fail(reason?: string, nft?: string): void {
    if (this.hasFailed) return;
    if (nft === undefined || reason === undefined) this.unexpected(reason);
    else this.note({ rule: 'syntax-error', place: this.place(), message: nftRefusal(reason, nft) });
    this.hasFailed = true;
  }

  /** The same for a place at which reading can go on all the same. */
  unexpected(
    reason?: string,
    rule = 'syntax-error',
    place: NftPlace = this.place(),
    fixes?: readonly NftFix[],
  ): void {
    if (this.hasFailed) return;
    const nft = `syntax error, unexpected ${tokenName(this.token)}`;
    const told = (reason === undefined ? this.suspect : undefined) ?? {
      rule,
      reason: reason ?? this.reason(),
      ...place,
    };
    const message = nftRefusal(told.reason, nft);
    this.note({ rule: told.rule, place: told, message, ...(fixes && { fixes }) });
  }

  /** Keeps a fault of the grammar, unless something unknown may be behind it. */
  note({
    rule,
    place,
    message,
    fixes,
  }: {
    rule: string;
    place: NftPlace;
    message: string;
    fixes?: readonly NftFix[];
  }): void {
    if (this.hasFailed || this.isUncertain || this.isLost || this.token.kind === 'unknown') return;
    this.faults.push({ rule, message, from: place.from, to: place.to, ...(fixes && { fixes }) });
  }

  /** Nothing can be read on, and it is told already why. */
  stop(): void {
    this.hasFailed = true;
  }

  recover(): void {
    this.hasFailed = false;
  }

  /** The current token, or the one before the end of a line. */
  place(): NftPlace {
    const { token } = this;
    return token.kind === 'newline' || token.kind === 'end' ? this.last : token;
  }

  /** Where something may be typed that is missing: among the blanks behind the last token. */
  gap(): NftExpr & { readonly kind: 'missing' } {
    const { to } = this.last;
    const { start, end } = gapBehind(this.text, to)?.span ?? { start: to, end: to };
    return { kind: 'missing', from: start, to: end };
  }

  private reason(): string {
    const { token, last } = this;
    if (token.kind === 'newline' || token.kind === 'end' || token.text === ';')
      return `Something is missing behind ${quoted(this.text.slice(last.from, last.to))}`;
    // A closed one is part of a string.
    if (token.kind === 'junk' && token.text === '"') return 'This quotation mark is never closed';
    return `${quoted(this.text.slice(token.from, token.to))} is not expected here`;
  }
}

/** A text that has quotation marks of its own gets no others. */
function quoted(text: string): string {
  return /^"|"$/.test(text) ? shortened(text) : `"${shortened(text)}"`;
}

export function isBare({ kind, text }: NftToken, texts: readonly string[]): boolean {
  return (kind === 'word' || kind === 'sign') && texts.includes(text);
}
