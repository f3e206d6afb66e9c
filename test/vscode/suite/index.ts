import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';

/**
 * Runs the suite inside the editor's extension host. The results go to a file beside the bundled tests, because
 * an editor in the browser hands no exit code on to whoever started it.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, slow: 2_000, reporter: 'spec', color: false });
  for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.test.js'))) {
    mocha.addFile(path.join(__dirname, file));
  }
  const tests: { title: string; error?: string }[] = [];
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => tests.push({ title: test.fullTitle() }))
      .on('fail', (test, error) => tests.push({ title: test.fullTitle(), error: `${error.stack ?? error}` }));
  });
  const results = path.join(__dirname, 'results.json');
  writeFileSync(`${results}.part`, JSON.stringify({ tests }));
  renameSync(`${results}.part`, results);
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
