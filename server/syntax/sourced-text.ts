import type { VariableUse } from '../model/port';
import type { Span } from '../model/span';

/**
 * The text that a program sees after it has unquoted, joined and substituted, with the way back to the source:
 * each piece knows the characters it came from. Indexes are into `value`; spans are into the source.
 */
export interface SourcedText {
  readonly value: string;
  readonly pieces: readonly Piece[];
}

/** A run of the value that came from one stretch of the source. */
export interface Piece {
  /** Where the piece starts in the value. */
  readonly at: number;
  readonly length: number;
  readonly span: Span;
  /** True when each character of the piece is one character of the span; else the span stands for all of it. */
  readonly exact: boolean;
  readonly variable?: VariableUse;
}

/**
 * Stands in a value for text that cannot be known (a variable without a value). It is a private-use character,
 * so no port, address or protocol can contain it.
 */
export const unknownText = '\uE000';

/** Text that stands in the source just as the program sees it. */
export function literalText(value: string, start: number): SourcedText {
  const span = { start, end: start + value.length };
  return { value, pieces: [{ at: 0, length: value.length, span, exact: true }] };
}

/** Puts pieces together as they come; the last call answers the text. */
export class SourcedTextBuilder {
  private value = '';
  private readonly pieces: Piece[] = [];

  /** How long the value is by now. */
  get length(): number {
    return this.value.length;
  }

  /** True when nothing was added, not even an empty piece. */
  get isEmpty(): boolean {
    return this.pieces.length === 0;
  }

  /** Adds characters that stand in the source as they are, from `start` on. */
  literal(value: string, start: number, variable?: VariableUse): void {
    if (value === '') return;
    const last = this.pieces.at(-1);
    if (last?.exact && last.span.end === start && last.variable === variable) {
      this.pieces[this.pieces.length - 1] = {
        ...last,
        length: last.length + value.length,
        span: { start: last.span.start, end: start + value.length },
      };
    } else {
      const span = { start, end: start + value.length };
      const piece = { at: this.value.length, length: value.length, span, exact: true };
      this.pieces.push(variable === undefined ? piece : { ...piece, variable });
    }
    this.value += value;
  }

  /** Adds a value that `span` of the source stands for: an escape, or a variable. */
  replaced(value: string, span: Span, variable?: VariableUse): void {
    const piece = { at: this.value.length, length: value.length, span, exact: false };
    this.pieces.push(variable === undefined ? piece : { ...piece, variable });
    this.value += value;
  }

  /** Adds all of another text; one without characters and variables adds nothing. */
  append(other: SourcedText): void {
    if (other.value === '' && other.pieces.every(({ variable }) => variable === undefined)) return;
    for (const piece of other.pieces) this.pieces.push({ ...piece, at: piece.at + this.value.length });
    this.value += other.value;
  }

  text(): SourcedText {
    return { value: this.value, pieces: this.pieces };
  }
}

/** The characters that the whole text came from; for one without any, the place where they would stand. */
export function spanOf(text: SourcedText): Span {
  return sourceSpan(text, 0, text.value.length);
}

/** The characters of the source that `value[from, to)` came from. */
export function sourceSpan(text: SourcedText, from: number, to: number): Span {
  let start: number | undefined;
  let end = 0;
  for (const piece of piecesWithin(text, from, to)) {
    const pieceStart = piece.exact ? piece.span.start + Math.max(0, from - piece.at) : piece.span.start;
    const pieceEnd = piece.exact ? piece.span.start + Math.min(piece.length, to - piece.at) : piece.span.end;
    start = Math.min(start ?? pieceStart, pieceStart);
    end = Math.max(end, pieceEnd);
  }
  return start === undefined ? emptySpanAt(text, from) : { start, end };
}

/** The variables that had a part in `value[from, to)`, in order. */
export function variablesWithin(text: SourcedText, from: number, to: number): readonly VariableUse[] {
  const variables: VariableUse[] = [];
  for (const { variable } of piecesWithin(text, from, to)) {
    if (variable !== undefined) variables.push(variable);
  }
  return variables;
}

/** A part of the text as a text of its own. */
export function subText(text: SourcedText, from: number, to: number): SourcedText {
  const only = text.pieces.length === 1 ? text.pieces[0] : undefined;
  if (only?.exact && only.variable === undefined && from >= 0 && from < to && to <= only.length) {
    return literalText(text.value.slice(from, to), only.span.start + from);
  }
  const builder = new SourcedTextBuilder();
  for (const piece of piecesWithin(text, from, to)) {
    const first = Math.max(from, piece.at);
    const last = Math.min(to, piece.at + piece.length);
    const value = text.value.slice(first, last);
    if (piece.exact) builder.literal(value, piece.span.start + first - piece.at, piece.variable);
    else builder.replaced(value, piece.span, piece.variable);
  }
  // A text without characters still has its place.
  if (builder.isEmpty) builder.replaced('', sourceSpan(text, from, to));
  return builder.text();
}

/**
 * The pieces that have a part in `value[from, to)`. Pieces lie in the order of the value, so the first one is
 * found by halving: taking a long text apart word by word stays linear.
 */
function piecesWithin(text: SourcedText, from: number, to: number): readonly Piece[] {
  let low = 0;
  let high = text.pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const piece = text.pieces[middle];
    if (piece !== undefined && piece.at + piece.length < from) low = middle + 1;
    else high = middle;
  }
  const within: Piece[] = [];
  for (let index = low; index < text.pieces.length; index++) {
    const piece = text.pieces[index];
    if (piece === undefined || piece.at > to) break;
    if (touchesPiece(piece, from, to)) within.push(piece);
  }
  return within;
}

/** A piece has a part in a stretch when they share a character; an empty piece when it lies within or at an edge. */
function touchesPiece(piece: Piece, from: number, to: number): boolean {
  if (piece.length === 0) return piece.at >= from && piece.at <= to;
  return piece.at < to && from < piece.at + piece.length;
}

function emptySpanAt(text: SourcedText, at: number): Span {
  for (const piece of text.pieces) {
    if (at < piece.at || at > piece.at + piece.length) continue;
    const offset = piece.exact
      ? piece.span.start + at - piece.at
      : at === piece.at
        ? piece.span.start
        : piece.span.end;
    return { start: offset, end: offset };
  }
  const end = text.pieces.at(-1)?.span.end ?? 0;
  return { start: end, end };
}
