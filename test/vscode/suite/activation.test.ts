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
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('survives a restart of the language server', async () => {
    const document = await openFile('Dockerfile');
    await commands.executeCommand('portolan.restartServer');
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.deepEqual(found, ['invalid-port: 70000']);
  });
});
