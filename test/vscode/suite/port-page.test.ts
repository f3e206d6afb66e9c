import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'mocha';
import { commands, extensions, TabInputWebview, window } from 'vscode';
import { closeAll, eventually, hoverAt, openFile, openUntitled, placeOf } from './editor';

describe('the page of a port', () => {
  afterEach(closePages);

  it('opens beside the text, and the next one in the same place', async () => {
    await openFile('compose.yaml');
    await commands.executeCommand('portolan.openPortPage', 3640);
    await eventually(async () => (pages()[0] === 'Port 3640' ? true : undefined), 'the page');
    await commands.executeCommand('portolan.openPortPage', 3641);
    await eventually(async () => (pages()[0] === 'Port 3641' ? true : undefined), 'the next page');
    assert.equal(pages().length, 1);
    await closeAll();
  });

  it('is linked in the hover, and so is the check', async () => {
    const document = await openFile('compose.yaml');
    const hover = await hoverAt(document, placeOf(document, '5433:5432', 1));
    assert.match(hover, /\(command:portolan\.openPortPage\?%5B5433%5D\)/);
    assert.match(hover, /\(command:portolan\.runCheck\?%5B5433%2C%22tcp%22%5D\)/);
    await closeAll();
  });
});

describe('who listens', () => {
  it('is asked in a terminal of its own', async () => {
    await commands.executeCommand('portolan.runCheck', 3640, 'tcp');
    const terminal = window.terminals.find(({ name }) => name === 'Port 3640');
    assert.ok(terminal !== undefined, 'there is no terminal');
    terminal.dispose();
  });
});

describe('the update of the registry', () => {
  const folders: string[] = [];
  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  it('is used at once, and a file that is no registry changes nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portolan-suite-'));
    folders.push(folder);
    const root = extensions.getExtension('portolan.portolan')?.extensionPath ?? '';
    const shipped = await readFile(join(root, 'data', 'service-names-port-numbers.csv'), 'utf8');
    const file = join(folder, 'registry.csv');
    await writeFile(file, `${shipped}portolan-suite,4,tcp,A row of ours,,,,2026-11-01,,,,\n`);
    const document = await openUntitled('dockerfile', 'FROM alpine\nEXPOSE 4\n');
    const hover = () => hoverAt(document, placeOf(document, '4'));
    assert.doesNotMatch(await hover(), /portolan-suite/);
    await commands.executeCommand('portolan.updateRegistry', file);
    const isNew = async () =>
      /Registered for \*\*portolan-suite\*\*/.test(await hover()) ? true : undefined;
    await eventually(isNew, 'the new registry');
    await writeFile(file, 'no registry\n');
    // The message of the refusal waits to be closed, the command does not.
    await commands.executeCommand('portolan.updateRegistry', file);
    assert.ok(await isNew(), 'the registry that was there is gone');
    await closeAll();
  });
});

function pages(): string[] {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof TabInputWebview).map(({ label }) => label);
}

async function closePages(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  await window.tabGroups.close(tabs.filter(({ input }) => input instanceof TabInputWebview));
}
