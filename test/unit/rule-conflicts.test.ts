import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PacketRule, Verdict } from '../../server/model/packet-filter';
import { sourceFile } from '../../server/model/snapshot';
import { ruleConflicts } from '../../server/units/rule-conflicts';
import { packetRule } from '../harness/packet-rule';

/** A chain, a rule a line: `[quick] [branch N] CONDITIONS -> VERDICT`, and what is found: `2 shadow by 1`. */
interface Scenario {
  readonly name: string;
  readonly chain: readonly string[];
  readonly found: readonly string[];
}

const firstMatch: readonly Scenario[] = [
  { name: 'the same rule', chain: ['tcp 80 -> accept', 'tcp 80 -> accept'], found: ['2 duplicate by 1'] },
  {
    name: 'three of the same',
    chain: ['tcp 80 -> accept', 'tcp 80 -> accept', 'tcp 80 -> accept'],
    found: ['2 duplicate by 1', '3 duplicate by 1'],
  },
  { name: 'the other way', chain: ['tcp 80 -> drop', 'tcp 80 -> accept'], found: ['2 contradiction by 1'] },
  {
    name: 'the first of two decides',
    chain: ['tcp 80 -> accept', 'tcp 80 -> drop', 'tcp 80 -> accept'],
    found: ['2 contradiction by 1', '3 duplicate by 1'],
  },
  { name: 'a wider one before it', chain: ['tcp -> drop', 'tcp 80 -> accept'], found: ['2 shadow by 1'] },
  { name: 'a wider one behind it', chain: ['tcp 80 -> accept', 'tcp -> drop'], found: [] },
  {
    name: 'a wider one before it that does the same',
    chain: ['tcp -> accept', 'tcp 80 -> accept'],
    found: ['2 shadow by 1, the same'],
  },
  {
    name: 'two ways to refuse',
    chain: ['tcp 80 -> reject', 'tcp 80 -> drop'],
    found: ['2 shadow by 1, the same'],
  },
  {
    name: 'the gravest is told',
    chain: ['tcp -> accept', 'tcp 80 -> accept', 'tcp 80 -> accept'],
    found: ['2 shadow by 1, the same', '3 duplicate by 2'],
  },
  { name: 'what goes on covers nothing', chain: ['tcp -> continue', 'tcp 80 -> drop'], found: [] },
  { name: 'a jump covers nothing', chain: ['tcp -> unknown', 'tcp 80 -> drop'], found: [] },
  {
    name: 'the end of the chain covers',
    chain: ['tcp -> return', 'tcp 80 -> drop'],
    found: ['2 shadow by 1'],
  },
  { name: 'what goes on is covered', chain: ['tcp -> drop', 'tcp 80 -> continue'], found: ['2 shadow by 1'] },
  {
    name: 'the same mark side by side',
    chain: ['tcp -> continue', 'tcp -> continue'],
    found: ['2 duplicate by 1'],
  },
  {
    name: 'the same mark on what is left',
    chain: ['tcp -> continue', 'tcp 80 -> accept', 'tcp -> continue'],
    found: [],
  },
  {
    name: 'marks that read differently',
    chain: ['tcp -> continue', 'tcp  80-80 -> continue', 'tcp 80 -> continue'],
    found: [],
  },
  {
    name: 'ports in common',
    chain: ['tcp 80-90 -> accept', 'tcp 85-95 -> accept', 'tcp 85-95 -> drop'],
    found: ['2 overlap by 1: 85-90', '3 contradiction by 2'],
  },
  {
    name: 'networks in networks',
    chain: ['from 10.0.0.0/8 -> drop', 'from 10.1.0.0/16 tcp 22 -> accept', 'from 11.0.0.0/16 -> accept'],
    found: ['2 shadow by 1'],
  },
  {
    name: 'a list of networks',
    chain: ['from 10.0.0.0/8,192.168.0.0/16 -> drop', 'from 192.168.1.0/24,10.0.0.1 -> accept'],
    found: ['2 shadow by 1'],
  },
  {
    name: 'a range of addresses',
    chain: ['to 10.0.0.5-10.0.0.9 -> drop', 'to 10.0.0.6 -> accept'],
    found: ['2 shadow by 1'],
  },
  {
    name: 'what can change its mind',
    chain: ['tcp <limit> -> accept', 'tcp <limit> -> accept', 'tcp 80 <limit> -> drop'],
    found: [],
  },
  {
    name: 'branches that need not be there together',
    chain: [
      'branch 1 tcp 80 -> drop',
      'branch 2 tcp 80 -> accept',
      'tcp 80 -> accept',
      'branch 1 tcp -> accept',
    ],
    found: [],
  },
  {
    name: 'one branch',
    chain: ['branch 1 tcp -> drop', 'branch 2 tcp 80 -> accept', 'branch 1 tcp 80 -> accept'],
    found: ['3 shadow by 1'],
  },
];

