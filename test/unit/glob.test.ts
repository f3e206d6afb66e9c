import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { globTest } from '../../server/syntax/glob';

describe('a glob', () => {
  for (const [glob, fitting, others] of [
    ['*.yaml', ['a.yaml', '.yaml'], ['a/b.yaml', 'a.yml', 'a.yaml.bak']],
    ['**/*.yaml', ['a.yaml', 'a/b.yaml', 'a/b/c.yaml'], ['a.yml']],
    ['old', ['old', 'old/a', 'old/a/b'], ['a/old', 'older']],
    ['**/old', ['old/a', 'a/old', 'a/b/old/c'], ['a/older']],
    ['old/**', ['old/a', 'old/a/b'], ['older/a']],
    ['a/**/z', ['a/z', 'a/b/z', 'a/b/c/z/y'], ['a/b', 'b/a/z']],
    ['a?c', ['abc', 'aéc', 'a🚢c'], ['ac', 'abbc', 'a/c']],
    ['*.{bak,old}', ['a.bak', 'a.old'], ['a.new', 'a.bako']],
    ['{a,b/{c,d}}/x', ['a/x', 'b/c/x', 'b/d/x'], ['b/x', 'c/x']],
    ['[a-c]1', ['a1', 'c1'], ['d1', '[a-c]1']],
    ['[!a]1', ['b1'], ['a1']],
    ['./a/', ['a', 'a/b'], ['b']],
    ['a*b*c', ['abc', 'aXbYbZc'], ['abcd', 'acb']],
    ['**', ['a', 'a/b'], []],
    ['', [], ['a']],
    ['{a', ['{a'], ['a']],
    ['Old', [], ['old']],
  ] as const) {
    test(JSON.stringify(glob), () => {
      const fits = globTest(glob);
      for (const path of fitting) assert.ok(fits(path.split('/')), `${path} fits`);
      for (const path of others) assert.ok(!fits(path.split('/')), `${path} does not fit`);
    });
  }

  test('of any kind takes no longer than its length times that of the path', () => {
    const path = Array.from({ length: 40 }, () => 'a'.repeat(200));
    for (const glob of [
      '**/a/'.repeat(150),
      '*a'.repeat(400),
      '{a,b}'.repeat(150),
      '['.repeat(900),
      '{'.repeat(900),
    ]) {
      const start = performance.now();
      globTest(glob)(path);
      assert.ok(performance.now() - start < 2_000, `${glob.slice(0, 20)} takes too long`);
    }
  });
});
