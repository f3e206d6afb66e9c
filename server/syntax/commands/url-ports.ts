import type { Transport } from '../../model/port';
import type { SourcedText } from '../sourced-text';
import { type CommandPort, commandPort, hostPort, isEveryHost } from './host-port';

/** Schemes whose authority ends in a TCP port where it has one. */
const tcpSchemes: ReadonlySet<string> = new Set([
  ...['http', 'https', 'ws', 'wss', 'h2', 'h2c', 'grpc', 'grpcs', 'tcp', 'tls', 'ssl'],
  ...['postgres', 'postgresql', 'mysql', 'mariadb', 'sqlserver', 'oracle', 'cockroachdb', 'clickhouse'],
  ...['mongodb', 'redis', 'rediss', 'memcached', 'amqp', 'amqps', 'nats', 'mqtt', 'mqtts', 'kafka', 'pulsar'],
  ...['ldap', 'ldaps', 'smtp', 'smtps', 'imap', 'imaps', 'ftp', 'sftp', 'ssh', 'neo4j', 'bolt', 'socks5'],
]);

/**
 * The ports of the URLs in a text, with every host of a list. A URL is dialled, unless its host stands for every
 * address (`http://+:80`, `PLAINTEXT://:9092`): then it is listened on. A scheme that nobody here knows names no
 * port, save one in capitals, as Kafka calls its listeners.
 */
export function urlPorts(text: SourcedText): CommandPort[] {
  const { value } = text;
  const lastAt = value.lastIndexOf('@');
  const ports: CommandPort[] = [];
  let done = 0;
  for (let sign = value.indexOf('://'); sign >= 0; sign = value.indexOf('://', done)) {
    let start = sign;
    while (start > done && /[A-Za-z0-9_+.-]/.test(value[start - 1] ?? '')) start--;
    const scheme = value.slice(start, sign);
    const end = authorityEnd(value, sign + 3);
    const transport = schemeTransport(scheme);
    // A slash in a password would end the authority too early; the "@" that follows gives it away.
    const cut = lastAt > end && !/^(?:http|ws)s?$/i.test(scheme);
    if (transport !== undefined && !cut)
      addAuthorityPorts(ports, text, { start, from: sign + 3, end }, transport);
    done = Math.max(end, sign + 3);
  }
  return ports;
}

/** Where a URL starts, and its authority within it. */
interface Authority {
  readonly start: number;
  readonly from: number;
  readonly end: number;
}

function addAuthorityPorts(
  ports: CommandPort[],
  text: SourcedText,
  { start, from, end }: Authority,
  transport: Transport,
): void {
  const { value } = text;
  let hostFrom = from;
  let isFirst = true;
  for (let at = from; at <= end; at++) {
    if (at < end && value[at] !== ',' && value[at] !== '@') continue;
    if (at === end || value[at] === ',') {
      const found = hostPort(value, hostFrom, at);
      const role = isEveryHost(found?.host ?? '') ? 'listen' : 'connect';
      const whole = { from: isFirst ? start : hostFrom, to: at };
      if (found !== undefined) ports.push(commandPort(text, whole, found, role, transport));
      isFirst = false;
    }
    hostFrom = at + 1;
  }
}

/** A list may go on with another scheme (`nats://a:4222,nats://b:4222`): then the authority ends at the comma. */
function authorityEnd(value: string, from: number): number {
  let at = from;
  let comma = from;
  for (; at < value.length && !/[/?#\s"'`<>(){}|\\;&^]/.test(value[at] ?? ''); at++) {
    if (value[at] === ',') comma = at;
  }
  return comma > from && value.startsWith('://', at - 1) ? comma : at;
}

function schemeTransport(scheme: string): Transport | undefined {
  const name = scheme.toLowerCase().replace(/\+.*$/, '');
  if (name === 'udp' || name === 'syslog+udp') return 'udp';
  return tcpSchemes.has(name) || /^[A-Z][A-Z0-9_]+$/.test(scheme) ? 'tcp' : undefined;
}
