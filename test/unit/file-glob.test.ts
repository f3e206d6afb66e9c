import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { escapedGlob, fileGlob, isFileGlob } from '../../server/syntax/file-glob';

describe('a glob of file names, as glob(3) takes it', () => {
  for (const [glob, fitting, others] of [
    ['*.conf', ['a.conf', 'a.b.conf'], ['.conf', 'a.CONF', 'a.conf~', '.a.conf']],
    ['*', ['a', 'a~', '#a#'], ['.a']],
    ['.*', ['.a', '..a'], ['a']],
    ['?.conf', ['a.conf'], ['.conf', 'ab.conf', '..conf']],
    ['[a-c]?', ['ax', 'cc'], ['dx', 'a', '.x']],
    ['[!a-c]x', ['dx', '[x'], ['ax', '.x']],
    ['[^a]x', ['bx'], ['ax']],
    ['[]a]', [']', 'a'], ['b', ']a']],
    ['[!]a]', ['b'], [']', 'a']],
    ['[a-]', ['a', '-'], ['b']],
    ['[ab', ['[ab'], ['a']],
    ['a\\*', ['a*'], ['ab']],
    ['\\.a*', ['.ab'], ['ab']],
    ['*a*b', ['ab', 'xaxbxab'], ['ba', 'aba']],
    ['', [''], ['a']],
  ] as const) {
    test(JSON.stringify(glob), () => {
      const fits = fileGlob(glob);
      for (const name of fitting) assert.ok(fits(name), `${name} fits`);
      for (const name of others) assert.ok(!fits(name), `${name} does not fit`);
    });
  }

  test('is told by its wildcards, and what is escaped fits itself alone', () => {
    assert.deepEqual(['a.conf', 'a*', 'a?', '[a]', '{a,b}'].map(isFileGlob), [
      false,
      true,
      true,
      true,
      false,
    ]);
    const name = 'a*[b]?\\c';
    assert.ok(fileGlob(escapedGlob(name))(name));
    assert.ok(!fileGlob(escapedGlob(name))('aXb?\\c'));
  });

  test('takes no longer than its length times that of the name', () => {
    const start = performance.now();
    for (const glob of ['*a'.repeat(400), '['.repeat(900), '['.repeat(1_000_000), '[a-b]*'.repeat(150)])
      fileGlob(glob)('a'.repeat(2_000));
    assert.ok(performance.now() - start < 1_000);
  });
});
