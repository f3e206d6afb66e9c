import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearName } from '../../server/syntax/near-name';

const names = ['multiport', 'conntrack', 'tcp', 'state', 'string', 'set'];

test('a slip of the keys has a name near to it', () => {
  assert.equal(nearName('mulitport', names), 'multiport');
  assert.equal(nearName('conntrak', names), 'conntrack');
  assert.equal(nearName('TCP', names), 'tcp');
  assert.equal(nearName('stat', names), 'state');
});

test('another name has none', () => {
  for (const text of ['udp', 'geoip', 'sat', 'multi', 'ports', ''])
    assert.equal(nearName(text, names), undefined);
});

test('nobody guesses between two', () => {
  assert.equal(nearName('dhcpd', ['dhcpa', 'dhcpb']), undefined);
});
