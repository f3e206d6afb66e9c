import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { nftables } from '../../server/dialects/nftables/nftables';
import type { FilterChain, PacketFilter, PacketRule, Verdict } from '../../server/model/packet-filter';
import { ruleWords } from '../harness/filter-words';
import { nftablesRules, nftablesRulesets, rulesetAround } from '../unit/nftables-filter.cases';
import { nftablesCases } from './nftables.cases';

/**
 * Rulesets are loaded by the real nft in a network namespace of its own and read back as JSON (libnftables-json(5)):
 * chain by chain, what was read of the text has the same rules in the same order, with the same ports, addresses and
 * verdicts. Never are the machine's own rules touched.
 */
const namespace = ['-n', '-rn'].find((option) => {
  const { status } = spawnSync('unshare', [option, 'nft', 'add', 'table', 'inet', 'portolan']);
  return status === 0;
});
const missing = spawnSync('nft', ['--version']).error
  ? 'nftables is not installed'
  : namespace === undefined && 'nft cannot load rules in a network namespace of its own here';

const inputs: readonly (readonly [name: string, text: string])[] = [
  ...nftablesRules.map(([rule]) => [rule, rulesetAround(rule)] as const),
  ...nftablesRulesets.map(({ title, text }) => [title, text] as const),
  ...nftablesCases.map(({ text }, index) => [`${index}: ${text.trimEnd().slice(-100)}`, text] as const),
];

if (missing) {
  test('the real nft', { skip: missing }, () => undefined);
} else {
  const listings = ask(inputs.map(([, text]) => text));
  test('rulesets enough are loaded', () => {
    const loaded = listings.filter((listing) => listing !== undefined).length;
    assert.ok(loaded >= 350, `${loaded} of ${inputs.length}`);
  });
  describe('nft and Portolan have the same rules in the same order', () => {
    for (const [index, [name, text]] of inputs.entries()) {
      const listing = listings[index];
      if (listing !== undefined) test(JSON.stringify(name), () => compare(text, listing));
    }
  });
}

// biome-ignore lint/suspicious/noExplicitAny: it is read as it comes, and what is not expected fails the test.
type Json = any;

function compare(text: string, listing: readonly Json[]): void {
  const { filter } = nftables.read(text, { name: 'x.nft', variables: new Map() });
  const chains = listing
    .flatMap(({ chain }) => chain ?? [])
    // A block behind `jump` is a chain without a name of its own.
    .filter(({ name }) => !name.startsWith('__'));
  for (const chain of chains) {
    const name = `${chain.family} ${chain.table} ${chain.name}`;
    const mine = filter?.chains.find((each) => each.name === name);
    // Beside a rule that is told by its number or handle, nothing of the chain is told.
    if (mine === undefined && /\b(?:index|position|handle)\b/.test(text)) continue;
    assert.ok(mine !== undefined, `${name} is missing`);
    compareChain(mine, chain);
    const theirs = listing
      .flatMap(({ rule }) => rule ?? [])
      .filter(
        (rule) => rule.family === chain.family && rule.table === chain.table && rule.chain === chain.name,
      );
    const sets = listing.flatMap(({ set }) =>
      set?.family === chain.family && set.table === chain.table ? set : [],
    );
    compareRules(rulesIn(filter, name), theirs, new Map(sets.map((set) => [`@${set.name}`, set.elem ?? []])));
  }
  const names = new Set(chains.map(({ family, table, name }) => `${family} ${table} ${name}`));
  for (const { name } of filter?.chains ?? []) assert.ok(names.has(name), `${name} is not there`);
}

function rulesIn(filter: PacketFilter | undefined, name: string): readonly PacketRule[] {
  return (filter?.rules ?? []).filter(({ chain }) => chain === name);
}

function compareChain({ hook, policy, family }: FilterChain, chain: Json): void {
  const isOurs = chain.type === 'filter' && /^(?:ip|ip6|inet)$/.test(chain.family);
  const isKnown = isOurs && /^(?:input|forward|output)$/.test(chain.hook);
  assert.equal(hook, isKnown ? chain.hook : undefined);
  if (policy !== undefined) assert.equal(policy, chain.policy);
  const families: Readonly<Record<string, string>> = { ip: 'ipv4', ip6: 'ipv6' };
  assert.equal(family, families[chain.family]);
}

