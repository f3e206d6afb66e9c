import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { habits } from '../../server/features/free-ports/habits';

/** A port and where people turn when it is taken, the best first. */
const turns: readonly (readonly [port: number, ...first: number[]])[] = [
  [5432, 5433, 15432, 5434, 5435, 25432],
  [3000, 3001, 13000, 3002, 3003, 23000],
  [80, 8080, 8081, 8082, 8083, 9080, 10080],
  [443, 8443, 8444, 8445, 8446, 9443, 10443],
  [22, 2222, 2223, 2224, 2225, 8022],
  [10, 8010, 9010, 10010],
  [1, 8001, 8002, 8003, 8004, 9001],
  [1023, 9023, 9024],
  [1024, 1025, 11024],
  [55536, 55537, 55538, 55539],
  [65534, 65535],
  [65535],
];

describe('the ports that people take in the place of', () => {
  for (const [port, ...first] of turns)
    test(`${port}: ${first.join(', ') || 'none'}`, () => {
      const found = habits(port);
      assert.deepEqual(found.slice(0, first.length), first);
      if (first.length === 0) assert.deepEqual(found, []);
    });

  test('every port are ports that need no privilege, each once and never the port itself', () => {
    for (let port = 1; port <= 65535; port += 1) {
      const found = habits(port);
      assert.equal(new Set(found).size, found.length, `${port}`);
      assert.ok(!found.includes(port), `${port}`);
      assert.ok(
        found.every((each) => each >= 1024 && each <= 65535),
        `${port}`,
      );
    }
  });
});
