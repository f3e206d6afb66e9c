import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as engine from '../../server/engine';
import { Editor } from './editor';

test('a burst of edits is read and checked a few times, not once each', async () => {
  let checks = 0;
  class Counting extends engine.Inspector {
    override inspect(...given: Parameters<engine.Inspector['inspect']>) {
      checks += 1;
      return super.inspect(...given);
    }
  }
  const editor = await Editor.start({ engine: () => ({ ...engine, Inspector: Counting }) });
  const uri = 'file:///burst/Dockerfile';
  await editor.open(uri, 'dockerfile', 'FROM alpine\nEXPOSE \n');
  const start = { line: 1, character: 7 };
  const edits = Array.from({ length: 300 }, (_, index) => ({
    textDocument: { uri, version: index + 2 },
    contentChanges: [{ range: { start, end: start }, text: `${index + 1} ` }],
  }));
  for (const edit of edits) void editor.tell('textDocument/didChange', edit);
  const last = await editor.edit(uri, edits.length + 2, { start, end: start }, '70000 ');
  assert.deepEqual(
    last.map(({ code }) => code),
    ['invalid-port'],
  );
  assert.ok(checks < 20, `${checks} checks for ${edits.length} edits`);
  editor.stop();
});
