import type { FaultFix } from '../../model/fault';
import type { Span } from '../../model/span';
import { highestPort } from './port-number';

/** The fix for a range that runs backwards, when that is all that is wrong with `text`. */
export function turnedRange(text: string, span: Span): FaultFix | undefined {
  const [, first = '', last = ''] = /^([0-9]{1,6})-([0-9]{1,6})$/.exec(text) ?? [];
  if (first === '' || Number(last) >= Number(first) || Number(first) > highestPort) return undefined;
  const turned = `${last}-${first}`;
  return { title: `Turn the range round: ${turned}`, span, text: turned };
}