const lastMatch: readonly Scenario[] = [
  { name: 'a wider one behind it', chain: ['tcp 80 -> accept', '-> drop'], found: ['1 shadow by 2, later'] },
  { name: 'a wider one before it', chain: ['-> drop', 'tcp 80 -> accept'], found: [] },
  {
    name: 'the other way behind it',
    chain: ['tcp 80 -> accept', 'tcp 80 -> drop'],
    found: ['1 contradiction by 2, later'],
  },
  { name: 'the same rule', chain: ['tcp 80 -> accept', 'tcp 80 -> accept'], found: ['2 duplicate by 1'] },
  { name: 'quick ends it', chain: ['quick tcp 80 -> accept', '-> drop'], found: [] },
  { name: 'quick before it', chain: ['quick tcp -> drop', 'tcp 80 -> accept'], found: ['2 shadow by 1'] },
  {
    name: 'quick before quick',
    chain: ['quick tcp -> drop', 'quick tcp 80 -> accept'],
    found: ['2 shadow by 1'],
  },
  { name: 'quick behind it', chain: ['tcp 80 -> accept', 'quick -> drop'], found: ['1 shadow by 2, later'] },
  { name: 'no verdict is nobody’s last word', chain: ['tcp 80 -> accept', '-> continue'], found: [] },
  { name: 'an anchor can be quick inside', chain: ['tcp 80 -> unknown', '-> drop'], found: [] },
];

describe('the first match decides', () => {
  for (const scenario of firstMatch) test(scenario.name, () => check(scenario, false));
});

describe('the last match decides, unless one is quick', () => {
  for (const scenario of lastMatch) test(scenario.name, () => check(scenario, true));
});

function check({ chain, found }: Scenario, lastMatchWins: boolean): void {
  const text = chain.join('\n');
  const reading = { references: [], slots: [], faults: [] };
  const file = sourceFile({ uri: 'file:///rules', text, dialect: 'test', reading });
  let start = 0;
  const rules = chain.map((line) => {
    const span = { start, end: start + line.length };
    start = span.end + 1;
    return { file, rule: { ...ruleIn(line), span } };
  });
  const conflicts = ruleConflicts({ name: 'input', lastMatchWins, rules });
  const told = conflicts.map(({ kind, rule, by, isSameVerdict, isLater, ports }) => {
    const common = ports.map(({ first, last }) => `${first}-${last}`).join();
    const ending =
      kind === 'overlap' ? `: ${common}` : kind === 'shadow' && isSameVerdict ? ', the same' : '';
    return `${rules.indexOf(rule) + 1} ${kind} by ${rules.indexOf(by) + 1}${ending}${isLater ? ', later' : ''}`;
  });
  assert.deepEqual(told.sort(), found);
}

function ruleIn(line: string): PacketRule {
  const [, quick, branch, conditions = '', verdict = ''] =
    /^(quick ?)?(?:branch ([0-9]+) ?)?(.*?) ?-> (\w+)$/.exec(line) ?? [];
  return {
    ...packetRule(conditions.trim()),
    ...(quick !== undefined && { isQuick: true }),
    ...(branch !== undefined && { branch: Number(branch) }),
    verdict: verdict as Verdict,
    verdictText: verdict,
  };
}
