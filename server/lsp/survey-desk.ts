import type { Uri } from '../model/snapshot';
import { pause } from './pause';

/** What a survey of the workspace is made of. */
export interface SurveyParts {
  readonly folders: readonly Uri[];
  /** Reads the files of a folder, one at a time, with pauses between them. */
  read(folder: Uri): Promise<void>;
  /** All folders were read. */
  done(): void;
  failed(error: unknown): void;
}

/** How long the first answers go before the survey, in milliseconds. */
const pauseBefore = 200;

/** How long after its begin a completion waits for the survey, in milliseconds. */
const longestWait = 1_000;

/** Reads the files of the workspace that no editor has open: each folder once, and those that come later when they come. */
export class SurveyDesk {
  private begun: Promise<void> | undefined;
  private waiting: Promise<void> | undefined;

  constructor(private readonly parts: SurveyParts) {}

  /** Settled when everything was read; begins the survey where nobody has. */
  once(): Promise<void> {
    if (this.begun !== undefined) return this.begun;
    const { folders, read, done, failed } = this.parts;
    this.begun = pause(pauseBefore)
      .then(async () => {
        for (const folder of folders) await read(folder);
        done();
      })
      .catch(failed);
    if (folders.length > 0) {
      this.waiting = Promise.race([this.begun, pause(longestWait)]).then(() => {
        this.waiting = undefined;
      });
    }
    return this.begun;
  }

  /** Reads a folder that came later, behind all that are being read. */
  add(folder: Uri): Promise<void> {
    if (this.begun === undefined) return this.once();
    const { read, done, failed } = this.parts;
    this.begun = this.begun.then(() => read(folder).then(done)).catch(failed);
    return this.begun;
  }

  /** Until the survey is done, or takes longer than an answer may wait for it; undefined when nobody has to wait. */
  get firstFound(): Promise<void> | undefined {
    return this.waiting;
  }
}
