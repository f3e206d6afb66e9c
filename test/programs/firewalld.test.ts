import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { firewalld } from '../../server/dialects/firewalld/firewalld';
import { type PortReference, portsText } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { readFirewallCmd } from '../../server/syntax/firewalld/firewall-cmd';
import { trapRules } from '../../server/syntax/firewalld/port-entry';
import { literalText } from '../../server/syntax/sourced-text';
import { firewalldCases } from './firewalld.cases';
import type { FileCase, FirewalldCase } from './firewalld-case';

const oracle = join(__dirname, 'firewalld.oracle.py');
const python = interpreter();
const rootOnly = process.getuid?.() === 0 ? false : 'firewall-offline-cmd runs for root only';

interface Answer {
  readonly refusals: readonly string[];
  readonly ports: readonly string[];
}

describe('firewalld and Portolan agree', {
  skip: python === undefined ? 'firewalld is not installed' : false,
}, () => {
  test('on what is valid, and on the ports', () => {
    const cases = firewalldCases();
    assert.ok(cases.length >= 400, `only ${cases.length} cases`);
    const answers = ask(cases);
    const differences: string[] = [];
    const reasons = new Set<string>();
    let agreed = 0;
    for (const [index, each] of cases.entries()) {
      const answer = answers[index];
      assert.ok(answer !== undefined);
      const difference = compare(each, answer);
      if (difference === undefined) agreed += 1;
      else if (each.differs === undefined) differences.push(`${shown(each)}: ${difference}`);
      else reasons.add(each.differs);
    }
    // What another version does is no difference from that version.
    const expected = cases.flatMap(({ differs = 'firewalld' }) =>
      differs.startsWith('firewalld') ? [] : differs,
    );
    for (const reason of new Set(expected))
      assert.ok(reasons.has(reason), `nothing differs any more because ${reason}`);
    assert.deepEqual(differences, [], `${differences.length} of ${cases.length} differ`);
    assert.ok(agreed > cases.length * 0.85, `only ${agreed} of ${cases.length} agree`);
  });

  test('--check-config says the same of whole folders', { skip: rootOnly }, () => {
    for (const { kind, text } of checkedFiles) {
      const folder = mkdtempSync(join(tmpdir(), 'portolan-firewalld-'));
      try {
        const place = join(folder, `${kind === 'policy' ? 'policies' : `${kind}s`}`);
        mkdirSync(place, { recursive: true });
        writeFileSync(join(place, 'x.xml'), text);
        const ended = run('firewall-offline-cmd', [
          ...['--system-config', folder, '--default-config', '/usr/lib/firewalld', '--check-config'],
        ]);
        const { faults } = firewalld.read(text, { name: 'x.xml', variables: new Map() });
        const isRefused = faults.some(({ rule }) => !trapRules.includes(rule));
        assert.equal(ended.status !== 0, isRefused, `${text}\n${ended.stdout}${ended.stderr}`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  });

  test('what firewall-offline-cmd writes is what was read', { skip: rootOnly }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-firewalld-'));
    try {
      const config = ['--system-config', folder, '--default-config', '/usr/lib/firewalld', '--zone=public'];
      for (const port of ['8080/tcp', '90-80/udp', '1024-/sctp', 'ftp-data/tcp']) {
        const ended = run('firewall-offline-cmd', [...config, `--add-port=${port}`]);
        assert.equal(ended.status, 0, ended.stderr);
      }
      const text = readFileSync(join(folder, 'zones/public.xml'), 'utf8');
      const { references, faults } = firewalld.read(text, { name: 'public.xml', variables: new Map() });
      const ports = references.map(
        ({ ports: range, transport }) => `${range && portsText(range)}/${transport}`,
      );
      assert.deepEqual(ports.sort(), ['1024/sctp', '20/tcp', '8080/tcp', '80-90/udp'].sort());
      assert.ok(faults.every(({ rule }) => trapRules.includes(rule)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const checkedFiles: readonly FileCase[] = [
  { kind: 'zone', text: '<zone><port port="80" protocol="tcp"/></zone>' },
  { kind: 'zone', text: '<zone><port port="80:90" protocol="tcp"/></zone>' },
  { kind: 'zone', text: '<zone><port port="90-80" protocol="tcp"/></zone>' },
  { kind: 'zone', text: '<zone><forward-port port="80" protocol="tcp"/></zone>' },
  { kind: 'zone', text: '<zone><port port="80" protocol="tcp"></zone>' },
  { kind: 'service', text: '<service><port port="80"/></service>' },
  { kind: 'service', text: '<service><port port="" protocol="esp"/></service>' },
  { kind: 'policy', text: '<policy><port port="80" protocol="tcp"/></policy>' },
];

/** The Python that the programs themselves run on; undefined where they are not installed. */
function interpreter(): string | undefined {
  const script = ['/usr/bin/firewall-cmd', '/usr/sbin/firewall-cmd'].find(existsSync);
  const [, found] = /^#!\s*(\S+)/.exec(script === undefined ? '' : readFileSync(script, 'utf8')) ?? [];
  if (found === undefined) return undefined;
  return spawnSync(found, ['-c', 'import firewall.core.io.zone']).status === 0 ? found : undefined;
}

function ask(cases: readonly FirewalldCase[]): readonly Answer[] {
  const ended = run(python ?? 'python3', [oracle], JSON.stringify(cases));
  assert.equal(ended.status, 0, ended.stderr);
  return JSON.parse(ended.stdout);
}

/** In a network of its own, where that is possible: nothing here may reach a firewall in use. */
function run(program: string, argv: readonly string[], input = '') {
  const options = { input, encoding: 'utf8', maxBuffer: 1 << 26, timeout: 120_000 } as const;
  const isApart = spawnSync('unshare', ['-n', 'true']).status === 0;
  return isApart
    ? spawnSync('unshare', ['-n', program, ...argv], options)
    : spawnSync(program, argv, options);
}

function compare(each: FirewalldCase, { refusals, ports }: Answer): string | undefined {
  const reading = read(each);
  const faults = reading.faults.filter(({ rule }) => !trapRules.includes(rule));
  if (refusals.length > 0 !== faults.length > 0) {
    const ours = faults.map(({ message }) => message).join(' ');
    return refusals.length > 0 ? `firewalld says ${refusals[0]}` : `Portolan says ${ours}`;
  }
  // What direct rules say is the business of iptables.
  const isDirect = each.kind === 'direct' || (each.kind === 'command' && each.words.includes('--direct'));
  if (refusals.length > 0 || isDirect) return undefined;
  const theirs = merged(ports.flatMap((port) => theirPort(port, each)));
  const ours = merged(reading.references.flatMap((reference) => ourPorts(reference, each)));
  return theirs === ours ? undefined : `firewalld reads ${theirs}, Portolan ${ours}`;
}

function read(each: FirewalldCase): Reading {
  if (each.kind !== 'command') return firewalld.read(each.text, { name: 'x.xml', variables: new Map() });
  let at = 0;
  const words = each.words.map((word) => {
    const text = literalText(word, at);
    at += word.length + 1;
    return text;
  });
  return readFirewallCmd(words, each.words.join(' '), each.program);
}

interface KeyedPort {
  readonly key: string;
  readonly first: number;
  readonly last: number;
}

/** `ports 80-90/tcp`, `port 80/tcp accept ipv4`, `forward 80/tcp 8080 ipv4`, as the oracle writes them. */
function theirPort(text: string, { kind }: FirewalldCase): readonly KeyedPort[] {
  const [what = '', port = '', third = '', family = ''] = text.split(' ');
  const [range = '', transport = ''] = port.split('/');
  const isSource = what.startsWith('source');
  const verdict = what === 'forward' ? 'forward-port' : what.endsWith('ports') ? 'accept' : third;
  const keyFor = (role: string): string => keyOf(kind, { role, transport, verdict, family });
  const target = what === 'forward' && third !== '' ? [keyed(keyFor('forward'), third)] : [];
  return [keyed(keyFor(isSource ? 'source' : 'port'), range), ...target];
}

function ourPorts(
  { ports, transport, role, rule }: PortReference,
  { kind }: FirewalldCase,
): readonly KeyedPort[] {
  const plain = role === 'source' || role === 'forward' ? role : 'port';
  const key = keyOf(kind, {
    role: plain,
    transport: transport ?? '',
    verdict: rule?.verdict ?? '',
    family: rule?.family ?? '',
  });
  return ports === undefined ? [] : [{ key, first: ports.first, last: ports.last }];
}

/** Where only zones and policies have rules, only theirs have verdicts. */
function keyOf(
  kind: FirewalldCase['kind'],
  port: {
    readonly role: string;
    readonly transport: string;
    readonly verdict: string;
    readonly family: string;
  },
): string {
  // The protocol of a set's entry can be one that has no transport of ours.
  const transport = ['tcp', 'udp', 'sctp', 'dccp'].includes(port.transport) ? port.transport : '';
  const isRule = kind === 'zone' || kind === 'policy';
  return [port.role, transport, ...(isRule ? [port.verdict, port.family] : [])].join(' ').trim();
}

function keyed(key: string, range: string): KeyedPort {
  const [first = '', last = first] = range.split('-');
  return { key, first: Number(first), last: Number(last) };
}

/** firewalld puts overlapping ports of a zone together: so both sides are. */
function merged(ports: readonly KeyedPort[]): string {
  const sorted = [...ports].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.first - b.first));
  const runs: { key: string; first: number; last: number }[] = [];
  for (const { key, first, last } of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && run.key === key && first <= run.last + 1) run.last = Math.max(run.last, last);
    else runs.push({ key, first, last });
  }
  return runs.map(({ key, first, last }) => `${key} ${first}-${last}`).join(', ');
}

function shown(each: FirewalldCase): string {
  const text = each.kind === 'command' ? `${each.program} ${each.words.join(' ')}` : each.text;
  return `${each.kind} ${JSON.stringify(text.slice(0, 300))}`;
}
