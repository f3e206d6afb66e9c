import { network } from '../../model/network';
import type { Network, NetworkMatch, PacketRule, PortMatch, Verdict } from '../../model/packet-filter';
import { commandSpan } from '../commands/command-span';
import { type SourcedText, unknownText } from '../sourced-text';
import type { CommandState, UsedMatch } from './command-state';
import type { ReadOption } from './option-reader';
import type { PortOption } from './port-options';
import type { Protocol } from './protocols';

/**
 * A command's rule as packets meet it. What is not understood, hangs on a variable or stands a second time is told as
 * it is written, among the other conditions.
 *
 * @param chain The table and the chain: `filter/INPUT`.
 */
export function packetRule(state: CommandState, chain: string, words: readonly SourcedText[]): PacketRule {
  return new RuleReader(state, chain, words).read();
}

class RuleReader {
  private readonly others: string[] = [];
  private isSteady = true;
  private ports: PortMatch | undefined;
  private sourcePorts: PortMatch | undefined;
  private states: readonly string[] | undefined;
  private source: NetworkMatch | undefined;
  private destination: NetworkMatch | undefined;

  constructor(
    private readonly state: CommandState,
    private readonly chain: string,
    private readonly words: readonly SourcedText[],
  ) {}

  read(): PacketRule {
    const { state, chain, words } = this;
    const span = commandSpan(words);
    if (state.isGuess || state.hasForeign || state.rest.length > 0) return this.unread();
    const protocol = this.protocol();
    this.source = this.addresses('s');
    this.destination = this.addresses('d');
    const inInterface = this.interfaceOf('i');
    const outInterface = this.interfaceOf('o');
    if (state.own.has('f')) this.others.push(`${this.sign(state.own.get('f'))}-f`);
    for (const match of state.matches) this.match(match);
    const { ports, sourcePorts, states, source, destination, others } = this;
    const verdict = this.verdict();
    return {
      ...{ span, chain },
      ...(state.family && { family: state.family }),
      ...protocol,
      ...(ports && { ports }),
      ...(sourcePorts && { sourcePorts }),
      ...(source && { source }),
      ...(destination && { destination }),
      ...(inInterface !== undefined && { inInterface }),
      ...(outInterface !== undefined && { outInterface }),
      ...(states && { states }),
      others,
      ...(this.isSteady && { othersAreSteady: true as const }),
      ...verdict,
    };
  }

  /** Words that can be anything make a rule that is known by its text alone. */
  private unread(): PacketRule {
    const { state, chain, words } = this;
    const written = words.map((word) => this.written(word)).join(' ');
    return {
      ...{ span: commandSpan(words), chain },
      ...(state.family && { family: state.family }),
      others: [written],
      ...(!state.hasForeign && { othersAreSteady: true as const }),
      verdict: 'unknown',
    };
  }

  private protocol(): Pick<PacketRule, 'transports' | 'protocol'> {
    const { protocol } = this.state;
    if (protocol === undefined || protocol.known?.number === 0) return {};
    const { known, word, isNegated } = protocol;
    if (known === undefined || isNegated) {
      this.others.push(`${isNegated ? '! ' : ''}-p ${known ? nameOf(known, word) : this.written(word)}`);
      return {};
    }
    return known.transport ? { transports: [known.transport] } : { protocol: nameOf(known, word) };
  }

  private addresses(letter: 's' | 'd'): NetworkMatch | undefined {
    const option = this.state.own.get(letter);
    if (option?.value === undefined) return undefined;
    const isNegated = this.state.negated.has(option);
    const networks = networksOf(option.value.value);
    if (networks === undefined)
      this.others.push(`${this.sign(option)}-${letter} ${this.written(option.value)}`);
    const isAll = !isNegated && networks?.some(isEverywhere);
    return networks === undefined || isAll ? undefined : { networks, isNegated };
  }

  private interfaceOf(letter: 'i' | 'o'): string | undefined {
    const option = this.state.own.get(letter);
    if (option?.value === undefined) return undefined;
    const name = option.value.value;
    const isNegated = this.state.negated.has(option);
    if (!isNegated && !name.includes(unknownText)) return name === '+' ? undefined : name;
    this.others.push(`${this.sign(option)}-${letter} ${this.written(option.value)}`);
    return undefined;
  }

  private match({ extension: { name }, options }: UsedMatch): void {
    if (name === 'comment') return;
    const left = options.flatMap((option) => (this.understood(option) ? [] : [this.optionText(option)]));
    const isSaid = left.length > 0 || (options.length === 0 && !protocolMatches.has(name));
    if (!isSaid) return;
    this.others.push([`-m ${name}`, ...left].join(' '));
    if (varyingMatches.has(name)) this.isSteady = false;
  }

