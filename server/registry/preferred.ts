import type { Transport } from '../model/port';
import type { RegistryRecord } from '../model/registry';

/**
 * The order in which the records of one port are shown: this very port before a range around it, assigned
 * names before aliases, historic names and rows that only keep the port; then the name that people mean,
 * then TCP before the others. Equal records keep their order.
 */
export function preferred(records: readonly RegistryRecord[]): readonly RegistryRecord[] {
  return [...records].sort(
    (one, other) =>
      width(one) - width(other) ||
      statusOrder.indexOf(one.status) - statusOrder.indexOf(other.status) ||
      tieRank(one) - tieRank(other) ||
      transportRank(one.transport) - transportRank(other.transport),
  );
}

const statusOrder: readonly RegistryRecord['status'][] = [
  'assigned',
  'alias',
  'historic',
  'reserved',
  'unassigned',
];

const transportOrder: readonly (Transport | undefined)[] = ['tcp', 'udp', 'sctp', 'dccp'];

/**
 * Ports that IANA has given more than one assigned name: the one in use today, or the one the others grew
 * out of. Without a word here the order of the registry stands.
 */
const knownByName: Readonly<Record<number, string>> = {
  42: 'nameserver',
  80: 'http',
  113: 'auth',
  443: 'https',
  465: 'submissions',
  631: 'ipp',
  666: 'doom',
  750: 'kerberos-iv',
  888: 'cddbp',
  1525: 'orasrv',
  1701: 'l2tp',
  2049: 'nfs',
  3000: 'hbci',
  3478: 'stun',
  4444: 'krb524',
  5349: 'stuns',
  9100: 'pdl-datastream',
};

function width({ ports }: RegistryRecord): number {
  return ports === undefined ? 0 : ports.last - ports.first;
}

function tieRank({ name, ports }: RegistryRecord): number {
  return ports !== undefined && name !== undefined && knownByName[ports.first] === name ? 0 : 1;
}

function transportRank(transport: Transport | undefined): number {
  const rank = transportOrder.indexOf(transport);
  return rank < 0 ? transportOrder.length : rank;
}
