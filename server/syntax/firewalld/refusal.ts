import { upperFirst } from '../../model/words';
import { unknownText } from '../sourced-text';

/** The programs whose refusals are told here. */
export type Program = 'firewalld' | 'firewall-cmd';

/** The message of a fault: what is wrong in our words, and the program's own; text that is unknown shows as an ellipsis. */
export function refusal(reason: string, program: Program, words: string): string {
  return `${printable(upperFirst(reason))} (${program}: ${printable(words)}).`;
}

/** A text in quotation marks; a long one is told by its beginning, and one without characters is told as such. */
export function quoted(text: string): string {
  return `"${printable(text)}"`;
}

/** On one line, and not longer than a person reads. */
export function printable(text: string): string {
  const short = text.length > longestWords ? `${text.slice(0, longestWords)}…` : text;
  return short.replaceAll(unknownText, '…').replace(/\s+/g, ' ');
}

const longestWords = 300;
