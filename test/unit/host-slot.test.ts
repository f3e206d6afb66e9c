import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CompletionItem, completion } from '../../server/features/completion/completion';
import { shippedBooks } from '../harness/books';
import { type ChartParts, chartOf } from '../harness/chart';
import { caret } from '../harness/drawing';

const books = shippedBooks();

/** The items at the caret of a compose file. */
function offered(drawn: string, parts: ChartParts = {}): readonly CompletionItem[] {
  const files = { 'compose.yaml': drawn.replace(caret, ''), ...parts.files };
  return completion(chartOf(books, { ...parts, files }), 'file:///compose.yaml', drawn.indexOf(caret));
}

function labels(drawn: string, parts: ChartParts = {}): readonly string[] {
  return offered(drawn, parts).map(({ label }) => label);
}

describe('a service of several containers', () => {
  const scaled = (scale: string, entry: string, image = 'nginx'): string =>
    `services:\n  web:\n    image: ${image}\n    ${scale}\n    ports:\n      - ${entry}\n`;

  for (const scale of ['scale: 3', 'deploy: { replicas: 3 }'])
    test(`is offered as many ports side by side (${scale})`, () => {
      assert.equal(labels(scaled(scale, `"${caret}:80"`))[0], '8080-8082');
      const [whole] = offered(scaled(scale, caret));
      assert.equal(whole?.insert, '"8080-8082:80"');
    });

  test('is offered a range only where all of it is free', () => {
    const beside = { 'compose.dev.yaml': 'services:\n  b:\n    image: nginx\n    ports: ["8081:80"]\n' };
    assert.equal(labels(scaled('scale: 3', `"${caret}:80"`), { files: beside })[0], '8082-8084');
    const [other, own] = offered(scaled('scale: 3', `"8080${caret}:80"`), { files: beside });
    assert.match(other?.detail ?? '', /^8081 is taken: service "b" in compose.dev.yaml; free: /);
    assert.match(own?.detail ?? '', /^8081 is taken: service "b" in compose.dev.yaml$/);
  });

  test('ends the range that has begun after as many ports', () => {
    assert.deepEqual(labels(scaled('scale: 3', `"8090-${caret}:80"`)).slice(0, 2), ['8092', '8093']);
  });

  test('takes all ports from itself where the other end is a range', () => {
    assert.deepEqual(labels(scaled('scale: 3', `"${caret}:80-81"`)), []);
    const [told, ...others] = offered(scaled('scale: 3', `"8080${caret}:80-81"`));
    assert.match(told?.detail ?? '', /^taken: 3 containers share the entry/);
    assert.deepEqual(others, []);
  });

  test('has as many ports as the range needs that begins or ends already', () => {
    assert.deepEqual(labels(scaled('scale: 3', `"${caret}-8083:80"`)).slice(0, 2), ['8080', '8081']);
    assert.equal(labels(scaled('scale: 3', `8090-${caret}`, 'acme/app'))[0], '8092:8090');
  });

  test('has one port where nobody knows how many they are', () => {
    for (const scale of ['scale: 1', 'scale: 0', 'scale: ${COUNT}', 'scale: 100000'])
      assert.equal(labels(scaled(scale, `"${caret}:80"`))[0], '8080', scale);
  });

  test('is one as well where another file says so', () => {
    const files = { 'compose.override.yaml': 'services:\n  web:\n    scale: 2\n' };
    assert.equal(labels(scaled('labels: []', `"${caret}:80"`), { files })[0], '8080-8081');
  });
});

/**
 * WireGuard's port lies where machines take automatic ports from. It is not offered, for one day the start fails; what is offered in
 * its place says why, and whoever types it whole is told the same.
 */
describe('a usual port among the automatic ones', () => {
  const entry = (written: string): string =>
    `services:\n  vpn:\n    image: linuxserver/wireguard\n    ports:\n      - ${written}\n`;
  const reason = 'in the range that this machine takes automatic ports from (32768-60999)';

  test('is explained by what is offered in its place', () => {
    const [whole] = offered(entry(caret));
    assert.equal(whole?.insert, '"61820:51820/udp"');
    assert.ok(whole?.detail.startsWith(`51820 is ${reason}; free: `), whole?.detail);
    const [port] = offered(entry(`"${caret}:51820/udp"`));
    assert.equal(port?.insert, '61820');
    assert.ok(port?.detail.startsWith(`51820 is ${reason}; free: `), port?.detail);
  });

  test('is explained when it is typed whole, and only its digits are replaced', () => {
    const drawn = entry(`"51820${caret}:51820/udp"`);
    const [other, own] = offered(drawn);
    assert.deepEqual([other?.insert, other?.filter], ['61820', '51820']);
    assert.deepEqual([own?.insert, own?.detail], ['51820', reason]);
    const at = drawn.indexOf('51820');
    assert.deepEqual(own?.span, { start: at, end: at + 5 });
    const [free, mapping] = offered(entry(`51820${caret}`));
    assert.deepEqual([free?.insert, free?.filter], ['61820:51820/udp', '51820']);
    assert.deepEqual([mapping?.insert, mapping?.detail], ['51820:51820/udp', reason]);
  });

  test('leads to the nearest free port where all that people would think of are automatic ones', () => {
    const ephemeral = { first: 49_152, last: 65_535 };
    const [port] = offered(entry(`"${caret}:51820/udp"`), { ephemeral });
    // IANA has 49150 given away and 49151 kept back.
    assert.equal(port?.insert, '49149');
    assert.match(port?.detail ?? '', /^51820 is in the range .* \(49152-65535\); free: /);
  });
});
