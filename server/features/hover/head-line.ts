import { isLoopback, isWildcard } from '../../model/address';
import { type PortReference, portsText, type VariableUse } from '../../model/port';
import { slice } from '../../model/span';
import { code, escaped, hardBreak } from '../markdown';
import { roleWords } from '../role-words';

/**
 * `**8080/tcp** — host port of service "web", …`: number and transport first, then what the text makes of it.
 *
 * @param references Those that stand at this very place: one, several where a text is used by its alias, or one for
 *   each port that a variable gives in turn.
 * @param ends The other end of each one's mapping.
 */
export function headLine(
  text: string,
  references: readonly PortReference[],
  ends: ReadonlyMap<PortReference, PortReference>,
): string {
  const [reference] = references;
  if (reference === undefined) return '';
  const uses = new Set(references.slice(0, usesShown).map((each) => useOf(each, ends.get(each))));
  const more = references.length > usesShown ? ` (and ${references.length - usesShown} more)` : '';
  const use = [...uses].join('; ') + more;
  const titles = [...new Set(references.map((each) => title(each, text)))];
  const written = writtenOtherwise(reference, text);
  const left = titles.length > titlesShown ? ` and ${titles.length - titlesShown} more` : '';
  return hardBreak([
    `**${escaped(titles.slice(0, titlesShown).join(', ') + left)}**${written} — ${use}`,
    ...(reference.variables ?? []).map((variable) => variableLine(variable, valuesOf(variable, references))),
  ]);
}

/** How many ports that one variable gives are told. */
const titlesShown = 5;

/** All values that a variable has at this place. */
function valuesOf({ name }: VariableUse, references: readonly PortReference[]): readonly string[] {
  const uses = references.flatMap(({ variables = [] }) => variables.filter((each) => each.name === name));
  return [...new Set(uses.flatMap(({ value }) => value ?? []))];
}

function title({ ports, portSpan, transport, variables }: PortReference, text: string): string {
  const suffix = transport === undefined ? '' : `/${transport}`;
  if (ports !== undefined) return portsText(ports) + suffix;
  const names = (variables ?? []).map(({ name }) => `$${name}`).join(' ');
  return `${names === '' ? slice(text, portSpan) : names}${suffix}`;
}

/** A number that the program reads as another one: `70000` in sixteen bits, `010` in base eight, `0x50`. */
function writtenOtherwise({ ports, portSpan, variables }: PortReference, text: string): string {
  const digits = slice(text, portSpan);
  const isOther = ports !== undefined && variables === undefined && digits !== portsText(ports);
  return isOther && /^(?:0x[0-9a-f]+|[0-9]+)$/i.test(digits) ? `, written ${code(digits)}` : '';
}

/** How many of the places that use one text by its alias are told. */
const usesShown = 3;

function useOf(reference: PortReference, partner: PortReference | undefined): string {
  const owner = escaped(reference.owner);
  if (reference.isRefused) {
    const { role } = reference;
    if (role !== 'publish' && role !== 'target')
      return `${escaped(roleWords(reference))}, in an entry that is refused`;
    const side = role === 'publish' ? 'host' : 'container';
    return `${side} ${portWord(reference)} of ${owner}, in an entry that is refused`;
  }
  switch (reference.role) {
    case 'target':
      return `container ${portWord(reference)} of ${owner}, ${publication(reference, partner)}`;
    case 'publish':
      return `${hostSide(reference, partner)} of ${owner}${places(reference)}${forContainer(partner)}`;
    case 'expose':
      return `exposed by ${owner}: known to other containers, published nowhere`;
    case 'listen':
      return `listener${at(reference)}, named by ${owner}`;
    case 'connect':
      return `port to connect to${at(reference)}, named by ${owner}`;
    case 'link':
      return `port in a URL${at(reference)} that ${owner} hands out or compares, and does not connect to`;
    case 'declare':
      return `port number${whose(reference)} in the settings of ${owner}`;
    case 'allow':
    case 'deny':
    case 'match':
      return `${filterWords[reference.role]} by ${owner}${ruleWords(reference)}`;
    case 'source':
      // A packet filter's rule has the address among its conditions.
      return `source port${reference.rule ? '' : at(reference)} in ${owner}${ruleWords(reference)}`;
    case 'forward':
      return `${owner} forwards to it${at(reference)}`;
  }
}

