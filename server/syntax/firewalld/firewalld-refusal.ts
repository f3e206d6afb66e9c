import { refusal, shortened } from '../refusal';
import { unknownText } from '../sourced-text';

/** The programs whose refusals are told here. */
export type Program = 'firewalld' | 'firewall-cmd';

/** The message of a fault: what is wrong in our words, and the program's own. */
export function firewalldRefusal(reason: string, program: Program, words: string): string {
  return refusal(reason, program, printable(words));
}

/** A text in quotation marks; a long one is told by its beginning, and one without characters is told as such. */
export function quoted(text: string): string {
  return `"${printable(text)}"`;
}

/** On one line, and not longer than a person reads: what stands in XML has line ends and indents that mean nothing. */
export function printable(text: string): string {
  return shortened(text).replaceAll(unknownText, '…').replace(/\s+/g, ' ');
}
