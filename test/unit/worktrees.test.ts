import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { worktreeOf, worktrees } from '../../server/workspace/worktrees';
import { emptyFolder, git, repository } from '../harness/git';

describe('the other worktrees of a repository', () => {
  let top: string;
  const at = (...names: readonly string[]): string => join(top, ...names);

  beforeEach(() => {
    top = emptyFolder();
    repository(at('main'));
    git(at('main'), 'worktree', 'add', '--quiet', at('one'));
    git(at('main'), 'worktree', 'add', '--quiet', at('main', 'inside'));
  });

  test('are seen from the main one, from each other, and from any folder in them', () => {
    mkdirSync(at('one', 'deep', 'down'), { recursive: true });
    assert.deepEqual(worktrees(at('main')).toSorted(), [at('main', 'inside'), at('one')]);
    assert.deepEqual(worktrees(at('one', 'deep', 'down')), [at('main'), at('main', 'inside')]);
    assert.deepEqual(worktrees(at('main', 'inside')), [at('main'), at('one')]);
    assert.equal(worktreeOf(at('one', 'deep', 'down')), at('one'));
  });

  test('are told by relative paths, too', () => {
    const [file, entry] = [at('one', '.git'), at('main', '.git', 'worktrees', 'one', 'gitdir')];
    writeFileSync(file, 'gitdir: ../main/.git/worktrees/one\r\n');
    writeFileSync(entry, '../../../../one/.git\n');
    assert.deepEqual(worktrees(at('one')), [at('main'), at('main', 'inside')]);
    assert.ok(worktrees(at('main')).includes(at('one')));
  });

  test('are seen through a symbolic link', () => {
    symlinkSync(at('one'), at('link'), 'junction');
    assert.deepEqual(worktrees(at('link')), [at('main'), at('main', 'inside')]);
  });

  test('are those that are still there: not one that was deleted or moved without git', () => {
    git(at('main'), 'worktree', 'add', '--quiet', at('two'));
    rmSync(at('one'), { recursive: true });
    renameSync(at('two'), at('moved'));
    assert.deepEqual(worktrees(at('main')), [at('main', 'inside')]);
    // The moved one still finds its repository; git itself repairs it from there.
    assert.deepEqual(worktrees(at('moved')), [at('main'), at('main', 'inside')]);
  });

  test('are not another repository that stands where one was', () => {
    rmSync(at('one'), { recursive: true });
    repository(at('one'));
    assert.deepEqual(worktrees(at('main')), [at('main', 'inside')]);
    assert.deepEqual(worktrees(at('one')), []);
  });

  test('are bounded', () => {
    const entries = at('main', '.git', 'worktrees');
    for (let count = 0; count < 60; count += 1) {
      const [own, folder] = [join(entries, `x${count}`), at(`x${count}`)];
      mkdirSync(own);
      mkdirSync(folder);
      writeFileSync(join(own, 'HEAD'), 'ref: refs/heads/x\n');
      writeFileSync(join(own, 'commondir'), '../..\n');
      writeFileSync(join(own, 'gitdir'), `${folder}/.git\n`);
      writeFileSync(join(folder, '.git'), `gitdir: ${own}\n`);
    }
    assert.equal(worktrees(at('main')).length, 50);
  });
});

describe('a repository without a main worktree', () => {
  test('that is bare has linked ones alone', () => {
    const top = emptyFolder();
    repository(join(top, 'main'));
    git(top, 'clone', '--quiet', '--bare', 'main', 'project/.git');
    for (const name of ['one', 'two'])
      git(join(top, 'project'), 'worktree', 'add', '--quiet', name, '-b', name);
    assert.deepEqual(worktrees(join(top, 'project', 'one')), [join(top, 'project', 'two')]);
    assert.deepEqual(worktrees(join(top, 'project')).toSorted(), [
      join(top, 'project', 'one'),
      join(top, 'project', 'two'),
    ]);
    assert.deepEqual(worktrees(join(top, 'project', '.git')).length, 2);
  });

  test('that is a submodule has none', () => {
    const top = emptyFolder();
    repository(join(top, 'library'));
    repository(join(top, 'main'));
    git(join(top, 'main'), 'submodule', '--quiet', 'add', join(top, 'library'), 'sub');
    git(join(top, 'main'), 'commit', '--quiet', '--message', 'Add a submodule');
    git(join(top, 'main'), 'worktree', 'add', '--quiet', join(top, 'one'));
    assert.match(readFileSync(join(top, 'main', 'sub', '.git'), 'utf8'), /modules/);
    assert.equal(worktreeOf(join(top, 'main', 'sub')), join(top, 'main', 'sub'));
    assert.deepEqual(worktrees(join(top, 'main', 'sub')), []);
    assert.deepEqual(worktrees(join(top, 'main')), [join(top, 'one')]);
  });
});

describe('where there is no repository', () => {
  test('there are no worktrees', () => {
    const top = emptyFolder();
    assert.deepEqual(worktrees(top), []);
    assert.deepEqual(worktrees(join(top, 'not', 'there')), []);
    assert.deepEqual(worktrees('\0'), []);
    assert.equal(worktreeOf(top), undefined);
  });

  const broken: Readonly<Record<string, (folder: string) => void>> = {
    'a file that leads to itself': (folder) => writeFileSync(join(folder, '.git'), 'gitdir: .git\n'),
    'a file that leads to its own folder': (folder) => writeFileSync(join(folder, '.git'), 'gitdir: .\n'),
    'a file that leads nowhere': (folder) => writeFileSync(join(folder, '.git'), 'gitdir: not/there\n'),
    'a file that leads to another machine': (folder) =>
      writeFileSync(join(folder, '.git'), 'gitdir: //host/share/x\n'),
    'a file with anything else in it': (folder) =>
      writeFileSync(join(folder, '.git'), '\0\uFFFF'.repeat(999)),
    'a file of a gigabyte, nearly': (folder) =>
      writeFileSync(join(folder, '.git'), `gitdir: ${'x'.repeat(1_000_000)}`),
    'a link to itself': (folder) => symlinkSync(join(folder, '.git'), join(folder, '.git'), 'junction'),
    'an empty folder': (folder) => mkdirSync(join(folder, '.git')),
    'a folder whose commondir is itself': (folder) => {
      mkdirSync(join(folder, '.git', 'objects'), { recursive: true });
      writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n');
      writeFileSync(join(folder, '.git', 'commondir'), '.\n');
      mkdirSync(join(folder, '.git', 'worktrees', 'x'), { recursive: true });
      writeFileSync(join(folder, '.git', 'worktrees', 'x', 'gitdir'), join(folder, '.git'));
    },
  };
  for (const [name, make] of Object.entries(broken)) {
    test(`or ".git" is ${name}, there are none`, () => {
      const folder = emptyFolder();
      make(folder);
      assert.deepEqual(worktrees(folder), []);
    });
  }
});
