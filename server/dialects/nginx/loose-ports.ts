import { address } from '../../model/address';
import type { PortReference, VariableUse } from '../../model/port';
import { type AddressPart, nginxNumber } from '../../syntax/nginx/nginx-address';
import { longestWord, opaqueParts } from '../../syntax/nginx/nginx-templates';
import { type SourcedText, sourceSpan } from '../../syntax/sourced-text';
import { variableUse } from './findings';
import { type SetScope, setValue } from './set-variables';

/** Where a port stands in an address that holds variables or placeholders. */
export interface LoosePort {
  readonly host: AddressPart;
  /** The digits, or the variables that give the port. */
  readonly port: AddressPart;
}

/**
 * Finds the port of an address that cannot be taken apart as nginx does, since variables or placeholders stand in it:
 * it stands behind the last colon in front of a path. A variable may touch the digits, as in `:8080$request_uri`.
 */
export function loosePort(value: string, from: number, isWhole: boolean): LoosePort | undefined {
  if (value.length > longestWord || /^unix:/i.test(value.slice(from, from + 5))) return undefined;
  const opaque = opaqueParts(value);
  let at = from;
  let next = 0;
  let colon = -1;
  if (value[at] === '[') at = Math.max(at, value.indexOf(']', at));
  for (; at < value.length; at++) {
    while ((opaque[next]?.to ?? value.length) <= at) next++;
    const part = opaque[next];
    if (part !== undefined && at >= part.from && at < part.to) {
      at = part.to - 1;
      continue;
    }
    const char = value[at];
    if (char === '/' || char === '?' || char === '#' || char === ' ' || char === ',') break;
    if (char === ':') colon = at;
  }
  if (colon >= 0) {
    const host = { from, to: colon };
    const digits = /^[0-9]+(?=\$)/.exec(value.slice(colon + 1, at))?.[0];
    const touches =
      digits !== undefined && !/^\$\{?\w*(?:port|num)/i.test(value.slice(colon + 1 + digits.length));
    return { host, port: { from: colon + 1, to: touches ? colon + 1 + digits.length : at } };
  }
  return isWhole && at === value.length ? { host: { from, to: from }, port: { from, to: at } } : undefined;
}

/** A reference to a loose port; undefined when what stands in its place is neither digits nor variables. */
export function looseReference(
  word: SourcedText,
  { host, port }: LoosePort,
  about: Pick<PortReference, 'role' | 'owner' | 'transport' | 'protocol'>,
  scope?: SetScope,
): PortReference | undefined {
  const { value } = word;
  const text = value.slice(port.from, port.to);
  const common = { ...about, span: sourceSpan(word, host.from, port.to), ...hostOf(value, host) };
  const [, first = '', last = first] = /^([0-9]+)(?:-([0-9]+))?$/.exec(text) ?? [];
  const portSpan = sourceSpan(word, port.from, port.to);
  if (first !== '') {
    const ports = { first: nginxNumber(first) ?? 0, last: nginxNumber(last) ?? 0 };
    const isRange = ports.first >= 1 && ports.first <= ports.last;
    return isRange ? { ...common, portSpan, ports } : undefined;
  }
  const variables = variablesIn(word, port, scope);
  const [only] = variables;
  if (only === undefined) return undefined;
  const isWhole = only.span.start === portSpan.start && only.span.end === portSpan.end;
  const number = isWhole && only.value !== undefined ? nginxNumber(only.value) : undefined;
  const ports = number !== undefined && number >= 1 ? { first: number, last: number } : undefined;
  // The digits of a default stand in the same expression.
  const digits = ports !== undefined && only.from === 'default' ? only.definition : undefined;
  return { ...common, portSpan: digits ?? portSpan, variables, ...(ports && { ports }) };
}

/** The host of an address that may be half typed, where it is written in full. */
export function hostOf(value: string, { from, to }: AddressPart): Pick<PortReference, 'address'> {
  const host = value.slice(from, to).replace(/^\[(.*)\]$/, '$1');
  return /^[A-Za-z0-9_.:-]+$/.test(host) ? { address: address(host) } : {};
}

/** Variables and placeholders of a stretch, with what is known of their values. */
function variablesIn(word: SourcedText, { from, to }: AddressPart, scope?: SetScope): readonly VariableUse[] {
  return opaqueParts(word.value)
    .filter((part) => part.from >= from && part.to <= to)
    .map((part) => {
      const use = variableUse(word.value.slice(part.from, part.to), sourceSpan(word, part.from, part.to));
      const set = use.from === 'unknown' ? setValue(scope, use.name) : undefined;
      return set === undefined ? use : { ...use, from: 'definition', value: set.value, definition: set.span };
    });
}
