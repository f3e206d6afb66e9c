import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { levelOf } from '../../server/features/diagnostics/levels';
import type { Severity } from '../../server/model/finding';
import { groupOf } from '../../server/model/rule-group';
import type { Choices, Level } from '../../server/model/settings';
import { publishedPortConflict } from '../../server/rules/published-port-conflict';

describe('the level of a finding', () => {
  for (const [what, own, chosen, expected] of [
    ['is its own where nothing is chosen', 'error', [], 'error'],
    ['is what is chosen for the rule', 'error', [{ 'published-port-conflict': 'hint' }], 'hint'],
    ['is what is chosen for its group', 'error', [{ compose: 'information' }], 'information'],
    [
      'goes by the rule before the group',
      'error',
      [{ compose: 'off', 'published-port-conflict': 'error' }],
      'error',
    ],
    [
      'goes by the nearest that says something, even of the group',
      'error',
      [{ nginx: 'off' }, { compose: 'off' }, { 'published-port-conflict': 'hint' }],
      'off',
    ],
    ['stays milder for a milder case', 'warning', [{ compose: 'error' }], 'warning'],
    ['becomes milder for a milder case, too', 'warning', [{ compose: 'hint' }], 'hint'],
    ['is off for a milder case, too', 'warning', [{ compose: 'off' }], 'off'],
  ] as const) {
    test(what, () =>
      assert.equal(levelOf(publishedPortConflict, own as Severity, chosen.map(choices)), expected),
    );
  }
});

test('a rule is switched with its own group, else with that of its kind of unit', () => {
  assert.equal(groupOf({ over: 'file', group: 'dockerfile' }), 'dockerfile');
  assert.equal(groupOf({ over: 'file' }), 'format');
  assert.equal(groupOf({ over: 'project' }), 'compose');
  assert.equal(groupOf({ over: 'something new' }), 'workspace');
});

function choices(levels: Readonly<Record<string, Level>>): Choices {
  return { levels: new Map(Object.entries(levels)) };
}
