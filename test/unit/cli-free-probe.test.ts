import assert from 'node:assert/strict';
import { createSocket, type SocketType } from 'node:dgram';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { free } from '../../server/cli/free';
import type { Session } from '../../server/cli/session';
import { Lookout, type LookoutOptions } from '../../server/machine/lookout';
import type { Listener } from '../../server/model/listener';
import { shippedBooks } from '../harness/books';
import { freeRows } from '../harness/free-rows';
import { folder, outcome, portolan } from '../harness/program';

describe('free, while the port sets of two example projects listen', () => {
  interface Published {
    readonly file: string;
    readonly first: number | null;
    readonly last: number | null;
    readonly transport: 'tcp' | 'udp';
    readonly role: string;
    readonly address: string | null;
  }

  const ends: (() => void)[] = [];
  const taken: { readonly port: number; readonly transport: 'tcp' | 'udp' }[] = [];

  before(async () => {
    const examples = join(__dirname, '../../examples');
    const { stdout } = portolan(['ports', '--format', 'json', 'examples'], { cwd: join(examples, '..') });
    const published = (JSON.parse(stdout) as Published[]).filter(
      ({ file, role }) =>
        role === 'publish' && /^examples\/(collisions\/)?compose(\.override)?\.yaml$/.test(file),
    );
    for (const { first, last, transport, address } of published) {
      for (let port = first ?? 1; port <= (last ?? 0); port += 1) {
        if (port < 1024) continue;
        // Who names no address is reached on all: one half of the sockets says so in each family.
        const wildcard = port % 2 === 0 ? '0.0.0.0' : '::';
        await occupy(port, transport, address ?? wildcard);
        taken.push({ port, transport });
      }
    }
  });

  after(() => {
    for (const end of ends) end();
  });

  /** Listens on a port; where another socket has it already, it is taken as well. */
  async function occupy(port: number, transport: 'tcp' | 'udp', address: string): Promise<void> {
    const trouble = await (transport === 'tcp' ? occupyTcp(port, address) : occupyUdp(port, address));
    if (trouble === undefined || trouble === 'EADDRINUSE') return;
    assert.ok(address.includes(':'), `${transport} ${address} ${port}: ${trouble}`);
    // A machine without IPv6.
    await occupy(port, transport, '127.0.0.1');
  }

  function occupyTcp(port: number, address: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      const server = createServer();
      server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
      server.listen({ port, host: address, ipv6Only: true }, () => {
        ends.push(() => server.close());
        resolve(undefined);
      });
    });
  }

  function occupyUdp(port: number, address: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      const type: SocketType = address.includes(':') ? 'udp6' : 'udp4';
      const socket = createSocket({ type, ipv6Only: type === 'udp6' });
      socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
      socket.bind({ port, address }, () => {
        ends.push(() => socket.close());
        resolve(undefined);
      });
    });
  }

  test('these are ports of both, TCP and UDP', () => {
    const told = taken.map(({ port, transport }) => `${port}/${transport}`);
    for (const port of [
      '3000/tcp',
      '5433/tcp',
      '8080/tcp',
      '9001/tcp',
      '3478/udp',
      '3001/tcp',
      '3002/tcp',
      '9100/tcp',
    ])
      assert.ok(told.includes(port), `${port} of ${told.join(' ')}`);
  });

  test('never names one of them, whatever is asked for, in a folder that says nothing of them', () => {
    const cwd = folder({});
    const asked = new Map(taken.map((each) => [`${each.port}/${each.transport}`, each]));
    for (const { port, transport } of asked.values()) {
      const found = freeRows(['--near', `${port}`, '--transport', transport, '--count', '20'], cwd);
      assert.equal(found.length, 20);
      for (const { first, probed, reason } of found) {
        assert.ok(!asked.has(`${first}/${transport}`), `near ${port}: ${first}/${transport}`);
        assert.ok(probed);
        assert.match(reason, /, nothing listens$/);
      }
    }
    const [ranges] = freeRows(['--range', '--count', '3', '--near', '3000', '--probe'], cwd);
    assert.ok(ranges !== undefined && (ranges.last < 3000 || ranges.first > 3002));
  });

  test('says of each of them that it is listened on', () => {
    const cwd = folder({});
    const call = outcome(['free', '--within', '3000-3002'], { cwd });
    assert.match(call[1], /of the 3 ports from 3000 to 3002, 3 are listened on now, 0 are free\n$/);
    assert.deepEqual([call[0], call[2]], ['', 1]);
  });

  test('names them where it may not look, and says so', () => {
    const [row] = freeRows(['--near', '3000', '--no-probe']);
    assert.deepEqual([row?.first, row?.probed], [3000, false]);
    assert.match(row?.reason ?? '', /, not asked what listens$/);
  });
});

describe('free, when the machine cannot be looked at', () => {
  /** Looks that a test left under way would keep the process waiting for their time-out. */
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** A call in this process whose look at the machine the test has in its hands. */
  function called(take: LookoutOptions['take']) {
    const printed = { out: '', error: '' };
    let isAllowed = true;
    const lookout = new Lookout({
      take,
      isAllowed: () => isAllowed,
      report: (message) => {
        printed.error += `portolan: ${message}\n`;
      },
    });
    ends.push(() => {
      isAllowed = false;
      lookout.known();
    });
    const session: Session = {
      books: shippedBooks(),
      ...{ bundled: '', storage: '', platform: 'linux' },
      out: (text) => {
        printed.out += text;
      },
      error: (text) => {
        printed.error += text;
      },
      lookAtMachine: () => lookout.refresh(),
    };
    return { printed, ended: free(['-C', folder({}), '--near', '3000'], session) };
  }

  const unasked = '3000\tfree: registered for hbci, not used in this workspace, not asked what listens\n';

  test('because it hangs, answers after four seconds all the same', async (context: TestContext) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    let isBegun = false;
    const { printed, ended } = called(() => {
      isBegun = true;
      return new Promise(() => undefined);
    });
    for (let turn = 0; turn < 1000 && !isBegun; turn += 1) await setImmediate();
    assert.ok(isBegun);
    assert.equal(printed.out, '');
    context.mock.timers.tick(4000);
    assert.equal(await ended, 0);
    assert.deepEqual(printed, {
      out: unasked,
      error: 'portolan: What listens here cannot be told: it took longer than 4 seconds.\n',
    });
  });

  test('because that fails, says why, and that it was not asked', async () => {
    const { printed, ended } = called(async () => {
      throw new Error('lsof is not there.');
    });
    assert.equal(await ended, 0);
    assert.deepEqual(printed, {
      out: unasked,
      error: 'portolan: What listens here cannot be told: lsof is not there.\n',
    });
  });

  test('and when it can, keeps off what listens', async () => {
    const node: Listener = { transport: 'tcp', address: '127.0.0.1', port: 3000 };
    const { printed, ended } = called(async () => [node]);
    assert.equal(await ended, 0);
    assert.match(printed.out, /^3001\tfree: .*, nothing listens\n$/);
    assert.equal(printed.error, '');
  });
});
