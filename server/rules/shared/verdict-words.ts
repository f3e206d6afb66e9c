import type { Related } from '../../model/finding';
import type { InputVerdict } from '../../model/rule-set';

/** What a rule set does with a connection, as the beginning of a sentence. */
export function verdictWords({ kind, chain, rule }: InputVerdict): string {
  switch (kind) {
    case 'denies':
      return `Chain ${chain.name} refuses this port`;
    case 'restricts':
      return `Chain ${chain.name} lets this port in from some addresses alone`;
    case 'drops':
      return rule === undefined
        ? `Chain ${chain.name} drops what no rule lets in, and none lets this port in`
        : `Chain ${chain.name} refuses the rest, and no rule lets this port in`;
    case 'accepts':
      return `Chain ${chain.name} lets this port in`;
  }
}

/** Where the rule set says so. */
export function verdictRelated({ kind, chain, rule, file }: InputVerdict): readonly Related[] {
  if (rule !== undefined) {
    const message = kind === 'restricts' ? 'This rule lets it in.' : 'This rule refuses it.';
    return [{ uri: rule.file.uri, span: rule.rule.span, message }];
  }
  return chain.policySpan === undefined
    ? []
    : [{ uri: file.uri, span: chain.policySpan, message: 'This is the policy of the chain.' }];
}
