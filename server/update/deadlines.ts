import { UpdateRefused } from './refused';

/** How long a download may take, in milliseconds. */
export interface Patience {
  /** From beginning to end. */
  readonly overall: number;
  /** Without any sign of life. */
  readonly idle: number;
}

/** One signal for all that can end a download: the user, the clock, a silence. Its reason is an `UpdateRefused`. */
export interface Deadlines {
  readonly signal: AbortSignal;
  /** A sign of life: the silence begins anew. */
  alive(): void;
  /** Ends the watch; a program would wait for the clocks. */
  done(): void;
}

/** Starts the clocks. `host` is named when they run out. */
export function deadlines({ overall, idle }: Patience, host: string, user?: AbortSignal): Deadlines {
  const control = new AbortController();
  const end = (message: string) => control.abort(new UpdateRefused(message));
  const cancelled = () => end('The update was cancelled.');
  const silence = setTimeout(() => end(`Nothing came from ${host} for ${seconds(idle)}.`), idle);
  const whole = setTimeout(() => end(`${host} did not deliver within ${seconds(overall)}.`), overall);
  user?.addEventListener('abort', cancelled);
  if (user?.aborted) cancelled();
  return {
    signal: control.signal,
    alive: () => silence.refresh(),
    done: () => {
      clearTimeout(silence);
      clearTimeout(whole);
      user?.removeEventListener('abort', cancelled);
    },
  };
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} seconds`;
}
