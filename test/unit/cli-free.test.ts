import assert from 'node:assert/strict';
import { createSocket, type SocketType } from 'node:dgram';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { free } from '../../server/cli/free';
import type { Session } from '../../server/cli/session';
import { Lookout, type LookoutOptions } from '../../server/machine/lookout';
import type { Listener } from '../../server/model/listener';
import { shippedBooks } from '../harness/books';
import { emptyFolder, git, repository } from '../harness/git';
import { assertRefused, composeOf, folder, outcome, portolan } from '../harness/program';

interface FreeRow {
  readonly first: number;
  readonly last: number;
  readonly transport: string;
  readonly registered: string | null;
  readonly reason: string;
  readonly probed: boolean;
}

/** The rows of a call that finds something. */
function rows(argv: readonly string[], cwd = folder({})): readonly FreeRow[] {
  const { stdout, stderr, status } = portolan(['free', '--format', 'json', ...argv], { cwd });
  assert.deepEqual([stderr, status], ['', 0]);
  return JSON.parse(stdout);
}

function firsts(argv: readonly string[], cwd?: string): readonly number[] {
  return rows(argv, cwd).map(({ first }) => first);
}

const silent = ['--no-probe'];

describe('free', () => {
  test('has every documented key in JSON', () => {
    assert.deepEqual(rows(['--near', '5432', ...silent]), [
      {
        ...{ first: 5432, last: 5432, transport: 'tcp', registered: 'postgresql' },
        reason: 'free: registered for postgresql, not used in this workspace, not asked what listens',
        probed: false,
      },
    ]);
    const [row] = rows(['--near', '15432', ...silent]);
    assert.equal(row?.registered, null);
  });

  test('prints a line for each port, with its reason behind a tab', () => {
    const call = outcome(['free', '--near', '5432', '--count', '2', ...silent], { cwd: folder({}) });
    const ending = 'not used in this workspace, not asked what listens';
    assert.deepEqual(call, [
      `5432\tfree: registered for postgresql, ${ending}\n5433\tfree: registered for pyrrho, ${ending}\n`,
      '',
      0,
    ]);
  });

  test('keeps off what the files of its folder want', () => {
    const cwd = folder({
      'compose.yaml': composeOf('8080:80'),
      'compose.override.yaml': composeOf('${WEB_PORT:-8081}:80'),
      '.env': 'WEB_PORT=8082\n',
      'deep/down/compose.yaml': composeOf('8083:80'),
    });
    assert.deepEqual(firsts(['--near', '8080', '--count', '3', ...silent], cwd), [18080, 28080, 8079]);
    assert.deepEqual(firsts(['--near', '8080', '.', ...silent], cwd), [18080]);
    assert.deepEqual(firsts(['--near', '8083', 'deep', ...silent], cwd), [8084]);
    assert.deepEqual(firsts(['--near', '8080', 'deep', ...silent], cwd), [8080]);
    assert.deepEqual(firsts(['-C', 'deep', '--near', '8080', ...silent], cwd), [8080]);
    assert.deepEqual(firsts(['-C', 'deep', 'down', '--near', '8083', ...silent], cwd), [8084]);
  });

  test('of one file says that others were not read', () => {
    const cwd = folder({ 'compose.yaml': composeOf('8080:80'), 'compose.dev.yaml': composeOf('8081:80') });
    const [row] = rows(['--near', '8080', 'compose.yaml', ...silent], cwd);
    assert.match(row?.reason ?? '', /not used in what was read of this workspace/);
  });

  test('keeps off the ports of other git worktrees', () => {
    const top = emptyFolder();
    repository(join(top, 'main'));
    git(join(top, 'main'), 'worktree', 'add', '--quiet', join(top, 'one'));
    writeFileSync(join(top, 'one', 'compose.yaml'), composeOf('8080:80'));
    mkdirSync(join(top, 'main', 'deep'));
    for (const cwd of [join(top, 'main'), join(top, 'main', 'deep')]) {
      const [row] = rows(['--near', '8080', ...silent], cwd);
      assert.equal(row?.first, 8081);
      assert.match(row?.reason ?? '', /not used in this workspace and its worktrees/);
    }
    assert.deepEqual(firsts(['--near', '8080', ...silent], join(top, 'one')), [8081]);
  });

  test('finds ports side by side', () => {
    const [row, ...more] = rows(['--range', '--count', '3', '--near', '9100', ...silent]);
    assert.deepEqual([row?.first, row?.last, more], [9100, 9102, []]);
    const cwd = folder({ 'compose.yaml': composeOf('9102:80') });
    const [text] = outcome(['free', '--range', '--count', '3', '--near', '9100', ...silent], { cwd });
    assert.match(text, /^\d+-\d+\tfree: /);
    const [found] = rows(['--range', '--count', '3', '--near', '9100', ...silent], cwd);
    assert.ok(found !== undefined && (found.last < 9102 || found.first > 9102));
    assert.equal(rows(['--range', ...silent]).length, 1);
  });

  test('keeps to bounds, below 1024 where these lie there whole', () => {
    assert.deepEqual(firsts(['--within', '9000-9000', ...silent]), [9000]);
    assert.deepEqual(
      firsts(['--within', '9000-9001', '--near', '80', '--count', '2', ...silent]),
      [9000, 9001],
    );
    assert.deepEqual(firsts(['--within', '443-443', ...silent]), [443]);
    const wide = firsts(['--within', '1-65535', '--count', '20', ...silent]);
    assert.ok(wide.every((port) => port >= 1024));
  });

  test('tells transports and addresses apart', () => {
    const cwd = folder({
      'compose.yaml':
        'services: { a: { ports: ["8080:80/udp", "127.0.0.1:8090:80", "[::1]:8095:80", "8099:80/sctp"] } }\n',
    });
    const near = (port: string, ...more: readonly string[]) =>
      firsts(['--near', port, ...more, ...silent], cwd)[0];
    assert.equal(near('8080'), 8080);
    assert.equal(near('8080', '--transport', 'udp'), 8081);
    assert.equal(near('8080', '--transport', 'UDP'), 8081);
    assert.equal(near('8099', '--transport', 'sctp'), 8100);
    assert.equal(near('8090'), 8091);
    assert.equal(near('8090', '--address', '127.0.0.1'), 8091);
    assert.equal(near('8090', '--address', '127.0.0.2'), 8090);
    assert.equal(near('8090', '--address', '::'), 8090);
    assert.equal(near('8095', '--address', '::'), 8096);
    assert.equal(near('8095', '--address', '0.0.0.0'), 8095);
    assert.equal(rows(['--transport', 'dccp', ...silent], cwd)[0]?.transport, 'dccp');
  });

  test('exits with 1 and the reason when none is left, or fewer than asked for', () => {
    const cwd = folder({ 'compose.yaml': composeOf('9000-9001:80-81') });
    const call = (...argv: readonly string[]) => outcome(['free', ...argv, ...silent], { cwd });
    const of =
      'of the 2 ports from 9000 to 9001, 2 are wanted by files, 0 are free; what listens was not asked';
    assert.deepEqual(call('--within', '9000-9001'), ['', `portolan: no port is free: ${of}\n`, 1]);
    assert.deepEqual(call('--within', '9000-9001', '--format', 'json')[0], '[]\n');
    const [text, reason, status] = call('--within', '9001-9002', '--count', '2');
    assert.match(text, /^9002\t[^\n]*\n$/);
    assert.match(reason, /^portolan: no more ports are free: of the 2 ports .*\n$/);
    assert.equal(status, 1);
    const wide = call('--range', '--count', '65535');
    assert.match(wide[1], /^portolan: no port is free: .* too few of them side by side/);
    assert.deepEqual([wide[0], wide[2]], ['', 1]);
  });

  test('exits with 2 where something cannot be read, for that may want any port', () => {
    assertRefused(portolan(['free', 'nowhere', ...silent], { cwd: folder({}) }), /nowhere is not there/);
    assertRefused(
      portolan(['free', '-C', 'nowhere', ...silent], { cwd: folder({}) }),
      /nowhere is no folder/,
    );
    const json = portolan(['free', 'nowhere', '--format', 'json', ...silent], { cwd: folder({}) });
    assert.deepEqual([json.stdout, json.status], ['', 2]);
    const cwd = folder({ 'compose.yaml': composeOf('8080:80'), '.portolan.json': '{ "exclude": 1 }' });
    const { stdout, stderr, status } = portolan(['free', '--near', '8080', ...silent], { cwd });
    assert.match(stdout, /^8081\tfree: .* not used in what was read of this workspace/);
    assert.match(stderr, /^portolan: \.portolan\.json:1:\d+: /);
    assert.equal(status, 2);
  });

  const bad: readonly (readonly [argv: readonly string[], reason: RegExp])[] = [
    [['--near', '0'], /--near takes a number from 1 to 65535, not "0"/],
    [['--near', '65536'], /--near takes a number from 1 to 65535/],
    [['--near', '-1'], /--near/],
    [['--near', '8e3'], /--near takes a number/],
    [['--near', ''], /--near takes a number/],
    [['--near'], /--near/],
    [['--count', '0'], /--count takes a number from 1 to 65535, not "0"/],
    [['--count', '1.5'], /--count takes a number/],
    [['--within', '80'], /--within takes a range of ports, as 8000-8999, not "80"/],
    [['--within', '9-8'], /--within takes a range/],
    [['--within', '0-8'], /--within takes a range/],
    [['--within', '1-65536'], /--within takes a range/],
    [['--transport', 'http'], /--transport takes tcp, udp, sctp, dccp, udplite, not "http"/],
    [['--address', 'localhost'], /--address takes an IP address, not "localhost"/],
    [['--address', '1.2.3'], /--address takes an IP address/],
    [['--format', 'xml'], /--format takes text, json, not "xml"/],
    [['--probe', '--no-probe'], /--probe and --no-probe exclude each other/],
    [['one', 'other'], /free takes one folder or file at the most/],
    [['--as', 'compose'], /unknown option '--as'/],
    [['--nearby', '80'], /unknown option '--nearby'/],
  ];
  for (const [argv, reason] of bad)
    test(`refuses ${argv.join(' ')}`, () => {
      const call = portolan(['free', ...argv], { cwd: folder({}) });
      assert.equal(call.stdout, '');
      assertRefused(call, reason);
    });

  test('is told of in the help, with every option that it takes', () => {
    const help = portolan(['--help']).stdout;
    const own = help.slice(help.indexOf('portolan free'), help.indexOf('portolan update-registry'));
    for (const option of [
      'near',
      'count',
      'range',
      'within',
      'transport',
      'address',
      'no-probe',
      'probe',
      'format',
    ])
      assert.match(own, new RegExp(`--${option}\\b`));
  });
});

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
      const found = rows(['--near', `${port}`, '--transport', transport, '--count', '20'], cwd);
      assert.equal(found.length, 20);
      for (const { first, probed, reason } of found) {
        assert.ok(!asked.has(`${first}/${transport}`), `near ${port}: ${first}/${transport}`);
        assert.ok(probed);
        assert.match(reason, /, nothing listens$/);
      }
    }
    const [ranges] = rows(['--range', '--count', '3', '--near', '3000', '--probe'], cwd);
    assert.ok(ranges !== undefined && (ranges.last < 3000 || ranges.first > 3002));
  });

  test('says of each of them that it is listened on', () => {
    const cwd = folder({});
    const call = outcome(['free', '--within', '3000-3002'], { cwd });
    assert.match(call[1], /of the 3 ports from 3000 to 3002, 3 are listened on now, 0 are free\n$/);
    assert.deepEqual([call[0], call[2]], ['', 1]);
  });

  test('names them where it may not look, and says so', () => {
    const [row] = rows(['--near', '3000', '--no-probe']);
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
