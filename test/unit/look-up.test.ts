import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openLookUp } from '../../server/features/look-up';
import type { Books } from '../../server/model/knowledge';
import { shippedBooks } from '../harness/books';

const books = shippedBooks();
const lookUp = openLookUp(books);

function ports(query: string, limit = 60): readonly number[] {
  return lookUp(query, limit).map(({ port }) => port);
}

describe('a search', () => {
  test('finds every port by its number, whether or not anything is known of it', () => {
    for (let port = 0; port <= 65535; port += 257) assert.equal(ports(`${port}`, 1)[0], port);
    for (const port of [0, 1, 65535, 48128, 49152]) assert.equal(ports(`${port}`, 1)[0], port);
    assert.ok(!ports('65536').includes(65536));
  });

  test('goes on from the digits that are typed', () => {
    const found = ports('543');
    assert.equal(found[0], 543);
    assert.ok(found.includes(5432), `${found}`);
    assert.ok(
      found.every((port) => `${port}`.startsWith('543')),
      `${found}`,
    );
  });

  test('finds a service by its name, the name itself first', () => {
    for (const [name, port] of [
      ['ssh', 22],
      ['domain', 53],
      ['workflow', 3466],
      ['XMLBLASTER', 3412],
    ] as const) {
      assert.equal(ports(name)[0], port, name);
    }
  });

  test('finds a program that the registry does not know', () => {
    for (const [name, port] of [
      ['grafana', 3000],
      ['home assistant', 8123],
      ['jellyfin', 8096],
      ['wireguard', 51820],
      ['vite', 5173],
    ] as const) {
      assert.ok(ports(name).slice(0, 2).includes(port), name);
    }
  });

  test('finds by description, by who registered it and by image', () => {
    assert.ok(ports('postgresql database').includes(5432));
    assert.ok(ports('robert hufsky').includes(3466));
    assert.ok(ports('grafana/grafana').includes(3000));
  });

  test('finds what has all the words, in any order', () => {
    assert.deepEqual(ports('management rabbitmq')[0], 15672);
    assert.deepEqual(ports('rabbitmq nonesuchword'), []);
  });

  test('takes a transport behind the number', () => {
    const [first, ...others] = lookUp('514/udp', 20);
    assert.equal(first?.port, 514);
    assert.ok(others.length > 0 && others.slice(0, 3).every(({ label }) => !label.endsWith('/tcp')));
  });

  test('offers what is met most when nothing is typed, and nothing for nonsense', () => {
    assert.ok(ports('').includes(8080) && ports('  ').includes(5432));
    for (const nonsense of ['zzzzqqq', '\u0000', '{}[]()*+?\\', '🚢', 'x'.repeat(100_000)]) {
      assert.deepEqual(ports(nonsense), [], nonsense.slice(0, 20));
    }
  });

  test('names a service once, whatever its transports, and keeps to the limit', () => {
    const names = lookUp('postgresql', 100).map(({ name }) => name);
    assert.equal(names.filter((name) => name === 'postgresql').length, 1, `${names}`);
    assert.equal(lookUp('a', 7).length, 7);
  });

  test('looks into the new registry when another one is used', () => {
    let date = '2026-01-01';
    let name = 'first-name';
    const changing: Books = {
      ...books,
      registry: {
        ...books.registry,
        get date() {
          return date;
        },
        named: () => [{ name, ports: { first: 7, last: 7 } }],
      },
    };
    const search = openLookUp(changing);
    assert.equal(search('first-name', 5)[0]?.port, 7);
    [date, name] = ['2026-02-02', 'second-name'];
    assert.deepEqual([search('first-name', 5), search('second-name', 5)[0]?.port], [[], 7]);
  });
});
