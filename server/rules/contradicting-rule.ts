import type { RuleOf } from '../model/rule';
import { quotedRule, relatedRule, ruleVerb } from './shared/rule-words';

export const contradictingRule: RuleOf<'filter'> = {
  id: 'contradicting-rule',
  over: 'filter',
  severity: 'warning',
  summary: 'Two rules of a chain for the same packets, of which one lets them in and the other does not.',
  rationale:
    'The first of them decides, and the second never does; in pf, where the last match wins, it is the other way round unless the first one is `quick`.',
  *check(set) {
    for (const { kind, rule, by, isLater } of set.conflicts()) {
      if (kind !== 'contradiction') continue;
      const where = isLater ? 'behind it' : 'before it';
      const why = isLater ? ', and the last match wins' : '';
      yield {
        uri: rule.file.uri,
        span: rule.rule.span,
        message: `This rule never decides: ${quotedRule(by)} ${where} ${ruleVerb(by)} the same packets${why}.`,
        related: [relatedRule(by, 'This one decides.')],
        fixes: [],
      };
    }
  },
};
