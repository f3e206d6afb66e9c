import type { Fault } from '../../model/fault';
import { firewalldRefusal } from '../../syntax/firewalld/firewalld-refusal';
import { type Found, faultAt } from '../../syntax/found';
import type { SourcedText } from '../../syntax/sourced-text';
import type { XmlElement } from '../../syntax/xml/xml';

/** The kinds of object that firewalld keeps in files, by the name of the file's element. */
export type Kind = 'zone' | 'policy' | 'service' | 'helper' | 'ipset' | 'direct';

/** The attributes that an element must have, and those that it can have beside. */
export interface ElementForm {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/**
 * What elements each kind of file has (src/firewall/core/io/*.py, `PARSER_REQUIRED_ELEMENT_ATTRS` and
 * `PARSER_OPTIONAL_ELEMENT_ATTRS`), in firewalld 1.3 and 2.5 together. A service and a helper name the attributes of
 * their ports among those that are not required, but cannot do without them.
 */
const forms: Readonly<Record<Kind, ReadonlyMap<string, ElementForm>>> = {
  zone: new Map([
    ...common(),
    form('zone', '', 'name immutable target version ingress-priority egress-priority'),
    form('interface', 'name'),
    form('forward'),
    form('masquerade', '', 'enabled'),
    form('icmp-block-inversion'),
  ]),
  policy: new Map([
    ...common(),
    form('policy', 'target', 'version priority'),
    form('masquerade'),
    form('ingress-zone', 'name'),
    form('egress-zone', 'name'),
    form('disable'),
  ]),
  service: new Map([
    form('service', '', 'name version'),
    ...texts(),
    form('port', 'port protocol'),
    form('protocol', 'value'),
    form('source-port', 'port protocol'),
    form('module', 'name'),
    form('destination', '', 'ipv4 ipv6'),
    form('include', 'service'),
    form('helper', 'name'),
  ]),
  helper: new Map([
    form('helper', 'module', 'name version family'),
    ...texts(),
    form('port', 'port protocol'),
  ]),
  ipset: new Map([
    form('ipset', 'type', 'version'),
    ...texts(),
    form('option', 'name', 'value'),
    form('entry'),
  ]),
  direct: new Map([
    form('direct'),
    form('chain', 'ipv table chain'),
    form('rule', 'ipv table chain priority'),
    form('passthrough', 'ipv'),
  ]),
};

function form(name: string, required = '', optional = ''): readonly [string, ElementForm] {
  const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));
  return [name, { required: words(required), optional: words(optional) }];
}

function texts(): readonly (readonly [string, ElementForm])[] {
  return [form('short'), form('description')];
}

/** What zones and policies both have. */
function common(): readonly (readonly [string, ElementForm])[] {
  return [
    ...texts(),
    form('service', 'name'),
    form('port', 'port protocol'),
    form('source-port', 'port protocol'),
    form('forward-port', 'port protocol', 'to-port to-addr'),
    form('protocol', 'value'),
    form('icmp-block', 'name'),
    form('icmp-type', 'name'),
    form('tcp-mss-clamp', '', 'value'),
    form('rule', '', 'family priority'),
    form('source', '', 'address mac invert family ipset'),
    form('destination', '', 'address invert ipset'),
    form('log', '', 'prefix level'),
    form('nflog', '', 'group prefix queue-size'),
    form('audit'),
    form('accept'),
    form('reject', '', 'type'),
    form('drop'),
    form('mark', 'set'),
    form('limit', 'value', 'burst'),
  ];
}

/** The kind of file that a root element makes; undefined for one that firewalld keeps elsewhere, or not at all. */
export function kindOf(name: string): Kind | undefined {
  return Object.hasOwn(forms, name) ? (name as Kind) : undefined;
}

/** How an element is written in that kind of file; undefined where there is none of the name. */
export function elementForm(kind: Kind, name: string): ElementForm | undefined {
  return forms[kind].get(name);
}

/** The values of an element by their names; the first of a name counts. */
export function valuesOf(element: XmlElement): ReadonlyMap<string, SourcedText> {
  const values = new Map<string, SourcedText>();
  for (const { name, value } of element.attributes) if (!values.has(name)) values.set(name, value);
  return values;
}

/**
 * Adds what firewalld refuses of an element before it looks at values (src/firewall/core/io/io_object.py,
 * `parser_check_element_attrs`); tells whether there was anything.
 */
export function refuseForm(kind: Kind, element: XmlElement, found: Found): boolean {
  if (!element.isWhole) return true;
  const expected = elementForm(kind, element.name);
  const faults =
    expected === undefined ? [unexpected(kind, element)] : attributeFaults(kind, element, expected);
  found.faults.push(...faults);
  return faults.length > 0;
}

function unexpected(kind: Kind, { name, nameSpan }: XmlElement): Fault {
  const words = `PARSE_ERROR: Unexpected element ${name}`;
  const reason = `a ${kindWords[kind]} has no element <${name}>`;
  return faultAt('misplaced-directive', nameSpan, firewalldRefusal(reason, 'firewalld', words));
}

function attributeFaults(kind: Kind, element: XmlElement, expected: ElementForm): readonly Fault[] {
  const { name, nameSpan, attributes } = element;
  const missing = expected.required.filter((wanted) => !attributes.some((each) => each.name === wanted));
  const known = [...expected.required, ...expected.optional];
  // Python's own words: the reader of a service takes the attribute without asking first.
  const isBare = (kind === 'service' || kind === 'helper') && name !== kind;
  return [
    ...missing.map((attribute) => {
      const words = isBare
        ? `KeyError: '${attribute}'`
        : `PARSE_ERROR: Missing attribute ${attribute} for ${name}`;
      const rule = missingRules.get(attribute) ?? 'ignored-profile';
      return faultAt(
        rule,
        nameSpan,
        firewalldRefusal(`<${name}> needs the attribute ${attribute}`, 'firewalld', words),
      );
    }),
    ...attributes
      .filter((attribute) => !known.includes(attribute.name))
      .map((attribute) => {
        const words = `PARSE_ERROR: ${name}: Unexpected attribute ${attribute.name}`;
        const reason = `<${name}> has no attribute ${attribute.name}`;
        return faultAt('unknown-parameter', attribute.nameSpan, firewalldRefusal(reason, 'firewalld', words));
      }),
  ];
}

const missingRules: ReadonlyMap<string, string> = new Map([
  ['port', 'missing-port'],
  ['protocol', 'missing-transport'],
]);

/** A kind of file in words that follow an article. */
const kindWords: Readonly<Record<Kind, string>> = {
  zone: 'zone',
  policy: 'policy',
  service: 'service',
  helper: 'helper',
  ipset: 'set of addresses',
  direct: 'file of direct rules',
};
