import { readXml, type XmlElement } from '../../syntax/xml/xml';
import { elementForm, type Kind, kindOf } from './elements';

/**
 * Tells whether XML is one of firewalld's files, from its text alone. Many programs have a `<service>`, a `<policy>` or
 * a `<zone>`: it must have nothing that firewalld does not know, and something that nobody else has.
 */
export function looksLikeFirewalld(text: string): boolean {
  const kind = kindOf(rootName(text));
  if (kind === undefined) return false;
  const { events } = readXml(text);
  let depth = 0;
  let isProven = false;
  for (const event of events) {
    if (event.kind === 'end') depth -= 1;
    if (event.kind !== 'start') continue;
    const { element } = event;
    depth += 1;
    if (depth <= 2 && element.isWhole && !isOurs(kind, element)) return false;
    isProven ||= proves(kind, element, depth);
  }
  return isProven;
}

/** The name of the first element, without reading on: most XML is another program's. */
function rootName(text: string): string {
  let at = 0;
  for (;;) {
    at = text.indexOf('<', at);
    if (at < 0) return '';
    const end = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : '>';
    if (!text.startsWith('<?', at) && !text.startsWith('<!', at)) {
      return /^[a-z-]+(?=[\s/>])/.exec(text.slice(at + 1, at + 40))?.[0] ?? '';
    }
    const close = text.indexOf(end, at);
    if (close < 0) return '';
    at = close + end.length;
  }
}

function isOurs(kind: Kind, { name, attributes }: XmlElement): boolean {
  const form = elementForm(kind, name);
  if (form === undefined) return false;
  const isForeign = (attribute: string): boolean => attribute.includes(':') || attribute === 'xmlns';
  const known = [...form.required, ...form.optional];
  return name === kind
    ? attributes.every((attribute) => known.includes(attribute.name))
    : !attributes.some((attribute) => isForeign(attribute.name));
}

/** What only firewalld writes. */
function proves(kind: Kind, { name, attributes }: XmlElement, depth: number): boolean {
  const value = (wanted: string): string | undefined =>
    attributes.find((attribute) => attribute.name === wanted)?.value.value;
  const isRoot = depth === 1;
  if (kind === 'ipset') return isRoot && (value('type') ?? '').startsWith('hash:');
  if (kind === 'helper') return isRoot && (value('module') ?? '').startsWith('nf_conntrack_');
  if (kind === 'direct') return !isRoot && /^(?:ipv4|ipv6|eb)$/.test(value('ipv') ?? '');
  if (isRoot) return false;
  const has = (...names: readonly string[]): boolean => names.some((wanted) => value(wanted) !== undefined);
  const isPort =
    attributes.every((attribute) => portAttributes.includes(attribute.name)) && has('port', 'protocol');
  if (['port', 'source-port', 'forward-port'].includes(name)) return isPort;
  if (kind === 'service') {
    if (name === 'module' || name === 'helper') return (value('name') ?? '') !== '';
    return (
      name === 'short' ||
      (name === 'include' && has('service')) ||
      (name === 'destination' && has('ipv4', 'ipv6'))
    );
  }
  if (kind === 'policy' && (name === 'ingress-zone' || name === 'egress-zone')) return has('name');
  if (name === 'source') return has('address', 'ipset');
  if (name === 'interface' || name === 'icmp-block') return has('name');
  return ['short', 'masquerade', 'icmp-block-inversion'].includes(name);
}

const portAttributes: readonly string[] = ['port', 'protocol', 'to-port', 'to-addr'];
