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
  replace,
} from './editor';

describe('a Dockerfile', () => {
  afterEach(closeAll);

  it('tells on hover what a port is', async () => {
    const document = await openFile('Dockerfile');
    const hover = await hoverAt(document, placeOf(document, 'EXPOSE 8080', 'EXPOSE 8'.length));
    assert.match(hover, /8080/);
    assert.match(hover, /http-alt/);
  });

  it('underlines exactly the port that is none', async () => {
    const document = await openFile('Dockerfile');
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.deepEqual(found, ['invalid-port: 70000']);
    assert.equal(findings(document)[0]?.severity, DiagnosticSeverity.Error);
  });

  it('takes the finding back when the port is mended, and brings it again', async () => {
    const document = await openFile('Dockerfile');
    const start = placeOf(document, '70000');
    await replace(document, start, start.translate(0, 5), '7000');
    assert.deepEqual(await findingsBecome(document, (rules) => rules.length === 0), []);
    await replace(document, start, start.translate(0, 4), '70001');
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.deepEqual(found, ['invalid-port: 70001']);
  });

  it('offers port numbers behind EXPOSE', async () => {
    const document = await openFile('Dockerfile');
    const end = placeOf(document, 'CMD');
    await replace(document, end, end, 'EXPOSE \n');
    const labels = await completionsAt(document, end.translate(0, 'EXPOSE '.length));
    assert.ok(labels.some(startsWithPort), `no port number in: ${labels.join(', ')}`);
  });

  it('is read before it is a file', async () => {
    const document = await openUntitled('dockerfile', 'FROM postgres\nEXPOSE 5432 70000\n');
    assert.match(await hoverAt(document, placeOf(document, '5432')), /postgresql/);
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.deepEqual(found, ['invalid-port: 70000']);
  });
});

function startsWithPort(label: string): boolean {
  return /^\d{2,5}\b/.test(label);
}
