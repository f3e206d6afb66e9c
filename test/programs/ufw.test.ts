import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ufw } from '../../server/dialects/ufw/ufw';
import { ufwProfile } from '../../server/dialects/ufw-profile/ufw-profile';
import type { Fault } from '../../server/model/fault';
import type { PortReference } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { literalText } from '../../server/syntax/sourced-text';
import { readUfwCommand } from '../../server/syntax/ufw/command';
import { commands, type Difference, differences, ofTheMachine, profiles, tuples } from './ufw.cases';

/** Rules that are told of what ufw takes. */
const traps = ['octal-port', 'repeated-port'];

/** What ufw made of a rule, and the numbers of what iptables heard of it. */
interface Rule {
  readonly dport: string;
  readonly sport: string;
  readonly protocol: string;
  readonly dapp: string;
  readonly sapp: string;
  readonly action: string;
  readonly remove: boolean;
  readonly forward: boolean;
  readonly direction: 'in' | 'out';
  readonly type: 'v4' | 'v6' | 'both' | null;
  readonly heard: readonly number[];
}

interface Heard {
  readonly refusal?: string;
  readonly protocol: string;
  readonly dport: readonly string[];
  readonly sport: readonly string[];
}

interface Answers {
  readonly commands: readonly { readonly valid: boolean; readonly words?: string; readonly rule?: Rule }[];
  readonly profiles: readonly {
    readonly profiles: Readonly<Record<string, readonly Rule[]>>;
    readonly warnings: readonly string[];
  }[];
  readonly tuples: readonly { readonly valid: boolean; readonly words?: string; readonly rule?: Rule }[];
  readonly heard: { readonly answers?: readonly Heard[]; readonly trouble?: string };
}

/** The known differences that were met. */
const seen = new Set<Difference>();

/** Debian's own Python, which has ufw's modules. */
const python = '/usr/bin/python3';

const missing = reasonToSkip();

if (missing !== undefined) {
  test('ufw agrees', { skip: missing }, () => {});
} else {
  const answers = ask();
  const heard = answers.heard.answers ?? [];
  test('iptables hears the rules in a namespace of its own', () => {
    assert.equal(answers.heard.trouble, undefined);
    assert.ok(heard.length > 400, `Only ${heard.length} rules were heard`);
  });

  describe('ufw and Portolan agree on commands', () => {
    let agreed = 0;
    for (const [index, words] of commands.entries()) {
      const answer = answers.commands[index];
      assert.ok(answer !== undefined);
      const input = words.join(' ');
      const reading = readWords(words);
      const told = answer.words ?? '';
      const heardOf = (answer.rule?.heard ?? []).map((number) => heard[number] as Heard);
      const isStuck = answer.rule?.remove !== true && heardOf.some(({ refusal }) => refusal !== undefined);
      const isValid = (answer.valid || ofTheMachine.some((each) => each.test(told))) && !isStuck;
      const isOurs = errors(reading.faults).length === 0;
      const difference =
        isValid !== isOurs
          ? `${input}: ufw ${isValid ? 'takes it' : `says "${told}"`}, Portolan: ${JSON.stringify(reading.faults)}`
          : !isValid
            ? wordsDifference(
                input,
                reading.faults,
                isStuck ? heardOf.map(({ refusal = '' }) => refusal) : [told],
              )
            : answer.rule !== undefined
              ? ruleDifference(input, reading.references, answer.rule, heardOf)
              : undefined;
      if (difference === undefined) agreed += 1;
      else if (!isKnown(input, told)) test(input, () => assert.fail(difference));
    }
    test(`${agreed} of ${commands.length} commands`, () => assert.ok(agreed > 400));
  });

  describe('ufw and Portolan agree on profiles', () => {
    let agreed = 0;
    for (const [index, text] of profiles.entries()) {
      const answer = answers.profiles[index];
      assert.ok(answer !== undefined);
      const reading = ufwProfile.read(text, { name: 'file', variables: new Map() });
      const warnings = answer.warnings
        .filter((warning) => !warning.startsWith('Duplicate profile'))
        .join('; ');
      const rules = Object.values(answer.profiles).flat();
      const heardOf = rules.flatMap((rule) => rule.heard.map((number) => heard[number] as Heard));
      const isStuck = heardOf.some(({ refusal }) => refusal !== undefined);
      const isValid = warnings === '' && !isStuck;
      const isOurs = errors(reading.faults).length === 0;
      const kept = reading.references.filter(
        ({ isRefused, owner }) => isRefused !== true && owner !== 'profile "DEFAULT"',
      );
      const names = new Set(kept.map(({ owner }) => /^profile "(.*)"$/s.exec(owner)?.[1]));
      const theirs = [...Object.keys(answer.profiles)].filter((name) =>
        (answer.profiles[name] ?? []).some(({ dport }) => dport !== 'any'),
      );
      const difference =
        isValid !== isOurs
          ? `ufw ${isValid ? 'takes it' : `says "${warnings}"`}, Portolan: ${JSON.stringify(reading.faults)}`
          : isStuck || text.startsWith('[DEFAULT]')
            ? undefined
            : !isValid && wordsDifference(text, reading.faults, answer.warnings) !== undefined
              ? wordsDifference(text, reading.faults, answer.warnings)
              : (listDifference([...names].map(String), theirs) ??
                listDifference(ours(kept), portsHeard(heardOf)));
      if (difference === undefined) agreed += 1;
      else if (!isKnown(text, warnings))
        test(JSON.stringify(text.slice(0, 100)), () => assert.fail(difference));
    }
    test(`${agreed} of ${profiles.length} profiles`, () => assert.ok(agreed > 200));
  });

  describe('ufw and Portolan agree on tuples', () => {
    let agreed = 0;
    for (const [index, line] of tuples.entries()) {
      const answer = answers.tuples[index];
      assert.ok(answer !== undefined);
      const reading = ufw.read(`${line}\n`, { name: 'user.rules', variables: new Map() });
      const told = answer.words ?? '';
      const heardOf = (answer.rule?.heard ?? []).map((number) => heard[number] as Heard);
      const isStuck = heardOf.some(({ refusal }) => refusal !== undefined);
      const isOurs = errors(reading.faults).length === 0;
      const isValid = answer.valid && !isStuck;
      const difference =
        isValid !== isOurs
          ? `ufw ${isValid ? 'takes it' : `says "${told}"`}, Portolan: ${JSON.stringify(reading.faults)}`
          : !isValid
            ? wordsDifference(
                line,
                reading.faults,
                isStuck ? heardOf.map(({ refusal = '' }) => refusal) : [told],
              )
            : answer.rule?.dapp === '' && answer.rule.sapp === '' && answer.rule.protocol !== 'any'
              ? listDifference(ours(reading.references), portsHeard(heardOf))
              : undefined;
      if (difference === undefined) agreed += 1;
      else if (!isKnown(line, told)) test(line, () => assert.fail(difference));
    }
    test(`${agreed} of ${tuples.length} tuples`, () => assert.ok(agreed > 80));
  });
  test('every known difference is one still', () => {
    for (const difference of differences) assert.ok(seen.has(difference), difference.reason);
  });
}

