import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020';
import type { Log, Result } from 'sarif';
import { rules } from '../../server/rules';
import { faultless, folder, placeOf, portolan } from '../harness/program';

const compose = 'services:\n  "🚢": { ports: ["8080:80", 08080] }\n  b: { ports: ["8080:81"] }\n';

describe('lint --format sarif', () => {
  test('is valid against the schema of SARIF 2.1.0, whatever is found', () => {
    for (const files of [
      { Dockerfile: faultless },
      { 'compose.yaml': compose, 'a b/é%/Dockerfile': 'FROM alpine\nEXPOSE 70000\n' },
      { Dockerfile: '# portolan-ignore-file invalid-port: so\nFROM alpine\nEXPOSE 70000\n' },
      { Dockerfile: faultless, '.portolan.json': '{ "rules": 1 }' },
    ]) {
      assertValid(logOf(files));
    }
    // The schema has to find faults, else this shows nothing.
    assert.throws(() => assertValid({ ...logOf({ Dockerfile: faultless }), version: '2.0.0' }));
  });

  test('lists every rule with its page, its usual level and its group', () => {
    const listed = runOf({ Dockerfile: faultless }).tool.driver.rules ?? [];
    assert.deepEqual(
      listed.map(({ id }) => id),
      rules.map(({ id }) => id),
    );
    const rule = listed.find(({ id }) => id === 'octal-port');
    assert.match(rule?.helpUri ?? '', /#octal-port$/);
    assert.equal(rule?.defaultConfiguration?.level, 'warning');
    assert.deepEqual(rule?.properties?.tags, ['format']);
  });

  test('places a result and the other party in UTF-16 columns, with an address that is encoded', () => {
    const files = { 'a b/compose.yaml': compose.replace(', 08080', '') };
    const run = runOf(files);
    assert.equal(run.columnKind, 'utf16CodeUnits');
    const [result, ...more] = run.results ?? [];
    assert.deepEqual([result?.ruleId, result?.level, more], ['published-port-conflict', 'error', []]);
    assert.equal(rules[result?.ruleIndex ?? -1]?.id, 'published-port-conflict');
    const text = files['a b/compose.yaml'];
    const other = text.replace('8080', '----');
    const artifactLocation = { uri: 'a%20b/compose.yaml', uriBaseId: '%SRCROOT%' };
    assert.deepEqual(result?.locations?.[0]?.physicalLocation, {
      artifactLocation,
      region: regionOf(other, '8080'),
    });
    const [related] = result?.relatedLocations ?? [];
    assert.deepEqual(related?.physicalLocation, { artifactLocation, region: regionOf(text, '8080') });
    assert.match(related?.message?.text ?? '', /🚢/);
  });

  test('has the fixes as changes of files', () => {
    const results = runOf({ 'compose.yaml': compose }).results ?? [];
    const [fix] = results.find(({ ruleId }) => ruleId === 'invalid-ports-value')?.fixes ?? [];
    assert.deepEqual(fix, {
      description: { text: 'Put it in quotes' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'compose.yaml', uriBaseId: '%SRCROOT%' },
          replacements: [{ deletedRegion: regionOf(compose, '08080'), insertedContent: { text: '"08080"' } }],
        },
      ],
    });
  });

  test('has what comments ignore, with the reason, and ends with 0 for it', () => {
    const cwd = folder({
      Dockerfile: 'FROM alpine\n# portolan-ignore invalid-port: it is a joke\nEXPOSE 70000\n',
    });
    const { stdout, status } = portolan(['lint', '--format', 'sarif'], { cwd });
    const [result]: Result[] = JSON.parse(stdout).runs[0].results;
    assert.deepEqual(result?.suppressions, [{ kind: 'inSource', justification: 'it is a joke' }]);
    assert.equal(status, 0);
  });

  test('tells what could not be read', () => {
    const run = runOf({ Dockerfile: faultless, '.portolan.json': '[]' });
    const [invocation] = run.invocations ?? [];
    assert.equal(invocation?.executionSuccessful, false);
    assert.match(
      invocation?.toolExecutionNotifications?.[0]?.message.text ?? '',
      /^\.portolan\.json:1:1: The settings are an object/,
    );
  });
});

/** The schema comes with the tool that Microsoft validates logs with. */
function assertValid(log: object): void {
  const system = { darwin: 'darwin', win32: 'win32' }[process.platform as string] ?? 'linux';
  const path = require.resolve(`@microsoft/sarif-multitool-${system}/sarif-2.1.0.json`);
  const schema = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  // Ajv knows no formats by itself; the addresses are held against their own test.
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  assert.ok(validate(log), JSON.stringify(validate.errors));
}

function logOf(files: Readonly<Record<string, string>>): Log {
  return JSON.parse(portolan(['lint', '--format', 'sarif'], { cwd: folder(files) }).stdout);
}

function runOf(files: Readonly<Record<string, string>>) {
  const [run, ...more] = logOf(files).runs;
  assert.ok(run !== undefined && more.length === 0);
  return run;
}

/** The first place of some characters, as SARIF tells it. */
function regionOf(text: string, part: string) {
  const { line, column, endLine, endColumn } = placeOf(text, part);
  return {
    ...{ startLine: line, startColumn: column, endLine, endColumn },
    ...{ charOffset: text.indexOf(part), charLength: part.length },
  };
}
