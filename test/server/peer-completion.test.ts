import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionItem, CompletionList } from 'vscode-languageserver/node';
import { Editor, marked } from './editor';

test('behind proxy_pass an editor is offered the services of the compose file beside the configuration', async () => {
  const editor = await Editor.start();
  try {
    const compose = 'services:\n  api:\n    image: example/api\n    expose: ["3000"]\n';
    await editor.open('file:///shop/compose.yaml', 'dockercompose', compose);
    const uri = 'file:///shop/nginx.conf';
    const { text, range } = marked(
      'events {}\nhttp {\n  server {\n    listen 80;\n    location / { proxy_pass http://a┃; }\n  }\n}\n',
    );
    await editor.open(uri, 'nginx', text);
    const list = await editor.at<CompletionList>('textDocument/completion', uri, range.start);
    const [item]: readonly (CompletionItem | undefined)[] = list?.items ?? [];
    assert.equal(item?.label, 'api:3000');
    const { line, character } = range.start;
    assert.deepEqual(item?.textEdit, {
      newText: 'api:3000',
      range: { start: { line, character: character - 1 }, end: { line, character } },
    });
  } finally {
    editor.stop();
  }
});
