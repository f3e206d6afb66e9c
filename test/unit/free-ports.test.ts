import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fieldOf } from '../../server/features/free-ports/field';
import { findFree } from '../../server/features/free-ports/find-free';
import { freePorts } from '../../server/features/free-ports/free-ports';
import { groundOf } from '../../server/features/free-ports/ground';
import { habits } from '../../server/features/free-ports/habits';
import { whyNot } from '../../server/features/free-ports/reasons';
import type { Wish } from '../../server/features/free-ports/wish';
import { portsText } from '../../server/model/port';
import { shippedBooks } from '../harness/books';
import { type ChartParts, chartOf, composeWith } from '../harness/chart';

const books = shippedBooks();

const ended = 'not used in this workspace, not asked what listens';

/** What is found for a wish, each with its reason, and why there is not more. */
function told(parts: ChartParts, wish: Partial<Wish>, count: number): readonly string[] {
  const { found, shortage } = findFree(chartOf(books, parts), { transport: 'tcp', width: 1, ...wish }, count);
  const lines = found.map(({ ports, reason }) => `${portsText(ports)} ${reason}`);
  return shortage === undefined ? lines : [...lines, `short: ${shortage}`];
}

/** The ports alone. */
function numbers(parts: ChartParts, wish: Partial<Wish>, count: number): string {
  const { found } = findFree(chartOf(books, parts), { transport: 'tcp', width: 1, ...wish }, count);
  return found.map(({ ports }) => portsText(ports)).join(' ');
}

