import { type Address, ipAddress } from '../../model/address';
import type { PortReference, Transport } from '../../model/port';
import type { EntryWriting, PortEntry } from '../../model/service';
import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import { interpolate } from '../../syntax/docker/interpolation';
import { isPortRange, readPortRange } from '../../syntax/docker/port-number';
import { portSlots } from '../../syntax/docker/port-slots';
import { dockerTransport } from '../../syntax/docker/port-spec';
import {
  type SourcedText,
  sourceSpan,
  spanOf,
  unknownText,
  variablesWithin,
} from '../../syntax/sourced-text';
import type { YamlMapping } from '../../syntax/yaml/yaml';
import { keyPlace } from '../../syntax/yaml/yaml-place';
import { type Field, fieldsOf, resolve } from './anchors';
import { addFault, addGap, type ServiceContext } from './found';
import { type PortValue, readPublished, readTarget } from './long-port-numbers';
import { type EntryPlace, portEntry } from './port-entry';
import { kindWords, refuseRepeatedKeys, substituted, typeOf } from './values';

/** The keys of a long entry (compose-spec schema, `ports`); keys that begin with `x-` are free. */
const knownKeys = ['target', 'published', 'host_ip', 'protocol', 'mode', 'name', 'app_protocol'];

/**
 * Reads one entry of the long form: a mapping with `target`, `published`, `host_ip` and `protocol`; undefined for one that is
 * refused.
 */
export function readLongPort(
  node: YamlMapping,
  place: EntryPlace,
  context: ServiceContext,
): PortEntry | undefined {
  const { index, usedAt } = place;
  const fields = withoutReset(fieldsOf(node, context.anchors));
  const before = context.found.faults.length;
  if (isSplitMapping(fields, node, index, context)) return undefined;
  refuseRepeatedKeys(node, knownKeys, context);
  refuseUnknownKeys(fields, context);
  const texts = readTexts(fields, index, context);
  const transport = transportOf(texts.get('protocol'));
  const address = addressOf(texts.get('host_ip'), context);
  const bound = { ...(transport && { transport }), ...(address && { address }) };
  const target = readTarget(node, fields.get('target'), bound, index, context);
  const published = readPublished(fields.get('published'), bound, target, index, context);
  const { owner, image, found } = context;
  const shared = {
    span: node.span,
    owner,
    ...(found.faults.length > before && { isRefused: true }),
    ...(transport && { transport }),
    ...(address && { address }),
    ...(texts.has('host_ip') && !address && { isAddressUnknown: true as const }),
    ...(image && { image }),
    ...(usedAt && { usedAt }),
  };
  const ends = {
    publish: published && addPort(published, { ...shared, role: 'publish' }, target, context),
    target: target && addPort(target, { ...shared, role: 'target' }, published, context),
  };
  // What an alias brings in counts for others as well.
  const places = usedAt ? {} : addressPlaces(node, fields, texts.get('host_ip'), context);
  const own = { form: 'long', ...places } as const;
  return portEntry(context.text, ends.publish, ends.target, own, place);
}

/**
 * The address of an entry, where this mapping itself has it in characters; else where the mapping could have one: in front of
 * its host port, so that both stand together.
 */
function addressPlaces(
  node: YamlMapping,
  fields: ReadonlyMap<string, Field>,
  address: SourcedText | undefined,
  { text }: ServiceContext,
): Pick<EntryWriting, 'address' | 'keys'> {
  const hostIp = fields.get('host_ip');
  if (hostIp !== undefined) {
    const { value, usedAt } = hostIp;
    const isOwn = value?.kind === 'scalar' && usedAt === undefined && value.anchor === undefined;
    if (!isOwn || address === undefined) return {};
    return variablesWithin(address, 0, address.value.length).length > 0 ? {} : { address: spanOf(address) };
  }
  const published = fields.get('published');
  if (published === undefined) return {};
  const pair = node.pairs.find(({ key }) => key === published.key) ?? node.pairs[0];
  const keys = pair && keyPlace(text, node, pair.key);
  return keys === undefined ? {} : { keys };
}

function addPort(
  { text, ports, isWritten }: PortValue,
  shared: Omit<PortReference, 'portSpan'>,
  other: PortValue | undefined,
  { found }: ServiceContext,
): PortReference | undefined {
  const { role, owner, image, address, transport = 'tcp' } = shared;
  const counterpart = other?.ports;
  const slot = {
    role,
    owner,
    transport,
    accepts: 'port' as const,
    names: false,
    ...(counterpart && { counterpart }),
    ...(address && role === 'publish' && { address }),
    ...(image && { image }),
  };
  const whole = { from: 0, to: text.value.length };
  found.slots.push(...portSlots(text, whole, slot));
  if (!isWritten) return undefined;
  const variables = variablesWithin(text, whole.from, whole.to);
  const reference = {
    ...shared,
    portSpan: sourceSpan(text, whole.from, whole.to),
    ...(ports && { ports }),
    ...(variables.length > 0 && { variables }),
  };
  found.references.push(reference);
  return reference;
}

/** `!reset` takes a value away, as if the key were not there. */
function withoutReset(fields: ReadonlyMap<string, Field>): ReadonlyMap<string, Field> {
  return new Map([...fields].filter(([, { value }]) => value?.tag !== '!reset'));
}

