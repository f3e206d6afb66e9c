import type { FaultFix } from '../../model/port';
import type { Span } from '../../model/span';
import { upperFirst } from '../../model/words';
import { unknownText } from '../sourced-text';
import { highestPort } from './port-number';

/** The message of a fault: what is wrong in our words, and Docker's own; text that is unknown shows as an ellipsis. */
export function refusal(reason: string, docker: string): string {
  return `${shortened(upperFirst(reason))} (Docker: ${shortened(docker)}).`
    .replaceAll(unknownText, '…')
    .replace(/\r?\n/g, '\\n');
}

/** A text that somebody wrote by the page is told by its beginning. */
function shortened(text: string): string {
  return text.length > longestWords ? `${text.slice(0, longestWords)}…` : text;
}

const longestWords = 300;

/** The fix for a range that runs backwards, when that is all that is wrong with `text`. */
export function turnedRange(text: string, span: Span): FaultFix | undefined {
  const [, first = '', last = ''] = /^([0-9]{1,6})-([0-9]{1,6})$/.exec(text) ?? [];
  if (first === '' || Number(last) >= Number(first) || Number(first) > highestPort) return undefined;
  const turned = `${last}-${first}`;
  return { title: `Turn the range round: ${turned}`, span, text: turned };
}
