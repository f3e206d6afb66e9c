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
  writeFile,
} from './editor';

describe('a compose file', () => {
  afterEach(closeAll);

  it('tells on hover what a container port is', async () => {
    const document = await openFile('compose.yaml');
    const hover = await hoverAt(document, placeOf(document, '5433:5432', '5433:5'.length));
    assert.match(hover, /5432/);
    assert.match(hover, /postgresql/);
  });

  it('underlines exactly the transport that Compose does not know', async () => {
    const document = await openFile('compose.yaml');
    const found = await findingsBecome(document, (rules) => rules.includes('invalid-transport: icmp'));
    assert.deepEqual(found, ['invalid-transport: icmp']);
    assert.equal(findings(document)[0]?.severity, DiagnosticSeverity.Error);
  });

  it('takes the finding back when the transport is mended', async () => {
    const document = await openFile('compose.yaml');
    const start = placeOf(document, 'icmp');
    await replace(document, start, start.translate(0, 4), 'udp');
    assert.deepEqual(await findingsBecome(document, (rules) => rules.length === 0), []);
  });

  it('offers port numbers in an empty item of ports', async () => {
    const document = await openFile('compose.yaml');
    const end = document.lineAt(document.lineCount - 1).range.end;
    await replace(document, end, end, '  cache:\n    image: redis\n    ports:\n      - ');
    const labels = await completionsAt(document, document.lineAt(document.lineCount - 1).range.end);
    assert.ok(
      labels.some((label) => /^"?\d{2,5}\b/.test(label)),
      `no port number in: ${labels.join(', ')}`,
    );
  });

  it('is read anew when its .env changes on disk', async () => {
    const document = await openFile('variables/compose.yaml');
    assert.match(await hoverAt(document, placeOf(document, 'WEB_PORT')), /8081/);
    await writeFile('variables/.env', 'WEB_PORT=70000\n');
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^invalid-port: .*WEB_PORT/);
  });

  it('is known by its name where the editor takes it for any YAML', async () => {
    const document = await openFile('podman-compose.yml');
    assert.equal(document.languageId, 'yaml');
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.deepEqual(found, ['invalid-port: 70000']);
  });

  it('is read before it is a file', async () => {
    const document = await openUntitled(
      'dockercompose',
      'services:\n  a:\n    image: x\n    ports: ["0:70000"]\n',
    );
    const found = await findingsBecome(document, (rules) => rules.length > 0);
    assert.deepEqual(found, ['invalid-port: 70000']);
  });
});
