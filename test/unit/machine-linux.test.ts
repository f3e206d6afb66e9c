import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { endianness, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { takeCensus } from '../../server/machine/census';
import { listenersOfLinux } from '../../server/machine/linux';
import type { Listener } from '../../server/model/listener';

const noSignal = new AbortController().signal;

describe('the sockets of this very process', async () => {
  const own = { name: basename(process.execPath).slice(0, 15), pid: process.pid };
  const tcp4 = await listening('127.0.0.1');
  const tcp6 = await listening('::1').catch(() => undefined);
  const peer = net.connect(portOf(tcp4), '127.0.0.1');
  await once(peer, 'connect');
  const udp = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const connected = dgram.createSocket('udp4');
  connected.connect(portOf(udp), '127.0.0.1');
  await once(connected, 'connect');
  const listeners = await takeCensus(process.platform, noSignal);
  after(() => {
    for (const socket of [tcp4, tcp6, udp, connected]) socket?.close();
    peer.destroy();
  });

  test('are found when they listen', () => {
    assert.deepEqual(at('tcp', portOf(tcp4)), [
      { port: portOf(tcp4), transport: 'tcp', address: '127.0.0.1', process: own },
    ]);
    assert.deepEqual(at('udp', portOf(udp)), [
      { port: portOf(udp), transport: 'udp', address: '127.0.0.1', process: own },
    ]);
    if (tcp6 !== undefined)
      assert.deepEqual(at('tcp', portOf(tcp6)), [
        { port: portOf(tcp6), transport: 'tcp', address: '::1', process: own },
      ]);
  });

  test('are left out when they are connected', () => {
    const { localPort = 0 } = peer;
    assert.ok(localPort > 0);
    assert.deepEqual(at('tcp', localPort), []);
    assert.deepEqual(at('udp', connected.address().port), []);
  });

  function at(transport: string, port: number): readonly Listener[] {
    return listeners.filter((listener) => listener.transport === transport && listener.port === port);
  }
});

// Links without a target and with brackets in it are nothing that Windows makes for everybody.
describe('a made-up /proc', { skip: process.platform === 'win32' }, () => {
  const made: string[] = [];
  after(() => {
    for (const folder of made) rmSync(folder, { recursive: true });
  });

  test('is read whatever is missing or broken in it', async () => {
    const proc = tree({
      'net/tcp': `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
${row('7F000001', 8080, '0A', 100)}
garbage
${row('00000000', 81, '0A', 200)}
${row('7F000001', 82, '01', 300)}
${row('00000000', 83, '0A', 400)}
${row('00000000', 84, '0A', 0)}
   9: 0100007F:00`,
      'net/udp': row('00000000', 53, '07', 500),
      'self/comm': 'self\n',
      // Cannot be read, not even by root.
      '11/fd': { link: 'fd' },
      // Is gone when its name is asked for, so that the next one has the socket.
      '12/fd/3': { link: 'socket:[100]' },
      '110/comm': 'my server\n',
      '110/fd/0': { link: '/dev/null' },
      '110/fd/3': { link: 'socket:[100]' },
      '110/fd/4': { link: 'socket:[300]' },
      '110/fd/5': 'no link',
      '110/fd/6': { link: 'socket:[500]' },
      '1100/comm': 'a worker\n',
      '1100/fd/3': { link: 'socket:[100]' },
      '1101/comm': 'node-MainThread\n',
      '1101/exe': { link: '/usr/bin/node (deleted)' },
      '1101/fd/0': { link: 'socket:[400]' },
    });
    const server = { name: 'my server', pid: 110 };
    const expected: readonly Listener[] = [
      { port: 8080, transport: 'tcp', address: '127.0.0.1', process: server },
      { port: 81, transport: 'tcp', address: '0.0.0.0' },
      { port: 83, transport: 'tcp', address: '0.0.0.0', process: { name: 'node', pid: 1101 } },
      { port: 84, transport: 'tcp', address: '0.0.0.0' },
      { port: 53, transport: 'udp', address: '0.0.0.0', process: server },
    ];
    assert.deepEqual(await listenersOfLinux(noSignal, proc), expected);
  });

  test('tells of the interface', async () => {
    const proc = tree({
      'net/tcp6': row('FE800000000000000000000000000001', 90, '0A', 1),
      'net/if_inet6': 'fe800000000000000000000000000001 02 40 20 80     eth0\n',
    });
    const expected = [{ port: 90, transport: 'tcp', address: 'fe80::1%eth0' }];
    assert.deepEqual(await listenersOfLinux(noSignal, proc), expected);
  });

  test('lets others have their turn', async () => {
    const links = Array.from(
      { length: 2000 },
      (_, index) => [`1/fd/${index}`, { link: '/dev/null' }] as const,
    );
    const proc = tree({ 'net/tcp': row('00000000', 80, '0A', 1), ...Object.fromEntries(links) });
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await listenersOfLinux(noSignal, proc);
    isOver = true;
    assert.ok(turns >= 2000 / 128, `${turns} turns`);
  });

  test('is left alone when the signal says so', async () => {
    const proc = tree({ 'net/tcp': row('00000000', 80, '0A', 1), '1/fd/0': { link: '/dev/null' } });
    const controller = new AbortController();
    const reason = new Error('enough');
    const listeners = listenersOfLinux(controller.signal, proc);
    setImmediate(() => controller.abort(reason));
    await assert.rejects(listeners, reason);
  });

  test('is an error when there are no sockets in it, or they cannot be read', async () => {
    await assert.rejects(
      listenersOfLinux(noSignal, tree({ 'self/comm': 'self\n' })),
      /no sockets to be read in/,
    );
    await assert.rejects(listenersOfLinux(noSignal, tree({ 'net/tcp/x': '' })), /cannot be read: EISDIR/);
  });

  function tree(files: Readonly<Record<string, string | { readonly link: string }>>): string {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-proc-'));
    made.push(folder);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      if (typeof content === 'string') writeFileSync(join(folder, path), content);
      else symlinkSync(content.link, join(folder, path));
    }
    return folder;
  }
});

/** A row as the kernel of this machine writes it; the address is in network order. */
function row(address: string, port: number, state: string, inode: number): string {
  const words = address.match(/.{8}/g) ?? [];
  const inOrder = (word: string) => (endianness() === 'LE' ? word.match(/../g)?.reverse().join('') : word);
  const local = `${words.map(inOrder).join('')}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const remote = `${'0'.repeat(address.length)}:0000`;
  return `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0`;
}

async function listening(host: string): Promise<net.Server> {
  const server = net.createServer().listen(0, host);
  await once(server, 'listening');
  return server;
}

function portOf(socket: { address(): net.AddressInfo | string | null }): number {
  const address = socket.address();
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}
