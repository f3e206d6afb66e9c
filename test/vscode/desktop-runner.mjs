// Runs the suite through @vscode/test-electron: node desktop-runner.mjs PROGRAM SUITE WORKSPACE DATA
import path from 'node:path';
import process from 'node:process';
import { runTests } from '@vscode/test-electron';
import { project } from '../../scripts/dependencies.mjs';

const [program, suite, workspace, data] = process.argv.slice(2);
try {
  await runTests({
    vscodeExecutablePath: program,
    extensionDevelopmentPath: project,
    extensionTestsPath: suite,
    launchArgs: [
      workspace,
      '--disable-extensions',
      ...['--user-data-dir', path.join(data, 'user'), '--extensions-dir', path.join(data, 'extensions')],
    ],
  });
} catch (error) {
  // The suite's own failures are in its results; everything else shows by their absence.
  console.error(error.message);
  process.exitCode = 1;
}
