import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { Dialect } from '../../server/model/dialect';
import { baseName } from '../../server/model/file-name';
import { emptyReading } from '../../server/model/reading';
import { Workspace } from '../../server/workspace/workspace';

describe('a file that another one includes', () => {
  let told: string[];
  let workspace: Workspace;

  /** Each line of a text is a pattern and the blocks around it; what is read is told with the blocks it stands in. */
  const including: Dialect = {
    id: 'including',
    title: 'Includes',
    files: [],
    languages: [],
    companions: [],
    read(text, { name, within }) {
      told.push([name, ...(within ?? [])].join(' '));
      const lines = text.split('\n').filter((line) => line !== '');
      const includes = lines.map((line) => {
        const [pattern = '', ...blocks] = line.split(' ');
        return { span: { start: 0, end: 0 }, pattern, within: blocks };
      });
      return { ...emptyReading, includes };
    },
  };

  /** Takes in texts and answers what was read because of them, in the order of the alphabet. */
  function readAfter(texts: Readonly<Record<string, string>>): readonly string[] {
    told = [];
    for (const [path, text] of Object.entries(texts)) {
      workspace.updateAs(including, `file:///project/${path}`, text);
    }
    return read();
  }

  function read(): readonly string[] {
    assert.ok(workspace.snapshot);
    return told.toSorted();
  }

  beforeEach(() => {
    told = [];
    workspace = new Workspace({ read: () => undefined });
    readAfter({ main: 'sites/* http\n', 'sites/a': 'snippets/l server\n', 'snippets/l': '' });
  });

  test('stands in the blocks of all files above it, however often the workspace is looked at', () => {
    assert.deepEqual(readAfter({ other: '' }), ['other']);
    assert.deepEqual(readAfter({ 'snippets/l': '' }), ['l http server']);
    assert.deepEqual(readAfter({ 'sites/a': 'snippets/l server\n' }), ['a http']);
  });

  test('is read anew when the blocks around the include change', () => {
    assert.deepEqual(readAfter({ main: 'sites/* stream\n' }), ['a stream', 'l stream server', 'main']);
  });

  test('stands by itself when nobody includes it any more', () => {
    assert.deepEqual(readAfter({ main: '' }), ['a', 'l', 'main']);
  });

  test('is known wherever it comes from later', () => {
    assert.deepEqual(readAfter({ 'sites/b': '' }), ['b', 'b http']);
  });

  test('is forgotten although something else has changed as well', () => {
    told = [];
    workspace.updateAs(including, 'file:///project/new', '');
    workspace.remove('file:///project/sites/a');
    assert.deepEqual(read(), ['l', 'new']);
    assert.deepEqual(
      [...workspace.snapshot.files.values()].map(({ uri }) => baseName(uri)),
      ['main', 'new', 'l'],
    );
  });
});
