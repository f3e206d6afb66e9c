import { upperFirst } from '../../model/words';
import { unknownText } from '../sourced-text';

/** The message of a fault: what is wrong in our words, then the program's own. */
export function refusal(reason: string, words: string, program: 'ufw' | 'iptables' = 'ufw'): string {
  return told(`${shortened(upperFirst(reason))} (${program}: ${shortened(words)}).`);
}

/** The message of a trap, which no program tells. */
export function warning(reason: string): string {
  return told(`${shortened(upperFirst(reason))}.`);
}

/** A message is one line, and what is unknown in it shows as an ellipsis. */
function told(message: string): string {
  return message.replaceAll(unknownText, '…').replace(/[\r\n]+/g, '\\n');
}

/** A text that somebody wrote by the page is told by its beginning. */
function shortened(text: string): string {
  return text.length > longestWords ? `${text.slice(0, longestWords)}…` : text;
}

const longestWords = 300;
