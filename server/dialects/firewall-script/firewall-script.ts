import type { Dialect } from '../../model/dialect';
import type { PortSlot, Reading } from '../../model/port';
import { heredocs, withoutBodies } from '../../syntax/commands/heredocs';
import { assignment, programOf } from '../../syntax/commands/program-of';
import { readResolved } from '../../syntax/commands/resolved-commands';
import { shellCommands } from '../../syntax/commands/shell-commands';
import { shellVariables } from '../../syntax/commands/shell-variables';
import { readFirewallCmd } from '../../syntax/firewalld/firewall-cmd';
import { readIptablesCommand } from '../../syntax/iptables/iptables-command';
import { readIptablesScript } from '../../syntax/iptables/iptables-script';
import { readNftCommand } from '../../syntax/nftables/nft-command';
import { type SourcedText, sourceSpan, unknownText } from '../../syntax/sourced-text';
import { readUfwCommand } from '../../syntax/ufw/command';
import { callsFirewall } from './calls-firewall';

/** What one command says of ports. */
type CommandReading = Pick<Reading, 'references' | 'slots' | 'faults'>;

/** `gap` is where another word can be typed, behind the last one. */
type CommandReader = (words: readonly SourcedText[], gap?: number) => CommandReading;

const readers: ReadonlyMap<string, CommandReader> = new Map<string, CommandReader>([
  ['nft', (words) => readNftCommand(words)],
  ['ufw', (words, gap) => readUfwCommand(words, gap)],
  ['firewall-cmd', (words) => readFirewallCmd(words, 'firewall-cmd')],
  ['firewall-offline-cmd', (words) => readFirewallCmd(words, 'firewall-offline-cmd')],
]);

/**
 * Shell scripts that set up a firewall, whatever the program: each command is read by the grammar of its program, and
 * what the shell puts in at run time is not guessed.
 */
export const firewallScript: Dialect = {
  id: 'firewall-script',
  title: 'shell script with firewall commands',
  files: [],
  languages: [],
  shared: {
    files: ['*.sh', '*.bash', '*.zsh', '*.ksh', 'rc.firewall*', 'rc.local', '*firewall'],
    languages: ['shellscript'],
  },
  companions: [],
  looksLike: callsFirewall,
  read: (text) => readScript(text),
};

function readScript(text: string): Reading {
  // The commands of iptables, and what is handed to iptables-restore line by line.
  const { references: first, slots, faults } = readIptablesScript(text);
  const found = { references: [...first], slots: [...slots], faults: [...faults] };
  // `UFW=/usr/sbin/ufw` at the top and `$UFW allow …` below is how many of these scripts are written.
  const programs = new Map<string, string>();
  const commands = shellCommands(withoutBodies(text, heredocs(text)));
  const script = { text, variables: shellVariables(commands, text) };
  for (const words of commands) {
    const { settings, name, arguments: rest } = programOf(words);
    for (const setting of settings) noteProgram(setting, programs, text);
    const reader = readers.get(name === unknownText ? programIn(words, rest, programs, text) : name);
    if (reader === undefined) continue;
    const gap = gapBehind(words, text);
    const reading = readResolved(
      rest,
      script,
      (known) => directRule(name, known, text) ?? reader(known, gap),
    );
    found.references.push(...reading.references);
    for (const slot of reading.slots) found.slots.push(behindBlank(slot, text));
    found.faults.push(...reading.faults);
  }
  return found;
}

/** The end of a line, when nothing but blanks stands between the last word of a command and it. */
function gapBehind(words: readonly SourcedText[], text: string): number | undefined {
  const last = words.at(-1);
  const from = last === undefined ? text.length : sourceSpan(last, 0, last.value.length).end;
  let to = from;
  while (text[to] === ' ' || text[to] === '\t') to += 1;
  return to > from && /^[\r\n]?$/.test(text.charAt(to)) ? to : undefined;
}

/** A slot right behind a word, to be filled with a blank in front, stands behind the blank where there is one. */
function behindBlank({ before, ...slot }: PortSlot, text: string): PortSlot {
  const { start, end } = slot.span;
  if (before !== ' ') return before === undefined ? slot : { ...slot, before };
  const hasBlank = start === end && /[ \t]/.test(text.charAt(end));
  return hasBlank ? { ...slot, span: { start: end + 1, end: end + 1 } } : { ...slot, before };
}

/** `firewall-cmd --direct --add-rule ipv4 filter INPUT 0 …`: what follows the number are arguments of iptables. */
function directRule(name: string, words: readonly SourcedText[], text: string): CommandReading | undefined {
  const at = words.findIndex(({ value }) => value === '--add-rule');
  const [ipv, table, chain, , ...rest] = words.slice(at + 1);
  if (!name.startsWith('firewall-') || at < 0 || chain === undefined || table === undefined) return undefined;
  if (ipv?.value !== 'ipv4' && ipv?.value !== 'ipv6') return undefined;
  const program = ipv.value === 'ipv4' ? 'iptables' : 'ip6tables';
  const append = { ...chain, value: '-A', pieces: [] };
  const place = { program, text, isSaved: true, table: table.value } as const;
  const { references, slots } = readIptablesCommand([append, chain, ...rest], place);
  return { references, slots, faults: [] };
}

/** Notes a variable that holds one of the programs, as a path or as `$(which iptables)`. */
function noteProgram(setting: SourcedText, programs: Map<string, string>, text: string): void {
  const { name, value } = assignment(setting);
  const { start, end } = sourceSpan(value, 0, value.value.length);
  const [, program] = /(?:^|[/\s])([a-z0-9-]+)["')`]*$/.exec(text.slice(start, end)) ?? [];
  if (program !== undefined && readers.has(program)) programs.set(name, program);
  else programs.delete(name);
}

/** The program that a variable in the place of one holds; empty when that is not known. */
function programIn(
  words: readonly SourcedText[],
  rest: readonly SourcedText[],
  programs: ReadonlyMap<string, string>,
  text: string,
): string {
  const word = words[words.length - rest.length - 1];
  if (word === undefined) return '';
  const { start, end } = sourceSpan(word, 0, word.value.length);
  const [, name = ''] = /^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(text.slice(start, end)) ?? [];
  return programs.get(name) ?? '';
}
