import { isSpace } from '../../../syntax/blanks';
import { type SourcedText, subText } from '../../../syntax/sourced-text';
import { ExpansionText, type Part, partValue } from './expansion-text';

/** The words that an expansion makes: blanks outside quotes end them, and so do blanks of a variable's value. */
export class ExpansionWords {
  /** Where text was lost: indexes into the text under expansion. */
  lost: { readonly from: number; readonly to: number } | undefined;
  private readonly done: ExpansionText[] = [];
  private current = new ExpansionText();
  private currentFrom = 0;

  constructor(private readonly most: number) {}

  /** Adds characters that stand for themselves; `from` is where they stand. */
  literal(literal: SourcedText, from: number): void {
    this.add({ literal }, from);
  }

  /** Adds a text in quotes, which is never split. */
  quoted(inner: ExpansionText, from: number): void {
    this.add({ inner }, from);
  }

  /** Adds what a `$…` stands for. */
  value(part: Part, from: number): void {
    const value = partValue(part);
    if (!/[\s\u0085]/.test(value)) {
      this.add(part, from);
      return;
    }
    const whole = new ExpansionText();
    whole.add(part);
    const text = whole.sourced();
    let start = 0;
    for (let at = 0; at <= value.length && this.done.length < this.most; at++) {
      if (at < value.length && !isSpace(value.charCodeAt(at))) continue;
      if (at > start) this.add({ literal: subText(text, start, at) }, from);
      if (at < value.length) this.end();
      start = at + 1;
    }
  }

  /** Ends the current word; an empty one is none. */
  end(): void {
    if (this.current.value !== '' && this.done.length < this.most) this.done.push(this.current);
    this.current = new ExpansionText();
  }

  /** Forgets the current word, which reaches up to `to`. */
  lose(to: number): void {
    if (this.current.value !== '') this.lost = { from: this.lost?.from ?? this.currentFrom, to };
    this.current = new ExpansionText();
  }

  texts(): SourcedText[] {
    return this.done.map((text) => text.sourced());
  }

  private add(part: Part, from: number): void {
    if (this.current.isEmpty) this.currentFrom = from;
    this.current.add(part);
  }
}
