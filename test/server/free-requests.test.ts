import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Listener } from '../../server/model/listener';
import { composeWith } from '../harness/chart';
import { folderWith } from '../harness/folder';
import { withEditor } from './editor';

interface FreeAnswer {
  readonly items: readonly { readonly text: string; readonly reason: string }[];
  readonly shortage?: string;
}

const node: Listener = {
  port: 5433,
  transport: 'tcp',
  address: '127.0.0.1',
  process: { name: 'node', pid: 1 },
};

describe('a request for free ports', () => {
  test('is answered with ports that no file wants and nobody listens on, each with its reason', async () => {
    const folder = folderWith({ 'compose.yaml': composeWith('5432:5432'), 'nginx.conf': 'events {}\n' });
    await withEditor({ folders: [folder.uri], take: async () => [node] }, async (editor) => {
      const answer = await editor.ask<FreeAnswer>('portolan/freePorts', { near: 5432, count: 2 });
      assert.deepEqual(
        answer.items.map(({ text }) => text),
        ['15432', '5434'],
      );
      assert.match(
        answer.items[0]?.reason ?? '',
        /^free: unassigned, not used in this workspace, nothing listens$/,
      );
      assert.equal(answer.shortage, undefined);
    });
  });

  test('says that it was not asked what listens, where nobody may look', async () => {
    const take = async () => assert.fail('the machine was looked at');
    await withEditor({ take, initializationOptions: { isTrusted: false } }, async (editor) => {
      const { items } = await editor.ask<FreeAnswer>('portolan/freePorts', { near: 15432 });
      assert.deepEqual(items, [
        {
          text: '15432',
          reason: 'free: unassigned, not used in what was read of this workspace, not asked what listens',
        },
      ]);
    });
  });

  test('refuses what is no port, and never gives more than fifty', async () => {
    await withEditor({}, async (editor) => {
      for (const params of [{}, { near: null, count: null }]) {
        const { items } = await editor.ask<FreeAnswer>('portolan/freePorts', params);
        assert.deepEqual(
          items.map(({ text }) => text),
          ['8080'],
        );
      }
      for (const [params, message] of [
        [{ near: 0 }, '0 is no port to be near: ports are the numbers from 1 to 65535'],
        [{ near: 70_000 }, '70000 is no port to be near: ports are the numbers from 1 to 65535'],
        [{ near: -1 }, '-1 is no port to be near: ports are the numbers from 1 to 65535'],
        [{ near: 1.5 }, '1.5 is no port to be near: ports are the numbers from 1 to 65535'],
        [{ near: '80' }, '"80" is no port to be near: ports are the numbers from 1 to 65535'],
        [{ near: {} }, 'object is no port to be near: ports are the numbers from 1 to 65535'],
        [{ count: 0 }, '"count" is a number from 1 to 50'],
        [{ count: 51 }, '"count" is a number from 1 to 50'],
      ] as const)
        await assert.rejects(editor.ask('portolan/freePorts', params), { code: -32602, message });
      const { items } = await editor.ask<FreeAnswer>('portolan/freePorts', { count: 50 });
      assert.equal(new Set(items.map(({ text }) => text)).size, 50);
    });
  });

  test('says why there is none', async () => {
    const folder = folderWith({ 'compose.yaml': composeWith('1-65535:1-65535') });
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      const answer = await editor.ask<FreeAnswer>('portolan/freePorts', { near: 80 });
      assert.deepEqual(answer.items, []);
      assert.match(answer.shortage ?? '', /^of the 65535 ports from 1 to 65535, 65535 are wanted by files/);
    });
  });
});
