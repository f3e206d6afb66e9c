import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import Ajv, { type ValidateFunction } from 'ajv';
import { contributes } from '../../package.json';
import { rulesSetting, schemaPath, settingsSchema } from '../../scripts/write-settings';
import { readSettingsFile } from '../../server/workspace/settings-file';

test('package.json offers every rule and group; `npm run rules` writes it', () => {
  assert.deepEqual(contributes.configuration.properties['portolan.rules'], plain(rulesSetting()));
});

describe('the schema of .portolan.json', () => {
  const validate = validator(settingsSchema());

  test('stands where VS Code is told to look; `npm run rules` writes it', () => {
    const written = `${JSON.stringify(settingsSchema(), undefined, 2)}\n`;
    assert.equal(readFileSync(schemaPath, 'utf8'), written);
    const [{ fileMatch, url } = { fileMatch: '', url: '' }] = contributes.jsonValidation;
    assert.deepEqual([fileMatch, url], ['.portolan.json', './schemas/portolan.schema.json']);
  });

  for (const text of [
    '{}',
    '{ "$schema": "x", "rules": { "compose": "off", "octal-port": "hint" } }',
    '{ "exclude": ["a/**"], "nginxVersion": "1.25.3" }',
    '{ "nginxVersion": "1.25" }',
    '[]',
    '{ "rules": [] }',
    '{ "rules": { "octal-prot": "off" } }',
    '{ "rules": { "octal-port": "loud" } }',
    '{ "rules": { "toString": "off" } }',
    '{ "exclude": "a" }',
    '{ "exclude": [1] }',
    '{ "nginxVersion": "latest" }',
    '{ "nginxVersion": 1.25 }',
    '{ "other": 1 }',
  ]) {
    test(`judges ${text} as the server does`, () => {
      const { faults } = readSettingsFile('file:///.portolan.json', text);
      assert.equal(
        validate(JSON.parse(text)),
        faults.length === 0,
        JSON.stringify([faults, validate.errors]),
      );
    });
  }
});

describe('any bytes are a settings file', () => {
  for (const text of [
    '',
    '\uFEFF{}',
    '\u0000',
    '{',
    '{"',
    '{"rules":{"a"',
    '/*',
    '"\\u12',
    '{"rules":{"compose":}}',
    ']'.repeat(9),
  ]) {
    test(JSON.stringify(text), () => {
      for (const { span } of readSettingsFile('file:///.portolan.json', text).faults)
        assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
    });
  }

  test('however many brackets there are', () => {
    for (const text of ['['.repeat(200_000), '{"a":'.repeat(200_000)]) {
      const [fault, ...more] = readSettingsFile('file:///.portolan.json', text).faults;
      assert.match(fault?.message ?? '', /too deep/);
      assert.deepEqual(more, []);
    }
  });
});

function validator(schema: object): ValidateFunction {
  return new Ajv({ strict: false }).compile(schema);
}

/** As it is when it has been written and read. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
