import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Hover } from 'vscode-languageserver/node';
import type { Listener } from '../../server/model/listener';
import { folderWith } from '../harness/folder';
import { Editor, type EditorOptions, marked } from './editor';

interface Page {
  readonly title: string;
  readonly html: string;
  readonly text: string;
}

const root = mkdtempSync(join(tmpdir(), 'portolan-server-'));
after(() => rmSync(root, { recursive: true, force: true }));

const node: Listener = {
  port: 3466,
  transport: 'tcp',
  address: '127.0.0.1',
  process: { name: 'node', pid: 4711 },
};

describe('the page of a port', () => {
  test('comes as HTML and as text', async () => {
    await withEditor({}, async (editor) => {
      const page = await editor.ask<Page>('portolan/portPage', { port: 3640 });
      assert.equal(page.title, 'Port 3640');
      assert.match(page.html, /^<h1>Port 3640<\/h1>/);
      assert.match(page.html, /href="command:portolan\.openPortPage\?%5B3641%5D"/);
      assert.match(page.text, /- 3641: registered for netplay-port2/);
    });
  });

  test('lists the files of the workspace that nobody has open, by their path, and follows their changes', async () => {
    const folder = folderWith({
      'web/compose.yaml': 'services:\n  web: { image: nginx, ports: ["3466:80"] }\n',
      'api/Dockerfile': 'FROM alpine\nEXPOSE 3466\n',
      'node_modules/x/Dockerfile': 'FROM alpine\nEXPOSE 3466\n',
    });
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      await editor.open(`${folder.uri}/Dockerfile`, 'dockerfile', 'FROM alpine\nEXPOSE 80\n');
      const places = async () => {
        const { text } = await editor.ask<Page>('portolan/portPage', { port: 3466 });
        return text.match(/^- \S+:\d+: .*$/gm)?.sort() ?? [];
      };
      const dockerfile = '- api/Dockerfile:2: exposed by the image';
      assert.deepEqual(await places(), [dockerfile, '- web/compose.yaml:2: host port of service "web"']);

      // What is typed goes before what is on disk, whatever the spelling of the address.
      const uri = `${folder.uri}/web/c%6Fmpose.yaml`;
      await editor.open(uri, 'dockercompose', 'services:\n\n  web: { image: nginx, ports: ["3466:80"] }\n');
      assert.deepEqual(await places(), [dockerfile, '- web/compose.yaml:3: host port of service "web"']);
      await editor.close(uri);
      folder.write('api/Dockerfile', 'FROM alpine\nEXPOSE 3467\n');
      const changes = [{ uri: `${folder.uri}/api/Dockerfile`, type: 2 }];
      await editor.tell('workspace/didChangeWatchedFiles', { changes });
      assert.deepEqual(await places(), ['- web/compose.yaml:2: host port of service "web"']);
    });
  });

  test('comes before any document is open, and for a folder that this machine cannot reach', async () => {
    await withEditor({ folders: ['file://elsewhere/project', 'vscode-vfs://github/a/b'] }, async (editor) => {
      const { text } = await editor.ask<Page>('portolan/portPage', { port: 80 });
      assert.match(text, /^Port 80\n/);
      assert.ok(editor.logged.some((line) => line.includes('file://elsewhere/project cannot be searched')));
    });
  });

  test('tells who listens now', async () => {
    await withEditor({ take: async () => [node] }, async (editor) => {
      const { text } = await editor.ask<Page>('portolan/portPage', { port: 3466 });
      assert.match(text, /- tcp: node \(pid 4711\) on 127\.0\.0\.1:3466/);
    });
  });

  for (const params of [
    {},
    { port: 65536 },
    { port: -1 },
    { port: 1.5 },
    { port: '80' },
    { port: 80, transport: 'x' },
    7,
  ]) {
    test(`of no port is refused: ${JSON.stringify(params)}`, async () => {
      await withEditor({}, async (editor) => {
        await assert.rejects(editor.ask('portolan/portPage', params as object), /"(port|transport)" is/);
        await editor.ask<Page>('portolan/portPage', { port: 80, transport: 'udp' });
      });
    });
  }
});

