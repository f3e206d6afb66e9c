import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { nftables } from '../../server/dialects/nftables/nftables';
import type { PortRange, PortReference } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { slice } from '../../server/model/span';
import { type NftablesCase, nftablesCases } from './nftables.cases';

/**
 * Every ruleset is loaded by the real nft in a network namespace of its own and read back as JSON: `nft -c` alone
 * leaves out what the kernel says. Never are the machine's own rules touched.
 */

/** What loads, and means something else: warnings, which do not count here. */
const traps = new Set(['octal-port', 'truncated-port', 'zero-port']);

/** What the program said of an input. */
interface Answer {
  readonly loads: boolean;
  readonly words: string;
  readonly listed: string;
}

const namespace = ['-n', '-rn'].find((option) => {
  const { status } = spawnSync('unshare', [option, 'nft', 'add', 'table', 'inet', 'portolan']);
  return status === 0;
});
const missing = reasonToSkip();

if (missing !== undefined) {
  test('the real nft', { skip: missing }, () => undefined);
} else {
  const answers = ask(nftablesCases);
  test('there are inputs enough, and none twice', () => {
    assert.ok(nftablesCases.length >= 400, `${nftablesCases.length} inputs`);
    assert.equal(new Set(nftablesCases.map(({ text }) => text)).size, nftablesCases.length);
    const loaded = answers.filter(({ loads }) => loads).length;
    assert.ok(loaded > 200 && answers.length - loaded > 200, `${loaded} of ${answers.length} load`);
  });
  describe('nft and Portolan agree', () => {
    for (const [index, input] of nftablesCases.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      const { differs } = input;
      const name = JSON.stringify(shown(input));
      test(name, { ...(differs !== undefined && { skip: `known: ${differs}` }) }, () =>
        compare(input, answer),
      );
    }
  });
  test('what is known to differ does', () => {
    const agreeing = nftablesCases.filter((input, index) => {
      const answer = answers[index];
      // What another version does is no difference from that version.
      if (input.differs === undefined || input.differs.startsWith('nft ') || answer === undefined)
        return false;
      return errorsOf(read(input)).length > 0 === !answer.loads;
    });
    assert.deepEqual(agreeing.map(shown), []);
  });
}

/** The line that matters: what is around it is the same for most. */
function shown({ text }: NftablesCase): string {
  const body = text
    .replace(/^.*chain other \{\n\}\n/s, '')
    .replace(/^chain c \{\ntype filter hook input priority 0;\n/, '');
  return body.replace(/\n\}(?:\n\})?\n$/, '').slice(0, 120);
}

function read({ text }: NftablesCase): Reading {
  return nftables.read(text, { name: 'x.nft', variables: new Map() });
}

function errorsOf({ faults }: Reading): Reading['faults'] {
  return faults.filter(({ rule }) => !traps.has(rule));
}

function compare(input: NftablesCase, { loads, words, listed }: Answer): void {
  const reading = read(input);
  const messages = errorsOf(reading).map(({ message }) => message);
  assert.equal(messages.length === 0, loads, `${messages.join(' ') || 'no fault'} — ${words || 'loads'}`);
  // What is taken out of a set again is not listed.
  const isWhole = !/^(?:delete element|flush set)/m.test(input.text);
  if (loads && isWhole) assert.deepEqual(ours(reading, input.text), theirs(listed));
  else if (!loads && isReference())
    assert.ok(
      messages.some((message) => isToldBy(message, words)),
      `${messages[0]} — ${words}`,
    );
}

/** The program's own words stand in brackets at the end of a message. */
function isToldBy(message: string, words: string): boolean {
  const quoted = / \(nft: (.*)\)\.$/s.exec(message)?.[1] ?? '';
  // It crashes now and then.
  return words.startsWith('BUG') || words.includes(quoted.slice(0, 100));
}

/** Debian 12's nft is what the messages follow word by word. */
function isReference(): boolean {
  version ??= spawnSync('nft', ['--version'], { encoding: 'utf8' }).stdout ?? '';
  return version.includes('v1.0.6');
}
let version: string | undefined;

/** Ports by the place they have: `destination tcp`, `forward`, `set ports`, each as the ranges that they cover. */
type Ports = Readonly<Record<string, string>>;

