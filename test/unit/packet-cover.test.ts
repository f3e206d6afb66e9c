import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { portsText } from '../../server/model/port';
import { covers } from '../../server/units/packet-cover';
import { intersection, portSet } from '../../server/units/port-sets';
import { portMatch, packetRule as read } from '../harness/packet-rule';

/** Whether every packet of the second rule surely is one of the first. */
const table: readonly (readonly [cover: string, rule: string, isCovered: boolean])[] = [
  // Without conditions a rule is for every packet.
  ['', '', true],
  ['', 'tcp 80 from 10.0.0.1 in eth0 state NEW [-m limit]', true],
  ['tcp', '', false],
  // Protocols.
  ['tcp', 'tcp 80', true],
  ['tcp', 'udp 80', false],
  ['tcp|udp 53', 'udp 53', true],
  ['udp 53', 'tcp|udp 53', false],
  ['icmp', 'icmp', true],
  ['icmp', 'tcp', false],
  ['tcp', 'icmp', false],
  ['icmp', '', false],
  // Ports.
  ['tcp 80', 'tcp 80', true],
  ['tcp 80-90', 'tcp 85', true],
  ['tcp 80-90', 'tcp 85-91', false],
  ['tcp 80,443', 'tcp 443', true],
  ['tcp 80-84,85-90', 'tcp 80-90', true],
  ['tcp 80-84,86-90', 'tcp 80-90', false],
  ['tcp 80', 'tcp', false],
  ['tcp !80', 'tcp 81', true],
  ['tcp !80', 'tcp 79-81', false],
  ['tcp !80', 'tcp !80-90', true],
  ['tcp !80-90', 'tcp !80', false],
  ['tcp 0-65535', 'tcp !80', true],
  ['tcp 0-79,81-65535', 'tcp !80', true],
  ['tcp sport 80', 'tcp 80', false],
  ['tcp sport 80', 'tcp 443 sport 80', true],
  // Addresses.
  ['from 10.0.0.0/8', 'from 10.1.0.0/16', true],
  ['from 10.1.0.0/16', 'from 10.0.0.0/8', false],
  ['from 10.0.0.0/8', 'to 10.0.0.1', false],
  ['from 10.0.0.0/8', '', false],
  ['from 10.0.0.0/8,192.168.0.0/16', 'from 192.168.1.1,10.0.0.1', true],
  ['from 10.0.0.0/8', 'from 10.0.0.1,11.0.0.1', false],
  ['from 10.0.0.5-10.0.0.9', 'from 10.0.0.6', true],
  ['from !10.0.0.0/8', 'from 11.0.0.1', true],
  ['from !10.0.0.0/8', 'from 10.0.0.1', false],
  ['from !10.0.0.0/8', 'from 0.0.0.0/0', false],
  ['from !10.0.0.1', 'from !10.0.0.0/8', true],
  ['from !10.0.0.0/8', 'from !10.0.0.1', false],
  ['from 11.0.0.0/8', 'from !10.0.0.0/8', false],
  ['from 2001:db8::/32', 'from 2001:db8::1', true],
  ['from 2001:db8::/32', 'from 10.0.0.1', false],
  ['from !2001:db8::/32', 'from 10.0.0.1', false],
  // Families.
  ['ipv4', 'ipv4 tcp', true],
  ['ipv4', 'ipv6 tcp', false],
  ['ipv4', 'tcp', false],
  ['tcp', 'ipv6 tcp', true],
  ['ipv4', 'from 10.0.0.1', true],
  ['ipv4', 'from 2001:db8::1', false],
  ['ipv4', 'from !10.0.0.1', false],
  // Interfaces.
  ['in eth+', 'in eth0', true],
  ['in eth+', 'in eth+', true],
  ['in eth+', 'in et+', false],
  ['in e+', 'in eth+', true],
  ['in eth0', 'in eth+', false],
  ['in eth0', 'out eth0', false],
  ['in eth0', '', false],
  ['out eth0', 'in lo out eth0', true],
  // States.
  ['state NEW,ESTABLISHED', 'state NEW', true],
  ['state NEW', 'state NEW,ESTABLISHED', false],
  ['state NEW', '', false],
  // What is not understood.
  ['tcp [--syn]', 'tcp 80 [--syn]', true],
  ['tcp [--syn]', 'tcp 80', false],
  ['tcp [--syn]', 'tcp 80 [--syn] [-m owner]', true],
  ['tcp [--syn] [-m owner]', 'tcp 80 [--syn]', false],
  ['tcp <-m limit>', 'tcp <-m limit>', false],
  ['tcp', 'tcp <-m limit>', true],
  ['tcp [--syn]', 'tcp [--syn] <-m limit>', false],
];

describe('a rule covers another one', () => {
  for (const [cover, rule, isCovered] of table) {
    test(`"${cover}" ${isCovered ? 'covers' : 'does not cover'} "${rule}"`, () => {
      assert.equal(covers(read(cover), read(rule)), isCovered);
    });
  }
});

test('a rule covers itself, whatever it says, save what can change its mind', () => {
  for (const [cover, rule] of table) {
    for (const text of [cover, rule]) {
      assert.equal(covers(read(text), read(text)), !text.includes('<'), text);
    }
  }
});

test('what is covered by a covered rule is covered', () => {
  const rules = [...new Set(table.map(([cover]) => cover).concat(table.map(([, rule]) => rule)))].map(read);
  for (const a of rules) {
    for (const b of rules.filter((each) => covers(a, each))) {
      for (const c of rules.filter((each) => covers(b, each))) assert.ok(covers(a, c));
    }
  }
});

describe('the ports that two matches have in common', () => {
  const pairs: readonly (readonly [one: string, other: string, common: string])[] = [
    ['80-90', '85-95', '85-90'],
    ['80,443', '443,8443', '443'],
    ['80-90', '91-95', ''],
    ['!80', '79-81', '79,81'],
    ['85-95,80-90', '0-65535', '80-95'],
    ['1-10,20-30', '5-25', '5-10,20-25'],
  ];
  for (const [one, other, common] of pairs) {
    test(`"${one}" and "${other}": ${common || 'none'}`, () => {
      const found = intersection(portSet(portMatch(one)), portSet(portMatch(other)));
      assert.equal(found.map(portsText).join(), common);
    });
  }
});
