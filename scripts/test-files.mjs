import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { project } from './dependencies.mjs';
import { node, Trouble } from './steps.mjs';

/** Runs test files with Node's own runner and answers how many tests passed and failed. */
export async function runTestFiles(files) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portolan-tests-'));
  const results = path.join(folder, 'results.tap');
  try {
    const { code } = await node(['--import', 'tsx', '--test', ...reporters(results), ...files], {
      cwd: project,
      seconds: 600,
    });
    const tap = await readFile(results, 'utf8');
    const passed = counted(tap, 'pass');
    const failed = counted(tap, 'fail') + counted(tap, 'cancelled');
    if (passed + failed === 0) throw new Trouble('Not one test ran.');
    if (code !== 0 && failed === 0) throw new Trouble(`Node's test runner ended with code ${code}.`);
    return { passed, failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** All test files below some folders: Node 20's runner takes no patterns. */
export async function testFilesIn(...folders) {
  const files = [];
  for (const folder of folders) {
    for (const name of await readdir(path.join(project, folder), { recursive: true })) {
      if (name.endsWith('.test.ts')) files.push(path.join(folder, name));
    }
  }
  if (files.length === 0) throw new Trouble(`There is no test file in ${folders.join(' or ')}.`);
  return files.sort();
}

/** One report to read and one to count. */
function reporters(results) {
  return [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${results}`,
  ];
}

function counted(tap, what) {
  return Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
}
