import { isNetwork } from '../../syntax/firewalld/address-text';
import { quoted } from '../../syntax/firewalld/firewalld-refusal';
import { readPortEntry, transportOf } from '../../syntax/firewalld/port-entry';
import { portSlots } from '../../syntax/firewalld/port-slots';
import { isOpaque } from '../../syntax/firewalld/port-text';
import { refusedProtocol } from '../../syntax/firewalld/protocol-text';
import { type SourcedText, spanOf } from '../../syntax/sourced-text';
import type { XmlElement } from '../../syntax/xml/xml';
import { type FileContext, ownerOf, refuse } from './context';
import { refuseForm, valuesOf } from './elements';

/** Reads a service or a helper, which name ports for zones to use (src/firewall/core/io/service.py and helper.py). */
export function readService(context: FileContext): undefined {
  for (const event of context.events) {
    if (event.kind === 'start') readElement(event.element, context);
  }
}

function readElement(element: XmlElement, context: FileContext): void {
  const isFaulty = refuseForm(context.kind, element, context.found);
  const values = valuesOf(element);
  const { name } = element;
  if (name === 'port' || (name === 'source-port' && context.kind === 'service')) {
    readPort(element, values, isFaulty, context);
  } else if (isFaulty) {
    return;
  } else if (name === 'protocol') {
    refuseProtocol(values.get('value'), context);
  } else if (name === 'destination') {
    for (const family of ['ipv4', 'ipv6'] as const) refuseDestination(values.get(family), family, context);
  } else if (name === 'helper' && context.kind === 'helper') {
    refuseModule(values.get('module'), context);
    refuseFamily(values.get('family'), context);
  }
}

function readPort(
  element: XmlElement,
  values: ReadonlyMap<string, SourcedText>,
  isRefused: boolean,
  context: FileContext,
): void {
  const { name, span, nameSpan, isWhole } = element;
  const { found, kind } = context;
  const owner = ownerOf(context);
  const role = name === 'source-port' ? 'source' : 'declare';
  const port = values.get('port');
  if (kind === 'service' && name === 'port' && port?.value === '') {
    // A port without a number stands for all of a protocol.
    if (isWhole) refuseProtocol(values.get('protocol'), context);
    const transport = transportOf(values.get('protocol'));
    const slot = { role, owner, accepts: 'port', names: true, ...(transport && { transport }) } as const;
    found.slots.push(...portSlots(port, slot));
    return;
  }
  const before = found.faults.length;
  const entry = { span, nameSpan, values, isForward: false, role, owner, isRefused } as const;
  readPortEntry(entry, { program: 'firewalld', style: 'file' }, found);
  if (!isWhole) found.faults.length = before;
}

function refuseProtocol(text: SourcedText | undefined, { found }: FileContext): void {
  const fault = text && refusedProtocol(text, 'firewalld');
  if (fault !== undefined) found.faults.push(fault);
}

function refuseDestination(
  text: SourcedText | undefined,
  family: 'ipv4' | 'ipv6',
  context: FileContext,
): void {
  if (text === undefined || isOpaque(text.value) || isNetwork(text.value, family)) return;
  const kind = family === 'ipv4' ? 'IPv4' : 'IPv6';
  const words = `INVALID_ADDR: '${text.value}' is not valid ${family} address`;
  refuse(
    context,
    'invalid-address',
    spanOf(text),
    `${quoted(text.value)} is not an ${kind} address or network`,
    words,
  );
}

function refuseModule(text: SourcedText | undefined, context: FileContext): void {
  const prefix = 'nf_conntrack_';
  if (text === undefined || isOpaque(text.value)) return;
  const rest = text.value.replaceAll(prefix, '');
  if (text.value.startsWith(prefix) && rest !== '') return;
  const words = text.value.startsWith(prefix)
    ? `INVALID_MODULE: Module name '${text.value}' too short`
    : `INVALID_MODULE: '${text.value}' does not start with '${prefix}'`;
  refuse(
    context,
    'ignored-profile',
    spanOf(text),
    `${quoted(text.value)} is no module like nf_conntrack_ftp`,
    words,
  );
}

function refuseFamily(text: SourcedText | undefined, context: FileContext): void {
  if (text === undefined || isOpaque(text.value) || text.value === 'ipv4' || text.value === 'ipv6') return;
  const words = `INVALID_IPV: '${text.value}' not in '['ipv4', 'ipv6']'`;
  refuse(
    context,
    'ignored-profile',
    spanOf(text),
    `the family ${quoted(text.value)} is neither ipv4 nor ipv6`,
    words,
  );
}
