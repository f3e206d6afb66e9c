import type {
  FilterChain,
  Network,
  NetworkMatch,
  PacketFilter,
  PacketRule,
  PortMatch,
} from '../../server/model/packet-filter';
import { portsText } from '../../server/model/port';

/**
 * A packet filter in lines that a test can be read by: each chain in the order in which it is told, below it its rules
 * in the order in which they are evaluated.
 *
 *     inet filter input (input, policy drop)
 *       ipv4 tcp dport 22,80-90 from 10.0.0.0/8 in lo state NEW [limit rate 3/minute] -> accept
 *
 * Every rule is on its own line: conditions, in brackets those that are not understood (`<…>` where they are not steady
 * either), then the verdict, with the program's own words in brackets where they are others. A chain that rules are in and that is not told comes last, with
 * `(untold)`, which is a fault of the reader.
 */
export function filterWords(filter: PacketFilter | undefined): readonly string[] {
  if (filter === undefined) return ['no filter'];
  const told = new Set(filter.chains.map(({ name }) => name));
  const untold = [...new Set(filter.rules.map(({ chain }) => chain))].filter((name) => !told.has(name));
  const rulesOf = (name: string): readonly string[] =>
    filter.rules.filter(({ chain }) => chain === name).map((rule) => `  ${ruleWords(rule)}`);
  return [
    ...filter.chains.flatMap((chain) => [chainWords(chain), ...rulesOf(chain.name)]),
    ...untold.flatMap((name) => [`${name} (untold)`, ...rulesOf(name)]),
  ];
}

/** One chain: `inet filter input (input, policy drop)`. */
function chainWords({ name, family, hook, policy, lastMatchWins, isPartial }: FilterChain): string {
  const facts = [
    ...(family === undefined || name.startsWith('ip') ? [] : [family]),
    ...(hook === undefined ? [] : [hook]),
    ...(policy === undefined ? [] : [`policy ${policy}`]),
    ...(lastMatchWins ? ['last match wins'] : []),
    ...(isPartial ? ['partial'] : []),
  ];
  return facts.length === 0 ? name : `${name} (${facts.join(', ')})`;
}

/** One rule, on one line. */
export function ruleWords(rule: PacketRule): string {
  const { branch, isQuick, family, transports, protocol, ports, sourcePorts, source, destination } = rule;
  const { inInterface, outInterface, states, others, othersAreSteady, verdict, verdictText } = rule;
  const [open, close] = othersAreSteady ? '[]' : '<>';
  const conditions = [
    family,
    transports?.join('|'),
    protocol,
    worded('dport', ports && portWords(ports)),
    worded('sport', sourcePorts && portWords(sourcePorts)),
    worded('from', source && networkWords(source)),
    worded('to', destination && networkWords(destination)),
    worded('in', inInterface),
    worded('out', outInterface),
    worded('state', states?.join('|')),
    ...others.map((other) => `${open}${other}${close}`),
  ].filter((words) => words !== undefined);
  const own = verdictText === undefined || verdictText === verdict ? '' : ` (${verdictText})`;
  const place = branch === undefined ? '' : `branch ${branch}: `;
  const quick = isQuick ? 'quick ' : '';
  return `${place}${conditions.length === 0 ? 'any' : conditions.join(' ')} -> ${quick}${verdict}${own}`;
}

function worded(word: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${word} ${value}`;
}

function portWords({ ranges, isNegated }: PortMatch): string {
  return `${isNegated ? '!' : ''}${ranges.length === 0 ? '∅' : ranges.map(portsText).join(',')}`;
}

function networkWords({ networks, isNegated }: NetworkMatch): string {
  return `${isNegated ? '!' : ''}${networks.length === 0 ? '∅' : networks.map(cidr).join(',')}`;
}

/** `10.0.0.0/8`, the address alone where it is a single one, `first-last` where no prefix says it. */
function cidr({ family, first, last }: Network): string {
  if (first === last) return addressText(family, first);
  const size = last - first + 1n;
  const isPrefix = (size & (size - 1n)) === 0n && first % size === 0n;
  const width = family === 'ipv4' ? 32 : 128;
  if (isPrefix) return `${addressText(family, first)}/${width - (size.toString(2).length - 1)}`;
  return `${addressText(family, first)}-${addressText(family, last)}`;
}

/** IPv6 with the first run of zero groups shortened, which is enough to be read. */
function addressText(family: Network['family'], address: bigint): string {
  const [count, bits, base, joint] = family === 'ipv4' ? [4, 8n, 10, '.'] : [8, 16n, 16, ':'];
  const groups = Array.from({ length: count }, (_, index) =>
    ((address >> (bits * BigInt(count - 1 - index))) & ((1n << bits) - 1n)).toString(base),
  );
  const text = groups.join(joint);
  return family === 'ipv4' ? text : text.replace(/(?:^|:)0(?::0)+(?::|$)/, '::');
}
