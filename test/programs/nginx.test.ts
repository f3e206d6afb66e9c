import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { nginx } from '../../server/dialects/nginx/nginx';
import { address } from '../../server/model/address';
import type { Reading } from '../../server/model/reading';
import {
  loadedModules,
  nginxProgram as program,
  skipsNginx as skip,
  nginxVersion as version,
} from '../harness/nginx-program';
import { knownDifferences, nginxCases } from './nginx.cases';
import { nginxPeerCases } from './nginx-peers.cases';

/** These load: nginx binds or dials something else than it seems. */
const traps: ReadonlySet<string> = new Set(['port-as-host', 'random-port', 'port-in-name', 'unusable-port']);

test('nginx and Portolan agree on what loads, why not, and which ports are bound', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-nginx-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const cases = [...nginxCases, ...nginxPeerCases];
  assert.ok(cases.length >= 1200, `There are ${cases.length} cases`);
  const outcomes = runAll(folder, cases);
  const differences: string[] = [];
  const known = new Map<string, number>();
  let ports = 0;
  for (const [index, config] of cases.entries()) {
    const outcome = outcomes[index];
    assert.ok(outcome !== undefined);
    const reading = nginx.read(config, { name: 'nginx.conf', variables: new Map() });
    const difference = compared(reading, outcome);
    if (difference === undefined) {
      ports += outcome.loads && outcome.bound.length > 0 ? 1 : 0;
      continue;
    }
    const reason = knownDifferences.find(({ fits }) =>
      fits(config, outcome.loads ? difference : outcome.message, version ?? []),
    )?.reason;
    if (reason === undefined) differences.push(`${JSON.stringify(config)}\n  ${difference}`);
    else known.set(reason, (known.get(reason) ?? 0) + 1);
  }
  console.log(`nginx ${version?.join('.')}: ${cases.length} cases, bound ports compared in ${ports}`);
  for (const [reason, count] of known) console.log(`  ${count} known: ${reason}`);
  assert.equal(differences.length, 0, `\n${differences.join('\n')}`);
});

/** What runs is started, and its sockets are looked up in /proc. */
const running: readonly string[] = [
  'stream { server { listen 5353 udp; listen 5354; proxy_pass 127.0.0.1:1; } }',
  'stream { server { listen 127.0.0.1:5355-5357 udp reuseport; proxy_pass 127.0.0.1:1; } }',
  'http { server { listen 8080; listen [::1]:8081; listen 127.0.0.1; } }',
  'mail { server { listen 2525; protocol smtp; auth_http 127.0.0.1; } }',
  'http { server { listen 8000-8002; listen *:9000; } } stream { server { listen 9000 udp; proxy_pass 127.0.0.1:1; } }',
];

test('nginx and Portolan agree on what is TCP and what is UDP', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-nginx-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const configs = running.map((text) => `events {}\n${text}\n`);
  for (const [index, sockets] of socketsOf(folder, configs).entries()) {
    const { references } = nginx.read(configs[index] ?? '', { name: 'nginx.conf', variables: new Map() });
    const ours = references.flatMap(({ role, transport, ports = { first: 1, last: 0 } }) =>
      role === 'listen'
        ? Array.from(
            { length: ports.last - ports.first + 1 },
            (_, more) => `${transport} ${ports.first + more}`,
          )
        : [],
    );
    assert.deepEqual([...new Set(sockets)].sort(), [...new Set(ours)].sort(), configs[index]);
  }
});

/** Starts nginx with each configuration, and ends it once it wrote its process id, which it does when it listens. */
function socketsOf(folder: string, configs: readonly string[]): readonly (readonly string[])[] {
  for (const [index, config] of configs.entries()) writeFileSync(join(folder, `${index}.conf`), config);
  mkdirSync(join(folder, 'logs'));
  const modules = loadedModules(folder);
  const script = `
    ip link set lo up
    i=0
    while [ $i -lt ${configs.length} ]; do
      "$1" -p "$2" -c "$2/$i.conf" -g "${modules} pid $2/$i.pid; error_log stderr; master_process off; daemon off;" 2> "$2/$i.err" &
      tries=0
      while [ ! -s "$2/$i.pid" ] && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
      for table in tcp tcp6 udp udp6; do sed "s/^/$table /" /proc/net/$table; done > "$2/$i.sockets"
      kill $! && wait $!
      i=$((i + 1))
    done`;
  const options = { encoding: 'utf8', timeout: 60_000 } as const;
  const ended = spawnSync('unshare', ['-n', 'sh', '-c', script, 'sh', program, folder], options);
  if (ended.error !== undefined) throw ended.error;
  return configs.map((_, index) => {
    const lines = readFileSync(join(folder, `${index}.sockets`), 'utf8').split('\n');
    // 0A is a listening TCP socket, 07 a UDP socket without a peer.
    return lines.flatMap((line) => {
      const [, table = '', port = ''] =
        /^(tcp|udp)6? +\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:0000 0[A7] /.exec(line) ?? [];
      return port === '' ? [] : [`${table} ${Number.parseInt(port, 16)}`];
    });
  });
}

