import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { Inspector } from '../../server/features/diagnostics/inspector';
import type { Finding } from '../../server/model/finding';
import { Workspace } from '../../server/workspace/workspace';
import { shippedBooks } from '../harness/books';
import { loadedModules, nginxProgram, nginxVersion, skipsNginx } from '../harness/nginx-program';
import { type RuleCase, ruleCases } from './nginx-rules.cases';

const books = shippedBooks();

/** nginx refuses to load what these find. */
const refusals: ReadonlySet<string> = new Set([
  ...['duplicate-listen', 'duplicate-default-server', 'duplicate-listen-options', 'stream-duplicate-listen'],
]);

test('nginx and the rules agree on servers that are in each other’s way', { skip: skipsNginx }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-nginx-rules-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const cases = ruleCases.filter(({ since }) => since === undefined || !isBefore(nginxVersion ?? [], since));
  assert.ok(cases.length >= 120, `There are ${cases.length} cases`);
  const differences: string[] = [];
  const counts = { refused: 0, warned: 0, 'bound too late': 0, fine: 0 };
  for (const [index, { loading, starting }] of outcomes(folder, cases).entries()) {
    const each = cases[index];
    assert.ok(each !== undefined);
    const findings = findingsIn(each);
    const difference = loadingDifference(findings, loading) ?? startDifference(findings, starting);
    if (difference !== undefined)
      differences.push(`${JSON.stringify(each)}\n  ${difference}\n  ${findings.map(told).join('\n  ')}`);
    if (loading.refusal !== undefined) counts.refused += 1;
    else if (starting.refusal !== undefined) counts['bound too late'] += 1;
    else if (loading.conflicts.length > 0) counts.warned += 1;
    else counts.fine += 1;
  }
  console.log(`nginx ${nginxVersion?.join('.')}: ${cases.length} configurations, ${JSON.stringify(counts)}`);
  assert.equal(differences.length, 0, `\n${differences.join('\n')}`);
});

/** What nginx says of a configuration. */
interface Outcome {
  /** Why it does not load or start, without the place. */
  readonly refusal?: string;
  /** Its warnings of names that it ignores. */
  readonly conflicts: readonly string[];
}

function loadingDifference(
  findings: readonly Finding[],
  { refusal, conflicts }: Outcome,
): string | undefined {
  const errors = findings.filter(({ rule }) => refusals.has(rule)).map(nginxWords);
  if (refusal !== undefined)
    return errors.includes(refusal) ? undefined : `nginx refuses: ${refusal}; Portolan does not`;
  if (errors.length > 0) return `nginx loads it; Portolan: ${errors.join(' ')}`;
  const ours = findings.filter(({ rule }) => rule === 'conflicting-server-name').map(nginxWords);
  const missing = conflicts.filter((words) => !ours.some((each) => nameIn(each) === nameIn(words)));
  const extra = ours.filter((words) => !conflicts.includes(words.replace('$hostname', hostname())));
  return missing.length + extra.length === 0
    ? undefined
    : `nginx alone warns: ${missing.join(' ')}; Portolan alone: ${extra.join(' ')}`;
}

function startDifference(findings: readonly Finding[], { refusal }: Outcome): string | undefined {
  const ours = findings.filter(({ rule }) => rule === 'listen-bind-conflict').map(nginxWords);
  if (refusal === undefined)
    return ours.length === 0 ? undefined : `nginx starts; Portolan: ${ours.join(' ')}`;
  const isTold = ours.includes(refusal);
  return isTold ? undefined : `nginx does not start: ${refusal}; Portolan: ${ours.join(' ')}`;
}

function findingsIn({ main, files = {} }: RuleCase): readonly Finding[] {
  const texts = Object.entries({ 'nginx.conf': main, ...files });
  const workspace = new Workspace({ read: () => undefined });
  for (const [name, text] of texts) workspace.update(`file:///p/${name}`, text, 'nginx');
  const version = nginxVersion?.join('.') ?? '';
  const inspection = new Inspector({ books, nginxVersion: version }).inspect(workspace.snapshot);
  return inspection.uris.flatMap((uri) => inspection.of(uri));
}

function told({ rule, message }: Finding): string {
  return `${rule}: ${message}`;
}

function nginxWords({ message }: Finding): string {
  return /\(nginx: (.*)\)\.$/s.exec(message)?.[1] ?? message;
}

function nameIn(words: string): string | undefined {
  return /server name "(.*)" on /.exec(words)?.[1]?.replace('$hostname', hostname());
}

function hostname(): string {
  return readFileSync('/proc/sys/kernel/hostname', 'utf8').trim().toLowerCase();
}

/** Tests and then starts nginx with each configuration, each in a private network where any address can be bound. */
function outcomes(
  folder: string,
  cases: readonly RuleCase[],
): readonly { readonly loading: Outcome; readonly starting: Outcome }[] {
  const modules = loadedModules(folder);
  for (const [index, { main, files = {} }] of cases.entries()) {
    for (const [name, text] of Object.entries({ 'nginx.conf': main, ...files })) {
      const path = join(folder, `${index}`, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    mkdirSync(join(folder, `${index}`, 'logs'));
  }
  const one = `
    ip link set lo up
    echo 1 > /proc/sys/net/ipv4/ip_nonlocal_bind
    echo 1 > /proc/sys/net/ipv6/ip_nonlocal_bind
    cd "$2"
    "$1" -t -p "$2" -c "$2/nginx.conf" -g "$3 pid $2/pid; error_log stderr;" 2> load.err || exit 0
    rm -f "$2/pid"
    "$1" -p "$2" -c "$2/nginx.conf" -g "$3 pid $2/pid; error_log stderr; master_process off; daemon off;" 2> start.err &
    tries=0
    while [ ! -s "$2/pid" ] && kill -0 $! && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
    # A signal that comes before nginx waits for events is never seen.
    kill -9 $! && wait $!
    rm -f /tmp/portolan-a.sock /tmp/portolan-b.sock
    exit 0`;
  // A socket in a folder is everybody's, so these start one after the other; all others do so side by side.
  const script = `
    i=0
    while [ $i -lt ${cases.length} ]; do
      unshare -n sh -c "$4" sh "$1" "$2/$i" "$3" 2> /dev/null &
      if grep -q unix: "$2/$i/nginx.conf" || [ $((i % 8)) -eq 7 ]; then wait; fi
      i=$((i + 1))
    done
    wait`;
  const options = { encoding: 'utf8', timeout: 180_000 } as const;
  const ended = spawnSync('sh', ['-c', script, 'sh', nginxProgram, folder, modules, one], options);
  if (ended.error !== undefined) throw ended.error;
  return cases.map((_, index) => ({
    loading: outcome(join(folder, `${index}`, 'load.err')),
    starting: outcome(join(folder, `${index}`, 'start.err')),
  }));
}

function outcome(path: string): Outcome {
  const said = read(path);
  const [, refusal] = /\[emerg\] (?:\d+#\d+: )?(.*?)(?: in \S+:\d+)?$/m.exec(said) ?? [];
  const conflicts = [...said.matchAll(/\[warn\] (?:\d+#\d+: )?(conflicting server name .*)$/gm)];
  return {
    ...(refusal !== undefined && { refusal }),
    conflicts: conflicts.map(([, words = '']) => words),
  };
}

/** What does not load is not started and leaves no words. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isBefore(
  [a = 0, b = 0, c = 0]: readonly number[],
  [x, y, z]: readonly [number, number, number],
): boolean {
  return a * 1e6 + b * 1e3 + c < x * 1e6 + y * 1e3 + z;
}
