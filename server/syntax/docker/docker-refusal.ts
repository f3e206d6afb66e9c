import { refusal } from '../refusal';

/** The message of a fault: what is wrong in our words, and Docker's own. */
export function dockerRefusal(reason: string, docker: string): string {
  return refusal(reason, 'Docker', docker);
}
