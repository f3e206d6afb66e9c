// npm test: everything that has to hold, from a fresh clone on. `node scripts/test.mjs unit` runs one stage by name.
import process from 'node:process';
import { installDependencies, project } from './dependencies.mjs';
import { build, makePackage } from './packaging.mjs';
import { fetchCompose, installRealPrograms } from './real-programs.mjs';
import { npm, say, script, Trouble } from './steps.mjs';
import { runTestFiles, testFilesIn } from './test-files.mjs';

const stages = [
  { name: 'install', run: installDependencies },
  { name: 'check', run: () => npm(['run', '--silent', 'check'], { cwd: project, otherwise: checkAdvice }) },
  { name: 'build', run: build },
  { name: 'unit', run: async () => runTestFiles(await testFilesIn('test/unit', 'test/server')) },
  { name: 'programs', run: compareWithPrograms },
  { name: 'package', run: makePackage },
  { name: 'editor', run: runInEditor },
];

const checkAdvice = '"npm run format" mends the layout; types and lint are for you.';

await script(async () => {
  const wanted = wantedStages();
  const total = { passed: 0, failed: 0 };
  for (const [index, stage] of wanted.entries()) {
    say(`\n${index + 1}/${wanted.length} ${stage.name}`);
    const { passed = 0, failed = 0 } = (await stage.run()) ?? {};
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) break;
  }
  say(`\n${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
});

/** Portolan and the real programs on the same texts. */
async function compareWithPrograms() {
  await installRealPrograms();
  await fetchCompose();
  return runTestFiles(await testFilesIn('test/programs'));
}

/** The suite inside VS Code, then the packaged extension on the screen. */
async function runInEditor() {
  const { runSuite } = await import('../test/vscode/run-suite.mjs');
  const suite = await runSuite();
  if (suite.failed > 0) return suite;
  const screen = await runTestFiles(['test/vscode/screen.test.mjs', 'test/vscode/commands.test.mjs']);
  return { passed: suite.passed + screen.passed, failed: screen.failed };
}

function wantedStages() {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) {
    throw new Trouble(
      `There is no stage "${unknown}": choose of ${stages.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? stages : stages.filter(({ name }) => names.includes(name));
}
