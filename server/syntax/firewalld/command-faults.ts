import type { Fault } from '../../model/fault';
import { faultAt, replacing } from '../found';
import { type SourcedText, sourceSpan, spanOf, subText } from '../sourced-text';
import type { CommandWords, GivenOption } from './command-words';
import { type CommandName, commandOption } from './firewall-cmd-options';
import { firewalldRefusal, quoted } from './firewalld-refusal';
import { isOpaque } from './port-text';

/**
 * What argparse and the checks behind it refuse of a command as a whole (src/firewall-cmd.in): options that there are
 * not, ports without an option, options that exclude each other. Nothing that more options could mend, where a word is
 * not known.
 */
export function refuseCommand(command: CommandWords, program: CommandName | undefined): readonly Fault[] {
  return [
    ...command.unknown.map((word) => unknownOption(word, program)),
    ...command.stray.flatMap(strayPort),
    ...command.given.flatMap(missingValue),
    ...excluded(command.given),
    ...combined(command, program),
  ];
}

function unknownOption(word: SourcedText, program: CommandName | undefined): Fault {
  const equals = word.value.indexOf('=');
  const name = equals < 0 ? word.value : word.value.slice(0, equals);
  const isAmbiguous = commandOption(name, program) === 'ambiguous';
  const isShort = !name.startsWith('--');
  const reason = isShort
    ? `${quoted(name)} has one dash too few`
    : isAmbiguous
      ? `${quoted(name)} is the beginning of several options`
      : `there is no option ${quoted(name)}`;
  const words = isAmbiguous
    ? `ambiguous option: ${name} could match …`
    : `unrecognized arguments: ${word.value}`;
  const fixes = isShort ? replacing(subText(word, 0, name.length), `Write -${name}`, `-${name}`) : [];
  const message = firewalldRefusal(reason, 'firewall-cmd', words);
  return faultAt('unknown-parameter', sourceSpan(word, 0, name.length), message, fixes);
}

/** Other words may be redirections or what a shell makes of them; a port is a port. */
function strayPort({ word, after }: CommandWords['stray'][number]): readonly Fault[] {
  if (!/^[0-9]+(?:-[0-9]+)?\/(?:tcp|udp|sctp|dccp)$/.test(word.value)) return [];
  const reason = `${quoted(word.value)} belongs to no option; each port has one of its own`;
  const message = firewalldRefusal(reason, 'firewall-cmd', `unrecognized arguments: ${word.value}`);
  const option = after?.option.name ?? '';
  const mended = `${option}=${word.value}`;
  const fixes = /^--(?:add|remove|query)-(?:source-)?port$/.test(option)
    ? replacing(word, `Write ${mended}`, mended)
    : [];
  return [faultAt('unknown-parameter', spanOf(word), message, fixes)];
}

function missingValue({ option, word, values }: GivenOption): readonly Fault[] {
  if (option.takes !== 'value' || values.length > 0) return [];
  const isPort = /port$|^-p$/.test(option.name);
  const words = `argument ${option.name}: expected one argument`;
  const message = firewalldRefusal(`${quoted(option.name)} needs a value`, 'firewall-cmd', words);
  return [faultAt(isPort ? 'missing-port' : 'unknown-parameter', spanOf(word), message)];
}

/** Of one group a command takes one option only. */
function excluded(given: readonly GivenOption[]): readonly Fault[] {
  const first = new Map<string, GivenOption>();
  return given.flatMap((each) => {
    const { group, name } = each.option;
    if (group === 'alone' || group === 'lokkit') return [];
    const other = first.get(group)?.option.name;
    if (other === undefined) first.set(group, each);
    if (other === undefined || sameOption(other, name)) return [];
    const reason = `a command takes one of ${quoted(other)} and ${quoted(name)}, not both`;
    const words = `argument ${name}: not allowed with argument ${other}`;
    return [faultAt('unknown-parameter', nameSpan(each), firewalldRefusal(reason, 'firewall-cmd', words))];
  });
}

