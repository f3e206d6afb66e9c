import type { Dialect } from '../../model/dialect';
import type { PortSlot } from '../../model/port-slot';
import type { Reading } from '../../model/reading';
import type { Span } from '../../model/span';
import { programOf } from '../../syntax/commands/program-of';
import { readResolved } from '../../syntax/commands/resolved-commands';
import { variableIn } from '../../syntax/commands/shell-assignments';
import { type ShellScript, shellScript } from '../../syntax/commands/shell-script';
import { sureCommands } from '../../syntax/commands/sure-commands';
import { readDirectRule } from '../../syntax/firewalld/direct-rule';
import { readFirewallCmd } from '../../syntax/firewalld/firewall-cmd';
import { addFound, nothingFound, type PartReading } from '../../syntax/found';
import { readIptablesScript } from '../../syntax/iptables/iptables-script';
import { readNftCommand, takeNftCommand } from '../../syntax/nftables/nft-command';
import { NftFilter } from '../../syntax/nftables/nft-filter';
import { readNftHeredoc } from '../../syntax/nftables/nft-heredoc';
import { NftMemory } from '../../syntax/nftables/nft-known';
import { joinedFilters } from '../../syntax/packet-filter/joined-filters';
import { ScriptFilter } from '../../syntax/packet-filter/script-filter';
import { type SourcedText, spanOf, subText } from '../../syntax/sourced-text';
import { readUfwCommand } from '../../syntax/ufw/command';
import { callsFirewall } from './calls-firewall';

/** What stands around the words of a command. */
interface Place {
  /** What the commands of nft before it declared. */
  readonly memory: NftMemory;
  /** The text of the script. */
  readonly text: string;
}

type CommandReader = (words: readonly SourcedText[], place: Place) => PartReading;

const readers: ReadonlyMap<string, CommandReader> = new Map<string, CommandReader>([
  ['nft', (words, { memory, text }) => readNftCommand(words, text, memory)],
  ['ufw', (words, { text }) => readUfwCommand(words, text)],
  ['firewall-cmd', (words, { text }) => readFirewallCmd(words, text, 'firewall-cmd')],
  ['firewall-offline-cmd', (words, { text }) => readFirewallCmd(words, text, 'firewall-offline-cmd')],
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
  const script = shellScript(text);
  // The commands of iptables, and what is handed to iptables-restore line by line.
  const found = nothingFound();
  const { filter: first, ...iptables } = readIptablesScript(script);
  addFound(found, iptables);
  let ufwFilter: ScriptFilter | undefined;
  const memory = new NftMemory();
  const nftFilter = new NftFilter();
  const areSure = sureCommands(script.commands, text);
  for (const [index, words] of script.commands.entries()) {
    const { name, arguments: rest } = programOf(words);
    const word = words[words.length - rest.length - 1];
    const program = readers.has(name) || word === undefined ? name : programIn(word, script);
    const reader = readers.get(program);
    if (reader === undefined) {
      ufwFilter?.take(index, []);
      continue;
    }
    const place = { memory, text };
    const resolved: (readonly SourcedText[])[] = [];
    const {
      references,
      slots,
      faults,
      steps = [],
    } = readResolved(rest, script, (known) => {
      resolved.push(known);
      return directRule(program, known, text) ?? reader(known, place);
    });
    if (program === 'ufw') {
      ufwFilter ??= new ScriptFilter(script);
      ufwFilter.take(index, steps);
    }
    if (program === 'nft') {
      const [only = rest, ...more] = resolved;
      const isSure = areSure[index] === true && more.length === 0;
      takeNftCommand(only, text, nftFilter, { span: spanAround(words, text), isSure });
    }
    const cut = cutAtLineEnd(rest);
    const typed = cut === undefined || program === 'nft' ? slots : reader(cut, place).slots;
    addFound(found, { references, slots: typed.map((slot) => behindBlank(slot, text)), faults });
  }
  for (const document of script.documents) {
    const reading = readNftHeredoc(text, document, memory);
    if (reading !== undefined) addFound(found, reading);
  }
  const filter = joinedFilters([first, ufwFilter?.draft.filter(), nftFilter.filter()]);
  return { ...found, ...(filter && { filter }) };
}

/** All of a command, with the quotation mark that closes its last word. */
function spanAround(words: readonly SourcedText[], text: string): Span {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return { start: 0, end: 0 };
  const { start } = spanOf(first);
  let end = Math.max(start, spanOf(last).end);
  if (/["']/.test(text.charAt(end))) end += 1;
  return { start, end };
}

/**
 * The words of a command up to one that a quotation mark takes over the end of its line, which is cut there: the mark is
 * still to be closed. Undefined where no word goes on over lines.
 */
function cutAtLineEnd(words: readonly SourcedText[]): readonly SourcedText[] | undefined {
  const at = words.findIndex(({ value }) => value.includes('\n'));
  const word = words[at];
  if (word === undefined) return undefined;
  const { length } = /^[A-Za-z0-9:,/=-]*/.exec(word.value)?.[0] ?? '';
  return [...words.slice(0, at), subText(word, 0, length)];
}

/** A slot right behind a word, to be filled with a blank in front, stands behind the blank where there is one. */
function behindBlank({ before, ...slot }: PortSlot, text: string): PortSlot {
  const { start, end } = slot.span;
  if (before !== ' ') return before === undefined ? slot : { ...slot, before };
  const hasBlank = start === end && /[ \t]/.test(text.charAt(end));
  return hasBlank ? { ...slot, span: { start: end + 1, end: end + 1 } } : { ...slot, before };
}

/** `firewall-cmd --direct --add-rule ipv4 filter INPUT 0 …`: what follows the number are arguments of iptables. */
function directRule(program: string, words: readonly SourcedText[], text: string): PartReading | undefined {
  const at = words.findIndex(({ value }) => value === '--add-rule');
  const [ipv, table, chain, , ...rest] = words.slice(at + 1);
  if (!program.startsWith('firewall-') || at < 0 || ipv === undefined) return undefined;
  if (table === undefined || chain === undefined) return undefined;
  return readDirectRule({ ipv: ipv.value, table: table.value, chain, words: rest }, text);
}

/**
 * The program that a variable in the place of one holds, empty when that is not known: `UFW=/usr/sbin/ufw` at the top
 * and `$UFW allow …` below is how many of these scripts are written. All that it is given names one program.
 */
function programIn(word: SourcedText, { text, assignments }: ShellScript): string {
  const values = assignments.get(variableIn(word, text) ?? '') ?? [];
  const [program = '', another] = new Set(values.map(lastName));
  return another === undefined ? program : '';
}

/** What stands behind the last blank or slash. */
function lastName(value: string): string {
  return value.slice(Math.max(value.lastIndexOf(' '), value.lastIndexOf('/')) + 1);
}
