import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type Range,
} from 'vscode-languageserver/node';
import * as engine from '../../server/engine';
import { longestList } from '../../server/features/completion/completion';
import type { Uri } from '../../server/model/snapshot';
import { Editor, type EditorOptions, marked } from './editor';

const beside = new Map<Uri, string>([['file:///project/.env', 'WEB_PORT=8088\n']]);

let editor: Editor;
before(async () => {
  editor = await Editor.start({ beside });
});
after(() => editor.stop());

describe('diagnostics', () => {
  test('come when a file is opened, follow an edit, and go when it is closed', async () => {
    const uri = 'file:///project/Dockerfile';
    const { text, range } = marked('FROM alpine\nEXPOSE ┃70000┃\n');
    const wrong = [['invalid-port', range]];
    assert.deepEqual(summary(await editor.open(uri, 'dockerfile', text)), wrong);
    assert.deepEqual(await editor.edit(uri, 2, range, '07000'), []);
    assert.deepEqual(summary(await editor.edit(uri, 3, range, '70001')), wrong);
    assert.deepEqual(await editor.close(uri), []);
  });

  test('are errors of ours, with a code that leads to the rule', async () => {
    const { text, range } = marked('FROM alpine\nEXPOSE 80/┃icmp┃\n');
    const [found, ...more] = await editor.open('untitled:Untitled-1', 'dockerfile', text);
    assert.deepEqual(summary(found === undefined ? [] : [found]), [['invalid-transport', range]]);
    assert.deepEqual([found?.severity, found?.source], [DiagnosticSeverity.Error, 'portolan']);
    assert.match(`${found?.message}`, /^"icmp" is not a protocol/);
    assert.match(found?.codeDescription?.href ?? '', /#invalid-transport$/);
    assert.deepEqual(more, []);
  });

  test('have positions in UTF-16 code units, behind wide characters and CRLF', async () => {
    const { text, range } = marked('services:\r\n  "🚢": { image: "例", ports: ["┃70000┃"] }\r\n');
    const found = await editor.open('file:///project/compose.yaml', 'dockercompose', text);
    assert.deepEqual(summary(found), [['invalid-port', range]]);
  });

  test('come in the order of their places, whatever their rules', async () => {
    const text = 'FROM alpine\nEXPOSE 80/icmp 70000\nEXPOSE 81/icmp\nEXPOSE 70001 82/icmp\n';
    const found = await editor.open('file:///order/Dockerfile', 'dockerfile', text);
    const places = found.map(({ range: { start } }) => start.line * 1_000 + start.character);
    assert.equal(places.length, 5);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  test('follow a change of the .env beside the file', async () => {
    const uri = 'file:///project/docker-compose.yml';
    const { text, range } = marked('services:\n  a:\n    ports: ["┃${WEB_PORT}┃:80"]\n');
    assert.deepEqual(await editor.open(uri, 'dockercompose', text), []);
    const next = editor.diagnosticsOf(uri);
    beside.set('file:///project/.env', 'WEB_PORT=http\n');
    const changes = [{ uri: 'file:///project/.env', type: 2 }];
    await editor.tell('workspace/didChangeWatchedFiles', { changes });
    assert.deepEqual(summary(await next), [['invalid-port', range]]);
  });

  test('follow the .env beside the file as it is typed', async () => {
    const uri = 'file:///typed/compose.yaml';
    const { text, range } = marked('services:\n  a:\n    ports: ["┃${WEB_PORT}┃:80"]\n');
    await editor.open('file:///typed/.env', 'dotenv', 'WEB_PORT=8088\n');
    assert.deepEqual(await editor.open(uri, 'dockercompose', text), []);
    const next = editor.diagnosticsOf(uri);
    const value = { start: { line: 0, character: 9 }, end: { line: 0, character: 13 } };
    await editor.edit('file:///typed/.env', 2, value, 'http');
    assert.deepEqual(summary(await next), [['invalid-port', range]]);
  });

  test('are none for YAML that is no compose file', async () => {
    assert.deepEqual(await editor.open('file:///project/other.yaml', 'yaml', 'ports: [70000]\n'), []);
  });
});

describe('hover', () => {
  test('tells of the port under the pointer, and of nothing elsewhere', async () => {
    const uri = 'file:///hover/compose.yaml';
    const { text, range } = marked('services:\n  db:\n    ports: ["5433:┃5432┃"]\n');
    await editor.open(uri, 'dockercompose', text);
    const found = await editor.at<Hover>('textDocument/hover', uri, range.start);
    assert.match(JSON.stringify(found?.contents), /5432\/tcp.*postgresql/);
    assert.deepEqual(found?.range, range);
    const nowhere = marked('services:\n  d┃b:\n').range.start;
    assert.equal(await editor.at('textDocument/hover', uri, nowhere), null);
  });

  test('is nothing in a document that was never opened', async () => {
    const { start } = marked('┃').range;
    assert.equal(await editor.at('textDocument/hover', 'file:///nowhere', start), null);
  });
});

describe('completion', () => {
  test('offers ports in a slot, and nothing elsewhere', async () => {
    const offered = await completionsIn(editor, 'file:///slot/Dockerfile', 'FROM alpine\nEXPOSE ┃\n');
    assert.ok(offered.some(({ label }) => label === '8080'));
    assert.deepEqual(await completionsIn(editor, 'file:///no/Dockerfile', 'FROM ┃alpine\nEXPOSE 80\n'), []);
  });

  test('puts the number in place of the name that is typed', async () => {
    const uri = 'file:///name/Dockerfile';
    const { text, range } = marked('FROM alpine\nEXPOSE ┃postgres┃\n');
    await editor.open(uri, 'dockerfile', text);
    const list = await editor.at<CompletionList>('textDocument/completion', uri, range.end);
    const [first] = list?.items ?? [];
    assert.equal(first?.label, '5432 postgresql');
    assert.equal(first?.filterText, 'postgresql');
    assert.deepEqual(first?.textEdit, { range, newText: '5432' });
    assert.match(await documentationOf(first), /Registered for \*\*postgresql\*\*/);
  });

  test('puts a whole mapping in quotation marks where nothing is typed', async () => {
    const uri = 'file:///mapping/compose.yaml';
    const { text, range } = marked('services:\n  web:\n    ports:\n      - ┃\n');
    await editor.open(uri, 'dockercompose', text);
    const list = await editor.at<CompletionList>('textDocument/completion', uri, range.start);
    const item = list?.items.find(({ label }) => label === '8080:8080');
    assert.equal(item?.filterText, '8080:8080');
    assert.deepEqual(item?.textEdit, { range, newText: '"8080:8080"' });
  });

  test('is a list with an end, in the order of the engine, each item with its documentation', async () => {
    const uri = 'file:///long-list/Dockerfile';
    const { text, range } = marked('FROM alpine\nEXPOSE s┃\n');
    await editor.open(uri, 'dockerfile', text);
    const list = await editor.at<CompletionList>('textDocument/completion', uri, range.end);
    const items = list?.items ?? [];
    // A list that was cut has to be asked for again as the user types on.
    assert.equal(list?.isIncomplete, true);
    assert.equal(items.length, longestList);
    const sorted = items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
    assert.deepEqual(labels(sorted), labels(items));
    assert.equal(new Set(items.map(({ sortText }) => sortText)).size, items.length);
    for (const item of items) assert.notEqual(await documentationOf(item), '', item.label);
  });

  test('documents the item that somebody looks at, and that one alone', async () => {
    const [first] = await completionsIn(editor, 'file:///looked-at/Dockerfile', 'FROM alpine\nEXPOSE ┃\n');
    assert.equal(first?.documentation, undefined);
    assert.match(await documentationOf(first), /System Port \(0-1023\)/);
  });

  test('leaves an item as it is that no list of ours had', async () => {
    for (const data of [undefined, null, 'port', {}, { port: 70_000, transport: 'tcp' }, { port: 80 }]) {
      const item = { label: 'of another', data };
      assert.deepEqual(await editor.ask('completionItem/resolve', item), JSON.parse(JSON.stringify(item)));
    }
  });
});

describe('code actions', () => {
  test('offer the fixes of the findings in the range', async () => {
    const uri = 'file:///fix/compose.yaml';
    const { text, range } = marked('services:\n  db:\n    ports: [┃08080┃]\n');
    const published = await editor.open(uri, 'dockercompose', text);
    const [action, ...more] = await actionsIn(uri, { start: range.end, end: range.end });
    assert.deepEqual(action, {
      title: 'Put it in quotes',
      kind: CodeActionKind.QuickFix,
      isPreferred: true,
      diagnostics: published,
      edit: { changes: { [uri]: [{ range, newText: '"08080"' }] } },
    });
    assert.deepEqual(
      more.map(({ title, isPreferred }) => [title, isPreferred]),
      [['Ignore invalid-ports-value here', false]],
    );
  });

  test('are none where nothing is found', async () => {
    const uri = 'file:///fix-elsewhere/compose.yaml';
    const { text, range } = marked('services:\n  ┃db┃:\n    ports: [08080]\n');
    await editor.open(uri, 'dockercompose', text);
    assert.deepEqual(await actionsIn(uri, range), []);
  });
});

describe('a file that is too long', () => {
  test('is left out with one notice', async () => {
    const uri = 'file:///long/Dockerfile';
    const { text, range } = marked(`FROM alpine\nEXPOSE 70000\n┃${'# filler\n'.repeat(500_000)}`);
    assert.deepEqual(await editor.open(uri, 'dockerfile', text), []);
    assert.deepEqual(await editor.edit(uri, 2, range, '#'), []);
    assert.equal(editor.shown.filter((notice) => /Dockerfile is longer than/.test(notice)).length, 1);
  });
});

describe('watching files', () => {
  const capabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };

  test('is asked for when the editor can: the files that are ours and the .env files that they read', async () => {
    await withEditor({ capabilities }, async (able) => {
      await assertAnswers(able);
      const [{ method, registerOptions } = { method: '' }, ...more] = able.registrations;
      assert.deepEqual([method, more], ['workspace/didChangeWatchedFiles', []]);
      const globs: string[] = registerOptions.watchers.map(
        ({ globPattern }: { globPattern: string }) => globPattern,
      );
      for (const name of ['.env', 'compose.yaml', 'Dockerfile', '*.dockerfile'])
        assert.ok(globs.includes(`**/${name}`), `${name} is not among ${globs}`);
    });
  });

  test('is not asked for when it cannot', async () => {
    await withEditor({}, async (unable) => {
      await assertAnswers(unable);
      assert.deepEqual(unable.registrations, []);
    });
  });

  test('is logged when the editor refuses it, and the server goes on', async () => {
    await withEditor({ capabilities, refusal: 'no watchers on board' }, async (refusing) => {
      await assertAnswers(refusing);
      assert.equal(refusing.registrations.length, 1);
      assert.ok(
        refusing.logged.some((line) => line.includes('no watchers on board')),
        'the refusal is not in the log',
      );
    });
  });
});

describe('a fault of ours', () => {
  const uri = 'file:///fault/Dockerfile';
  const { text, range } = marked('FROM alpine\nEXPOSE ┃70000┃\n');
  const sink = (): never => {
    throw new Error('sunk');
  };

  for (const [method, params, broken] of [
    ['textDocument/hover', { position: range.start }, { hover: sink }],
    ['textDocument/completion', { position: range.start }, { completion: sink }],
    ['textDocument/codeAction', { range, context: { diagnostics: [] } }, { codeActions: sink }],
  ] as const) {
    test(`in ${method} is logged with the document, and answered with nothing`, async () => {
      await withEditor({ engine: () => ({ ...engine, ...broken }) }, async (sinking) => {
        await sinking.open(uri, 'dockerfile', text);
        assert.equal(await sinking.ask(method, { textDocument: { uri }, ...params }), null);
        assertLogged(sinking);
        await assertAnswers(sinking, method);
      });
    });
  }

  test('in a check is logged with the document, and nothing is found', async () => {
    class Leaking extends engine.Inspector {
      override inspect() {
        return sink();
      }
    }
    await withEditor({ engine: () => ({ ...engine, Inspector: Leaking }) }, async (sinking) => {
      assert.deepEqual(await sinking.open(uri, 'dockerfile', text), []);
      assertLogged(sinking);
      await assertAnswers(sinking);
    });
  });

  test('in reading a text is logged with the document, and the server goes on', async () => {
    class Leaking extends engine.Workspace {
      override update(name: Uri, ...rest: [text: string, languageId?: string]) {
        return name === uri ? sink() : super.update(name, ...rest);
      }
    }
    await withEditor({ engine: () => ({ ...engine, Workspace: Leaking }) }, async (sinking) => {
      await sinking.tell('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version: 1, text },
      });
      await assertAnswers(sinking);
      assertLogged(sinking);
    });
  });

  test('that leaves no engine is logged, and every request is answered with nothing', async () => {
    await withEditor({ engine: sink }, async (sinking) => {
      await sinking.tell('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version: 1, text },
      });
      assert.equal(await sinking.at('textDocument/hover', uri, range.start), null);
      assert.equal(await sinking.at('textDocument/completion', uri, range.start), null);
      assertLogged(sinking);
    });
  });

  function assertLogged({ logged }: Editor): void {
    const line = logged.find((message) => message.includes(uri));
    assert.ok(line, `${uri} is not in the log: ${logged.join('\n')}`);
    assert.match(line, /sunk/);
    assert.match(line, /server\.test\.ts/, 'the stack is not in the log');
  }
});