describe('a hover', () => {
  const { text, range } = marked('services:\n  web: { image: x, ports: ["┃3466:80"] }\n');
  const uri = 'file:///hover/compose.yaml';

  async function hoverOf(editor: Editor): Promise<string> {
    const hover = await editor.at<Hover>('textDocument/hover', uri, range.start);
    assert.ok(hover !== null, 'there is no hover');
    return (hover.contents as { value: string }).value;
  }

  test('does not wait for the machine: what listens is told by the next one', async () => {
    let looks = 0;
    const take = async () => {
      looks += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return [node];
    };
    await withEditor({ take }, async (editor) => {
      await editor.open(uri, 'dockercompose', text);
      assert.doesNotMatch(await hoverOf(editor), /Listening/);
      // The look ends in its own time; asking again while it goes on starts no other.
      let hover = '';
      for (let attempt = 0; attempt < 100 && !hover.includes('Listening'); attempt += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        hover = await hoverOf(editor);
      }
      assert.match(hover, /Listening now: node \(pid 4711\) on 127\.0\.0\.1:3466\n/);
      assert.equal(looks, 1);
    });
  });

  test('never has the machine looked at in Restricted Mode, before trust is granted', async () => {
    let looks = 0;
    const take = async () => {
      looks += 1;
      return [node];
    };
    await withEditor({ take, initializationOptions: { isTrusted: false } }, async (editor) => {
      await editor.open(uri, 'dockercompose', text);
      const page = () => editor.ask<Page>('portolan/portPage', { port: 3466 });
      await hoverOf(editor);
      assert.doesNotMatch((await page()).text, /Listening now/);
      assert.equal(looks, 0);
      await editor.tell('portolan/trustGranted', {});
      assert.match((await page()).text, /Listening now/);
    });
  });

  test('never has the machine looked at when the setting says no', async () => {
    const capabilities = { workspace: { configuration: true } };
    let looks = 0;
    const take = async () => {
      looks += 1;
      return [node];
    };
    await withEditor({ take, capabilities, settings: { showListeners: false } }, async (editor) => {
      await editor.open(uri, 'dockercompose', text);
      await hoverOf(editor);
      const { text: page } = await editor.ask<Page>('portolan/portPage', { port: 3466 });
      assert.doesNotMatch(page, /Listening now/);
      assert.equal(looks, 0);
    });
  });

  test('takes the default for a setting that is no such thing, with a warning', async () => {
    const capabilities = { workspace: { configuration: true } };
    const options = { take: async () => [node], capabilities, settings: { showListeners: 'maybe' } };
    await withEditor(options, async (editor) => {
      await editor.open(uri, 'dockercompose', text);
      assert.match((await editor.ask<Page>('portolan/portPage', { port: 3466 })).text, /Listening now/);
      assert.deepEqual(editor.shown, [
        'The setting portolan.showListeners takes true or false, not "maybe".',
      ]);
    });
  });

  test('has links to commands only for a client that has the commands', async () => {
    await withEditor({}, async (editor) => {
      await editor.open(uri, 'dockercompose', text);
      assert.doesNotMatch(await hoverOf(editor), /command:/);
    });
    await withEditor({ initializationOptions: { hasCommands: true } }, async (editor) => {
      await editor.open(uri, 'dockercompose', text);
      await editor.open('file:///hover/Dockerfile', 'dockerfile', 'FROM x\nEXPOSE 3466\n');
      const hover = await hoverOf(editor);
      assert.match(hover, /\[All about port 3466\]\(command:portolan\.openPortPage\?%5B3466%5D\)/);
      assert.match(hover, /\(command:portolan\.runCheck\?%5B3466%2C%22tcp%22%5D\)/);
      assert.match(
        hover,
        /Also in this workspace: \[Dockerfile:2\]\(command:portolan\.openPlace\?%5B%22file%3A%2F%2F%2Fhover%2FDockerfile%22%2C1%2C7%5D\)/,
      );
    });
  });
});

describe('the other requests', () => {
  test('search, and refuse what is no query', async () => {
    await withEditor({}, async (editor) => {
      const { items } = await editor.ask<{ items: { port: number; label: string; name: string }[] }>(
        'portolan/lookUp',
        {
          query: 'grafana',
        },
      );
      assert.deepEqual([items[0]?.port, items[0]?.label, items[0]?.name], [3000, '3000/tcp', 'Grafana']);
      await assert.rejects(editor.ask('portolan/lookUp', {}), /"query" is a text/);
    });
  });

  test('tell the command that this machine can run, or that of another system to be copied', async () => {
    await withEditor({}, async (editor) => {
      const commandFor = async (params: object): Promise<string | undefined> => {
        const { check } = await editor.ask<{ check?: { command: string } }>('portolan/check', params);
        return check?.command;
      };
      assert.equal(await commandFor({ port: 53, transport: 'udp' }), "ss -lnup 'sport = :53'");
      assert.equal(
        await commandFor({ port: 53, transport: null, tool: 'docker' }),
        'docker ps --filter publish=53',
      );
      assert.equal(await commandFor({ port: 53, tool: 'netstat' }), undefined);
      const copied = { port: 53, transport: 'udp', tool: 'PowerShell', system: 'windows' };
      assert.match((await commandFor(copied)) ?? '', /^Get-NetUDPEndpoint -LocalPort 53 /);
    });
  });

  test('pass on what is asked of an update, and what came of it', async () => {
    const asked: object[] = [];
    const update: EditorOptions['update'] = async ({ from, proxy }, storage) => {
      asked.push({ from, proxy, storage });
      return { refused: 'It is a web page.' };
    };
    await withEditor({ update, initializationOptions: { storage: '/tmp/kept' } }, async (editor) => {
      const params = {
        from: 'https://example.org/x.csv',
        proxy: { url: 'http://proxy:8080', strictSSL: false },
      };
      assert.deepEqual(await editor.ask('portolan/updateRegistry', params), { refused: 'It is a web page.' });
      await editor.ask('portolan/updateRegistry', { proxy: { url: '' } });
      assert.deepEqual(asked, [
        { ...params, storage: '/tmp/kept' },
        { from: undefined, proxy: {}, storage: '/tmp/kept' },
      ]);
    });
  });
});

async function withEditor(options: EditorOptions, use: (editor: Editor) => Promise<void>): Promise<void> {
  const editor = await Editor.start(options);
  try {
    await use(editor);
  } finally {
    editor.stop();
  }
}