type Sets = ReadonlyMap<string, readonly Json[]>;

function compareRules(mine: readonly PacketRule[], theirs: readonly Json[], sets: Sets): void {
  assert.equal(mine.length, theirs.length);
  for (const [index, rule] of mine.entries()) {
    const { expr } = theirs[index];
    const shown = `${ruleWords(rule)} — ${JSON.stringify(expr)}`;
    assert.equal(rule.verdict, verdictOf(expr), shown);
    const told = conditionsOf(rule);
    const listed = listedOf(expr, sets);
    for (const [key, value] of Object.entries(told)) assert.equal(value, listed.get(key), `${key}: ${shown}`);
  }
}

const plain: readonly string[] = ['accept', 'drop', 'return', 'continue'];
const harmless: readonly string[] = [
  'match',
  'counter',
  'log',
  'limit',
  'quota',
  'ct count',
  'set',
  'map',
  'meter',
  'notrack',
];

/** What becomes of a packet that every condition of the rule is true for. */
function verdictOf(expr: readonly Json[]): Verdict {
  let verdict: Verdict = 'continue';
  for (const statement of expr) {
    const [name = ''] = typeof statement === 'string' ? [statement] : Object.keys(statement);
    if (name === 'mangle') {
      if (changesPacket(statement.mangle.key)) return 'unknown';
    } else if (name === 'vmap') return mapVerdict(statement.vmap.data);
    else if (name === 'reject') verdict = 'reject';
    else if (plain.includes(name)) verdict = name as Verdict;
    else if (!harmless.includes(name)) return 'unknown';
  }
  return verdict;
}

function changesPacket({ payload }: Json): boolean {
  return payload !== undefined && /^(?:[sd]port|[sd]addr|protocol|nexthdr)$/.test(payload.field ?? 'sport');
}

function mapVerdict(data: Json): Verdict {
  if (data.set === undefined) return 'unknown';
  const names = new Set(data.set.map(([, verdict]: Json) => Object.keys(verdict)[0]));
  const [name = ''] = names as Set<string>;
  return names.size === 1 && plain.includes(name) ? (name as Verdict) : 'unknown';
}

/** The conditions that the listing can be asked for: ports and addresses, each as the numbers that it stands for. */
function conditionsOf({
  ports,
  sourcePorts,
  source,
  destination,
  inInterface,
  outInterface,
  states,
}: PacketRule) {
  const found: Record<string, string> = {};
  for (const [key, match] of Object.entries({ dport: ports, sport: sourcePorts }))
    if (match !== undefined)
      found[key] = joined(
        match.isNegated,
        match.ranges.map(({ first, last }) => [BigInt(first), BigInt(last)]),
      );
  for (const [key, match] of Object.entries({ saddr: source, daddr: destination }))
    if (match !== undefined)
      found[key] = joined(
        match.isNegated,
        match.networks.map(({ first, last }) => [first, last]),
      );
  if (inInterface !== undefined) found.iif = inInterface;
  if (outInterface !== undefined) found.oif = outInterface;
  if (states !== undefined) found.state = [...states].sort().join().toLowerCase();
  return found;
}

type Interval = readonly [first: bigint, last: bigint];

/** nft joins the ranges of a set, so what they cover is compared. */
function joined(isNegated: boolean, intervals: readonly Interval[]): string {
  const made: [bigint, bigint][] = [];
  for (const [first, last] of [...intervals].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const before = made.at(-1);
    if (before !== undefined && first <= before[1] + 1n) before[1] = last > before[1] ? last : before[1];
    else made.push([first, last]);
  }
  return `${isNegated ? '!' : ''}${made.map(([first, last]) => `${first}-${last}`).join()}`;
}

