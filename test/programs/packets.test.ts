import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { iptables } from '../../server/dialects/iptables/iptables';
import { sourceFile } from '../../server/model/snapshot';
import { ruleSets } from '../../server/units/rule-sets';
import { packetCases, saveText } from './packets.cases';

/**
 * Real packets tell which rules decide: each rule set is loaded by the real iptables in a network namespace of its own,
 * everything is sent that can be sent over its loopback device, and a rule that we call dead has counted nothing.
 */
interface Answer {
  readonly refusal?: string;
  readonly counts?: Readonly<Record<string, number>>;
}

const texts = packetCases.map(saveText);
const answers = ask();

if (typeof answers === 'string') {
  test('real packets', { skip: answers }, () => undefined);
} else {
  describe('a rule that is called dead counts no packet', () => {
    for (const [index, { rules, dead }] of packetCases.entries()) {
      const { counts, refusal } = answers[index] ?? {};
      test(rules.join('; ').slice(0, 150), () => {
        assert.equal(refusal, undefined);
        const called = deadRules(texts[index] ?? '');
        const alive = called.filter((place) => counts?.[`r${place}`] !== 0);
        assert.deepEqual(alive, [], `These counted packets: ${JSON.stringify(counts)}`);
        if (dead === undefined) return;
        assert.deepEqual(called, dead, 'These are called dead.');
        const silent = rules.flatMap((_, place) => (counts?.[`r${place}`] === 0 ? [place] : []));
        assert.deepEqual(silent, dead, `These counted nothing: ${JSON.stringify(counts)}`);
      });
    }
  });
  test('there is enough that is dead', () => {
    const called = texts.reduce((sum, text) => sum + deadRules(text).length, 0);
    assert.ok(called >= 200, `${called} rules`);
  });
}

/** The places of the rules that we say no packet gets to. */
function deadRules(text: string): readonly number[] {
  const uri = 'file:///rules.v4';
  const reading = iptables.read(text, { name: 'rules.v4', variables: new Map() });
  const file = sourceFile({ uri, text, dialect: 'iptables', reading });
  const [set] = ruleSets([file], new Map());
  const found = (set?.conflicts() ?? []).filter(
    ({ kind, by }) => kind !== 'overlap' && by.rule.verdict !== 'continue',
  );
  const places = found.map(({ rule }) => {
    const written = text.slice(rule.rule.span.start, rule.rule.span.end);
    return Number(/--comment r(\d+)/.exec(written)?.[1]);
  });
  return places.sort((a, b) => a - b);
}

/** What the packets met; a text says why they cannot be sent here. */
function ask(): readonly Answer[] | string {
  if (spawnSync('iptables-restore', ['--version']).error) return 'iptables is not installed';
  const oracle = join(__dirname, 'packets.oracle.py');
  const options = { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const { status, stdout, stderr, error } = spawnSync('python3', [oracle], options);
  if (error || status !== 0) return `no packets can be sent in network namespaces here: ${stderr}`;
  return JSON.parse(stdout);
}
