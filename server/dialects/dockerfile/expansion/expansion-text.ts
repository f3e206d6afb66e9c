import type { VariableUse } from '../../../model/port';
import type { Span } from '../../../model/span';
import { type SourcedText, SourcedTextBuilder, unknownText } from '../../../syntax/sourced-text';

/**
 * One part of a text under expansion: characters of the source, a value that `span` stands for, or a text that
 * was put together before. The variable is the one that the part stands for.
 */
export type Part =
  | { readonly literal: SourcedText }
  | ValuePart
  | { readonly inner: ExpansionText; readonly variable?: VariableUse };

/** A value that a stretch of the source stands for. */
export interface ValuePart {
  readonly value: string;
  readonly span: Span;
  readonly variable?: VariableUse;
}

/**
 * A text under expansion, kept as a tree: an operand within an operand is not copied at every level, so depth
 * costs nothing; it becomes a `SourcedText` once, at the end.
 */
export class ExpansionText {
  value = '';
  /** The characters of the source that give the value, where it is one stretch of them. */
  definition: Span | undefined;
  /** False where the value holds text that cannot be known. */
  isKnown = true;
  private readonly parts: Part[] = [];
  private literally = true;

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  add(part: Part): void {
    const literally = 'literal' in part || ('inner' in part && part.inner.literally);
    const span = definitionOf(part);
    if (this.isEmpty) this.definition = span;
    else if (!this.literally || !literally) this.definition = undefined;
    else if (span !== undefined)
      this.definition = { start: this.definition?.start ?? span.start, end: span.end };
    this.literally &&= literally;
    this.isKnown &&= 'inner' in part ? part.inner.isKnown : !partValue(part).includes(unknownText);
    this.parts.push(part);
    this.value += partValue(part);
  }

  /** The text with the way back; a character that several variables stand for keeps the innermost. */
  sourced(): SourcedText {
    const builder = new SourcedTextBuilder();
    const open: { text: ExpansionText; next: number; variable: VariableUse | undefined }[] = [
      { text: this, next: 0, variable: undefined },
    ];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const part = top.text.parts[top.next++];
      if (part === undefined) open.pop();
      else if ('inner' in part)
        open.push({ text: part.inner, next: 0, variable: part.variable ?? top.variable });
      else if ('value' in part) builder.replaced(part.value, part.span, part.variable ?? top.variable);
      else appendLiteral(builder, part.literal, top.variable);
    }
    return builder.text();
  }
}

/** The value that a part has. */
export function partValue(part: Part): string {
  return 'literal' in part ? part.literal.value : 'value' in part ? part.value : part.inner.value;
}

function definitionOf(part: Part): Span | undefined {
  if ('inner' in part) return part.inner.definition;
  if ('value' in part) return part.variable?.definition;
  const first = part.literal.pieces[0]?.span;
  const last = part.literal.pieces.at(-1)?.span;
  return first && last && { start: first.start, end: last.end };
}

function appendLiteral(
  builder: SourcedTextBuilder,
  text: SourcedText,
  variable: VariableUse | undefined,
): void {
  if (variable === undefined) builder.append(text);
  else builder.append({ ...text, pieces: text.pieces.map((piece) => ({ variable, ...piece })) });
}
