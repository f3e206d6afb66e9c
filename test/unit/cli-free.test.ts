import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { freeRows } from '../harness/free-rows';
import { emptyFolder, git, repository } from '../harness/git';
import { assertRefused, composeOf, folder, outcome, portolan } from '../harness/program';

function firsts(argv: readonly string[], cwd?: string): readonly number[] {
  return freeRows(argv, cwd).map(({ first }) => first);
}

const silent = ['--no-probe'];

describe('free', () => {
  test('has every documented key in JSON', () => {
    assert.deepEqual(freeRows(['--near', '5432', ...silent]), [
      {
        ...{ first: 5432, last: 5432, transport: 'tcp', registered: 'postgresql' },
        reason: 'free: registered for postgresql, not used in this workspace, not asked what listens',
        probed: false,
      },
    ]);
    const [row] = freeRows(['--near', '15432', ...silent]);
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

  test('of one file or folder says that it tells of no other', () => {
    const cwd = folder({
      'compose.yaml': composeOf('8080:80'),
      'compose.dev.yaml': composeOf('8081:80'),
      'deep/compose.yaml': composeOf('8082:80'),
      'deep/down/.portolan.json': '{ "exclude": 1 }',
      'deep/down/compose.yaml': composeOf('8083:80'),
    });
    const said = (path: string): string =>
      portolan(['free', '--near', '8080', path, ...silent], { cwd }).stdout.trimEnd();
    const of = (port: number, what: string): RegExp =>
      new RegExp(`^${port}\tfree: [^,]*, not used in ${what}, not asked what listens$`);
    assert.match(said('compose.yaml'), of(8081, 'compose\\.yaml'));
    assert.match(said('./compose.dev.yaml'), of(8080, '\\./compose\\.dev\\.yaml'));
    assert.match(said('deep'), of(8080, 'what was read of deep'));
    rmSync(join(cwd, 'deep/down/.portolan.json'));
    assert.match(said('deep'), of(8080, 'deep'));
    assert.match(said('.'), of(18080, 'this workspace'));
  });

  test('keeps off the ports of other git worktrees', () => {
    const top = emptyFolder();
    repository(join(top, 'main'));
    git(join(top, 'main'), 'worktree', 'add', '--quiet', join(top, 'one'));
    writeFileSync(join(top, 'one', 'compose.yaml'), composeOf('8080:80'));
    mkdirSync(join(top, 'main', 'deep'));
    for (const cwd of [join(top, 'main'), join(top, 'main', 'deep')]) {
      const [row] = freeRows(['--near', '8080', ...silent], cwd);
      assert.equal(row?.first, 8081);
      assert.match(row?.reason ?? '', /not used in this workspace and its worktrees/);
    }
    assert.deepEqual(firsts(['--near', '8080', ...silent], join(top, 'one')), [8081]);
    // What lies around the folder of the call is wanted on this machine as well.
    writeFileSync(join(top, 'main', 'compose.yaml'), composeOf('8081:80'));
    assert.equal(freeRows(['--near', '8081', ...silent], join(top, 'main', 'deep'))[0]?.first, 8082);
    // So does who names a file.
    writeFileSync(join(top, 'main', 'compose.yaml'), composeOf('8090:80'));
    const [row] = freeRows(['--near', '8080', 'compose.yaml', ...silent], join(top, 'main'));
    assert.equal(row?.first, 8081);
    assert.match(row?.reason ?? '', /not used in compose\.yaml and the other worktrees/);
  });

  test('finds ports side by side', () => {
    const [row, ...more] = freeRows(['--range', '--count', '3', '--near', '9100', ...silent]);
    assert.deepEqual([row?.first, row?.last, more], [9100, 9102, []]);
    const cwd = folder({ 'compose.yaml': composeOf('9102:80') });
    const [text] = outcome(['free', '--range', '--count', '3', '--near', '9100', ...silent], { cwd });
    assert.match(text, /^\d+-\d+\tfree: /);
    const [found] = freeRows(['--range', '--count', '3', '--near', '9100', ...silent], cwd);
    assert.ok(found !== undefined && (found.last < 9102 || found.first > 9102));
    assert.equal(freeRows(['--range', ...silent]).length, 1);
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
    // A socket on `::` takes IPv4 as well, as a rule.
    assert.equal(near('8090', '--address', '::'), 8091);
    assert.equal(near('8095', '--address', '::'), 8096);
    assert.equal(near('8095', '--address', '[::]'), 8096);
    assert.equal(near('8095', '--address', '0.0.0.0'), 8095);
    assert.equal(freeRows(['--transport', 'dccp', ...silent], cwd)[0]?.transport, 'dccp');
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
    [['--near', '-1'], /--near takes a number from 1 to 65535, not "-1"/],
    [['--near', '8e3'], /--near takes a number/],
    [['--near', ''], /--near takes a number/],
    [['--near'], /--near needs a value; see/],
    [['--near', '--count', '2'], /--near needs a value, and "--count" is an option/],
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
    [['-'], /free takes a folder or a file, not standard input/],
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
