import { type Address, address } from '../../model/address';
import type { Fault, FaultFix } from '../../model/fault';
import type { Include } from '../../model/include';
import type { PortReference, Transport, VariableUse } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Span } from '../../model/span';
import { type AddressFault, type NginxAddress, nginxNumber } from '../../syntax/nginx/nginx-address';
import { isShortInetAddress, longInetAddress, parseInetAddress } from '../../syntax/nginx/nginx-inet';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import type { NginxStatement } from '../../syntax/nginx/nginx-tree';
import { serviceNumber } from '../../syntax/services/services';
import { type SourcedText, sourceSpan } from '../../syntax/sourced-text';
import type { Place } from './places';
import type { ServerUse } from './server-use';
import type { SetScope } from './set-variables';

/** A directive with what is known of its surroundings. */
export interface Directive {
  readonly statement: NginxStatement;
  readonly place: Place;
  readonly owner: string;
  readonly file: FileFacts;
  /** The name of the block around it. */
  readonly parent?: string;
  /** What the listeners of its server block have in common. */
  readonly serverTransport?: Transport;
  /** What the server around it listens for. */
  readonly serverUse?: ServerUse;
  /** Words for the block around it, where `proxy_pass` takes no path in it. */
  readonly pathless?: string;
  /** What `set` gives the variables that can be used here. */
  readonly scope?: SetScope;
}

/** What is known of the file as a whole. */
export interface FileFacts {
  readonly text: string;
  /** True when its name says that something else makes the real file of it. */
  readonly isTemplate: boolean;
}

/** What the reader has found so far. */
export interface Findings {
  readonly references: PortReference[];
  readonly slots: PortSlot[];
  readonly faults: Fault[];
  readonly includes: Include[];
  /** The hosts that are dialled by name, to be held against the file's upstream blocks at the end. */
  readonly dialled: Dialled[];
  /** The slots of directives that take the name of an upstream block as well. */
  readonly passed: PassedSlot[];
}

/** A host that a directive sends requests to, where the file says it in full. */
export interface Dialled {
  readonly directive: Directive;
  readonly word: NginxWord;
  readonly read: NginxAddress;
  /** The port without one written; absent where a port is mandatory, unless an upstream block has the name. */
  readonly defaultPort?: number;
}

/** The address model of what nginx read. */
export function addressOf(
  value: string,
  { kind, host }: Pick<NginxAddress, 'kind' | 'host'>,
): Address | undefined {
  const text = value.slice(host.from, host.to);
  switch (kind) {
    case 'unix':
      return undefined;
    case 'wildcard':
      // A port alone is bound on every IPv4 address, and on no IPv6 address.
      return { text: text === '' ? '0.0.0.0' : text, kind: 'ipv4', canonical: '0.0.0.0' };
    case 'ipv4':
      return { text, kind: 'ipv4', canonical: parseInetAddress(text) ?? text };
    case 'ipv6': {
      const read = address(text);
      return read.kind === 'name' ? { ...read, kind: 'ipv6' } : read;
    }
    case 'name':
      return isShortInetAddress(text)
        ? { text, kind: 'ipv4', canonical: longInetAddress(text) }
        : address(text);
  }
}

/** The fault of an address, told at the characters to blame; `nginx` is what nginx says before and behind it. */
export function addressFault(
  word: SourcedText,
  fault: AddressFault,
  form: { readonly listens: boolean; readonly nginx: string },
): Fault {
  const scheme =
    form.listens || fault.nginx !== 'invalid host' ? undefined : urlScheme(word, fault, form.nginx);
  if (scheme !== undefined) return scheme;
  const part = word.value.slice(fault.from, fault.to);
  // Where no port follows the colon, the colon is to blame.
  const span = sourceSpan(word, fault.from - (part === '' && fault.from > 0 ? 1 : 0), fault.to);
  const isPort = fault.nginx === 'invalid port' || fault.nginx === 'invalid port range';
  const { reason, fix } = isPort
    ? rangeReason(part, fault, span, form.listens)
    : hostReason(part, fault, word, form);
  return {
    rule: isPort ? 'invalid-port' : 'invalid-address',
    span,
    message: nginxRefusal(reason, `${fault.nginx} ${form.nginx}`),
    ...(fix && { fixes: [fix] }),
  };
}

