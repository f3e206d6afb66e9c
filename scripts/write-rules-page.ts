import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../server/model/rule';
import { rules } from '../server/rules';
import { parseArchive } from '../test/harness/archive';

const root = join(__dirname, '..');

/** RULES.md: a chapter for each rule, made from the rule itself and from the scenarios that test it. */
export function rulesPage(): string {
  const index = rules.map(({ id, severity, summary }) => `| [${id}](#${id}) | ${severity} | ${summary} |`);
  return [
    '# Rules',
    '',
    'What Portolan finds, rule by rule. This page is written by `npm run rules` from the rules in `server/rules` and the',
    'scenarios in `test/fixtures/rules`, which are also their tests: the findings are drawn under the code.',
    '',
    '| rule | severity | what it finds |',
    '| --- | --- | --- |',
    ...index,
    '',
    ...rules.flatMap(chapter),
  ].join('\n');
}

function chapter({ id, severity, summary, rationale }: Rule): readonly string[] {
  return [
    `## ${id}`,
    '',
    `**${summary}** Severity: ${severity}.`,
    '',
    rationale,
    '',
    ...example(`${id}.fires.txt`, 'Found'),
    ...example(`${id}.silent.txt`, 'Not found'),
  ];
}

function example(file: string, title: string): readonly string[] {
  const { prose, sections } = parseArchive(readFileSync(join(root, 'test/fixtures/rules', file), 'utf8'));
  const files = sections.filter((section) => !section.title.startsWith('@'));
  return [
    `${title}: ${prose.trim()}`,
    '',
    ...files.flatMap((section) => ['```text', `# ${section.title}`, section.body, '```', '']),
  ];
}

if (require.main === module) writeFileSync(join(root, 'RULES.md'), rulesPage());
