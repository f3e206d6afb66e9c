import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { PortReference } from '../../server/model/port';
import { readSaveText } from '../../server/syntax/iptables/save-text';
import { type IptablesCase, iptablesCases } from './iptables.cases';

/**
 * Every input is loaded by the real program in a network namespace of its own: first with --test, then for good, and
 * read back with iptables-save. Never are the machine's own rules touched.
 */

/** What loads, and means something else: warnings, which do not count here. */
const traps = new Set(['octal-port', 'truncated-port', 'zero-port', 'repeated-port', 'swapped-range']);

/** What the program said of an input. */
interface Answer {
  readonly tests: boolean;
  readonly loads: boolean;
  /** Of the first of the two that failed. */
  readonly words: string;
  readonly saved: string;
}

let version: string | undefined;

const missing = reasonToSkip();
if (missing !== undefined) {
  test('the real iptables', { skip: missing }, () => undefined);
} else {
  const answers = ask(iptablesCases);
  test('there are inputs enough, and none twice', () => {
    assert.ok(iptablesCases.length >= 400, `${iptablesCases.length} inputs`);
    assert.equal(
      new Set(iptablesCases.map(({ program, text }) => program + text)).size,
      iptablesCases.length,
    );
  });
  describe('iptables and Portolan agree', () => {
    for (const [index, input] of iptablesCases.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      const { differs } = input;
      const name = `${input.program}: ${JSON.stringify(input.rule?.line ?? input.text).slice(0, 120)}`;
      test(name, { ...(differs !== undefined && { skip: `known: ${differs}` }) }, () =>
        compare(input, answer),
      );
    }
  });
  test('what is known to differ does', () => {
    const agreeing = iptablesCases.flatMap((input, index) => {
      const answer = answers[index];
      if (input.differs === undefined || answer === undefined) return [];
      try {
        compare(input, answer);
        return [input.rule?.line ?? input.text];
      } catch {
        return [];
      }
    });
    if (isReference()) assert.deepEqual(agreeing, []);
  });
}

function compare({ program, text, rule }: IptablesCase, answer: Answer): void {
  const { faults, references } = readSaveText(text, { program, isWhole: true });
  const errors = faults.filter(({ rule: id }) => !traps.has(id));
  const isMissingModule = /missing kernel module/.test(answer.words);
  const isValid = answer.tests && (answer.loads || isMissingModule);
  const messages = errors.map(({ message }) => message);
  // What either of two versions takes is no fault, so another one than the reference may refuse more, in other words.
  if (!isReference() && !isValid) return;
  const told = `${messages.join(' ') || 'no fault'} — ${answer.words || 'loads'}`;
  assert.equal(messages.length === 0, isValid, told);
  if (!isValid) assert.ok(isToldBy(messages[0] ?? '', answer.words), `${messages[0]} — ${answer.words}`);
  else if (rule && answer.loads) assert.deepEqual(ours(references), theirs(answer.saved));
}

/** The program's own words stand in brackets at the end of a message. */
function isToldBy(message: string, words: string): boolean {
  const quoted = / \([a-z0-9-]+: (.*)\)\.$/s.exec(message)?.[1] ?? '';
  const plain = (told: string) =>
    told
      .replaceAll('\\n', ' ')
      .replace(/[\s.]+/g, ' ')
      .trim();
  return plain(words).includes(plain(quoted).slice(0, 150));
}

/** The ports of the references, by side; all ports are no condition, so the program does not list them. */
function ours(references: readonly PortReference[]): readonly string[] {
  const listed = references.flatMap(({ role, ports }) => {
    if (ports === undefined || (ports.first === 0 && ports.last === 65535)) return [];
    const side = role === 'source' ? 'source' : role === 'forward' ? 'new' : 'destination';
    return [`${side} ${ports.first}-${ports.last}`];
  });
  return listed.sort();
}

