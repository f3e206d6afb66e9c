import assert from 'node:assert/strict';
import { network } from '../../server/model/network';
import type { PacketRule } from '../../server/model/packet-filter';

/**
 * A rule as a test writes it: `ipv4 tcp|udp !80-90 sport 53 from 10.0.0.0/8 to !10.0.0.1 in eth0 out eth1 state NEW,RELATED [steady] <varying>`.
 * What stands in brackets is not understood; in pointed ones it can decide differently every time.
 */
export function packetRule(text: string): PacketRule {
  const [words, ...others] = text.split(/ ?(?=[[<])/);
  const isBare = /^[[<]/.test(text);
  const rule: Record<string, unknown> = {};
  const parts = isBare ? [] : (words ?? '').split(' ').filter((word) => word !== '');
  for (let at = 0; at < parts.length; at += 1) {
    const [word = '', next = ''] = parts.slice(at);
    const key = { from: 'source', to: 'destination', in: 'inInterface', out: 'outInterface' }[word];
    if (word === 'ipv4' || word === 'ipv6') rule.family = word;
    else if (/^(?:tcp|udp)/.test(word)) rule.transports = word.split('|');
    else if (word === 'icmp') rule.protocol = word;
    else if (/^!?[0-9]/.test(word)) rule.ports = portMatch(word);
    else {
      at += 1;
      if (word === 'sport') rule.sourcePorts = portMatch(next);
      else if (word === 'state') rule.states = next.split(',');
      else if (key !== undefined) rule[key] = key.endsWith('Interface') ? next : networks(next);
      else assert.fail(`No rule says "${word}".`);
    }
  }
  const all = isBare ? [words ?? '', ...others] : others;
  return {
    span: { start: 0, end: 0 },
    chain: 'input',
    others: all,
    ...(all.every((other) => other.startsWith('[')) && { othersAreSteady: true }),
    verdict: 'accept',
    ...rule,
  };
}

/** `80,8000-8010`, or `!80` for all but these. */
export function portMatch(text: string) {
  const ranges = text
    .replace('!', '')
    .split(',')
    .map((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return { first, last };
    });
  return { ranges, isNegated: text.startsWith('!') };
}

function networks(text: string) {
  const read = text.replace('!', '').split(',').map(network);
  return {
    networks: read.map((each) => each ?? assert.fail(`${text} is no network.`)),
    isNegated: text.startsWith('!'),
  };
}