/** The first condition on each field that nft lists for the rule. */
function listedOf(expr: readonly Json[], sets: Sets): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const statement of expr) {
    const { match, vmap } = typeof statement === 'string' ? { match: undefined, vmap: undefined } : statement;
    if (match !== undefined) note(found, match, sets);
    if (vmap?.data.set !== undefined)
      note(
        found,
        { op: '==', left: vmap.key, right: { set: vmap.data.set.map(([key]: Json) => key) } },
        sets,
      );
  }
  return found;
}

function note(found: Map<string, string>, { op, left, right }: Json, sets: Sets): void {
  const field = left.payload?.field ?? left['&']?.[0]?.payload?.field ?? left.meta?.key ?? left.ct?.key;
  const mask = left['&']?.[1];
  const written: readonly Json[] = right.set ?? (Array.isArray(right) ? right : [right]);
  const values = written
    .flatMap((value) => sets.get(value) ?? [value])
    .map((value) => value.elem?.val ?? value);
  // A star stands for all that are not named, and so for no condition.
  if (values.length === 0 || values.includes('*')) return;
  const add = (key: string, value: string): void => {
    if (!found.has(key)) found.set(key, value);
  };
  if (/^[sd]port$/.test(field)) {
    const size = mask === undefined ? 1n : 65_536n - BigInt(mask);
    add(
      field,
      joined(
        op === '!=',
        values.flatMap((value) => compared(op, portInterval(value, size))),
      ),
    );
  } else if (/^[sd]addr$/.test(field)) add(field, joined(op === '!=', values.map(addressInterval)));
  else if (/^[io]if(?:name)?$/.test(field)) add(field.slice(0, 3), String(values[0]).replace(/\*$/, '+'));
  else if (field === 'state') add('state', [...values].sort().join());
}

function compared(op: string, [first, last]: Interval): readonly Interval[] {
  if (op === '<') return [[0n, first - 1n]];
  if (op === '<=') return [[0n, first]];
  if (op === '>') return [[last + 1n, 65_535n]];
  return op === '>=' ? [[first, 65_535n]] : [[first, last]];
}

function portInterval(value: Json, size: bigint): Interval {
  if (value.range !== undefined) return [BigInt(value.range[0]), BigInt(value.range[1])];
  const first = BigInt(value.prefix?.addr ?? value);
  return [first, first + (value.prefix === undefined ? size : 1n << BigInt(16 - value.prefix.len)) - 1n];
}

function addressInterval(value: Json): Interval {
  if (value.range !== undefined) return [number(value.range[0]), number(value.range[1])];
  const first = number(value.prefix?.addr ?? value);
  if (value.prefix === undefined) return [first, first];
  const width = value.prefix.addr.includes(':') ? 128 : 32;
  return [first, first + (1n << BigInt(width - value.prefix.len)) - 1n];
}

function number(address: string): bigint {
  if (!address.includes(':')) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = '', tail] = address
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = new Array<string>(8 - head.length - (tail?.length ?? 0)).fill('0');
  return [...head, ...(tail === undefined ? [] : [...zeros, ...tail])].reduce(
    (sum, group) => sum * 65_536n + BigInt(`0x${group}`),
    0n,
  );
}

/** What nft lists for each text, once it is loaded; undefined for one that it refuses. */
function ask(inputs: readonly string[]): readonly (readonly Json[] | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-nftables-filter-'));
  try {
    for (const [index, text] of inputs.entries()) writeFileSync(join(folder, `${index}.nft`), text);
    const lines = inputs.map(
      (_, index) =>
        `nft flush ruleset; nft -f ./${index}.nft 2>/dev/null && nft -j list ruleset >${index}.listed`,
    );
    // Interfaces that rules name by their number have to be there.
    const devices = 'ip link add eth0 type dummy; ip link add eth1 type dummy';
    writeFileSync(join(folder, 'ask.sh'), `${devices} 2>/dev/null\n${lines.join('\n')}\n`);
    const { status, stderr } = spawnSync('unshare', [namespace ?? '-n', 'sh', 'ask.sh'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.notEqual(status, null, stderr);
    return inputs.map((_, index) => {
      const path = join(folder, `${index}.listed`);
      return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).nftables : undefined;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