describe('a search for free ports', () => {
  test('begins with the port that is asked for, then with those that people take in its place', () => {
    assert.equal(numbers({}, { near: 5432 }, 4), '5432 5433 15432 5434');
    const files = { 'compose.yaml': composeWith('5432:5432', '5434:80') };
    assert.equal(numbers({ files }, { near: 5432 }, 4), '5433 15432 5435 25432');
    assert.equal(numbers({}, { near: 80 }, 3), '8080 8081 8082');
    assert.equal(numbers({}, { near: 80, mayBePrivileged: true }, 2), '80 8080');
    assert.equal(numbers({}, { near: 65535 }, 1), '65535');
    assert.equal(numbers({}, {}, 2), '8080 8081');
  });

  test('goes on from near to far, with what IANA has given to nobody before the rest', () => {
    const [near, turn] = [3000, habits(3000)];
    const all = numbers({}, { near }, 40)
      .split(' ')
      .map(Number)
      .slice(1 + turn.length);
    const isOpen = (port: number): boolean =>
      books.registry.byPort(port, 'tcp').every(({ status }) => status === 'unassigned');
    assert.ok(all.every(isOpen));
    const distances = all.map((port) => Math.abs(port - near));
    assert.deepEqual(
      distances,
      distances.toSorted((a, b) => a - b),
    );
  });

  test('says why a port is believed to be free', () => {
    assert.deepEqual(told({}, { near: 5432 }, 2), [
      `5432 free: registered for postgresql, ${ended}`,
      `5433 free: registered for pyrrho, ${ended}`,
    ]);
    assert.deepEqual(told({ listening: [] }, { near: 15432 }, 1), [
      '15432 free: unassigned, not used in this workspace, nothing listens',
    ]);
    assert.deepEqual(told({ isPartial: true }, { near: 15432 }, 1), [
      '15432 free: unassigned, not used in what was read of this workspace, not asked what listens',
    ]);
    assert.deepEqual(told({ worktrees: { one: {} } }, { near: 15432 }, 1), [
      '15432 free: unassigned, not used in this workspace and its worktrees, not asked what listens',
    ]);
    assert.deepEqual(told({}, { near: 1024, within: { first: 1024, last: 1024 } }, 1), [
      `1024 free: reserved by IANA, ${ended}`,
    ]);
  });

  test('keeps to its bounds and finds all of them, from wherever it begins', () => {
    const within = { first: 9000, last: 9003 };
    for (const near of [undefined, 1, 80, 8999, 9000, 9001, 9003, 9004, 65535]) {
      const found = numbers({}, { within, ...(near !== undefined && { near }) }, 5).split(' ');
      assert.deepEqual(found.toSorted(), ['9000', '9001', '9002', '9003'], `near ${near}`);
    }
  });

  test('finds ports side by side, no two of which share a port', () => {
    const files = { 'compose.yaml': composeWith('8083:80') };
    assert.equal(numbers({ files }, { near: 8080, width: 3 }, 1), '8080-8082');
    const found = numbers({ files }, { near: 8080, width: 3 }, 3).split(' ');
    assert.equal(found[0], '8080-8082');
    const starts = found.map((each) => Number(each.split('-')[0])).toSorted((a, b) => a - b);
    assert.ok(starts.every((start, index) => index === 0 || start - (starts[index - 1] ?? 0) >= 3));
    assert.ok(starts.every((start) => start > 8083 || start + 2 < 8083));
    assert.equal(numbers({}, { within: { first: 9000, last: 9004 }, width: 2 }, 5).split(' ').length, 2);
    assert.deepEqual(told({}, { near: 15430, width: 3 }, 1), [`15430-15432 free: unassigned, ${ended}`]);
    assert.match(told({}, { near: 5431, width: 3 }, 1)[0] ?? '', /^5431-5433 free: 5431 is registered for/);
  });

  test('reaches to the highest port and not beyond', () => {
    assert.equal(numbers({}, { near: 65534, width: 2 }, 1), '65534-65535');
    assert.match(numbers({}, { near: 65535, width: 2 }, 1), /^65532-65533$|^65533-65534$|^65534-65535$/);
  });

  test('says what became of the ports where too few are free', () => {
    const files = { 'compose.yaml': composeWith('9000-9001:80-81') };
    assert.deepEqual(
      told({ files, listening: ['tcp 127.0.0.1 9002'] }, { within: { first: 9000, last: 9003 } }, 2),
      [
        `9003 free: unassigned, not used in this workspace, nothing listens`,
        'short: of the 4 ports from 9000 to 9003, 2 are wanted by files, 1 is listened on now, 1 is free',
      ],
    );
    assert.deepEqual(told({ files }, { within: { first: 9000, last: 9000 } }, 1), [
      'short: port 9000 is taken: service "web" in compose.yaml',
    ]);
    assert.deepEqual(told({ files, listening: [] }, { within: { first: 8999, last: 9002 }, width: 2 }, 1), [
      'short: of the 4 ports from 8999 to 9002, 2 are wanted by files, 2 are free, too few of them side by side',
    ]);
    assert.deepEqual(told({ listening: [], system: 'macos' }, { within: { first: 1, last: 3 } }, 1), [
      'short: of the 3 ports from 1 to 3, 1 is refused by browsers, 2 are below 1024, 0 are free',
    ]);
  });

  test('ends where all ports are taken, and where a range is wider than what is free', () => {
    const files = { 'compose.yaml': composeWith('1-65535:1-65535') };
    assert.deepEqual(told({ files, listening: [] }, {}, 1), [
      'short: of the 65535 ports from 1 to 65535, 65535 are wanted by files, 0 are free',
    ]);
    const [short, ...more] = told({ listening: [] }, { width: 40_000 }, 1);
    assert.match(short ?? '', /^short: .* are free, too few of them side by side$/);
    assert.deepEqual(more, []);
    assert.match(told({}, { width: 65_536 }, 1)[0] ?? '', /^short: /);
  });

  test('tells every port that is free, each once', () => {
    const { found, shortage } = findFree(chartOf(books, {}), { transport: 'udp', width: 1 }, 65535);
    assert.equal(found.length, 65535 - 1023 - (60999 - 32768 + 1));
    assert.equal(new Set(found.map(({ ports }) => ports.first)).size, found.length);
    assert.match(shortage ?? '', /1023 are below 1024/);
  });

  test('never takes up a port that is not free', () => {
    const parts = {
      files: { 'compose.yaml': composeWith('8000-8999:8000-8999') },
      listening: ['tcp :: 9000'],
    };
    const chart = chartOf(books, parts);
    const wish: Wish = { transport: 'tcp', width: 2, near: 8080 };
    const ground = groundOf(chart);
    const field = fieldOf(ground, wish);
    let count = 0;
    for (const ports of freePorts(books.registry, field, wish)) {
      count += 1;
      assert.equal(whyNot(ground, field, wish, ports), undefined, portsText(ports));
    }
    assert.ok(count > 10_000);
  });
});
