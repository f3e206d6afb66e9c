import { unknownText } from '../sourced-text';

/**
 * - `word`: a bare word, an address, a time, a class id; `wildcard` one that ends in `*`; `quoted` one in quotes;
 * - `number`: decimal digits or `0x`; `sign`: everything that is no letter, operators in words (`eq`, `or`) as well;
 * - `unknown`: a word with a part that a shell puts in; `junk`: a character that nft has no use for.
 */
export type NftTokenKind =
  | 'word'
  | 'wildcard'
  | 'quoted'
  | 'number'
  | 'sign'
  | 'unknown'
  | 'newline'
  | 'junk'
  | 'end';

export interface NftToken {
  readonly kind: NftTokenKind;
  /** What nft takes it for: without the quotes, without the brackets of an address, `==` for `eq`. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Takes a ruleset apart as nft's scanner does: at each place the longest text that one of its patterns fits
 * (nftables src/scanner.l), so that `22-80` is three tokens, `ssh-http` one name and `80:8080` one class id.
 * In time in proportion to the text.
 */
export class NftScanner {
  private at = 0;
  /** From here on every quotation mark is without a second one. */
  private lastQuote = Number.POSITIVE_INFINITY;
  /** The next word that a shell has a part in. */
  private unknown = { from: -1, to: -1 };

  constructor(private readonly value: string) {
    this.findUnknown(0);
  }

  next(): NftToken {
    this.skipBlanks();
    const from = this.at;
    const token = this.read(from);
    this.at = token.to;
    return token;
  }

  private read(from: number): NftToken {
    const char = this.value[from];
    if (char === undefined) return { kind: 'end', text: '', from, to: from };
    if (char === '\n') return this.token('newline', from, from + 1);
    if (char === '"') return this.quoted(from);
    // It is the last line, and has no end.
    if (char === '#') return this.token('junk', from, this.value.length);
    if (from === this.unknown.from) return this.unknownWord();
    const word = startsWord.test(char) ? this.word(from) : undefined;
    if (word !== undefined) return word;
    const sign = this.match(anySign, from);
    if (sign !== undefined) return this.token('sign', from, from + sign.length);
    return this.token('junk', from, from + ((this.value.codePointAt(from) ?? 0) > 0xffff ? 2 : 1));
  }

  /** Quotes may hold line breaks; one that nothing closes is junk. */
  private quoted(from: number): NftToken {
    const end = from < this.lastQuote ? this.value.indexOf('"', from + 1) : -1;
    if (end < 0) {
      this.lastQuote = Math.min(this.lastQuote, from);
      return this.token('junk', from, from + 1);
    }
    if (this.unknown.from < end) this.findUnknown(end + 1);
    const text = this.value.slice(from + 1, end);
    return { kind: text.includes(unknownText) ? 'unknown' : 'quoted', text, from, to: end + 1 };
  }

  private unknownWord(): NftToken {
    const { from, to } = this.unknown;
    this.findUnknown(to);
    return this.token('unknown', from, to);
  }

  private findUnknown(start: number): void {
    const at = this.value.indexOf(unknownText, start);
    if (at < 0) {
      this.unknown = { from: -1, to: -1 };
      return;
    }
    let from = at;
    let to = at + 1;
    while (from > start && inUnknown.test(this.value[from - 1] ?? '')) from -= 1;
    while (inUnknown.test(this.value[to] ?? '')) to += 1;
    this.unknown = { from, to };
  }

  /** The longest of the patterns for words and numbers; of two that are equally long, the first in nft's order. */
  private word(from: number): NftToken | undefined {
    const longest: Longest = { kind: 'word', length: 0, counted: 0 };
    const char = this.value[from] ?? '';
    // No name begins with a digit, no number with a letter, and few letters begin an address.
    if (inAddress.test(char)) {
      offer(longest, 'word', this.addressLength(from));
      if (isDigit.test(char)) {
        offer(longest, 'word', this.match(timeText, from)?.length);
        offer(longest, 'number', this.match(numberText, from)?.length);
      }
      // flex counts the character that a pattern looks ahead at.
      offer(longest, 'word', this.match(classIdText, from)?.length, 1);
    }
    const plain = this.match(plainText, from)?.length ?? 0;
    const star = plain > 0 ? this.match(starText, from + plain)?.length : undefined;
    if (star !== undefined) offer(longest, 'wildcard', plain + star);
    offer(longest, 'word', plain);
    if (longest.length === 0) return undefined;
    const token = this.token(longest.kind, from, from + longest.length);
    if (token.text === '.') return undefined;
    if (token.text.startsWith('[')) return { ...token, text: token.text.slice(1, -1) };
    const sign = token.kind === 'word' ? signWords.get(token.text) : undefined;
    return sign === undefined ? token : { ...token, kind: 'sign', text: sign };
  }