/** The same of what iptables-save prints; several addresses give several rules, which are one here. */
function theirs(saved: string): readonly string[] {
  const plain = saved.replace(/"(?:[^"\\]|\\.)*"/gs, '""');
  const [line = ''] = plain.split('\n').filter((each) => each.startsWith('-A'));
  const words = line.split(' ');
  const listed = words.flatMap((word, at): string[] => {
    const side = sides.find(([pattern]) => pattern.test(`${word} ${words.includes('MASQUERADE')}`))?.[1];
    const value = words[at + 1] ?? '';
    if (side === undefined) return [];
    if (!word.startsWith('--to-')) return value.split(',').map((text) => range(side, text, ':'));
    const ports = word === '--to-ports' ? value : /^(?:\[[^\]]*\]|[0-9.-]*):([0-9/-]+)$/.exec(value)?.[1];
    // Behind the slash stands where the range of the packet's own ports begins.
    const [given, base] = ports?.split('/') ?? [];
    return [
      ...(given === undefined ? [] : [range(side, given, '-')]),
      ...(base === undefined ? [] : [range('destination', base, '-')]),
    ];
  });
  return listed.filter((each) => !each.endsWith(' 0-65535') && !isBackwards(each)).sort();
}

/** A range that runs backwards is listed, and holds no port. */
function isBackwards(listed: string): boolean {
  const [first = 0, last = 0] = (listed.split(' ')[1] ?? '').split('-').map(Number);
  return first > last;
}

function range(side: string, text: string, sign: string): string {
  const [first = '', last = first] = text.split(sign);
  return `${side} ${first}-${last}`;
}

const sides: readonly (readonly [pattern: RegExp, side: string])[] = [
  [/^--(?:sports?|ct(?:orig|repl)srcport|to-source) |^--to-ports true/, 'source'],
  [/^--(?:dports?|ports|ct(?:orig|repl)dstport) /, 'destination'],
  [/^--(?:to-destination|to-ports|on-port) /, 'new'],
];

/** Asks the program about all inputs, in one namespace. */
function ask(inputs: readonly IptablesCase[]): readonly Answer[] {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-iptables-'));
  try {
    for (const [index, { text }] of inputs.entries()) writeFileSync(join(folder, `${index}.in`), text);
    const lines = inputs.map(({ program, rule }, index) => {
      const table = rule?.table ?? 'filter';
      return [
        `${program}-restore --test ${index}.in >${index}.test 2>&1; echo $? >>${index}.test`,
        `if [ "$(tail -n 1 ${index}.test)" = 0 ]; then`,
        `${program}-restore ${index}.in >${index}.load 2>&1; echo $? >>${index}.load`,
        `${program}-save -t ${table} >${index}.saved 2>&1; printf '*${table}\\nCOMMIT\\n' | ${program}-restore; fi`,
      ].join('\n');
    });
    writeFileSync(join(folder, 'ask.sh'), lines.join('\n'));
    const { status, stderr } = spawnSync('unshare', ['-n', 'sh', 'ask.sh'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.notEqual(status, null, stderr);
    return inputs.map((_, index) => answerIn(folder, index));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function answerIn(folder: string, index: number): Answer {
  const read = (ending: string): string => {
    try {
      return readFileSync(join(folder, `${index}.${ending}`), 'utf8');
    } catch {
      return '';
    }
  };
  const [tested, loaded] = [read('test'), read('load')].map((told) => told.replace(/(?:^|\n)[0-9]+\n$/, ''));
  const tests = /(?:^|\n)0\n$/.test(read('test'));
  const loads = /(?:^|\n)0\n$/.test(read('load'));
  // With -v the program prints the rule.
  const words = tests ? (loads ? (tested ?? '') : (loaded ?? '')) : (tested ?? '');
  return { tests, loads, words, saved: read('saved') };
}

/** Debian 12's iptables is what the grammar follows word by word. */
function isReference(): boolean {
  version ??= spawnSync('iptables', ['--version'], { encoding: 'utf8' }).stdout ?? '';
  return version.includes('v1.8.9 (nf_tables)');
}

/** Why the program cannot be asked here; undefined when it can. */
function reasonToSkip(): string | undefined {
  if (spawnSync('iptables-restore', ['--version']).error) return 'iptables is not installed';
  const input = '*filter\n-A INPUT -p tcp --dport 80 -j ACCEPT\nCOMMIT\n';
  const { status, error } = spawnSync('unshare', ['-n', 'iptables-restore'], { input });
  return error || status !== 0
    ? 'iptables cannot load rules in a network namespace of its own here'
    : undefined;
}
