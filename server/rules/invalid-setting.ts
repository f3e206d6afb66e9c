import type { RuleOf } from '../model/rule';

export const invalidSetting: RuleOf<'settings'> = {
  id: 'invalid-setting',
  over: 'settings',
  severity: 'error',
  summary: 'Something in a `.portolan.json` that cannot be followed.',
  rationale:
    'A misspelt rule or a value of the wrong kind settles nothing: the default holds for it, and `portolan lint` ends with 2. The rest of the file holds.',
  *check({ uri, faults }) {
    for (const { span, message } of faults) yield { uri, span, message, related: [], fixes: [] };
  },
};
