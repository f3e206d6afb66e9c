import type { Fault } from '../../model/fault';
import type { PortReference, Protocol, Transport } from '../../model/port';
import { isAddressFault, type NginxAddress, readNginxAddress } from '../../syntax/nginx/nginx-address';
import { isShortInetAddress } from '../../syntax/nginx/nginx-inet';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import { hasPlaceholder, longestWord } from '../../syntax/nginx/nginx-templates';
import { trap } from '../../syntax/refusal';
import { sourceSpan } from '../../syntax/sourced-text';
import { addressFault, addressOf, type Directive, type Findings, noHostReason } from './findings';
import { hostOf, loosePort, looseReference } from './loose-ports';
import { peerSlots, portSlots } from './port-slots';

/** How a directive names the peer that nginx sends something to. */
export interface PeerForm {
  /** Where the address begins in the word: behind a scheme, a key. */
  readonly from: number;
  readonly takesUri?: boolean;
  /** True when `$` begins a variable; elsewhere it is part of a host's name that nobody has. */
  readonly takesVariables?: boolean;
  readonly transport?: Transport;
  readonly protocol?: Protocol;
  /** True where a container of the project is a peer that people mean: where requests are handed on. */
  readonly isUpstream?: true;
  /** False where nginx stops before it reads the address. */
  readonly isJudged?: boolean;
  /** What nginx says behind the reason, given the address. */
  readonly nginx: (address: string) => string;
}

/** Reads an address that nginx dials; answers it when the file says it in full and nginx takes it. */
export function readPeer(
  { owner, statement, file, scope }: Directive,
  word: NginxWord,
  form: PeerForm,
  findings: Findings,
): NginxAddress | undefined {
  const { text } = word;
  const { value } = text;
  const { from, transport, protocol } = form;
  if (value.length > longestWord) return undefined;
  const about = {
    ...({ role: 'connect', owner } as const),
    ...(transport && { transport }),
    ...(protocol && { protocol }),
  } as const;
  const loose = loosePort(value, from, false);
  if (loose !== undefined && !word.isTemplate)
    findings.slots.push(...portSlots(text, loose.port, { ...about, ...hostOf(value, loose.host) }));
  if (loose === undefined && !word.isTemplate && form.isUpstream)
    findings.slots.push(...peerSlots(text, from, about));
  const isVariable = value.includes('$') && (form.takesVariables === true || file.isTemplate);
  if (word.isTemplate || hasPlaceholder(value) || isVariable) {
    const found = loose && looseReference(text, loose, about, scope);
    if (found !== undefined) findings.references.push(found);
    const isKnown = !word.isTemplate && !statement.isTemplate && !file.isTemplate && !hasPlaceholder(value);
    const unusable = isKnown && found !== undefined ? unusablePort(found) : undefined;
    if (unusable !== undefined) findings.faults.push(unusable);
    return undefined;
  }
  const isJudged = form.isJudged !== false && !statement.isTemplate;
  const read = readNginxAddress(value, { takesUri: form.takesUri === true }, from);
  const nginx = form.nginx(value.slice(from));
  if (isAddressFault(read)) {
    if (isJudged) findings.faults.push(addressFault(text, read, { listens: false, nginx }));
    return undefined;
  }
  const host = value.slice(read.host.from, read.host.to);
  const isNowhere = read.kind === 'wildcard';
  const reason = isNowhere
    ? `"*" is no host that anything can be sent to`
    : read.kind === 'name'
      ? noHostReason(host)
      : undefined;
  if (reason !== undefined && (isNowhere || form.takesVariables !== true)) {
    const span = sourceSpan(text, read.host.from, read.host.to);
    const message = nginxRefusal(reason, `host not found ${nginx}`);
    if (isJudged) findings.faults.push({ rule: 'invalid-address', span, message });
    return undefined;
  }
  const { port, ports } = read;
  const address = addressOf(value, read);
  if (port !== undefined && ports !== undefined) {
    const end = Math.max(read.host.to, port.to);
    const span = sourceSpan(text, from, end);
    const portSpan = sourceSpan(text, port.from, port.to);
    findings.references.push({ ...about, span, portSpan, ports, ...(address && { address }) });
  }
  return read;
}

/**
 * A port of an address with variables: nginx reads it when a request comes (src/http/ngx_http_upstream.c and the
 * modules' `ngx_http_proxy_eval` and kin), and answers each one with the status 500.
 */
function unusablePort({ ports, portSpan }: PortReference): Fault | undefined {
  if (ports === undefined || ports.last <= 65535) return undefined;
  const reason = `${ports.last} is above 65535, the highest port; nginx loads this, and each request fails with "invalid port in upstream"`;
  return { rule: 'unusable-port', span: portSpan, message: trap(reason) };
}

/** A number alone is a host to nginx where it dials: `8080` is 0.0.31.144. */
export function numberAsHost(
  { text }: NginxWord,
  { kind, host, port }: NginxAddress,
  default_: number,
): Fault | undefined {
  const name = text.value.slice(host.from, host.to);
  if (kind !== 'name' || port !== undefined || !/^[0-9]+$/.test(name) || !isShortInetAddress(name))
    return undefined;
  const span = sourceSpan(text, host.from, host.to);
  const reason = `"${name}" is a host to nginx here, not a port: it connects to port ${default_} of an address with this number`;
  return { rule: 'port-as-host', span, message: trap(reason) };
}

/** A peer's host as it stands there, an IPv6 address in its brackets. */
export function hostText({ text }: NginxWord, { kind, host }: NginxAddress): string {
  const brackets = kind === 'ipv6' ? 1 : 0;
  return text.value.slice(host.from - brackets, host.to + brackets);
}

/** The fault of a peer without the port that is mandatory. */
export function noPort(word: NginxWord, read: NginxAddress, nginx: string): Fault {
  const name = hostText(word, read);
  const from = word.text.value.indexOf(name, Math.max(0, read.host.from - 1));
  const span = sourceSpan(word.text, from, from + name.length);
  const reason = /^[0-9]+$/.test(name)
    ? `"${name}" is a host to nginx, and no port follows it`
    : `no port follows "${name}", and there is no default`;
  return { rule: 'missing-port', span, message: nginxRefusal(reason, nginx) };
}
