import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains, network } from '../../server/model/network';

test('networks are read as packet filters read them', () => {
  assert.deepEqual(network('10.0.0.1'), { family: 'ipv4', first: 0x0a000001n, last: 0x0a000001n });
  assert.deepEqual(network('10.1.2.3/8'), { family: 'ipv4', first: 0x0a000000n, last: 0x0affffffn });
  assert.deepEqual(network('10.1.2.3/255.0.0.0'), network('10.0.0.0/8'));
  assert.deepEqual(network('0.0.0.0/0'), { family: 'ipv4', first: 0n, last: 0xffffffffn });
  assert.deepEqual(network('10.0.0.1-10.0.0.9'), { family: 'ipv4', first: 0x0a000001n, last: 0x0a000009n });
  assert.deepEqual(network('::1'), { family: 'ipv6', first: 1n, last: 1n });
  assert.deepEqual(network('2001:db8::/127'), {
    family: 'ipv6',
    first: 0x20010db8n << 96n,
    last: (0x20010db8n << 96n) + 1n,
  });
});

test('what is no network is none', () => {
  for (const text of [
    '',
    'host',
    '10.0.0.1/33',
    '10.0.0.1/255.0.255.0',
    '10.0.0.9-10.0.0.1',
    '10.0.0.1-::1',
    '::/129',
  ]) {
    assert.equal(network(text), undefined, text);
  }
});

test('a network lies in another when all its addresses do', () => {
  const lies = (inner: string, outer: string): boolean => {
    const [one, other] = [network(outer), network(inner)];
    assert.ok(one !== undefined && other !== undefined);
    return contains(one, other);
  };
  assert.ok(lies('10.1.0.0/16', '10.0.0.0/8'));
  assert.ok(lies('10.0.0.0/8', '10.0.0.0/8'));
  assert.ok(!lies('10.0.0.0/8', '10.1.0.0/16'));
  assert.ok(!lies('::/0', '0.0.0.0/0'));
});
