import type { RuleOf } from '../model/rule';

export const unusedSuppression: RuleOf<'suppressions'> = {
  id: 'unused-suppression',
  over: 'suppressions',
  severity: 'hint',
  summary: 'A `portolan-ignore` comment that ignores nothing.',
  rationale:
    'The finding is gone, stands elsewhere or never had this name; the comment would hide the next one that comes along. Ids of rules that settings turn off are not judged.',
  *check({ file: { uri }, idle }) {
    for (const { rule, span, removal, isKnown, scope } of idle) {
      const where = scope === undefined ? 'in this file' : 'on its line';
      yield {
        uri,
        span,
        message:
          rule === ''
            ? 'This comment names no rule to ignore.'
            : isKnown
              ? `Nothing is found by ${rule} ${where}.`
              : `There is no rule ${rule}.`,
        related: [],
        fixes: [
          {
            title: rule === '' ? 'Remove the comment' : `Stop ignoring ${rule}`,
            edits: [{ uri, span: removal, text: '' }],
            // A name that is misspelt keeps its reason until somebody has read it.
            ...((isKnown || rule === '') && { isSafe: true as const }),
          },
        ],
        tags: ['unnecessary'],
      };
    }
  },
};
