import type { Fault } from '../../model/fault';
import type { PortSlot } from '../../model/port-slot';
import { isAddressFault, readNginxAddress } from '../../syntax/nginx/nginx-address';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import { hasPlaceholder } from '../../syntax/nginx/nginx-templates';
import type { NginxStatement } from '../../syntax/nginx/nginx-tree';
import { sourceSpan } from '../../syntax/sourced-text';
import type { Dialled, PassedSlot } from './findings';
import { hostText, noPort, numberAsHost } from './peers';
import type { Place } from './places';

/** The upstream blocks of a file: their names in small letters, as nginx compares them. */
export interface Upstreams {
  readonly names: ReadonlySet<string>;
  /** True when the file is a whole configuration, so that there are no others. */
  readonly areAll: boolean;
}

/**
 * What nginx refuses once it knows every upstream block (src/http/ngx_http_upstream.c: ngx_http_upstream_add;
 * ngx_http_upstream_round_robin.c: ngx_http_upstream_init_round_robin; their sisters in stream): the name of one with a
 * port behind it, and a host without a port where there is no default. In http the latter is taken for the same host
 * that an earlier directive gave a port. A name without a port is judged only where no other file can give an
 * upstream block; an address is no name that anybody gives one.
 */
export function* peerFaults(dialled: readonly Dialled[], { names, areAll }: Upstreams): Iterable<Fault> {
  const withPort = new Set<string>();
  for (const each of dialled) {
    const { directive, word, read, defaultPort } = each;
    const host = word.text.value.slice(read.host.from, read.host.to).toLowerCase();
    const isHttp = directive.place.module !== 'stream';
    const key = `${isHttp} ${host}`;
    if (names.has(key)) {
      if (read.port !== undefined && !directive.statement.isTemplate) yield portOfUpstream(each);
      continue;
    }
    if (read.port !== undefined || defaultPort !== undefined) {
      withPort.add(key);
      const trap = defaultPort === undefined ? undefined : numberAsHost(word, read, defaultPort);
      if (trap !== undefined) yield trap;
      continue;
    }
    const isUsedBefore = isHttp && withPort.has(key);
    const isKnown = areAll || read.kind === 'ipv4' || read.kind === 'ipv6';
    if (isUsedBefore || directive.statement.isTemplate) continue;
    if (isKnown) yield noPort(word, read, `no port in upstream "${hostText(word, read)}"`);
  }
}

/** The places behind the names of upstream blocks: their servers have ports of their own, and nginx refuses another one. */
export function slotsOfUpstreams(
  passed: readonly PassedSlot[],
  names: ReadonlySet<string>,
): readonly PortSlot[] {
  return passed
    .filter(({ slot: { address }, place }) => address && names.has(upstreamKey(address.canonical, place)))
    .map(({ slot }) => slot);
}

/** The key under which an upstream block is found. */
export function upstreamKey(name: string, { module }: Place): string {
  return `${module !== 'stream'} ${name.toLowerCase()}`;
}

function portOfUpstream({ word: { text }, read }: Dialled): Fault {
  const { host, port = host } = read;
  const name = text.value.slice(host.from, host.to);
  const digits = text.value.slice(port.from, port.to);
  const span = sourceSpan(text, port.from - 1, port.to);
  const reason = `"${name}" is an upstream block, whose servers have ports of their own`;
  return {
    rule: 'unexpected-port',
    span,
    message: nginxRefusal(reason, `upstream "${name}" may not have port ${Number(digits)}`),
    fixes: [{ title: `Leave ":${digits}" out`, span, text: '' }],
  };
}

/** The mail protocols that nginx derives from the port (src/mail: the tables of smtp, pop3 and imap). */
const mailPorts: ReadonlySet<number> = new Set([25, 465, 587, 110, 995, 143, 993]);

/**
 * What nginx refuses of a server block as a whole, where it holds no include: stream and mail servers without
 * `listen`, and mail servers whose ports do not tell the protocol (src/mail/ngx_mail_core_module.c).
 */
export function serverFault({ words, block = [] }: NginxStatement, { module }: Place): Fault | undefined {
  const named = (name: string) => block.filter((each) => each.words[0].text.value === name);
  if ((module !== 'stream' && module !== 'mail') || named('include').length > 0) return undefined;
  const { span } = words[0];
  const listens = named('listen');
  if (listens.length === 0) {
    const message = nginxRefusal(
      `this ${module} server listens on no port`,
      'no "listen" is defined for server',
    );
    return { rule: 'missing-port', span, message };
  }
  if (module !== 'mail' || named('protocol').length > 0) return undefined;
  const ports = listens.map(firstPort);
  if (ports.some((port) => port === undefined || mailPorts.has(port))) return undefined;
  const reason = `port ${ports.join(', ')} does not tell the mail protocol, and no "protocol" does`;
  const nginx = 'unknown mail protocol for server';
  return { rule: 'unknown-mail-protocol', span, message: nginxRefusal(reason, nginx) };
}

/** Undefined when nobody knows; 0 when there is none. */
function firstPort({ words, isTemplate }: NginxStatement): number | undefined {
  const value = words[1]?.text.value ?? '';
  if (isTemplate || hasPlaceholder(value) || value.includes('$')) return undefined;
  const read = readNginxAddress(value, { listens: true });
  return isAddressFault(read) ? undefined : (read.ports?.first ?? 0);
}