/** Runs a test with an editor and a server of its own. */
async function withEditor(options: EditorOptions, action: (own: Editor) => Promise<void>): Promise<void> {
  const own = await Editor.start(options);
  try {
    await action(own);
  } finally {
    own.stop();
  }
}

/** The server is alive: it answers a hover, or a completion where hovering is what was broken. */
async function assertAnswers(alive: Editor, broken?: string): Promise<void> {
  const uri = 'file:///alive/Dockerfile';
  const { text, range } = marked('FROM alpine\nEXPOSE ┃80┃\n');
  await alive.open(uri, 'dockerfile', text);
  if (broken === 'textDocument/hover') {
    const list = await alive.at<CompletionList>('textDocument/completion', uri, range.end);
    assert.notEqual(list?.items.length, 0);
  } else {
    assert.deepEqual((await alive.at<Hover>('textDocument/hover', uri, range.start))?.range, range);
  }
}

async function completionsIn(asking: Editor, uri: Uri, drawn: string): Promise<readonly CompletionItem[]> {
  const { text, range } = marked(drawn);
  await asking.open(uri, 'dockerfile', text);
  const list = await asking.at<CompletionList>('textDocument/completion', uri, range.start);
  assert.ok(list !== null);
  return list.items;
}

function actionsIn(uri: Uri, range: Range): Promise<CodeAction[]> {
  return editor.ask('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics: [] },
  });
}

async function documentationOf(item: CompletionItem | undefined): Promise<string> {
  assert.ok(item !== undefined);
  const { documentation } = await editor.ask<CompletionItem>('completionItem/resolve', item);
  return typeof documentation === 'object' ? documentation.value : (documentation ?? '');
}

function labels(items: readonly CompletionItem[]): readonly string[] {
  return items.map(({ label }) => label);
}

function summary(found: readonly Diagnostic[]): readonly (readonly [Diagnostic['code'], Range])[] {
  return found.map(({ code, range }) => [code, range]);
}
