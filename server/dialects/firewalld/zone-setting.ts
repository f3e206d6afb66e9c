import { isMac, isNetwork } from '../../syntax/firewalld/address-text';
import { quoted } from '../../syntax/firewalld/firewalld-refusal';
import { isOpaque } from '../../syntax/firewalld/port-text';
import { refusedProtocol } from '../../syntax/firewalld/protocol-text';
import { pythonInt } from '../../syntax/firewalld/python-int';
import { type SourcedText, spanOf } from '../../syntax/sourced-text';
import type { XmlElement } from '../../syntax/xml/xml';
import { type FileContext, refuse } from './context';

/** Tells what firewalld refuses of an element of a zone or policy that is no port and stands outside of rules. */
export function refuseSetting(
  context: FileContext,
  element: XmlElement,
  values: ReadonlyMap<string, SourcedText>,
): void {
  const value = (name: string): SourcedText | undefined => {
    const text = values.get(name);
    return text === undefined || isOpaque(text.value) ? undefined : text;
  };
  switch (element.name) {
    case 'zone':
      refuseTarget(context, values.get('target'), zoneTargets);
      for (const name of ['ingress-priority', 'egress-priority']) refusePriority(context, value(name));
      break;
    case 'policy':
      refuseTarget(context, values.get('target'), policyTargets);
      refusePriority(context, value('priority'));
      break;
    case 'protocol': {
      const text = values.get('value');
      const fault = text && refusedProtocol(text, 'firewalld');
      if (fault !== undefined) context.found.faults.push(fault);
      break;
    }
    case 'interface':
      refuseInterface(context, value('name'));
      break;
    case 'source':
      refuseSource(context, element, values);
  }
}

/** src/firewall/core/base.py. */
const zoneTargets: readonly string[] = ['ACCEPT', '%%REJECT%%', 'DROP', '{chain}_{zone}', 'default'];
const policyTargets: readonly string[] = ['ACCEPT', 'REJECT', 'DROP', 'CONTINUE'];

function refuseTarget(context: FileContext, text: SourcedText | undefined, targets: readonly string[]): void {
  if (text === undefined || targets.includes(text.value)) return;
  // A target of the other kind has signs of a template in it.
  if (isOpaque(text.value) && !zoneTargets.includes(text.value)) return;
  const reason = `${quoted(text.value)} is no target of a ${context.kind}; there are ${targets.join(', ')}`;
  refuse(context, 'ignored-profile', spanOf(text), reason, `INVALID_TARGET: ${text.value}`);
}

function refusePriority(context: FileContext, text: SourcedText | undefined): void {
  if (text === undefined) return;
  const number = pythonInt(text.value);
  if (number === undefined) {
    const words = `invalid literal for int() with base 10: '${text.value}'`;
    refuse(
      context,
      'ignored-profile',
      spanOf(text),
      `the priority ${quoted(text.value)} is no number`,
      words,
    );
  } else if (number < -32768 || number > 32767) {
    const reason = `the priority ${number} is not between -32768 and 32767`;
    refuse(
      context,
      'ignored-profile',
      spanOf(text),
      reason,
      `INVALID_PRIORITY: ${number} is invalid priority`,
    );
  }
}

/** src/firewall/functions.py, `checkInterface`. */
function refuseInterface(context: FileContext, text: SourcedText | undefined): void {
  if (text === undefined || (/^[^ /!*]+$/.test(text.value) && text.value.length <= 16)) return;
  const reason = `${quoted(text.value)} is no name of an interface: 1 to 16 characters without blank, "/", "!" and "*"`;
  refuse(
    context,
    'ignored-profile',
    spanOf(text),
    reason,
    `INVALID_INTERFACE: invalid interface '${text.value}'`,
  );
}

/** The source that a zone is bound to. */
function refuseSource(
  context: FileContext,
  { nameSpan, attributes }: XmlElement,
  values: ReadonlyMap<string, SourcedText>,
): void {
  const address = values.get('address');
  const invert = attributes.find(({ name }) => name === 'invert');
  if (context.isTemplate && address === undefined) return;
  if (address === undefined && !values.has('ipset')) {
    const words = 'INVALID_SOURCE: No address or ipset specified.';
    refuse(context, 'invalid-address', nameSpan, 'the source has neither an address nor an ipset', words);
  } else if (address !== undefined && values.has('ipset')) {
    const words = 'INVALID_SOURCE: Both address and ipset (can only use one).';
    refuse(context, 'invalid-address', nameSpan, 'the source has both an address and an ipset', words);
  } else if (invert !== undefined) {
    const words = 'INVALID_SOURCE: Invert not allowed.';
    refuse(context, 'unknown-parameter', invert.nameSpan, 'only the source of a rule can be inverted', words);
  } else if (address !== undefined && !isOpaque(address.value)) {
    if (isNetwork(address.value) || isMac(address.value)) return;
    const reason = `${quoted(address.value)} is no address, network or MAC address`;
    refuse(context, 'invalid-address', spanOf(address), reason, `INVALID_ADDR: ${address.value}`);
  }
}
