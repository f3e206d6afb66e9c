import type { Fault } from '../../model/fault';
import type { PortReference, Transport } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import {
  type AddressFault,
  isAddressFault,
  type NginxAddress,
  readNginxAddress,
} from '../../syntax/nginx/nginx-address';
import { isShortInetAddress } from '../../syntax/nginx/nginx-inet';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import { hasPlaceholder, longestWord } from '../../syntax/nginx/nginx-templates';
import { trap } from '../../syntax/refusal';
import { serviceNumber } from '../../syntax/services/services';
import { sourceSpan, spanOf } from '../../syntax/sourced-text';
import { addressFault, addressOf, type Directive, type Findings, noHostReason } from './findings';
import { isUdp, listenParameterFault } from './listen-parameters';
import { loosePort, looseReference } from './loose-ports';
import { misplaced } from './misplaced';
import { gapSlot, portSlots, type SlotBase } from './port-slots';

/**
 * Reads `listen` (src/http/ngx_http_core_module.c: ngx_http_core_listen, and its sisters in stream and mail): an
 * address with a port or a range of ports, or one of the two, and parameters, whose numbers are no ports.
 */
export function readListen(directive: Directive, findings: Findings): void {
  const { statement, place } = directive;
  const [name, word, ...parameters] = statement.words;
  const transport = listenTransport(directive);
  for (const slot of slots(directive, transport)) findings.slots.push(slot);
  if (word === undefined) {
    if (!statement.isOpen && !statement.isTemplate) findings.faults.push(noAddress(name));
    return;
  }
  if (word.text.value.length > longestWord) return;
  const isLoose = word.isTemplate || hasPlaceholder(word.text.value);
  const read = isLoose ? undefined : readNginxAddress(word.text.value, { listens: true });
  const fault = statement.isTemplate
    ? undefined
    : (misplaced(directive, ['server']) ??
      (read && addressRefusal(directive, word, read)) ??
      parameterRefusal(directive, parameters));
  if (fault !== undefined) findings.faults.push(fault);
  const found =
    read === undefined
      ? looseListen(directive, word)
      : listenReference(directive, word, read, fault !== undefined);
  if (found !== undefined) {
    const refused = fault !== undefined && { isRefused: true };
    findings.references.push({ ...found, ...(transport && { transport }), ...refused });
  }
  if (fault !== undefined || read === undefined || isAddressFault(read)) return;
  const trap = portAsHost(word, read) ?? randomPort(place.module, word, read);
  if (trap !== undefined) findings.faults.push(trap);
}

/** TCP, unless a parameter makes it UDP; unknown when a parameter is filled in by something else. */
export function listenTransport({
  statement,
  place,
}: Pick<Directive, 'statement' | 'place'>): Transport | undefined {
  const parameters = statement.words.slice(2).map(({ text }) => text.value);
  if (isUdp(parameters, place.module)) return 'udp';
  return statement.isTemplate || parameters.some(hasPlaceholder) ? undefined : 'tcp';
}

function addressRefusal(
  { file }: Directive,
  { text }: NginxWord,
  read: NginxAddress | AddressFault,
): Fault | undefined {
  const { value } = text;
  // What makes the real file of a template may know variables in small letters, too.
  if (file.isTemplate && value.includes('$')) return undefined;
  const nginx = `in "${value}" of the "listen" directive`;
  if (isAddressFault(read)) return addressFault(text, read, { listens: true, nginx });
  const name = read.kind === 'name' ? value.slice(read.host.from, read.host.to) : '';
  const bad = noHostReason(name);
  const reason = bad ?? (read.port === undefined ? noPortReason(name) : undefined);
  if (reason === undefined) return undefined;
  const rule = bad === undefined || name.includes('$') ? 'invalid-port' : 'invalid-address';
  const span = sourceSpan(text, read.host.from, read.host.to);
  return { rule, span, message: nginxRefusal(reason, `host not found ${nginx}`) };
}

/** What is no port goes to the resolver as the name of a host; this tells when no host can have the name. */
function noPortReason(name: string): string | undefined {
  if (isShortInetAddress(name) || !/^(?:[+-][0-9]|[0-9]{2})[^.]*$/.test(name)) return undefined;
  return /^[0-9]+$/.test(name)
    ? `${name} is above 65535, the highest port`
    : `"${name}" is not a port number`;
}

function parameterRefusal(
  { place, statement, file }: Directive,
  parameters: readonly NginxWord[],
): Fault | undefined {
  const values = parameters.map(({ text }) => text.value);
  if (statement.isOpen && values.length > 0 && parameters.at(-1)?.startsLine) return undefined;
  if (values.some((value) => hasPlaceholder(value) || (file.isTemplate && value.includes('$'))))
    return undefined;
  const found = listenParameterFault(values, place.module);
  const word = found && parameters[found.index];
  if (found === undefined || word === undefined) return undefined;
  return { rule: 'unknown-parameter', span: word.span, message: nginxRefusal(found.reason, found.nginx) };
}

function looseListen({ owner }: Directive, { text }: NginxWord): PortReference | undefined {
  const port = loosePort(text.value, 0, true);
  return port && looseReference(text, port, { role: 'listen', owner });
}