/** A URL where only an address can stand: the scheme is too much. */
function urlScheme(word: SourcedText, { from }: AddressFault, nginx: string): Fault | undefined {
  const scheme = /[a-z]+:$/i.exec(word.value.slice(0, from))?.[0];
  if (scheme === undefined || word.value.slice(from, from + 2) !== '//') return undefined;
  const span = sourceSpan(word, from - scheme.length, from + 2);
  const rest = word.value.slice(from + 2);
  const isAddress = /^[A-Za-z0-9_.-]+(?::[0-9]+)?$/.test(rest);
  const fix = { title: `Remove "${scheme}//"`, span, text: '' };
  const message = nginxRefusal(`"${scheme}//" cannot stand here, only an address`, `invalid host ${nginx}`);
  return { rule: 'invalid-address', span, message, ...(isAddress && { fixes: [fix] }) };
}

/** What is wrong, in words that go on a sentence. */
export interface Reason {
  readonly reason: string;
  readonly fix?: FaultFix | undefined;
}

function rangeReason(part: string, { nginx }: AddressFault, span: Span, listens: boolean): Reason {
  if (nginx === 'invalid port') return portReason(part, span, listens);
  const turned = part.split('-').reverse().join('-');
  const fix = { title: `Turn the range round: ${turned}`, span, text: turned };
  return { reason: `the range ${part} runs backwards`, fix };
}

/** Why a text is no port, and the mend where it is certain. */
export function portReason(part: string, span: Span, listens = false): Reason {
  if (part === '') return { reason: 'a port number is missing' };
  if (/^[0-9]+$/.test(part)) {
    const isZero = nginxNumber(part) === 0;
    return {
      reason: isZero ? `${part} is no port; ports begin at 1` : `${part} is above 65535, the highest port`,
    };
  }
  const service = serviceNumber(part);
  if (service !== undefined) {
    const fix = { title: `Write the number: ${service}`, span, text: `${service}` };
    return { reason: `"${part}" is the name of a service; nginx takes numbers alone`, fix };
  }
  if (part.includes(':')) return { reason: 'an IPv6 address stands in brackets, and the port behind them' };
  if (!listens && /^[0-9]+-[0-9]+$/.test(part))
    return { reason: `${part} is a range; only listen takes ranges` };
  if (part.includes('$')) return { reason: `"${part}" is a variable, and none can stand here` };
  return { reason: `"${part}" is not a port number` };
}

function hostReason(
  part: string,
  fault: AddressFault,
  word: SourcedText,
  { listens }: { readonly listens: boolean },
): Reason {
  const { value } = word;
  switch (fault.nginx) {
    case 'no host': {
      const port = /^:([0-9]+)$/.exec(value)?.[1];
      if (!listens || port === undefined) return { reason: `"${value}" names no host` };
      const fix = {
        title: `Leave the colon out: ${port}`,
        span: sourceSpan(word, 0, value.length),
        text: port,
      };
      return { reason: `there is no address in front of "${value}"`, fix };
    }
    case 'invalid IPv6 address':
      return { reason: `"${part}" is not an IPv6 address` };
    case 'no path in the unix domain socket':
      return { reason: 'no path follows "unix:"' };
    case 'too long path in the unix domain socket':
      return { reason: `a socket's path has 107 bytes at the most` };
    default:
      if (value.includes('[') && !value.includes(']'))
        return { reason: `the bracket of "${value}" is not closed` };
      return { reason: `"${part}" cannot stand behind an address` };
  }
}

/** Why no host can have a name, where this is certain. */
export function noHostReason(name: string): string | undefined {
  if (isShortInetAddress(name)) return undefined;
  if (name.includes('$')) return `"${name}" is a variable, and none can stand here`;
  // nginx keeps a backslash in front of most characters.
  if (name.includes('\\')) return `no host is called "${name}", with a backslash`;
  return /^[0-9.]+\.[0-9.]*$/.test(name) ? `"${name}" is not an IP address` : undefined;
}

/** A variable, by the text that names it; the default of `${NAME:-80}` and `{{ name | default(80) }}` is its value. */
export function variableUse(text: string, span: Span): VariableUse {
  const given = /^\$\{([A-Za-z_][A-Za-z0-9_]*):?-([^{}$]*)\}$/.exec(text) ?? jinjaDefault.exec(text);
  const name = given?.[1] ?? /[A-Za-z_][A-Za-z0-9_.-]*/.exec(text)?.[0] ?? text;
  const value = given?.[2];
  if (value === undefined) return { name: name.replace(/[.-]+$/, ''), span, from: 'unknown' };
  const start = span.start + text.lastIndexOf(value);
  return { name, span, from: 'default', value, definition: { start, end: start + value.length } };
}

const jinjaDefault =
  /^\{\{-?\s*([A-Za-z_][A-Za-z0-9_.]*)\s*\|\s*default\(\s*["']?([0-9]{1,5})["']?\s*\)\s*-?\}\}$/;

/** A place for a port behind a name that an upstream block can have. */
export interface PassedSlot {
  readonly slot: PortSlot;
  readonly place: Place;
}
