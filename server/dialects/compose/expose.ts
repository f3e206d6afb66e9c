import type { PortRange, Transport } from '../../model/port';
import type { Span } from '../../model/span';
import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import { interpolate } from '../../syntax/docker/interpolation';
import { highestPort } from '../../syntax/docker/port-number';
import { portSlots } from '../../syntax/docker/port-slots';
import { turnedRange } from '../../syntax/docker/turned-range';
import { withPlaceholders } from '../../syntax/placeholders';
import {
  type SourcedText,
  sourceSpan,
  spanOf,
  unknownText,
  variablesWithin,
} from '../../syntax/sourced-text';
import type { YamlNode } from '../../syntax/yaml/yaml';
import { scalarType } from '../../syntax/yaml/yaml-types';
import { type Field, resolve } from './anchors';
import { addFault, addGap, affordable, type ServiceContext } from './found';
import { interpolationFaults } from './interpolation-faults';
import { isEmpty, kindWords, listOf, quotingFix, scalarDigits } from './values';

/**
 * Reads a service's `expose`: a list of `N`, `N-M`, each with an optional `/protocol`. Compose hands the texts on;
 * the engine judges them when it makes the container (moby api/types/network/port.go).
 */
export function readExpose(field: Field, context: ServiceContext): void {
  const list = listOf(field, 'expose', context);
  if (list === undefined) return;
  addGap(list.sequence.gap, { role: 'expose', accepts: 'port' }, context);
  const isShared = (field.usedAt ?? list.usedAt) !== undefined;
  for (const [index, item] of affordable(list.sequence.items, isShared, context).entries()) {
    const resolved = resolve(item, context.anchors);
    if (resolved === undefined || item.tag === '!reset') continue;
    const text = exposeText(resolved.node, index, context);
    if (text === undefined) continue;
    readEntry(text, resolved.node.span, field.usedAt ?? list.usedAt ?? resolved.usedAt, context);
  }
}

function exposeText(node: YamlNode, index: number, context: ServiceContext): SourcedText | undefined {
  const type = node.kind === 'scalar' ? scalarType(node).type : undefined;
  if (node.kind === 'scalar' && (type === 'string' || type === 'int')) return scalarDigits(node);
  const nothing = isEmpty(node);
  if (nothing && node.kind === 'scalar') addGap(node.gap, { role: 'expose', accepts: 'port' }, context);
  const fix = node.kind === 'scalar' && type === 'float' ? quotingFix(node) : undefined;
  addFault(context.found, {
    rule: 'invalid-ports-value',
    span: nothing ? { start: node.span.start, end: Math.min(node.span.start + 1, node.span.end) } : node.span,
    message: dockerRefusal(
      `an entry of "expose" is a number or a text, and this is ${kindWords(node)}`,
      `services.${context.service}.expose.[${index}]: unsupported expose value`,
    ),
    ...(fix && { fixes: [fix] }),
  });
  return undefined;
}

function readEntry(
  source: SourcedText,
  place: Span,
  usedAt: Span | undefined,
  context: ServiceContext,
): void {
  const { text, faults } = interpolate(withPlaceholders(source, { crosses: true }), context.variables);
  interpolationFaults(faults, `services.${context.service}.expose.[]`, context.found);
  const slash = text.value.indexOf('/');
  const part = { from: 0, to: slash < 0 ? text.value.length : slash };
  // What follows a second slash is lost on the way to the engine.
  const protocol = slash < 0 ? 'tcp' : (text.value.slice(slash + 1).split('/')[0] ?? '').toLowerCase();
  const transport = transportOf(protocol);
  const { owner, image, found } = context;
  const slot = { role: 'expose', owner, accepts: 'port', names: false } as const;
  const ofContainer = { ...(transport && { transport }), ...(image && { image }) };
  found.slots.push(...portSlots(text, part, { ...slot, ...ofContainer }));
  const written = text.value.slice(part.from, part.to);
  const ports = written.includes(unknownText) ? undefined : readExposed(written);
  if (typeof ports === 'object' && 'docker' in ports) {
    const span = sourceSpan(text, part.from, part.to);
    if (faults.length > 0) return;
    const turned = turnedRange(written, span);
    addFault(found, {
      rule: 'invalid-port',
      span: text.value === '' ? place : span.start === span.end ? spanOf(text) : span,
      message: dockerRefusal(ports.reason, ports.docker),
      ...(turned && { fixes: [turned] }),
    });
    return;
  }
  const variables = variablesWithin(text, part.from, part.to);
  found.references.push({
    span: spanOf(source),
    portSpan: sourceSpan(text, part.from, part.to),
    role: 'expose',
    owner,
    ...ofContainer,
    ...(ports && { ports }),
    ...(variables.length > 0 && { variables }),
    ...(usedAt && { usedAt }),
  });
}

interface Refusal {
  readonly reason: string;
  readonly docker: string;
}

function readExposed(text: string): PortRange | Refusal {
  const dash = text.indexOf('-');
  const first = readNumber(dash < 0 ? text : text.slice(0, dash), 'start');
  if (typeof first !== 'number') return first;
  const last = dash < 0 ? first : readNumber(text.slice(dash + 1), 'end');
  if (typeof last !== 'number') return last;
  if (last < first) {
    return { reason: `the range ${text} runs backwards`, docker: `invalid port range: ${text}` };
  }
  return { first, last };
}

/** Unlike `ports`, `expose` takes no plus sign. */
function readNumber(text: string, end: 'start' | 'end'): number | Refusal {
  if (!/^[0-9]+$/.test(text)) {
    const reason = text.includes(':')
      ? `"${text}" is a mapping, and "expose" publishes nothing on the host`
      : text === ''
        ? 'a port number is missing'
        : `"${text}" is not a port number`;
    return { reason, docker: `invalid ${end} port '${text}': invalid syntax` };
  }
  const port = Number(text);
  if (port <= highestPort) return port;
  return {
    reason: `${text} is above ${highestPort}, the highest port`,
    docker: `invalid ${end} port '${text}': value out of range`,
  };
}

/** The engine takes any text for the protocol here; only a known one is a transport. */
function transportOf(protocol: string): Transport | undefined {
  if (protocol === '' || protocol === 'tcp') return 'tcp';
  return protocol === 'udp' || protocol === 'sctp' ? protocol : undefined;
}
