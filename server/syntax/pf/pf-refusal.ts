import { refusal } from '../refusal';

/** The message of a fault: what is wrong in our words, and pfctl's own. */
export function pfRefusal(reason: string, pfctl: string): string {
  return refusal(reason, 'pfctl', pfctl);
}
