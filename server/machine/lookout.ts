import type { Listener, ListenerCensus } from '../model/listener';

/** So long, in milliseconds, one census may take. */
const longestCensus = 4000;
/** So long after a failure nothing is tried. */
const pauseAfterFailure = 60_000;

/** The reason of a signal. */
const notAllowed = new Error('it is not allowed.');

/** What a lookout works with. */
export interface LookoutOptions {
  /** Sees what listens now. It ends when the signal says so, or else two of it could run at once. */
  readonly take: (signal: AbortSignal) => Promise<readonly Listener[]>;
  /** The time in milliseconds since the epoch. */
  readonly now?: () => number;
  /** So long, in milliseconds, a census is as good as a new one. */
  readonly freshFor?: number;
  /** Asked every time: while the answer is no, the machine is not looked at and nothing of it is told. */
  readonly isAllowed: () => boolean;
  /** Told of the first failure, and of the next one only after a success. */
  readonly report: (message: string) => void;
}

/**
 * Knows what listens on this machine, and looks again when somebody asks and the last look was too long ago: with
 * nobody asking it does nothing. Only one census is taken at a time.
 */
export class Lookout {
  private last: ListenerCensus | undefined;
  private underWay: Promise<ListenerCensus | undefined> | undefined;
  private controller: AbortController | undefined;
  private failedAt: number | undefined;
  private readonly now: () => number;
  private readonly freshFor: number;

  constructor(private readonly options: LookoutOptions) {
    this.now = options.now ?? Date.now;
    this.freshFor = options.freshFor ?? 5000;
  }

  /**
   * The last census, at once; `takenAt` says how old it is. When it is not fresh, a new one is begun for the next
   * time. Undefined when there is none yet and when the machine may not be looked at.
   */
  known(): ListenerCensus | undefined {
    if (!this.mayLook()) return undefined;
    const isFresh = this.isWithin(this.freshFor, this.last?.takenAt);
    if (!isFresh && !this.isPausing() && this.underWay === undefined) void this.look();
    return this.last;
  }

  /** How long ago the last census was taken, in milliseconds; undefined when there is none. */
  get age(): number | undefined {
    return this.last === undefined ? undefined : this.now() - this.last.takenAt;
  }

  /**
   * A census that ends after this call, in four seconds at most: the one under way or a new one, however fresh the
   * last is. Undefined when there is none to be had: it failed, one failed less than a minute ago, or the machine may
   * not be looked at. Never rejects.
   */
  async refresh(): Promise<ListenerCensus | undefined> {
    if (!this.mayLook()) return undefined;
    if (this.underWay !== undefined) return this.underWay;
    return this.isPausing() ? undefined : this.look();
  }

  /** What was seen is forgotten, and the look under way ended, as soon as it turns out that it is not allowed. */
  private mayLook(): boolean {
    if (this.options.isAllowed()) return true;
    this.last = undefined;
    this.controller?.abort(notAllowed);
    return false;
  }

  private look(): Promise<ListenerCensus | undefined> {
    this.underWay = this.census().finally(() => {
      this.underWay = undefined;
      this.controller = undefined;
    });
    return this.underWay;
  }

  private async census(): Promise<ListenerCensus | undefined> {
    const controller = new AbortController();
    const { signal } = controller;
    this.controller = controller;
    const takenAt = this.now();
    try {
      const listeners = await inTime(this.options.take, controller);
      if (!this.mayLook() || signal.aborted) return undefined;
      this.last = { takenAt, listeners };
      this.failedAt = undefined;
      return this.last;
    } catch (error) {
      if (!this.mayLook() || signal.reason === notAllowed) return undefined;
      this.failed(signal.aborted ? signal.reason : error);
      return undefined;
    }
  }

  private failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.failedAt === undefined) this.options.report(`What listens here cannot be told: ${reason}`);
    this.failedAt = this.now();
  }

  private isPausing(): boolean {
    return this.isWithin(pauseAfterFailure, this.failedAt);
  }

  /** A clock that was set back makes nothing fresh. */
  private isWithin(milliseconds: number, since: number | undefined): boolean {
    const age = since === undefined ? -1 : this.now() - since;
    return age >= 0 && age < milliseconds;
  }
}

/** Ends with the signal, too, for which the time-out is a reason, even where `take` does not heed it. */
async function inTime<T>(take: (signal: AbortSignal) => Promise<T>, controller: AbortController): Promise<T> {
  const { signal } = controller;
  const tooLong = new Error(`it took longer than ${longestCensus / 1000} seconds.`);
  const timer = setTimeout(() => controller.abort(tooLong), longestCensus);
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([take(signal), stopped]);
  } finally {
    clearTimeout(timer);
  }
}
