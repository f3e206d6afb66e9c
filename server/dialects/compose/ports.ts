import type { PortEntry } from '../../model/service';
import type { Span } from '../../model/span';
import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import { literalText, type SourcedText } from '../../syntax/sourced-text';
import type { YamlScalar, YamlSequence } from '../../syntax/yaml/yaml';
import { scalarType } from '../../syntax/yaml/yaml-types';
import { type Field, resolve } from './anchors';
import { addFault, addGap, affordable, type ServiceContext } from './found';
import { readLongPort } from './long-port';
import type { EntryPlace } from './port-entry';
import { readShortPort } from './short-port';
import { isEmpty, listOf, quotingFix, scalarDigits } from './values';

/**
 * Reads a service's `ports`: a list of short entries (`8080:80`) and long ones (`target: 80`)
 * (compose-spec 05-services.md and its JSON schema; what Docker's YAML reader makes of each scalar decides). Answers
 * those that are not refused.
 */
export function readPorts(field: Field, context: ServiceContext): readonly PortEntry[] {
  const list = listOf(field, 'ports', context);
  if (list === undefined) return [];
  const entries: PortEntry[] = [];
  addGap(list.sequence.gap, { role: 'target', accepts: 'mapping' }, context);
  const isShared = (field.usedAt ?? list.usedAt) !== undefined;
  for (const [index, item] of affordable(list.sequence.items, isShared, context).entries()) {
    const resolved = resolve(item, context.anchors);
    if (resolved === undefined || item.tag === '!reset') continue;
    const { node } = resolved;
    const place = { index, ...placeOf(field.usedAt, list.usedAt, resolved.usedAt) };
    let entry: PortEntry | undefined;
    if (node.kind === 'mapping') {
      entry = readLongPort(node, place, context);
    } else if (node.kind === 'sequence') {
      refuseSequence(node, resolved.usedAt, index, context);
    } else {
      const text = shortText(node, index, context);
      if (text !== undefined) entry = readShortPort(text, node, place, context);
    }
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

/** The alias by which an entry comes in, where one does, and what it stands for: the outermost counts. */
function placeOf(
  keys: Span | undefined,
  list: Span | undefined,
  entry: Span | undefined,
): Pick<EntryPlace, 'usedAt' | 'alias'> {
  const usedAt = keys ?? list ?? entry;
  return usedAt === undefined ? {} : { usedAt, alias: keys ? 'keys' : list ? 'list' : 'entry' };
}

/** What Docker reads as the short form; undefined, with a fault, where YAML gave the scalar another type. */
function shortText(node: YamlScalar, index: number, context: ServiceContext): SourcedText | undefined {
  const { type } = scalarType(node);
  const path = `services.${context.service}.ports`;
  const span = node.span;
  switch (type) {
    case 'string':
      return node.text;
    case 'int':
      return scalarDigits(node);
    case 'null':
      addGap(node.gap, { role: 'target', accepts: 'mapping' }, context);
      addFault(context.found, {
        rule: 'invalid-ports-value',
        span: isEmpty(node) ? { start: span.start, end: Math.min(span.start + 1, span.end) } : span,
        message: dockerRefusal('the entry is empty', `${path}.${index} must be a number`),
      });
      return undefined;
    case 'bool':
      addFault(context.found, {
        rule: 'invalid-ports-value',
        span,
        message: dockerRefusal(
          `${node.text.value} is a boolean to YAML, not a port`,
          `${path}.${index} must be a number`,
        ),
      });
      return undefined;
    case 'float': {
      const fix = quotingFix(node);
      addFault(context.found, {
        rule: 'invalid-ports-value',
        span,
        message: dockerRefusal(
          `without quotes ${node.text.value} is a fractional number to YAML`,
          `${path}: invalid type float64 for port`,
        ),
        ...(fix && { fixes: [fix] }),
      });
      // The digits are still what the user is about to mend: hover and completion go on working on them.
      return fix === undefined ? undefined : literalText(node.text.value, span.start);
    }
  }
}

function refuseSequence(
  { span, hasTail }: YamlSequence,
  usedAt: Span | undefined,
  index: number,
  { service, found }: ServiceContext,
): void {
  const isAddress = hasTail && usedAt === undefined;
  addFault(found, {
    rule: isAddress ? 'unquoted-address' : 'invalid-ports-value',
    span: usedAt ?? span,
    message: isAddress
      ? dockerRefusal(
          'an unquoted [ opens a list; put the whole entry in quotes',
          'the file is no valid YAML',
        )
      : dockerRefusal(
          'a list inside the list is not a port',
          `services.${service}.ports.${index} must be a number`,
        ),
  });
}
