import { upperFirst } from '../../model/words';

/** The message of a fault: what is wrong in our words, and nginx's own. */
export function nginxRefusal(reason: string, nginx: string): string {
  return `${shortened(upperFirst(reason))} (nginx: ${shortened(nginx)}).`.replace(/\r?\n/g, '\\n');
}

/** The message of a trap: nginx loads it, so there are no words of its own. */
export function nginxTrap(reason: string): string {
  return `${shortened(upperFirst(reason))}.`.replace(/\r?\n/g, '\\n');
}

/** A text that somebody wrote by the page is told by its beginning. */
function shortened(text: string): string {
  return text.length > longestWords ? `${text.slice(0, longestWords)}…` : text;
}

const longestWords = 300;