interface Outcome {
  readonly loads: boolean;
  /** The first fault, without the file's name. */
  readonly message: string;
  /** `address:port` of every socket that nginx bound. */
  readonly bound: readonly string[];
}

function compared({ faults, references }: Reading, { loads, message, bound }: Outcome): string | undefined {
  const errors = faults.filter(({ rule }) => !traps.has(rule));
  if (loads && errors.length > 0)
    return `nginx loads it; Portolan: ${errors.map((each) => each.message).join(' ')}`;
  if (loads) return portDifference(references, bound);
  if (errors.length === 0) return `nginx: ${message}; Portolan finds nothing`;
  const told = errors.some((each) =>
    message.startsWith(/\(nginx: (.*)\)\.$/s.exec(each.message)?.[1] ?? '-'),
  );
  return told ? undefined : `nginx: ${message}; Portolan: ${errors.map((each) => each.message).join(' ')}`;
}

/** Addresses are compared where the file says them in full; a port that the system picks is nobody's. */
function portDifference(references: Reading['references'], bound: readonly string[]): string | undefined {
  const listens = references.filter(({ role }) => role === 'listen');
  const hasNames = listens.some((each) => each.address?.kind === 'name');
  const ours = new Set<string>();
  for (const { ports = { first: 1, last: 0 }, address: bind } of listens) {
    for (let port = ports.first; port <= ports.last; port += 1)
      ours.add(hasNames ? `${port}` : `${bind?.canonical} ${port}`);
  }
  const theirs = new Set<string>();
  for (const socket of bound) {
    const [, host = '', port] = /^\[?([0-9a-f.:]+)\]?:([0-9]+)$/.exec(socket) ?? [];
    if (port !== undefined && port !== '0')
      theirs.add(hasNames ? port : `${address(host).canonical} ${port}`);
  }
  const [mine, its] = [ours, theirs].map((set) => [...set].sort().join());
  return mine === its || bound.length === 0 ? undefined : `nginx binds ${its}; Portolan reads ${mine}`;
}

/** Tests every configuration in one private network, where every address can be bound. */
function runAll(folder: string, configs: readonly string[]): readonly Outcome[] {
  for (const [index, config] of configs.entries()) writeFileSync(join(folder, `${index}.conf`), config);
  mkdirSync(join(folder, 'logs'));
  const modules = loadedModules(folder);
  const script = `
    ip link set lo up
    echo 1 > /proc/sys/net/ipv4/ip_nonlocal_bind
    echo 1 > /proc/sys/net/ipv6/ip_nonlocal_bind
    i=0
    while [ $i -lt ${configs.length} ]; do
      "$1" -t -p "$2" -c "$2/$i.conf" -g "${modules} pid $2/pid; error_log stderr debug_core;" 2> "$2/$i.err"
      echo $? > "$2/$i.code"
      i=$((i + 1))
    done`;
  const ended = spawnSync('unshare', ['-n', 'sh', '-c', script, 'sh', program, folder], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (ended.error !== undefined) throw ended.error;
  return configs.map((_, index) => {
    const said = readFileSync(join(folder, `${index}.err`), 'utf8');
    const [, message = ''] = /\[emerg\] (?:\d+#\d+: )?(.*?)(?: in \S+\.conf:\d+)?$/m.exec(said) ?? [];
    const bound = [...said.matchAll(/: bind\(\) (\S+) #/g)].map(([, socket = '']) => socket);
    const loads = readFileSync(join(folder, `${index}.code`), 'utf8').trim() === '0';
    return { loads, message: inPresentWords(message), bound };
  });
}

/** Up to 1.25.4 stream and mail had other words for it. */
function inPresentWords(message: string): string {
  return message.replace(/^the invalid (".*") parameter$/s, 'invalid parameter $1');
}
