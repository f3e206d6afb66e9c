import type { CompletionList } from 'vscode-languageserver';
import type { Lookout } from '../machine/lookout';
import { pause } from './pause';

/** What a completion may wait for. */
export interface CompletionWait {
  readonly lookout: Lookout;
  /** Settled when the first files of the workspace are found; absent where none are being looked for. */
  readonly firstFound: Promise<unknown> | undefined;
  /** Whether a port can be typed at all where the cursor stands. */
  readonly isSlot: boolean;
}

/** How old a look at the machine may be for a port to be called free, and how long a completion waits for a new one. */
const longestAge = 5_000;
const longestLook = 100;

/**
 * The list that `offer` makes, once it is known what it should draw on: what fits best may stand in a file that is just being
 * found. Where nothing can be typed, nobody has to wait.
 */
export async function patientCompletion(
  offer: () => CompletionList | null,
  wait: () => CompletionWait,
): Promise<CompletionList | null> {
  const offered = offer();
  if (offered === null) return null;
  const { lookout, firstFound, isSlot } = wait();
  if (!isSlot) return offered;
  const isStale = (lookout.age ?? longestAge) >= longestAge;
  if (firstFound === undefined && !isStale) return offered;
  // Nobody waits long for a machine that does not answer; what is then told says what is not known.
  await Promise.all([firstFound, isStale && Promise.race([lookout.refresh(), pause(longestLook)])]);
  return offer();
}
