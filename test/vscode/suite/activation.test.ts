import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { commands, extensions } from 'vscode';
import { closeAll, findingsBecome, openFile } from './editor';

describe('activation', () => {
  after(closeAll);

  it('is brought about by opening a Dockerfile', async () => {
    await openFile('Dockerfile');
    const extension = extensions.getExtension('portolan.portolan');
    assert.ok(extension, 'the extension is not there');
    // The editor has to activate it by itself: a user calls nothing.
    const deadline = Date.now() + 10_000;
    while (!extension.isActive && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(extension.isActive, true);
  });

  it('survives a restart of the language server', async () => {
    const document = await openFile('Dockerfile');
    await commands.executeCommand('portolan.restartServer');
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.deepEqual(found, ['invalid-port: 70000']);
  });
});
