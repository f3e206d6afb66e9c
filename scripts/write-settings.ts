import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleGroups } from '../server/model/rule-group';
import { levels } from '../server/model/settings';
import { rules } from '../server/rules';
import { rulePage } from '../server/rules/rule-page';

const root = join(__dirname, '..');

/** Where the schema of settings files stands. */
export const schemaPath = join(root, 'schemas/portolan.schema.json');

/** What each level means, in the order of `levels`. */
const levelWords = [
  'Told as an error; `portolan lint` ends with 1.',
  'Told as a warning.',
  'Told as information.',
  'Told as a hint, which editors show by three dots.',
  'Not looked for.',
];

/** The setting `portolan.rules` in package.json: a property for each group and each rule, so that it is completed. */
export function rulesSetting() {
  return {
    type: 'object',
    default: {},
    scope: 'window',
    markdownDescription:
      'How grave what a rule finds is: `error`, `warning`, `information`, `hint` or `off`, by the id of a rule or the name of a group. A rule goes before its group, the nearest `.portolan.json` before both. A case that a rule judges milder than usual stays as mild.',
    properties: properties({ type: 'string', enum: levels, markdownEnumDescriptions: levelWords }),
    additionalProperties: false,
  };
}

/** The schema of `.portolan.json`; comments and trailing commas are VS Code's own extensions of JSON Schema. */
export function settingsSchema() {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of Portolan for a folder and all that lies in it',
    type: 'object',
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      $schema: { type: 'string', description: 'Where this schema is found.' },
      rules: {
        description: 'How grave what a rule finds is, by the id of a rule or the name of a group.',
        type: 'object',
        default: {},
        properties: properties({ $ref: '#/definitions/level' }),
        additionalProperties: false,
      },
      exclude: {
        description:
          'Globs from the folder of this file, with **, *, ? and {a,b}: files that fit, or lie in a folder that fits, are no part of the workspace.',
        type: 'array',
        items: { type: 'string' },
        default: [],
      },
      nginxVersion: {
        description: 'The version of nginx that loads the files.',
        type: 'string',
        pattern: '^\\d{1,4}\\.\\d{1,4}(\\.\\d{1,4})?$',
        examples: ['1.25.3'],
      },
    },
    additionalProperties: false,
    definitions: {
      level: { type: 'string', enum: levels, markdownEnumDescriptions: levelWords },
    },
  };
}

function properties<T extends object>(
  level: T,
): Readonly<Record<string, T & { markdownDescription: string }>> {
  return Object.fromEntries([
    ...Object.entries(ruleGroups).map(([name, about]) => [
      name,
      { ...level, markdownDescription: `All rules of this group: ${about}.` },
    ]),
    ...rules.map(({ id, summary, severity }) => [
      id,
      { ...level, markdownDescription: `${summary} By itself: ${severity}. [More](${rulePage(id)})` },
    ]),
  ]);
}

if (require.main === module) {
  const manifest = join(root, 'package.json');
  const content = JSON.parse(readFileSync(manifest, 'utf8'));
  content.contributes.configuration.properties['portolan.rules'] = rulesSetting();
  writeFileSync(manifest, `${JSON.stringify(content, undefined, 2)}\n`);
  writeFileSync(schemaPath, `${JSON.stringify(settingsSchema(), undefined, 2)}\n`);
}