/** What was read; a name that stands for ports is told where it is defined, and nft lists only what it stands for. */
function ours({ references }: Reading, text: string): Ports {
  const found = new Map<string, PortRange[]>();
  for (const reference of references) {
    const { ports, owner } = reference;
    const isNamed = slice(text, reference.portSpan).startsWith('@');
    if (ports === undefined || isNamed || owner.startsWith('define ')) continue;
    const before = text.slice(text.lastIndexOf('\n', reference.span.start) + 1, reference.span.start);
    const isPut = reference.role === 'source' && /\b(?:snat|masquerade|sport set)\b/.test(before);
    add(found, isPut ? 'forward' : keyOf(reference), ports);
  }
  return covered(found);
}

function keyOf({ role, owner, transport, rule }: PortReference): string {
  if (role === 'forward') return 'forward';
  if (rule === undefined) return owner;
  const side = role === 'source' ? 'source' : 'destination';
  return `${side} ${transport ?? 'th'}${rule.isNegated ? ' not' : ''}`;
}

/** What nft lists. Its JSON is described in libnftables-json(5). */
function theirs(listed: string): Ports {
  const found = new Map<string, PortRange[]>();
  for (const each of JSON.parse(listed).nftables as readonly Json[]) {
    if (each.rule !== undefined) for (const statement of each.rule.expr) addStatement(found, statement);
    const set = each.set ?? each.map;
    if (set !== undefined) addNamedSet(found, set, each.map === undefined ? 'set' : 'map');
    const expectation = each['ct expectation'];
    if (expectation !== undefined)
      add(found, `ct expectation ${expectation.name}`, { first: expectation.dport, last: expectation.dport });
  }
  return covered(found);
}

// biome-ignore lint/suspicious/noExplicitAny: it is read as it comes, and what is not expected fails the test.
type Json = any;

function addStatement(found: Map<string, PortRange[]>, statement: Json): void {
  // A block of rules is listed as a text.
  if (typeof statement === 'string') return;
  const { match, vmap, mangle } = statement;
  if (match !== undefined) addMatch(found, match);
  if (vmap !== undefined) addMatch(found, { op: '==', left: vmap.key, right: keysOf(vmap.data) });
  if (mangle !== undefined && keyNames(mangle.key)[0] !== undefined) addTarget(found, mangle.value);
  for (const verb of ['redirect', 'masquerade', 'dnat', 'snat', 'tproxy']) {
    if (statement[verb]?.port !== undefined) addTarget(found, statement[verb].port);
    if (statement[verb]?.addr?.map !== undefined) addTarget(found, statement[verb].addr);
  }
}

function keysOf(map: Json): Json {
  return map.set === undefined ? map : { set: map.set.map(([key]: Json) => key) };
}

function addMatch(found: Map<string, PortRange[]>, { op, left, right }: Json): void {
  const names = keyNames(left);
  const values = right.set ?? [right];
  for (const value of values) {
    const parts = names.length > 1 ? (value.concat ?? []) : [value];
    for (const [index, name] of names.entries()) {
      const range = name === undefined ? undefined : rangeOf(parts[index], maskOf(left));
      if (name === undefined || range === undefined) continue;
      const compared = comparedBy(op, range);
      if (compared !== undefined)
        add(found, `${transportIn(name, names, parts)}${op === '!=' ? ' not' : ''}`, compared);
    }
  }
}

/** A key with the transport beside the port, `tcp . 22`. */
function transportIn(name: string, names: readonly (string | undefined)[], parts: readonly Json[]): string {
  const beside = parts.find((part, index) => names[index] === undefined && /^(?:tcp|udp|sctp)$/.test(part));
  return beside === undefined ? name : name.replace(/ th$/, ` ${beside}`);
}

/** For each part of a key, whose port it is: `destination tcp`; undefined for what is no port. */
function keyNames(left: Json): readonly (string | undefined)[] {
  const parts: readonly Json[] = left.concat ?? [left];
  return parts.map((part) => {
    const field = part['&'] === undefined ? part.payload : part['&'][0].payload;
    if (/^proto-/.test(part.ct?.key)) return `${part.ct.key === 'proto-src' ? 'source' : 'destination'} tcp`;
    if (!/^[sd]port$/.test(field?.field)) return undefined;
    return `${field.field === 'sport' ? 'source' : 'destination'} ${field.protocol}`;
  });
}

/** `tcp dport 1024/10` is listed as a mask. */
function maskOf(left: Json): number {
  return left['&'] === undefined ? 65_535 : left['&'][1];
}

