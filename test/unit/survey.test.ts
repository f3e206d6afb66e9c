import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type SurveyLimits, survey } from '../../server/workspace/survey';

describe('a survey of a folder', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'survey-'));
    for (const path of [
      'compose.yaml',
      'api/Dockerfile',
      'pom.xml',
      'node_modules/x/Dockerfile',
      'README.md',
    ]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), path);
    }
    symlinkSync(join(folder, 'compose.yaml'), join(folder, 'compose.yml'));
  });

  after(() => rmSync(folder, { recursive: true }));

  /** What was handed over, and what the survey said that it left out; XML files are not ours here. */
  async function surveyed(limits?: SurveyLimits) {
    const taken: string[] = [];
    const take = (uri: string, text: string): boolean => {
      taken.push(text);
      return !uri.endsWith('.xml');
    };
    const leftOut = await survey(pathToFileURL(folder).href, take, new AbortController().signal, limits);
    return { taken: taken.toSorted(), leftOut };
  }

  test('hands over what could be ours, but no link and nothing that was installed', async () => {
    assert.deepEqual(await surveyed(), { taken: ['api/Dockerfile', 'compose.yaml', 'pom.xml'], leftOut: [] });
  });

  test('counts a file that only has a name like ours as read, not as ours', async () => {
    assert.deepEqual((await surveyed({ files: 2, candidates: 9, folders: 9 })).leftOut, []);
    assert.deepEqual((await surveyed({ files: 9, candidates: 2, folders: 9 })).leftOut, [
      'Only 2 files were read.',
    ]);
  });

  test('ends at its limits and says so', async () => {
    const { leftOut } = await surveyed({ files: 1, candidates: 9, folders: 9 });
    assert.match(leftOut.join(), /^Only [12] files were read\.$/);
    assert.deepEqual((await surveyed({ files: 9, candidates: 9, folders: 1 })).leftOut, [
      'Only 1 folders were searched.',
    ]);
  });

  test('says which address cannot be searched', async () => {
    const leftOut = await survey('vscode-vfs://host/x', () => true, new AbortController().signal);
    assert.deepEqual(leftOut, ['vscode-vfs://host/x cannot be searched: it is not on this machine.']);
  });
});
