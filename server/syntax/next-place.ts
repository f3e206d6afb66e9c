/**
 * Where a text comes next in another one. The last answer is kept for as long as it holds, so that asking for many
 * places in turn takes linear time, also when the text comes late or never.
 */
export class NextPlace {
  private from = 0;
  private found = -1;

  constructor(
    private readonly text: string,
    private readonly wanted: string,
  ) {}

  /** The first place at or behind `at`; the length of the text when there is none. */
  after(at: number): number {
    if (at < this.from || at > this.found) {
      const found = this.text.indexOf(this.wanted, at);
      this.from = at;
      this.found = found < 0 ? this.text.length : found;
    }
    return this.found;
  }
}
