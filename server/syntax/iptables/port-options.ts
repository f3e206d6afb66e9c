import type { Address } from '../../model/address';
import type { Transport } from '../../model/port';
import type { SourcedText } from '../sourced-text';
import type { CommandState } from './command-state';
import { matchNamed, type OptionEntry, targetNamed } from './extensions';
import { plainPorts, portList, resolvedPorts, singlePort } from './match-ports';
import { toAddress, toPorts } from './nat-ports';
import type { ReadOption } from './option-reader';
import type { PortNotation } from './port-text';
import type { PortValue } from './port-values';

/** An option whose value is or holds ports. */
export interface PortOption {
  readonly option: ReadOption;
  readonly kind: PortKind;
  readonly isNegated: boolean;
  /** The value, or nothing yet. */
  readonly value?: SourcedText;
  readonly read?: PortValue & { readonly address?: Address };
}

/** What an option does with ports, and how its value is read. */
export interface PortKind {
  /** Which port of a packet it looks at, or which one it gives the packet. */
  readonly side: 'destination' | 'source' | 'either' | 'new destination' | 'new source';
  readonly form: 'plain' | 'resolved' | 'single' | 'list' | 'ports' | 'address';
  readonly notation: PortNotation;
  /** The transport that the extension itself is for. */
  readonly transport?: Transport;
  readonly extension: string;
  readonly name: string;
}

/** What the option does with ports; undefined when it takes none. */
export function portKind(entry: OptionEntry): PortKind | undefined {
  return kinds.get(entry.id);
}

/**
 * The option with ports that a name would be if its extension were loaded, for a command of which not all is known.
 * Names and unambiguous beginnings of tcp's and multiport's options count, of others the name as a whole.
 */
export function likelyPortOption(
  name: string,
): { readonly entry: OptionEntry; readonly kind: PortKind } | undefined {
  const bare = name.replace(/^--/, '');
  if (bare === name || bare === '') return undefined;
  const entry =
    likely.find((each) => each.name === bare) ?? likely.find((each) => isBeginning(each.name, bare));
  const kind = entry && kinds.get(entry.id);
  if (entry === undefined || kind === undefined) return undefined;
  if (kind.form !== 'plain') return { entry, kind };
  const { side, form, extension, name: first } = kind;
  return { entry, kind: { side, form, extension, name: first, notation: 'either' } };
}

/** Reads the value of an option with ports as the program does at this place of the command. */
export function readPortOption(state: CommandState, option: ReadOption, kind: PortKind): PortOption {
  const isNegated = state.negation !== undefined;
  const { value } = option;
  if (value === undefined) return { option, kind, isNegated };
  const text = value.value;
  const { protocol } = state;
  const isUnknown = state.isGuess || (protocol !== undefined && protocol.known === undefined);
  const transport = protocol?.known?.transport;
  const { family } = state;
  const setting = {
    notation: kind.notation,
    extension: kind.extension,
    option: kind.name,
    takesPorts: isUnknown ? undefined : natTakesPorts(protocol?.known?.number),
    ...(family && { family }),
    ...lookupOf(kind, transport),
  };
  const read = {
    plain: plainPorts,
    resolved: resolvedPorts,
    single: singlePort,
    list: portList,
    ports: toPorts,
    address: toAddress,
  }[kind.form](text, setting);
  return { option, kind, isNegated, value, read };
}

/** TCP, UDP, SCTP, DCCP, and ICMP for its identifiers (extensions/libxt_NAT.c, `__NAT_parse`). */
function natTakesPorts(protocol: number | undefined): boolean {
  return protocol !== undefined && [6, 17, 132, 33, 1].includes(protocol);
}

function lookupOf(kind: PortKind, transport: Transport | undefined): { readonly lookup?: Transport } {
  if (kind.form === 'list') return transport ? { lookup: transport } : {};
  return kind.form === 'plain' && kind.transport ? { lookup: kind.transport } : {};
}

const sides: readonly (readonly [pattern: RegExp, side: PortKind['side']])[] = [
  [/ (?:source-ports?|ctorigsrcport|ctreplsrcport)$/, 'source'],
  [/ (?:destination-ports?|ctorigdstport|ctrepldstport|vport|vportctl)$/, 'destination'],
  [/ ports$/, 'either'],
  [/^MASQUERADE to-ports$| to-source$/, 'new source'],
  [/ (?:to-destination|to-ports|on-port)$/, 'new destination'],
];

const kinds: ReadonlyMap<string, PortKind> = new Map([
  ...of('match tcp', { form: 'plain', notation: 'strtoul', transport: 'tcp' }),
  ...of('match sctp', { form: 'plain', notation: 'strtoul', transport: 'sctp' }),
  ...of('match udp', { form: 'resolved', notation: 'getaddrinfo', transport: 'udp' }),
  ...of('match dccp', { form: 'resolved', notation: 'getaddrinfo', transport: 'dccp' }),
  ...of('match multiport', { form: 'list', notation: 'strtoul' }),
  ...of('match conntrack', { form: 'resolved', notation: 'getaddrinfo' }),
  ...of('match ipvs', { form: 'single', notation: 'getaddrinfo' }),
  ...of('target DNAT', { form: 'address', notation: 'strtoul' }),
  ...of('target SNAT', { form: 'address', notation: 'strtoul' }),
  ...of('target REDIRECT', { form: 'ports', notation: 'strtoul' }),
  ...of('target MASQUERADE', { form: 'ports', notation: 'strtoul' }),
  ...of('target TPROXY', { form: 'single', notation: 'getaddrinfo' }),
]);

/** What may stand in a command with unknown parts, tcp's options for those of every protocol. */
const likely: readonly OptionEntry[] = [
  ...['tcp', 'multiport', 'conntrack', 'ipvs'].flatMap((name) => matchNamed(name)?.options ?? []),
  ...['DNAT', 'SNAT', 'REDIRECT', 'TPROXY'].flatMap((name) => targetNamed(name)?.options ?? []),
].filter(({ id }) => kinds.has(id));

function isBeginning(name: string, written: string): boolean {
  return written.length > 4 && name.startsWith(written) && /^(?:s|d|source-|destination-)port/.test(name);
}

function of(
  owner: string,
  kind: Pick<PortKind, 'form' | 'notation' | 'transport'>,
): (readonly [id: string, kind: PortKind])[] {
  const [, extension = ''] = owner.split(' ');
  const options = (owner.startsWith('match') ? matchNamed(extension) : targetNamed(extension))?.options ?? [];
  const ids = new Set(options.map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const name = /(\S+)$/.exec(id)?.[1]?.split('|')[0] ?? '';
    const side = sides.find(([pattern]) => pattern.test(`${extension} ${name}`))?.[1];
    return side === undefined ? [] : [[id, { ...kind, side, extension, name }] as const];
  });
}
