import { lineEnd } from '../../model/lines';
import type { PacketRule } from '../../model/packet-filter';
import type { Span } from '../../model/span';
import type { FilterStep } from '../../syntax/packet-filter/script-filter';
import { hookOf } from '../../syntax/ufw/filter-step';

/**
 * What a tuple of a rules file does to the filter; its removal takes out the lines that ufw makes of it as well.
 *
 * @param line The line of the tuple.
 */
export function tupleStep(rule: PacketRule, text: string, line: Span): FilterStep {
  const removal = { start: line.start, end: blockEnd(text, line.end) };
  const hook = hookOf(rule.chain);
  return {
    variables: [],
    take: (draft) => {
      // The file holds all of ufw's own rules.
      draft.create({ name: rule.chain }, undefined);
      draft.chain({ name: rule.chain }, hook && { hook });
      draft.add({ name: rule.chain }, { ...rule, removal }, 'end', undefined);
    },
  };
}

/** Where the lines end that ufw makes of a tuple, with the empty line behind them. */
function blockEnd(text: string, tupleEnd: number): number {
  let end = tupleEnd;
  for (let start = tupleEnd + 1; start < text.length; start = end + 1) {
    const isOwn = text.startsWith('-A ', start) || text[start] === '\n' || text[start] === '\r';
    if (!isOwn) break;
    end = lineEnd(text, start);
    if (!text.startsWith('-A ', start)) break;
  }
  return Math.min(end + 1, text.length);
}