function listenReference(
  { owner, place }: Directive,
  { text }: NginxWord,
  read: NginxAddress | AddressFault,
  isRefused: boolean,
): PortReference | undefined {
  if (isAddressFault(read) || read.kind === 'unix') return undefined;
  const { port, ports } = read;
  const address = addressOf(text.value, read);
  const span = spanOf(text);
  const common = { span, role: 'listen', owner, ...(address && { address }) } as const;
  if (port !== undefined && ports !== undefined)
    return { ...common, portSpan: sourceSpan(text, port.from, port.to), ports };
  // An address without a port is port 80 in http; it has no characters of its own.
  const isGiven = place.module === 'http' && !isRefused;
  return isGiven ? { ...common, portSpan: span, ports: { first: 80, last: 80 } } : undefined;
}

/** A number, or the name of a service, where nginx reads a host. */
function portAsHost({ text }: NginxWord, { kind, host, port }: NginxAddress): Fault | undefined {
  if (kind !== 'name') return undefined;
  const name = text.value.slice(host.from, host.to);
  const span = sourceSpan(text, host.from, host.to);
  if (isShortInetAddress(name) && !name.includes('.')) {
    return {
      rule: 'port-as-host',
      span,
      message: trap(`"${name}" is an address to nginx here, not a port`),
    };
  }
  const number = port === undefined ? serviceNumber(name) : undefined;
  if (number === undefined) return undefined;
  const reason = `"${name}" is the name of a host to nginx; listen takes no service names, only numbers like ${number}`;
  const fixes = [{ title: `Write the number: ${number}`, span, text: `${number}` }];
  return { rule: 'port-as-host', span, message: trap(reason), fixes };
}

/** Without a port, stream and mail bind port 0: the system picks one. The documentation calls the port mandatory. */
function randomPort(
  module: Directive['place']['module'],
  { text }: NginxWord,
  read: NginxAddress,
): Fault | undefined {
  if ((module !== 'stream' && module !== 'mail') || read.port !== undefined || read.kind === 'unix')
    return undefined;
  const reason = `"${text.value}" names no port, and in ${module} there is no default: the system picks a random one`;
  return { rule: 'random-port', span: spanOf(text), message: trap(reason) };
}

function noAddress({ span }: NginxWord): Fault {
  const nginx = 'invalid number of arguments in "listen" directive';
  return { rule: 'missing-port', span, message: nginxRefusal('no port follows "listen"', nginx) };
}

/**
 * Behind the name where nothing is typed yet, the port behind an address, both ends of a range. In stream `udp` may still
 * follow; in mail, `ssl` means the port that the protocol has for that.
 */
function* slots(
  { statement, owner, file, place, serverUse = {} }: Directive,
  read: Transport | undefined,
): Iterable<PortSlot> {
  const [name, word] = statement.words;
  const transport = read === 'udp' || place.module !== 'stream' ? (read ?? 'tcp') : undefined;
  const { counterpart, protocol } = serverUse;
  const isRange = word?.text.value.includes('-') === true;
  const isSecure = statement.words.slice(1).some(({ text }) => text.value === 'ssl');
  const secured = isSecure && protocol !== undefined ? serviceNumber(`${protocol}s`) : undefined;
  // QUIC carries HTTP/3 (nginx.org/en/docs/http/ngx_http_v3_module.html).
  const quic = { usual: 443, isForWeb: true } as const;
  const base = {
    ...({ role: 'listen', owner } as const),
    ...(place.module === 'http' && transport === 'udp' && quic),
    ...(transport && { transport }),
    ...(protocol && { protocol }),
    ...(secured && { usual: secured }),
    // How many ports there are is not for the other end to say.
    ...(counterpart && !isRange && { counterpart }),
  };
  const onAll = boundAt('', base);
  if (word === undefined || word.startsLine) yield gapSlot(file.text, name.span.end, onAll);
  if (word !== undefined && isParameterBehindGap(statement, place.module)) {
    const values = statement.words.slice(1).map(({ text }) => text.value);
    const udp = isUdp(values, place.module) && ({ transport: 'udp' } as const);
    const isWeb = protocol === undefined && counterpart === undefined;
    const usual = isWeb && isSecure && { usual: 443 };
    const isQuic = udp !== false && place.module === 'http';
    yield gapSlot(file.text, name.span.end, { ...onAll, ...udp, ...usual, ...(isQuic && quic) });
    return;
  }
  if (word === undefined || word.isTemplate) return;
  const { value } = word.text;
  if (/^unix:/i.test(value) || value.length > longestWord) return;
  const bracket = value.startsWith('[') ? value.indexOf(']') : 0;
  const colon = bracket < 0 ? -1 : value.indexOf(':', bracket);
  if (colon >= 0)
    yield* portSlots(word.text, { from: colon + 1, to: value.length }, boundAt(value.slice(0, colon), base));
  else if (/^(?:[0-9]+-?[0-9]*|[A-Za-z][A-Za-z0-9]*|)$/.test(value))
    yield* portSlots(word.text, { from: 0, to: value.length }, onAll);
}

/** Whether a parameter stands where the address should, with room in front of it to type that. */
function isParameterBehindGap(
  { words: [name, word] }: Directive['statement'],
  module: Directive['place']['module'],
): boolean {
  if (word === undefined || word.startsLine || word.span.start < name.span.end + 2) return false;
  return !word.isTemplate && listenParameterFault([word.text.value], module) === undefined;
}

/** What stands in front of the colon, read as nginx would with a port behind it; nothing is every IPv4 address. */
function boundAt(front: string, base: SlotBase): SlotBase {
  const read = readNginxAddress(front === '' ? '*' : front, { listens: true });
  const address = isAddressFault(read) ? undefined : addressOf(front, read);
  return address === undefined ? base : { ...base, address };
}
