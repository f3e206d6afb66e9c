import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ipAddress } from '../../server/model/address';
import type { Claim } from '../../server/model/claim';
import { portsText, type Transport } from '../../server/model/port';
import { emptyReading } from '../../server/model/reading';
import { sourceFile } from '../../server/model/snapshot';
import { collide } from '../../server/units/collide';
import { collisions } from '../../server/units/collisions';

const file = sourceFile({ uri: 'file:///a', text: '', dialect: 'compose', reading: emptyReading });
const span = { start: 0, end: 0 };

/**
 * A claim as it is written in short: `8080`, `127.0.0.1:8080`, `[::1]:8080/udp`, `8080-8082`; with `any of` in front where
 * one port of the range will do, and with `3 x` where three containers want it.
 */
function claim(written: string): Claim {
  const match =
    /^(?:(\d+) x )?(any of )?(?:\[?([0-9a-f.:]*[.:][0-9a-f.:]*?)\]?:)?(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(
      written,
    );
  assert.ok(match !== null, `"${written}" is no claim`);
  const [, takers, flexible, host, first, last = first, transport = 'tcp'] = match;
  const address = host === undefined ? undefined : ipAddress(host);
  assert.ok(host === undefined || address !== undefined, `"${host}" is no address`);
  return {
    file,
    reference: { span, portSpan: span, role: 'publish', owner: written },
    transport: transport as Transport,
    ports: { first: Number(first), last: Number(last) },
    ...(address && { address }),
    isFlexible: flexible !== undefined,
    takers: Number(takers ?? 1),
    holder: written,
  };
}

/** Two claims and the ports at which they meet: the engine's own table (moby daemon/libnetwork/portallocator). */
const meetings: readonly (readonly [one: string, other: string, ports?: string])[] = [
  ['8080', '8080', '8080'],
  ['8080', '127.0.0.1:8080', '8080'],
  ['8080', '[::1]:8080', '8080'],
  ['8080', '0.0.0.0:8080', '8080'],
  ['8080', '[::]:8080', '8080'],
  ['0.0.0.0:8080', '127.0.0.1:8080', '8080'],
  ['0.0.0.0:8080', '192.168.0.1:8080', '8080'],
  ['0.0.0.0:8080', '[::]:8080'],
  ['0.0.0.0:8080', '[::1]:8080'],
  ['[::]:8080', '[::1]:8080', '8080'],
  ['[::]:8080', '127.0.0.1:8080'],
  ['127.0.0.1:8080', '127.0.0.1:8080', '8080'],
  ['127.0.0.1:8080', '127.0.0.2:8080'],
  ['127.0.0.1:8080', '192.168.0.1:8080'],
  ['127.0.0.1:8080', '[::1]:8080'],
  ['[::ffff:127.0.0.1]:8080', '127.0.0.1:8080', '8080'],
  ['[0:0:0:0:0:0:0:1]:8080', '[::1]:8080', '8080'],
  ['8080', '8081'],
  ['8080/tcp', '8080/udp'],
  ['8080/udp', '8080/udp', '8080'],
  ['8080/sctp', '8080/tcp'],
  ['8080-8085', '8083-8090', '8083-8085'],
  ['8080-8085', '8085', '8085'],
  ['8080-8085', '8086'],
  ['127.0.0.1:8080-8085', '8083', '8083'],
];

describe('two claims meet where the engine gives the port to one of them alone', () => {
  for (const [one, other, ports] of meetings) {
    test(`${one} and ${other}: ${ports ?? 'no'}`, () => {
      for (const [first, second] of [
        [claim(one), claim(other)],
        [claim(other), claim(one)],
      ] as const) {
        const met = collide(first, second);
        assert.equal(met && portsText(met), ports);
      }
    });
  }
});

/** Claims of one host, and what becomes of them; `?` where it depends on who starts first. */
const hosts: readonly (readonly [claims: readonly string[], ...found: string[]])[] = [
  [['8080', '8081', '127.0.0.1:8080'], '8080: 8080 | 127.0.0.1:8080'],
  // One port of a range is left for each of its takers.
  [['any of 8080-8082', 'any of 8080-8082', 'any of 8080-8082']],
  [
    ['any of 8080-8081', 'any of 8080-8081', 'any of 8080-8081'],
    '8080-8081: any of 8080-8081 | any of 8080-8081',
  ],
  [['2 x any of 8080-8081', 'any of 8080-8081'], '8080-8081: 2 x any of 8080-8081 | any of 8080-8081'],
  // Docker hands out the lowest ports of a range first.
  [['any of 8080-8082', '8080'], '8080?: any of 8080-8082 | 8080'],
  [['8080', 'any of 8080-8082'], '8080?: 8080 | any of 8080-8082'],
  [['any of 8080-8082', '8082']],
  [['3 x any of 8080-8082', '8082'], '8080-8082: 8082 | 3 x any of 8080-8082'],
  [['2 x any of 8080-8082', '8081'], '8081?: 2 x any of 8080-8082 | 8081'],
  // Fixed ports fill a range, at whatever address they meet it; those of another family or address leave it alone.
  [['8080', '127.0.0.1:8081', 'any of 8080-8081'], '8080-8081: 8080 | any of 8080-8081'],
  [['8080', '8081/udp', 'any of 8080-8081'], '8080?: 8080 | any of 8080-8081'],
  [['127.0.0.2:8080', '127.0.0.1:8081', 'any of 8080-8081'], '8080-8081: 127.0.0.2:8080 | any of 8080-8081'],
  [['127.0.0.2:8080', '127.0.0.2:8081', 'any of 127.0.0.1:8080-8081']],
  [
    ['any of 127.0.0.1:8080-8081', 'any of 127.0.0.2:8080-8081', '8080'],
    '8080?: any of 127.0.0.1:8080-8081 | 8080',
    '8080?: any of 127.0.0.2:8080-8081 | 8080',
  ],
  [['8080-8081', 'any of 8080-8081'], '8080-8081: 8080-8081 | any of 8080-8081'],
  // Those that take any port of a part of a range crowd it, where they share no port among each other.
  [
    ['127.0.0.1:8080', 'any of 8080-8081', '127.0.0.1:8082', 'any of 8080-8082'],
    '8080-8082: 127.0.0.1:8080 | any of 8080-8082',
  ],
  [['any of 8080-8082', '8080/udp', '127.0.0.1:9090']],
  [['8080-8085', '8084-8090'], '8084-8085: 8080-8085 | 8084-8090'],
];

describe('the collisions among claims of one host', () => {
  for (const [written, ...found] of hosts) {
    test(written.join(', '), () => {
      const told = collisions(written.map(claim)).map(
        ({ first, second, ports, isSure }) =>
          `${portsText(ports)}${isSure ? '' : '?'}: ${first.holder} | ${second.holder}`,
      );
      assert.deepEqual([...new Set(told)], found);
    });
  }

  test('are found in time that does not grow with the square of the claims', () => {
    const many = Array.from({ length: 30_000 }, (_, index) => claim(`${1 + (index % 60_000)}`));
    const same = Array.from({ length: 3_000 }, () => claim('8080'));
    const work = collisions([...many, ...same]);
    assert.ok(work.length >= 2_999 && work.length < 40_000, `${work.length} collisions`);
  });
});