function comparedBy(op: string, { first, last }: PortRange): PortRange | undefined {
  const range = {
    '<': { first: 0, last: first - 1 },
    '<=': { first: 0, last: first },
    '>': { first: last + 1, last: 65_535 },
    '>=': { first: last, last: 65_535 },
  }[op] ?? { first, last };
  return range.first > range.last ? undefined : range;
}

function rangeOf(value: Json, mask = 65_535): PortRange | undefined {
  // The ports of a connection are listed as `0x50 [invalid type]` in sets.
  if (typeof value === 'string' && value.startsWith('0x')) return rangeOf(Number.parseInt(value, 16), mask);
  const size = 65_536 - mask;
  // A mask that leaves out more than the last bits is no range.
  if ((size & (size - 1)) !== 0) return undefined;
  if (typeof value === 'number') return { first: value, last: value + size - 1 };
  if (value?.range !== undefined) {
    const [first, last] = value.range.map((end: Json) => rangeOf(end)?.first);
    return { first, last };
  }
  if (value?.prefix !== undefined)
    return { first: value.prefix.addr, last: value.prefix.addr + 2 ** (16 - value.prefix.len) - 1 };
  return value?.elem === undefined ? undefined : rangeOf(value.elem.val);
}

function addTarget(found: Map<string, PortRange[]>, value: Json): void {
  const range = rangeOf(value);
  if (range !== undefined) add(found, 'forward', range);
  if (value.map?.data.set === undefined) return;
  addMatch(found, { op: '==', left: value.map.key, right: keysOf(value.map.data) });
  for (const [, data] of value.map.data.set) {
    const target = rangeOf(data.concat === undefined ? data : data.concat[1]);
    if (target !== undefined) add(found, 'forward', target);
  }
}

function addNamedSet(found: Map<string, PortRange[]>, set: Json, kind: 'set' | 'map'): void {
  const types = [set.type].flat();
  for (const element of set.elem ?? []) {
    const [key, data] = kind === 'map' ? element : [element, undefined];
    addTyped(found, `${kind} ${set.name}`, types, key);
    if (data !== undefined)
      addTyped(found, `${kind} ${set.name}`, [set.map].flat().join(' . ').split(' . '), data);
  }
}

function addTyped(found: Map<string, PortRange[]>, key: string, types: readonly string[], value: Json): void {
  const parts = value.elem?.val?.concat ?? value.concat ?? [value];
  for (const [index, type] of types.entries()) {
    const range = type === 'inet_service' ? rangeOf(parts[index]) : undefined;
    if (range !== undefined) add(found, key, range);
  }
}

function add(found: Map<string, PortRange[]>, key: string, range: PortRange): void {
  found.set(key, [...(found.get(key) ?? []), range]);
}

/** nft joins the ranges of an anonymous set, so the ports that they cover are what can be compared. */
function covered(found: ReadonlyMap<string, readonly PortRange[]>): Ports {
  const entries = [...found].map(([key, ranges]): [string, string] => {
    const joined: { first: number; last: number }[] = [];
    for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
      const before = joined.at(-1);
      if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last);
      else joined.push({ first, last });
    }
    return [key, joined.map(({ first, last }) => `${first}-${last}`).join(' ')];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Asks the program about all inputs, in one namespace. */
function ask(inputs: readonly NftablesCase[]): readonly Answer[] {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-nftables-'));
  try {
    for (const [index, { text }] of inputs.entries()) writeFileSync(join(folder, `${index}.nft`), text);
    const lines = inputs.map(
      (_, index) =>
        `nft flush ruleset; nft -f ./${index}.nft 2>${index}.told && nft -j list ruleset >${index}.listed`,
    );
    writeFileSync(join(folder, 'ask.sh'), `${lines.join('\n')}\n`);
    const { status, stderr } = spawnSync('unshare', [namespace ?? '-n', 'sh', 'ask.sh'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.notEqual(status, null, stderr);
    return inputs.map((_, index) => {
      const listed = readOr(join(folder, `${index}.listed`));
      return { loads: listed !== '', words: readOr(join(folder, `${index}.told`)), listed };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Why the program cannot be asked here; undefined when it can. */
function reasonToSkip(): string | undefined {
  if (spawnSync('nft', ['--version']).error) return 'nftables is not installed';
  return namespace === undefined ? 'nft cannot load rules in a network namespace of its own here' : undefined;
}
