import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firewalld } from '../../server/dialects/firewalld/firewalld';
import type { PacketFilter } from '../../server/model/packet-filter';
import { slice } from '../../server/model/span';
import { filterWords, ruleWords } from '../harness/filter-words';
import { zoneElements, zoneFiles } from './firewalld-filter.cases';

function read(text: string, name = 'public.xml'): PacketFilter | undefined {
  return firewalld.read(text, { name, variables: new Map() }).filter;
}

describe('an element of a zone as packets meet it', () => {
  for (const [element, words] of zoneElements) {
    test(element, () => {
      const text = `<zone>\n  ${element}\n</zone>\n`;
      const [found, ...more] = read(text)?.rules ?? [];
      assert.ok(found !== undefined && more.length === 0);
      assert.equal(ruleWords(found), words);
      assert.equal(slice(text, found.span), element);
    });
  }
});

describe('the filter that a zone or policy sets up', () => {
  for (const { title, name, text, words } of zoneFiles) {
    test(title, () => assert.deepEqual(filterWords(read(text, name)), words));
  }
});

test('the span of a policy is the value of its target', () => {
  const text = '<zone target="DROP"></zone>\n';
  const [chain] = read(text)?.chains ?? [];
  assert.equal(chain?.policySpan && slice(text, chain.policySpan), 'DROP');
});