  /** Takes an option that is understood; another one of the same kind has to hold as well, and is not. */
  private understood(option: ReadOption): boolean {
    const { value } = option;
    const ports = this.state.ports.find((each) => each.option === option);
    if (ports !== undefined) return this.portsUnderstood(ports);
    if (value === undefined || value.value.includes(unknownText)) return false;
    const isNegated = this.state.negated.has(option);
    switch (option.entry.name) {
      case 'state':
      case 'ctstate':
        if (isNegated || this.states !== undefined) return false;
        this.states = value.value.toUpperCase().split(',');
        return true;
      case 'src-range':
      case 'dst-range': {
        const side = option.entry.name === 'src-range' ? 'source' : 'destination';
        const range = network(value.value);
        if (range === undefined || this[side] !== undefined) return false;
        this[side] = { networks: [range], isNegated };
        return true;
      }
      default:
        return false;
    }
  }

  private portsUnderstood({ kind, read, isNegated }: PortOption): boolean {
    const isOwn = kind.extension !== 'conntrack' && kind.extension !== 'ipvs';
    const side = kind.side === 'source' ? 'sourcePorts' : 'ports';
    if (!isOwn || kind.side === 'either' || this[side] !== undefined) return false;
    const ranges = (read?.items ?? []).flatMap(({ ports }) => ports ?? []);
    if (ranges.length === 0 || ranges.length < (read?.items.length ?? 0)) return false;
    this[side] = { ranges, isNegated };
    return true;
  }

  /** What becomes of the packet, the target's options with it: two translations to different places are not alike. */
  private verdict(): Pick<PacketRule, 'verdict' | 'verdictText'> {
    const { target, targetOptions } = this.state;
    if (target === undefined) return { verdict: 'continue' };
    const name = this.written(target.word);
    const options = targetOptions.map((option) => this.optionText(option));
    const isVariable = [target.word, ...targetOptions.flatMap(({ value }) => value ?? [])].some(({ value }) =>
      value.includes(unknownText),
    );
    const words = [target.isGoto ? `goto ${name}` : name, ...options].join(' ');
    if (isVariable) this.others.push(`-j ${words}`);
    return { verdict: (!target.isGoto && verdicts.get(name)) || 'unknown', verdictText: words };
  }

  /** An option by the name that the program gives it, so that abbreviations make no difference. */
  private optionText(option: ReadOption): string {
    const { entry, value } = option;
    const more = this.state.furtherWords.get(option);
    const values = [value, more].flatMap((word) => (word === undefined ? [] : [this.written(word)]));
    const name = /(\S+)$/.exec(entry.id)?.[1]?.split('|')[0] ?? entry.name;
    return `${this.sign(option)}${[`--${name}`, ...values].join(' ')}`;
  }

  private sign(option: ReadOption | undefined): string {
    return option !== undefined && this.state.negated.has(option) ? '! ' : '';
  }

  private written(word: SourcedText): string {
    return this.state.written(word);
  }
}

const verdicts: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['ACCEPT', 'accept'],
  ['DROP', 'drop'],
  ['REJECT', 'reject'],
  ['RETURN', 'return'],
  ...['DNAT', 'SNAT', 'MASQUERADE', 'REDIRECT', 'NETMAP'].map((name) => [name, 'translate'] as const),
  ...['LOG', 'NFLOG', 'ULOG', 'TRACE', 'AUDIT'].map((name) => [name, 'continue'] as const),
]);

/** Matches that say nothing by themselves: `-p` does. */
const protocolMatches: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', 'dccp', 'icmp', 'icmp6']);

/**
 * Matches that can decide differently on one packet when they are asked again: they count, look at the time or at
 * chance, or at what a rule in between can have set.
 */
const varyingMatches: ReadonlySet<string> = new Set([
  ...['limit', 'hashlimit', 'recent', 'statistic', 'quota', 'connlimit', 'connbytes', 'rateest', 'time'],
  ...['nfacct', 'mark', 'connmark', 'connlabel', 'dscp', 'tos', 'ecn', 'ttl', 'hl', 'set', 'bpf'],
]);

/** Protocols without ports that have two names. */
const names: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [58, 'icmpv6'],
  [50, 'esp'],
  [51, 'ah'],
]);

function nameOf({ number, transport }: Protocol, word: SourcedText): string {
  return transport ?? names.get(number) ?? (number < 0 ? word.value.toLowerCase() : `${number}`);
}

/** Numbers that are missing at the end of an address are zeros (libxtables/xtables.c, `__numeric_to_ipaddr`). */
function networksOf(text: string): readonly Network[] | undefined {
  const networks = text.split(',', mostAddresses).map((written) => {
    const [, short = '', mask = ''] = /^\s*([0-9]+(?:\.[0-9]+){0,2})(\/.*)?$/.exec(written) ?? [];
    const missing = short === '' ? 0 : 4 - short.split('.').length;
    return network(missing > 0 ? `${short}${'.0'.repeat(missing)}${mask}` : written.trim());
  });
  const known = networks.filter((each) => each !== undefined);
  return known.length === networks.length && known.length < mostAddresses ? known : undefined;
}

/** A list of more addresses is known by its text alone. */
const mostAddresses = 64;

function isEverywhere({ family, first, last }: Network): boolean {
  return first === 0n && last === (family === 'ipv4' ? 2n ** 32n : 2n ** 128n) - 1n;
}