/** `8080: 80`, a short entry that a blank made a mapping, or `8080:`, one that is half typed. */
function isSplitMapping(
  fields: ReadonlyMap<string, Field>,
  node: YamlMapping,
  index: number,
  context: ServiceContext,
): boolean {
  const [first] = fields.values();
  if (first === undefined || fields.size !== 1) return false;
  const host = first.key.text.value;
  const filled = interpolate(first.key.text, context.variables).text.value;
  if (isHostSide(filled)) addSplitGap(first, filled, context);
  // A key with a variable in it is a text, and none of the keys that there are.
  if (!isHostSide(host)) return false;
  const { service, found } = context;
  const container = first.value?.kind === 'scalar' ? first.value.text.value : '';
  const reason =
    container === '' ? 'the container port is missing' : 'the blank after the colon makes this a mapping';
  addFault(found, {
    rule: container === '' ? 'missing-port' : 'invalid-ports-value',
    span: node.span,
    message: dockerRefusal(reason, `non-string key in services.${service}.ports[${index}]: ${host}`),
    ...(/^[0-9]+$/.test(container) && {
      fixes: [
        {
          title: 'Write it without the blank',
          span: node.span,
          text: `"${host}:${container}"`,
          isSafe: true,
        },
      ],
    }),
  });
  return true;
}

/** An address, a port, or both; a variable without a value can be either. */
function isHostSide(text: string): boolean {
  return /^[0-9.:[\]a-fA-F\uE000-]+$/.test(text) && /[0-9\uE000]/.test(text);
}

/** The place of the container port behind the colon of a half-typed mapping. */
function addSplitGap({ key, value }: Field, host: string, context: ServiceContext): void {
  const gap = value?.kind === 'scalar' ? value.gap : undefined;
  // In front of a comment the place behind the colon is the one in front of the blank.
  const isBeforeBlank = gap?.quote === undefined && key.span.end === (gap?.from ?? 0) - 2;
  if (gap === undefined || !(gap.wantsBlank || isBeforeBlank)) return;
  const published = readPortRange(host.slice(host.lastIndexOf(':') + 1));
  const counterpart = isPortRange(published) ? published : undefined;
  // Behind an address a host port is missing, too; a mapping that is put here says its transport itself.
  const isMapping = counterpart === undefined && !host.endsWith(unknownText);
  const slot = {
    role: 'target',
    accepts: isMapping ? 'mapping' : 'port',
    ...(!isMapping && { transport: 'tcp' as const }),
    before: '',
    after: '',
    ...(counterpart && { counterpart }),
  } as const;
  const place = gap.wantsBlank ? gap : { from: gap.from - 1, at: gap.from - 1 };
  addGap({ ...place, wantsBlank: false }, slot, context);
}

function refuseUnknownKeys(fields: ReadonlyMap<string, Field>, { found }: ServiceContext): void {
  for (const [name, { key }] of fields) {
    if (knownKeys.includes(name) || name.startsWith('x-')) continue;
    addFault(found, {
      rule: 'invalid-ports-value',
      span: key.span,
      message: dockerRefusal(
        `"${name}" is no key of a port; there are ${knownKeys.join(', ')}`,
        `additional properties '${name}' not allowed`,
      ),
    });
  }
}

/** The keys that take a text and nothing else, after substitution. */
function readTexts(
  fields: ReadonlyMap<string, Field>,
  index: number,
  context: ServiceContext,
): ReadonlyMap<string, SourcedText> {
  const texts = new Map<string, SourcedText>();
  for (const [name, { key, value }] of fields) {
    if (name === 'target' || name === 'published') continue;
    const node = value === undefined ? undefined : resolve(value, context.anchors)?.node;
    const isText = node?.kind === 'scalar' && typeOf(node) === 'string';
    if (isText) {
      texts.set(name, substituted(node, `services.${context.service}.ports.[].${name}`, context));
    } else if (knownKeys.includes(name) && (node !== undefined || value === undefined)) {
      addFault(context.found, {
        rule: 'invalid-ports-value',
        span: node === undefined || node.span.start === node.span.end ? key.span : node.span,
        message: dockerRefusal(
          `"${name}" takes a text, and this is ${kindWords(node)}`,
          `services.${context.service}.ports.${index}.${name} must be a string`,
        ),
      });
    }
  }
  return texts;
}

/** Compose hands the protocol on as it is; only what is certain to be a transport counts as one. */
function transportOf(text: SourcedText | undefined): Transport | undefined {
  return text === undefined || text.value === '' ? 'tcp' : dockerTransport(text.value);
}

function addressOf(text: SourcedText | undefined, context: ServiceContext): Address | undefined {
  if (text === undefined || text.value.includes(unknownText)) return undefined;
  const { value } = text;
  const address = ipAddress(value);
  if (address !== undefined) return address;
  const bare = value.startsWith('[') && value.endsWith(']') ? value.slice(1, -1) : undefined;
  const isBracketed = bare !== undefined && ipAddress(bare) !== undefined;
  const span = sourceSpan(text, 0, value.length);
  addFault(context.found, {
    rule: 'invalid-address',
    // An empty text is told by its quotation marks.
    span: span.start === span.end ? { start: span.start - 1, end: span.end + 1 } : span,
    message: dockerRefusal(
      isBracketed ? `${value} has brackets, which host_ip does not take` : `"${value}" is not an IP address`,
      `services.${context.service}.ports.[]: invalid ip address: ${value}`,
    ),
    ...(isBracketed && {
      fixes: [{ title: 'Remove the brackets', span, text: bare, isSafe: true as const }],
    }),
  });
  return undefined;
}
