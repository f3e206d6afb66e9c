import type { RuleOf } from '../model/rule';
import { quotedRule, relatedRule, removal } from './shared/rule-words';

export const duplicateRule: RuleOf<'filter'> = {
  id: 'duplicate-rule',
  over: 'filter',
  severity: 'warning',
  summary: 'A rule that stands in its chain already.',
  rationale:
    'No firewall says a word about it, and the second one does nothing: whoever takes one of them out to close a port wonders why it stays open. Rules of different conditions, loops and functions of a script are not compared, nor are those with a limit or another match that counts.',
  *check(set) {
    for (const { kind, rule, by } of set.conflicts()) {
      if (kind !== 'duplicate') continue;
      yield {
        uri: rule.file.uri,
        span: rule.rule.span,
        message: `The same rule stands in ${rule.rule.chain} already: ${quotedRule(by)}.`,
        related: [relatedRule(by, 'The same rule, the first time.')],
        fixes: removal(rule, 'Remove the second one'),
      };
    }
  },
};
