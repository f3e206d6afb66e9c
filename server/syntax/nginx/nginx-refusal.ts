import { refusal } from '../refusal';

/** The message of a fault: what is wrong in our words, and nginx's own. */
export function nginxRefusal(reason: string, nginx: string): string {
  return refusal(reason, 'nginx', nginx);
}
