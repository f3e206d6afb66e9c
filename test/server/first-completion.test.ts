import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CompletionList } from 'vscode-languageserver/node';
import * as engine from '../../server/engine';
import { Editor, marked } from './editor';

const root = mkdtempSync(join(tmpdir(), 'portolan-first-'));
after(() => rmSync(root, { recursive: true, force: true }));

test('the very first completion has the ports of files that nobody has opened', async () => {
  writeFileSync(join(root, 'compose.yaml'), 'services:\n  web:\n    ports: ["3466:80"]\n');
  const folder = pathToFileURL(root).href;
  const editor = await Editor.start({ folders: [folder] });
  try {
    const uri = `${folder}/open-ports.sh`;
    const { text, range } = marked('#!/bin/sh\nufw allow 22\nufw allow ┃\n');
    await editor.open(uri, 'shellscript', text);
    const list = await editor.at<CompletionList>('textDocument/completion', uri, range.start);
    assert.equal(list?.items[0]?.label, '3466');
  } finally {
    editor.stop();
  }
});

test('what it draws on is found before anybody asks', async () => {
  let told: (place: string) => void = () => undefined;
  const rehearsed = new Promise<string>((resolve) => {
    told = resolve;
  });
  const completion: typeof engine.completion = (chart, uri, offset) => {
    told(`${uri.slice(uri.lastIndexOf('/') + 1)}:${offset}`);
    return engine.completion(chart, uri, offset);
  };
  const editor = await Editor.start({ engine: () => ({ ...engine, completion }) });
  try {
    const text = 'services:\n  web:\n    ports: ["3466:80"]\n';
    await editor.open('file:///project/compose.yaml', 'dockercompose', text);
    assert.equal(await rehearsed, `compose.yaml:${text.indexOf(':80')}`);
  } finally {
    editor.stop();
  }
});
