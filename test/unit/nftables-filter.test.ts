import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nftables } from '../../server/dialects/nftables/nftables';
import type { PacketFilter } from '../../server/model/packet-filter';
import { slice } from '../../server/model/span';
import { filterWords, ruleWords } from '../harness/filter-words';
import { nftablesRules, nftablesRulesets, rulesetAround } from './nftables-filter.cases';

function read(text: string): PacketFilter | undefined {
  return nftables.read(text, { name: 'x.nft', variables: new Map() }).filter;
}

describe('a rule of nft as packets meet it', () => {
  for (const [rule, words] of nftablesRules) {
    test(rule, () => {
      const text = rulesetAround(rule);
      const [found, ...more] = (read(text)?.rules ?? []).filter(({ chain }) => chain === 'inet filter input');
      assert.ok(found !== undefined && more.length === 0);
      assert.equal(ruleWords(found), words);
      assert.equal(slice(text, found.span), rule.replace(/ # .*/, ''));
    });
  }
});

describe('the filter that a ruleset of nft sets up', () => {
  for (const { title, text, words } of nftablesRulesets) {
    test(title, () => assert.deepEqual(filterWords(read(text)), words));
  }
});

test('the span of a rule leaves out what parts it from the next one', () => {
  const text =
    'table ip t {\n  chain c {\n    tcp dport 22 accept ;  drop # all\n  }\n}\nadd rule ip t c  accept\n';
  const spans = (read(text)?.rules ?? []).map(({ span }) => slice(text, span));
  assert.deepEqual(spans, ['tcp dport 22 accept', 'drop', 'add rule ip t c  accept']);
});

test('the span of a policy is its word', () => {
  const text = 'table ip t {\n  chain c {\n    type filter hook input priority 0; policy drop;\n  }\n}\n';
  const [chain] = read(text)?.chains ?? [];
  assert.equal(chain?.policySpan && slice(text, chain.policySpan), 'drop');
});