function isKnown(input: string, words: string): boolean {
  const difference = differences.find(({ fits }) => fits(input, words));
  if (difference !== undefined) seen.add(difference);
  return difference !== undefined;
}

function readWords(words: readonly string[]): Pick<Reading, 'references' | 'slots' | 'faults'> {
  let at = 0;
  const texts = words.map((word) => {
    const text = literalText(word, at);
    at += word.length + 1;
    return text;
  });
  return readUfwCommand(texts, words.join(' '));
}

function errors(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ rule }) => !traps.includes(rule));
}

/** The program's own words stand in brackets at the end of a message, the first thing it says first. */
function wordsDifference(
  input: string,
  faults: readonly Fault[],
  told: readonly string[],
): string | undefined {
  const [fault] = errors(faults);
  const [, words = ''] = /\((?:ufw|iptables): (.*)\)\.$/s.exec(fault?.message ?? '') ?? [];
  const wanted = told.map((each) =>
    each.trim().replace(/^(?:Value|Index|Assertion)Error:.*$/s, 'Invalid syntax'),
  );
  const isTold = wanted.some(
    (each) =>
      each === words ||
      each.endsWith(`: ${words}`) ||
      (words.endsWith('…') && each.startsWith(words.slice(0, -1))),
  );
  return words !== '' && isTold
    ? undefined
    : `${input}: Portolan says "${words}", the program "${wanted.join('; ')}"`;
}

/** The rule as a packet meets it, and the ports as iptables hears them. */
function ruleDifference(
  input: string,
  references: readonly PortReference[],
  rule: Rule,
  heardOf: readonly Heard[],
): string | undefined {
  if (rule.dapp !== '' || rule.sapp !== '') return undefined;
  const chain = rule.forward ? 'ufw routed' : rule.direction === 'in' ? 'ufw incoming' : 'ufw outgoing';
  const family = { v4: 'ipv4', v6: 'ipv6', both: undefined }[rule.type ?? 'both'];
  for (const { rule: ours } of references) {
    const verdict = rule.remove ? undefined : rule.action;
    const told = [ours?.chain, ours?.family, ours?.verdict].join();
    if (told !== [chain, family, verdict].join())
      return `${input}: ${told} is not ${[chain, family, verdict].join()}`;
  }
  if (rule.protocol === 'any' && heardOf.length === 0 && references.length === 0) return undefined;
  if (heardOf.some(({ refusal }) => refusal !== undefined)) return undefined;
  const difference = listDifference(ours(references), portsHeard(heardOf));
  return difference && `${input}: ${difference}`;
}

/** `tcp d 80:90`: transport, side, ports; a reference without a transport is for both. */
function ours(references: readonly PortReference[]): readonly string[] {
  return references.flatMap(({ ports, transport, role }) =>
    (transport === undefined ? ['tcp', 'udp'] : [transport]).map(
      (each) => `${each} ${role === 'source' ? 's' : 'd'} ${ports?.first}:${ports?.last}`,
    ),
  );
}

function portsHeard(heardOf: readonly Heard[]): readonly string[] {
  return heardOf.flatMap(({ protocol, dport = [], sport = [] }) =>
    [...dport.map((text) => ['d', text]), ...sport.map((text) => ['s', text])].flatMap(([side, text = '']) =>
      text.split(',').map((port) => `${protocol} ${side} ${port.includes(':') ? port : `${port}:${port}`}`),
    ),
  );
}

function listDifference(left: readonly string[], right: readonly string[]): string | undefined {
  const [a, b] = [left, right].map((list) => [...new Set(list)].sort().join('; '));
  return a === b ? undefined : `Portolan: ${a} — ufw: ${b}`;
}

function ask(): Answers {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-ufw-'));
  try {
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['-n', python, join(__dirname, 'ufw.oracle.py'), folder],
      {
        input: JSON.stringify({ commands, profiles, tuples }),
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      },
    );
    assert.ok(stdout !== '', stderr);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function reasonToSkip(): string | undefined {
  if (spawnSync(python, ['-c', 'import ufw.parser']).status !== 0) return 'ufw is not installed';
  if (spawnSync('iptables-restore', ['--version']).status !== 0) return 'iptables is not installed';
  return spawnSync('unshare', ['-n', 'true']).status === 0
    ? undefined
    : 'network namespaces are not allowed here';
}