function sameOption(one: string, other: string): boolean {
  return canonical.get(one) === canonical.get(other) && (canonical.has(one) || one === other);
}

/** Two names of one option. */
const canonical: ReadonlyMap<string, string> = new Map([
  ['--change-zone', 'change'],
  ['--change-interface', 'change'],
  ['-h', 'help'],
  ['--help', 'help'],
  ['-V', 'version'],
  ['--version', 'version'],
  ['-q', 'quiet'],
  ['--quiet', 'quiet'],
  ['-v', 'verbose'],
  ['--verbose', 'verbose'],
]);

function combined({ given, isOpen }: CommandWords, program: CommandName | undefined): readonly Fault[] {
  const find = (...names: readonly string[]): GivenOption | undefined =>
    given.find(
      ({ option, values: [value] }) => names.includes(option.name) && (value === undefined || isKnown(value)),
    );
  const [zone, policy, permanent, timeout] = ['--zone', '--policy', '--permanent', '--timeout'].map((name) =>
    find(name),
  );
  const ports = given.find(({ option }) => /^--(?:add|remove|query)-(?:source-)?port$/.test(option.name));
  const defined = find('--service', '--helper');
  const alone = given.find(({ option }) => option.group === 'standalone' && standalone.has(option.name));
  const refuse = (each: GivenOption | undefined, reason: string, words: string): readonly Fault[] =>
    each === undefined
      ? []
      : [faultAt('unknown-parameter', nameSpan(each), firewalldRefusal(reason, 'firewall-cmd', words))];
  const changed = given.find(({ option }) => option.group === 'zone') ?? permanent ?? zone ?? policy;
  if (alone !== undefined && changed !== undefined) {
    const reason = `${quoted(alone.option.name)} is a command of its own, without ${quoted(changed.option.name)}`;
    return refuse(alone, reason, "Can't use stand-alone options with other options.");
  }
  const isPolicySet = find('--policy-set') !== undefined;
  if (zone !== undefined && policy !== undefined && !isPolicySet) {
    return refuse(
      policy,
      'a command is about a zone or a policy, not both',
      "Can't use --zone with --policy.",
    );
  }
  if (timeout !== undefined && permanent !== undefined) {
    const isNone = timeout.values[0]?.value === '0';
    const reason = 'what is permanent has no timeout';
    if (!isNone) return refuse(timeout, reason, "Can't specify timeout for permanent action.");
  }
  const direct = given.find(({ option }) => option.group === 'direct');
  const isDirect = find('--direct');
  if (!isOpen && (direct === undefined) !== (isDirect === undefined)) {
    const reason =
      direct === undefined
        ? '"--direct" is followed by no direct option'
        : `${quoted(direct.option.name)} comes behind "--direct"`;
    return refuse(direct ?? isDirect, reason, "Wrong usage of 'direct' options.");
  }
  const isRuntime = program === 'firewall-cmd' && permanent === undefined && !isOpen;
  if (isRuntime && defined !== undefined && ports !== undefined) {
    const reason = `the ports of a ${defined.option.name.slice(2)} are changed with --permanent only`;
    return refuse(defined, reason, 'Option can be used only with --permanent.');
  }
  return [];
}

/** What is empty is not given. */
function isKnown({ value }: SourcedText): boolean {
  return value !== '' && !isOpaque(value);
}

/** The options of that group that stand alone in truth (src/firewall-cmd.in, `options_standalone`). */
const standalone: ReadonlySet<string> = new Set(
  (
    '--help --version -h -V --state --reload --complete-reload --runtime-to-permanent --reset-to-defaults --panic-on ' +
    '--panic-off --query-panic --lockdown-on --lockdown-off --query-lockdown --get-default-zone --set-default-zone ' +
    '--get-active-zones --get-ipset-types --get-log-denied --set-log-denied --get-automatic-helpers ' +
    '--set-automatic-helpers --check-config'
  ).split(' '),
);

function nameSpan({ word }: GivenOption) {
  const equals = word.value.indexOf('=');
  return sourceSpan(word, 0, equals < 0 ? word.value.length : equals);
}
