import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { takeCensus } from '../../server/machine/census';
import { runTool } from '../../server/machine/run-tool';

const noSignal = new AbortController().signal;

describe('a tool of the system', { concurrency: true }, () => {
  test('answers with what it writes', async () => {
    assert.equal(await node('process.stdout.write("é")'), 'é');
  });

  test('is started in its own folder', async () => {
    assert.equal(await node('process.stdout.write(process.cwd())'), join(process.execPath, '..'));
  });

  test('that is missing is told of by its path', async () => {
    await assert.rejects(runTool('/no/such/tool', [], noSignal), { message: '/no/such/tool is not there.' });
  });

  test('that fails is told of with what it said', async () => {
    const script = 'console.error("no\\nsuch"); process.exit(3)';
    const message = `${process.execPath} ended with exit code 3: no`;
    await assert.rejects(node(script), { message });
    await assert.rejects(node(script, [3]), { message });
  });

  test('may fail when it is known to', async () => {
    assert.equal(await node('console.error("x"); console.log("y"); process.exitCode = 1', [1]), 'y\n');
    assert.equal(await node('process.exit(1)', [1]), '');
    await assert.rejects(node('process.exit(2)', [1]), /ended with exit code 2\.$/);
  });

  test('that writes without end is stopped', async () => {
    const script = 'setInterval(() => process.stdout.write("x".repeat(1e6)))';
    await assert.rejects(node(script), /wrote more than 4194304 bytes\.$/);
  });

  test('that takes too long is stopped', async () => {
    await assert.rejects(node('setInterval(() => {}, 1000)'), /took longer than 3 seconds\.$/);
  });

  test('is stopped by the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const run = runTool(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], controller.signal);
    setTimeout(() => controller.abort(reason), 50);
    await assert.rejects(run, reason);
    await assert.rejects(runTool(process.execPath, ['-e', ''], controller.signal), reason);
  });

  function node(script: string, failures: readonly number[] = []): Promise<string> {
    return runTool(process.execPath, ['-e', script], noSignal, failures);
  }
});

test('a system that we do not know has no listeners', async () => {
  assert.deepEqual(await takeCensus('aix', noSignal), []);
});

test('the tools of another system are not there', { skip: process.platform === 'win32' }, async () => {
  await assert.rejects(
    takeCensus('win32', noSignal),
    /^Error: .*\\System32\\(netstat|tasklist)\.exe is not there\.$/,
  );
});
