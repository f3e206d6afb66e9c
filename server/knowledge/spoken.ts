import type { PracticeRecord } from '../model/knowledge';
import type { Protocol } from '../model/port';

/** The programs that speak each protocol, as data/in-practice.csv calls them. */
const speakers: Readonly<Record<Protocol, readonly string[]>> = {
  fastcgi: ['PHP-FPM'],
  uwsgi: [],
  scgi: [],
  memcached: ['Memcached'],
  dns: ['DNS servers (BIND, Unbound, dnsmasq)'],
  syslog: ['syslog (rsyslog, syslog-ng)'],
};

/** Who is found on a port, those first who speak what is spoken there. */
export function speakersFirst(
  practice: readonly PracticeRecord[],
  protocol: Protocol | undefined,
): readonly PracticeRecord[] {
  if (protocol === undefined) return practice;
  const speaks = (record: PracticeRecord): boolean => isSpoken(record, protocol);
  return [...practice.filter(speaks), ...practice.filter((each) => !speaks(each))];
}

/** Tells whether a program speaks a protocol. */
export function isSpoken({ software }: PracticeRecord, protocol: Protocol): boolean {
  return speakers[protocol].includes(software);
}
