import { upperFirst } from '../model/words';
import { unknownText } from './sourced-text';

/**
 * The message of a fault: what is wrong in our words, then the program's own, on one line; text that is unknown shows
 * as an ellipsis.
 */
export function refusal(reason: string, program: string, words: string): string {
  return told(`${shortened(upperFirst(reason))} (${program}: ${shortened(words)}).`);
}

/** The message of a trap: the program takes it, so it has no words for it. */
export function trap(reason: string): string {
  return told(`${shortened(upperFirst(reason))}.`);
}

/** A text that somebody wrote by the page is told by its beginning. */
export function shortened(text: string): string {
  return text.length > longestWords ? `${text.slice(0, longestWords)}…` : text;
}

const longestWords = 300;

/** The ends of lines show, for they may be what is wrong. */
function told(message: string): string {
  return message.replace(unknownTexts, '…').replace(/\r\n?|\n/g, '\\n');
}

const unknownTexts = new RegExp(`${unknownText}+`, 'g');