const filterWords = { allow: 'allowed', deny: 'denied', match: 'matched' } as const;

/** How many of a rule's other conditions are told. */
const conditionsShown = 3;

/** What else a packet filter's rule asks for, and what it does. */
function ruleWords({ rule, role }: PortReference): string {
  if (rule === undefined) return '';
  const { conditions, isNegated, verdict } = rule;
  const shown = conditions.slice(0, conditionsShown).map(code).join(', ');
  const more = conditions.length > conditionsShown ? ' …' : '';
  return [
    isNegated ? ', which is about every port but this' : '',
    shown === '' ? '' : `, if ${shown}${more}`,
    // What is allowed or denied has been told.
    role !== 'allow' && role !== 'deny' && verdict !== undefined ? `; then ${code(verdict)}` : '',
  ].join('');
}

function publication(target: PortReference, publish: PortReference | undefined): string {
  if (publish === undefined) return freePort(target);
  if (publish.ports === undefined) return 'published on a host port that a variable gives';
  if (publish.ports.last === 0) return freePort(publish);
  const place =
    publish.address === undefined ? `host ${portWord(publish)} ` : `${bracketed(publish.address.text)}:`;
  return isOneOf(publish, target)
    ? `published on one free port of ${place}${portsText(publish.ports)}`
    : `published on ${place}${portsText(publish.ports)}`;
}

function freePort(reference: PortReference): string {
  return `published${places(reference)}, on a free host port that Docker picks`;
}

function hostSide({ ports }: PortReference, target: PortReference | undefined): string {
  if (ports?.last === 0) return 'any free host port, for a mapping';
  return target !== undefined && isOneOf({ ports }, target)
    ? 'host ports, one of which is taken,'
    : 'host port';
}

/** A range of host ports over a single container port: the engine takes one of them. */
function isOneOf(
  publish: Pick<PortReference, 'ports'> | { ports: PortReference['ports'] },
  target: PortReference,
): boolean {
  const { ports } = publish;
  if (ports === undefined || target.ports === undefined) return false;
  return ports.first !== ports.last && target.ports.first === target.ports.last;
}

function portWord({ ports }: Pick<PortReference, 'ports'> | { ports: PortReference['ports'] }): string {
  return ports !== undefined && ports.first !== ports.last ? 'ports' : 'port';
}

function places({ address }: PortReference): string {
  if (address === undefined) return ' on all addresses';
  if (isWildcard(address)) return ` on all ${address.kind === 'ipv4' ? 'IPv4' : 'IPv6'} addresses`;
  return isLoopback(address) ? ` on ${address.text}, this machine only` : ` on ${address.text}`;
}

function forContainer(target: PortReference | undefined): string {
  if (target?.ports === undefined || target.ports.last === 0) return '';
  return `, for its container ${portWord(target)} ${portsText(target.ports)}`;
}

/** Whose port a setting holds, where it says: the host of a URL. */
function whose({ address }: PortReference): string {
  return address === undefined ? '' : ` of ${code(address.text)}`;
}

function at(reference: PortReference): string {
  const { address } = reference;
  if (address === undefined) return '';
  return isWildcard(address) ? places(reference) : ` at ${code(address.text)}`;
}

function bracketed(text: string): string {
  return text.includes(':') && !text.startsWith('[') ? `[${text}]` : text;
}

function variableLine({ name, from, value }: VariableUse, values: readonly string[]): string {
  const variable = code(name);
  switch (from) {
    case 'default':
      return `${variable} is taken as ${code(value ?? '')}, the default written here`;
    case '.env':
      return `${variable} is ${code(value ?? '')} in \`.env\` (the shell's environment goes before it)`;
    case 'ARG':
    case 'ENV':
      return `${variable} is ${code(value ?? '')}, from ${from} in this file`;
    case 'definition':
      return values.length > 1
        ? `${variable} stands for ${listed(values)}, as this file defines it`
        : `${variable} is ${code(value ?? '')}, as this file defines it`;
    case 'unknown':
      return `${variable} has no value that is known here`;
  }
}

/** How many values of one variable are told. */
const valuesShown = 8;

function listed(values: readonly string[]): string {
  const shown = values.slice(0, valuesShown).map(code);
  const left = values.length - shown.length;
  const last = left > 0 ? `${left} more` : shown.pop();
  return `${shown.join(', ')} and ${last}`;
}
