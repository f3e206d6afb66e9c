import type { Uri } from '../model/snapshot';

/**
 * How long what is asked about an edit goes before the checking, in milliseconds: an editor asks for a completion right
 * behind the key, and whoever types waits for that one.
 */
const pauseBefore = 5;

/** How often a burst of messages may put off the checking. */
const mostRounds = 500;

/**
 * The documents whose findings are out of date; they are checked when the messages that wait have been taken in, and not
 * before `release` is called for the first time.
 */
export class StaleDocuments {
  private readonly stale = new Set<Uri>();
  private arrivals = 0;
  private isWaiting = false;
  private isHeld = true;

  /** `check` publishes the findings of documents; each is named once. */
  constructor(private readonly check: (uris: readonly Uri[]) => void) {}

  /** Has the documents checked, and what hangs on them; without any, what has changed elsewhere is checked. */
  add(uris: readonly Uri[]): void {
    this.arrivals += 1;
    for (const uri of uris) this.stale.add(uri);
    if (this.isWaiting) return;
    this.isWaiting = true;
    setTimeout(() => this.checkWhenQuiet(0), pauseBefore);
  }

  /** Lets the documents be checked, and has all checked that hang on what is known now. */
  release(): void {
    this.isHeld = false;
    this.add([]);
  }

  /**
   * Messages are handed over one a turn, and the next one only after what the last one put off: checking waits two
   * turns, and again while more of them come, but not for ever.
   */
  private checkWhenQuiet(rounds: number): void {
    const seen = this.arrivals;
    setImmediate(() =>
      setImmediate(() => {
        if (seen !== this.arrivals && rounds < mostRounds) return this.checkWhenQuiet(rounds + 1);
        this.isWaiting = false;
        if (this.isHeld) return;
        const uris = [...this.stale];
        this.stale.clear();
        this.check(uris);
      }),
    );
  }
}
