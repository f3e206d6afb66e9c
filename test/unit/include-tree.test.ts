import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Include } from '../../server/model/include';
import { type SourceFile, sourceFile } from '../../server/model/snapshot';
import { includedWithin } from '../../server/units/include-tree';

/** Files by name; each lists what it includes as `pattern` or `pattern within http server`. */
function withinOf(files: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  const read = Object.entries(files).map(([name, includes]): [string, SourceFile] => {
    const uri = `file:///p/${name}`;
    const reading = { references: [], slots: [], faults: [], includes: includes.map(includeOf) };
    const dialect = name.endsWith('.other') ? 'other' : 'nginx';
    return [uri, sourceFile({ uri, text: '', dialect, reading })];
  });
  const found = [...includedWithin(new Map(read))];
  return Object.fromEntries(found.map(([uri, within]) => [uri.slice('file:///p/'.length), within.join(' ')]));
}

function includeOf(text: string): Include {
  const [pattern = '', within = ''] = text.split(' within ');
  return { span: { start: 0, end: 0 }, pattern, within: within === '' ? [] : within.split(' ') };
}

describe('a file stands in the blocks that include it', () => {
  test('through a glob, which does not go into folders below nor to other kinds of file', () => {
    assert.deepEqual(
      withinOf({
        'nginx.conf': ['conf.d/*.conf within http', 'modules/*.conf'],
        'conf.d/a.conf': [],
        'conf.d/deep/b.conf': [],
        'conf.d/c.conf.other': [],
        'modules/m.conf': [],
      }),
      { 'conf.d/a.conf': 'http', 'modules/m.conf': '' },
    );
  });

  test('through a glob with one character or one of some, also for the folder', () => {
    assert.deepEqual(
      withinOf({
        'nginx.conf': ['s?te[12]/[a-m]*.conf within http'],
        'site1/a.conf': [],
        'site1/z.conf': [],
        'site3/a.conf': [],
        'site2/.b.conf': [],
        'site2/b.conf': [],
      }),
      { 'site1/a.conf': 'http', 'site2/b.conf': 'http' },
    );
  });

  test('through several files, whose paths count from the folder of the main file', () => {
    assert.deepEqual(
      withinOf({
        'nginx.conf': ['sites/*.conf within http'],
        'sites/a.conf': ['snippets/ssl.conf within server', '../p/./snippets/up.conf'],
        'snippets/ssl.conf': [],
        'snippets/up.conf': [],
        'sites/snippets/ssl.conf': [],
      }),
      { 'sites/a.conf': 'http', 'snippets/ssl.conf': 'http server', 'snippets/up.conf': 'http' },
    );
  });

  test('but not through a path that lies outside of the workspace', () => {
    assert.deepEqual(
      withinOf({
        'etc/nginx.conf': ['/opt/*.conf within http', 'conf.d/*.conf within http'],
        'etc/conf.d/a.conf': [],
      }),
      { 'etc/conf.d/a.conf': 'http' },
    );
  });

  test('and has no answer when it is included in different blocks', () => {
    assert.deepEqual(
      withinOf({
        'nginx.conf': [
          'x.conf within http',
          'y.conf within http',
          'x.conf within stream',
          'y.conf within http',
        ],
        'x.conf': [],
        'y.conf': [],
      }),
      { 'y.conf': 'http' },
    );
  });

  test('and a loop ends', { timeout: 10_000 }, () => {
    withinOf({ 'a.conf': ['b.conf'], 'b.conf': ['a.conf'] });
    withinOf({ 'a.conf': ['*.conf within http'], 'b.conf': ['*.conf'], 'c.conf': ['*.conf within server'] });
    const many = Array.from(
      { length: 400 },
      (_, index) => [`${index}.conf`, ['*.conf within http']] as const,
    );
    withinOf({ 'nginx.conf': ['*.conf'], ...Object.fromEntries(many) });
  });

  test('and is in no block when nobody includes anything', () => {
    assert.deepEqual(withinOf({ 'nginx.conf': [], 'a.conf': [] }), {});
  });
});
