import { refusal } from '../refusal';

/** The message of a fault: what is wrong in our words, then ufw's own, or those of the program that ufw calls. */
export function ufwRefusal(reason: string, words: string, program: 'ufw' | 'iptables' = 'ufw'): string {
  return refusal(reason, program, words);
}
