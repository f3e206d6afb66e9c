import type { RuleOf } from '../model/rule';
import { quotedRule, relatedRule, removal, ruleVerb } from './shared/rule-words';

export const shadowedRule: RuleOf<'filter'> = {
  id: 'shadowed-rule',
  over: 'filter',
  severity: 'warning',
  summary: 'A rule that no packet gets to, because another one of its chain decides on all of them.',
  rationale:
    'A rule that is appended behind the one that drops the rest does nothing. It is told only where every condition of the deciding rule is understood: protocol, ports, addresses, interfaces and states. Where both do the same it is information: the rule can go.',
  *check(set) {
    for (const { kind, rule, by, isLater, isSameVerdict } of set.conflicts()) {
      if (kind !== 'shadow') continue;
      const where = isLater ? 'behind it' : 'before it';
      const why = isLater ? ', and the last match wins' : '';
      const what = `${quotedRule(by)} ${where} ${ruleVerb(by)}`;
      yield {
        uri: rule.file.uri,
        span: rule.rule.span,
        ...(isSameVerdict && { severity: 'information' }),
        message: isSameVerdict
          ? `This rule adds nothing: ${what} all its packets as well${why}.`
          : `No packet is left for this rule: ${what} all of them${why}.`,
        related: [relatedRule(by, 'This one decides.')],
        fixes: isSameVerdict ? removal(rule, 'Remove the rule') : [],
      };
    }
  },
};
