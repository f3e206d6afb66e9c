import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CompletionList } from 'vscode-languageserver/node';
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