  /** An IPv4, IPv6 or link-layer address, or an IPv6 address in brackets. */
  private addressLength(from: number): number {
    if (this.value[from] === '[') {
      const length = this.ip6Length(from + 1);
      return length > 0 && this.value[from + 1 + length] === ']' ? length + 2 : 0;
    }
    return Math.max(
      this.match(macAddress, from)?.length ?? 0,
      this.match(ip4Address, from)?.length ?? 0,
      this.ip6Length(from),
    );
  }

  /** Eight groups, or up to seven with one `::`; IPv4 at the end stands for two. */
  private ip6Length(from: number): number {
    const full = this.match(ip6Full, from);
    if (full !== undefined) return full.length;
    const head = this.match(ip6Head, from);
    if (head === undefined) return 0;
    let groups = head === '::' ? 0 : head.split(':').length - 2;
    let at = from + head.length;
    for (let first = true; groups < 7; first = false) {
      const start = first ? at : at + 1;
      if (!first && this.value[at] !== ':') break;
      const ip4 = groups < 6 ? this.match(ip4Address, start) : undefined;
      const group = ip4 ?? this.match(ip6Group, start);
      if (group === undefined) break;
      at = start + group.length;
      groups += ip4 === undefined ? 1 : 7;
    }
    return at - from;
  }

  private match(pattern: RegExp, from: number): string | undefined {
    pattern.lastIndex = from;
    return pattern.exec(this.value)?.[0];
  }

  private token(kind: NftTokenKind, from: number, to: number): NftToken {
    return { kind, text: this.value.slice(from, to), from, to };
  }

  /**
   * Blanks, joined lines and comments. A comment that has its line for itself takes the line break with it; one at
   * the very end of the text, without a line break, is no comment for nft. A carriage return, which nft refuses,
   * is most often the editor's doing and passes here for a blank; so does a byte order mark.
   */
  private skipBlanks(): void {
    const { value } = this;
    for (;;) {
      const start = this.at;
      this.at += this.match(blankText, start)?.length ?? 0;
      if (value[this.at] !== '#') return;
      const end = value.indexOf('\n', this.at);
      if (end < 0) return;
      const isFirst = start === 0 || value[start - 1] === '\n' || value[this.at - 1] === '\n';
      if (this.unknown.from >= 0 && this.unknown.from < end) this.findUnknown(end);
      this.at = isFirst ? end + 1 : end;
    }
  }
}

/** The best of the patterns so far. */
interface Longest {
  kind: NftTokenKind;
  length: number;
  counted: number;
}

function offer(longest: Longest, kind: NftTokenKind, length = 0, ahead = 0): void {
  if (length === 0 || length + ahead <= longest.counted) return;
  longest.kind = kind;
  longest.length = length;
  longest.counted = length + ahead;
}

const inAddress = /[0-9A-Fa-f:[]/;
const isDigit = /[0-9]/;
const startsWord = /[0-9A-Za-z_.:[]/;
const inUnknown = new RegExp(`[A-Za-z0-9_./${unknownText}-]`);
const blankText = /(?:[ \t\r\uFEFF]|\\\r?\n)+/y;
const anySign = /==|!=|<=|>=|<<|>>|[,.:;{}[\]()<>^&|!/\-*@$=+]/y;
const timeText = /(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m(?!s))?(?:[0-9]+s)?(?:[0-9]+ms)?/y;
const numberText = /0[xX][0-9a-fA-F]+|[0-9]+/y;
const classIdText = /[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}(?=[ \t\n:\-},])/y;
const plainText = /[A-Za-z_.][A-Za-z0-9/\-_.]*|8021(?:ad|q)/y;
const starText = /\\?\*/y;
const macAddress = /(?:[0-9a-fA-F]{1,2}:){5}[0-9a-fA-F]{1,2}/y;
const ip4Address = /(?:[0-9]{1,3}\.){3}[0-9]{1,3}/y;
const ip6Full = /(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}/y;
const ip6Head = /(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){0,6})?::/y;
const ip6Group = /[0-9a-fA-F]{1,4}/y;

/** Operators in words (nftables src/scanner.l). */
const signWords: ReadonlyMap<string, string> = new Map([
  ['eq', '=='],
  ['ne', '!='],
  ['le', '<='],
  ['lt', '<'],
  ['ge', '>='],
  ['gt', '>'],
  ['lshift', '<<'],
  ['rshift', '>>'],
  ['xor', '^'],
  ['and', '&'],
  ['or', '|'],
  ['not', '!'],
]);
