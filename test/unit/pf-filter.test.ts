import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pf } from '../../server/dialects/pf/pf';
import type { PacketFilter } from '../../server/model/packet-filter';
import { slice } from '../../server/model/span';
import { filterWords, ruleWords } from '../harness/filter-words';
import { pfFiles, pfHead, pfRules } from './pf-filter.cases';

function read(text: string, name = 'pf.conf'): PacketFilter | undefined {
  return pf.read(text, { name, variables: new Map() }).filter;
}

describe('a rule of pf as packets meet it', () => {
  for (const [rule, words] of pfRules) {
    test(rule, () => {
      const text = `${pfHead}${rule}\n`;
      const [found, ...more] = read(text)?.rules ?? [];
      assert.ok(found !== undefined && more.length === 0);
      assert.equal(ruleWords(found), words);
      assert.equal(slice(text, found.span), rule.replace(/ # .*/, ''));
    });
  }
});

describe('the filter that a pf.conf sets up', () => {
  for (const { title, name, text, words } of pfFiles) {
    test(title, () => assert.deepEqual(filterWords(read(text, name)), words));
  }
});
