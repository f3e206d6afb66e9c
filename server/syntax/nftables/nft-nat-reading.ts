import { ipAddress } from '../../model/address';
import { checkAddress } from './nft-addresses';
import type { NftContext } from './nft-context';
import type { NftColumn } from './nft-elements';
import type { NftKnown } from './nft-known';
import type { NftNotes } from './nft-notes';
import { placeOf } from './nft-port-faults';
import type { PortUse } from './nft-port-values';
import { nftRefusal } from './nft-refusal';
import { portUse, readForward, readMapped, type StatementReading } from './nft-rules';
import type { NftExpr, NftNat } from './nft-tree';
import { addressIn } from './nft-values';

/** What a statement that sends a packet on says, as a rule's verdict. */
export function natWords(nat: NftNat, notes: NftNotes): string {
  return notes.words(nat);
}

/** Reads the ports that a packet is sent on to. */
export function readNatPorts(nat: NftNat, reading: StatementReading): void {
  const { address, port } = nat;
  const role = nat.verb === 'snat' || nat.verb === 'masquerade' ? 'source' : 'forward';
  const target = address && addressIn(address);
  const use: PortUse = { ...portUse(nat, nat, '==', reading), role, ...(target && { address: target }) };
  if (address?.kind === 'mapping') readAddressMap(address, use, reading);
  else if (address !== undefined) checkTarget(nat, address, reading);
  if (port === undefined) return;
  const whole =
    address !== undefined && address.kind !== 'mapping' ? { from: address.from, to: port.to } : undefined;
  readForward(port, whole === undefined ? use : { ...use, whole }, reading);
}

/** A map to addresses, or to addresses and ports side by side. */
function readAddressMap(
  mapping: NftExpr & { readonly kind: 'mapping' },
  use: PortUse,
  reading: StatementReading,
): void {
  readMapped(mapping, mappedColumns(mapping, reading), use, reading);
}

function mappedColumns(
  mapping: NftExpr & { readonly kind: 'mapping' },
  { place }: StatementReading,
): readonly NftColumn[] {
  const { map } = mapping;
  if (map.kind === 'set-name') {
    const declared = place.known.set(place.table, map.name)?.declaration.data ?? [];
    return declared.map((type) => ({ type }));
  }
  const first = map.kind === 'set' ? map.elements[0]?.data : undefined;
  return first?.kind === 'concat' && first.parts.length === 2 ? [{ type: 'unknown' }, { type: 'port' }] : [];
}

function hasPortData(mapping: NftExpr & { readonly kind: 'mapping' }, reading: StatementReading): boolean {
  return mappedColumns(mapping, reading).some(({ type }) => type === 'port');
}

function checkTarget(nat: NftNat, address: NftExpr, { context, notes }: StatementReading): void {
  const family = nat.family ?? context.network;
  if (family === 'ip') checkAddress(address, 'ipv4', notes);
  else if (family === 'ip6') checkAddress(address, 'ipv6', notes);
}

/** What nft and the kernel ask of such a statement beyond its grammar. */
export function judgeNat(nat: NftNat, network: NftContext['network'], reading: StatementReading): void {
  judgeTransport(nat, reading);
  judgeFamily(nat, network, reading);
  if (nat.verb === 'tproxy' && nat.port?.kind === 'range') {
    const message = nftRefusal(
      'A transparent proxy has one port',
      'Port ranges are not supported for tproxy.',
    );
    reading.notes.fault({ rule: 'invalid-port', message, ...placeOf(nat.port) });
  }
  const { place, notes } = reading;
  const hook = place.known.hook(place.table, place.chain);
  if (hook === undefined || fitsHook(nat, hook)) return;
  tellHook(nat, hook, notes);
}

type Hook = NonNullable<ReturnType<NftKnown['hook']>>;

/** Tells a statement that the kernel does not take in a chain at this hook. */
export function tellHook(nat: NftNat, { type, hook }: Hook, notes: NftNotes, from = ''): void {
  const reason = `"${nat.verb}" cannot stand in a chain of type ${type} at the hook ${hook}${from}`;
  const message = nftRefusal(reason, 'Could not process rule: Operation not supported');
  notes.fault({ rule: 'misplaced-directive', message, ...placeOf(nat) });
}

/** Where the kernel takes each of them (net/netfilter/nft_nat.c, nft_masq.c, nft_redir.c, nft_tproxy.c, validate). */
export function fitsHook({ verb }: NftNat, { type, hook }: Hook): boolean {
  switch (verb) {
    case 'dnat':
    case 'redirect':
      return type === 'nat' && (hook === 'prerouting' || hook === 'output');
    case 'masquerade':
      return type === 'nat' && hook === 'postrouting';
    case 'snat':
      return type === 'nat' && (hook === 'postrouting' || hook === 'input');
    case 'tproxy':
      return hook === 'prerouting';
  }
}

function judgeTransport(nat: NftNat, reading: StatementReading): void {
  const { context, notes } = reading;
  if (context.layer4 !== undefined) return;
  if (nat.verb === 'tproxy') {
    const message = nftRefusal(
      'In front of "tproxy" the rule must say which transport',
      'Transparent proxy support requires transport protocol match',
    );
    notes.fault({ rule: 'missing-transport', message, ...placeOf(nat) });
    return;
  }
  const port =
    nat.port ??
    (nat.address?.kind === 'mapping' && hasPortData(nat.address, reading) ? nat.address : undefined);
  if (port === undefined || port.kind === 'missing') return;
  const message = nftRefusal(
    'A port needs a transport: the rule must match one first, as in tcp dport 80 or meta l4proto tcp',
    'transport protocol mapping is only valid after transport protocol match',
  );
  notes.fault({ rule: 'missing-transport', message, ...placeOf(port) });
}

/** In a table of both families, an address must say which it is of. */
function judgeFamily(
  nat: NftNat,
  known: NftContext['network'],
  { place, context, notes }: StatementReading,
): void {
  const { family, address, verb, verbPlace } = nat;
  if (family !== undefined) {
    if (known === undefined || known === family) return;
    const nft = `conflicting protocols specified: ${known} vs. ${family}. You must specify ip or ip6 family in nat statement`;
    const message = nftRefusal(`No packet is both ${known} and ${family}`, nft);
    notes.fault({ rule: 'unknown-parameter', message, ...placeOf(verbPlace) });
    return;
  }
  if (address === undefined || place.table.family !== 'inet' || context.network !== undefined) return;
  const text =
    address.kind === 'value'
      ? address.text
      : address.kind === 'range' && address.low.kind === 'value'
        ? address.low.text
        : '';
  const kind = ipAddress(text)?.kind;
  const word = kind === 'ipv4' ? 'ip' : kind === 'ipv6' ? 'ip6' : undefined;
  const fixes = word && [{ title: `Insert ${word}`, from: verbPlace.to, to: verbPlace.to, text: ` ${word}` }];
  const reason = `In a table of the family inet an address needs its family: ${verb} ${word ?? 'ip'} to …`;
  const message = nftRefusal(reason, `ip or ip6 must be specified with address for inet tables.`);
  notes.fault({ rule: 'unknown-parameter', message, ...placeOf(verbPlace), ...(fixes && { fixes }) });
}
