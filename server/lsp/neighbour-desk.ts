import type { Neighbour } from '../model/chart';

/** What reading the worktrees beside the workspace needs. */
export interface NeighbourParts {
  /** Reads their files anew. */
  read(): Promise<readonly Neighbour[]>;
  failed(error: unknown): void;
}

/** So long, in milliseconds, what was read is as good as new: nobody watches files outside of the workspace. */
const freshFor = 15_000;

/** Knows what other worktrees want, and reads them again when somebody asks and the last look was too long ago. */
export class NeighbourDesk {
  private last: readonly Neighbour[] = [];
  private readAt: number | undefined;
  private underWay: Promise<void> | undefined;

  constructor(
    private readonly parts: NeighbourParts,
    private readonly now: () => number = Date.now,
  ) {}

  /** What was read last, at once. When it is not fresh, they are read for the next time. */
  known(): readonly Neighbour[] {
    const age = this.readAt === undefined ? freshFor : this.now() - this.readAt;
    if (age < 0 || age >= freshFor) void this.refresh();
    return this.last;
  }

  /** Settled when they were read; never rejects. */
  refresh(): Promise<void> {
    this.underWay ??= this.parts
      .read()
      .then((found) => {
        this.last = found;
      })
      .catch((error: unknown) => this.parts.failed(error))
      .finally(() => {
        this.readAt = this.now();
        this.underWay = undefined;
      });
    return this.underWay;
  }
}
