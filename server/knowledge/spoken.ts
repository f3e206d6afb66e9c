import type { Knowledge, PracticeRecord } from '../model/knowledge';
import type { Protocol, Transport } from '../model/port';

const imap = ['IMAP servers (Dovecot)', 'IMAP over TLS (Dovecot)'] as const;
const pop3 = ['POP3 servers (Dovecot)', 'POP3 over TLS (Dovecot)'] as const;
const smtp = [
  'SMTP mail servers (Postfix, Exim)',
  'Mail submission with STARTTLS (Postfix, Exim)',
  'Mail submission over TLS (Postfix, Exim)',
] as const;

/** The programs that speak each protocol, as data/in-practice.csv calls them; those that most people mean first. */
const speakers: Readonly<Record<Protocol, readonly string[]>> = {
  fastcgi: ['PHP-FPM'],
  uwsgi: [],
  scgi: [],
  memcached: ['Memcached'],
  dns: ['DNS servers (BIND, Unbound, dnsmasq)'],
  syslog: ['syslog (rsyslog, syslog-ng)'],
  imap,
  pop3,
  smtp,
  mail: [...imap, ...pop3, ...smtp],
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

/** Where programs that speak a protocol are found, in the order in which people mean them. */
export function spokenPorts(
  knowledge: Knowledge,
  protocol: Protocol,
): readonly { readonly port: number; readonly transport: Transport }[] {
  const { practice } = knowledge.all();
  return speakers[protocol].flatMap((software) =>
    practice
      .filter((record) => record.software === software)
      .flatMap(({ ports, transports }) => transports.map((transport) => ({ port: ports.first, transport }))),
  );
}

/** Tells whether a program speaks a protocol. */
function isSpoken({ software }: PracticeRecord, protocol: Protocol): boolean {
  return speakers[protocol].includes(software);
}
