import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { DiagnosticSeverity } from 'vscode';
import {
  closeAll,
  completionsAt,
  findings,
  findingsBecome,
  hoverAt,
  openFile,
  openUntitled,
  placeOf,
} from './editor';

describe('nginx and firewalls', () => {
  afterEach(closeAll);

  it('an nginx configuration has errors, traps and hovers', async () => {
    const document = await openFile('nginx/nginx.conf');
    const found = await findingsBecome(document, (rules) => rules.length === 2);
    assert.deepEqual(found.sort(), ['invalid-port: 70000', 'port-as-host: 8080']);
    const trap = findings(document).find(({ message }) => message.includes('8080'));
    assert.equal(trap?.severity, DiagnosticSeverity.Warning);
    assert.match(await hoverAt(document, placeOf(document, '443')), /https/);
  });

  it('a listener is offered a port, and not the one that is there', async () => {
    const document = await openUntitled('nginx', 'events {}\nhttp { server { listen 80; listen ; } }\n');
    const labels = await completionsAt(document, placeOf(document, 'listen ;', 'listen '.length));
    assert.ok(labels.includes('443') && !labels.includes('80'), `${labels}`);
  });

  it('a zone of firewalld is known by what stands in it', async () => {
    const document = await openFile('firewall/services.xml');
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.deepEqual(found, ['swapped-range: 9090-9080']);
  });

  it('a shell script is read where it calls a firewall', async () => {
    const document = await openFile('firewall/open.sh');
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.deepEqual(found, ['octal-port: 010']);
    assert.match(await hoverAt(document, placeOf(document, '22/tcp')), /ssh/i);
  });
});
