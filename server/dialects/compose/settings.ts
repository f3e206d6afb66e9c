import {
  type CommandPort,
  commandPorts,
  environmentPorts,
  isPortSetting,
  shellPorts,
} from '../../syntax/commands/command-ports';
import { interpolate } from '../../syntax/docker/interpolation';
import { portSlots } from '../../syntax/docker/port-slots';
import { type SourcedText, subText } from '../../syntax/sourced-text';
import type { YamlNode, YamlScalar } from '../../syntax/yaml/yaml';
import { scalarType } from '../../syntax/yaml/yaml-types';
import { type Field, fieldsOf, resolve } from './anchors';
import { addGap, addPorts, affordable, type Entry, type ServiceContext } from './found';
import { readLabels } from './labels';
import { readLogging } from './logging';
import { scalarDigits } from './values';

/**
 * Reads the places of a service where a port may stand beside `ports` and `expose`: its environment, its command,
 * its health check, build arguments, labels and log driver. Only what is a port beyond doubt is one.
 *
 * @returns The entries of its environment.
 */
export function readSettings(fields: ReadonlyMap<string, Field>, context: ServiceContext): readonly Entry[] {
  const environment = allEntriesOf(fields.get('environment'), context);
  readVariables(environment.filter(isWritten), 'environment', context);
  readVariables(entriesOf(fieldOf(fields.get('build'), 'args', context), context), 'arguments', context);
  for (const key of ['command', 'entrypoint']) addPorts(portsOfCommand(fields.get(key), context), context);
  addPorts(portsOfHealthcheck(fieldOf(fields.get('healthcheck'), 'test', context), context), context);
  readLabels(entriesOf(fields.get('labels'), context), context);
  readLabels(entriesOf(fieldOf(fields.get('deploy'), 'labels', context), context), context);
  readLogging(entriesOf(fieldOf(fields.get('logging'), 'options', context), context), context);
  return environment;
}

/** The ports in variables, and a slot for the value of each whose name says that it is a port. */
function readVariables(
  entries: readonly Entry[],
  kind: 'environment' | 'arguments',
  context: ServiceContext,
): void {
  const { owner, image, found } = context;
  for (const { name, value, gap } of entries) {
    addPorts(environmentPorts(name, value), context);
    const setting = kind === 'environment' ? { setting: name } : {};
    if (isPortSetting(name) && gap !== undefined) {
      addGap(gap, { role: 'declare', accepts: 'port', ...setting }, context);
      continue;
    }
    if (!isPortSetting(name) || !/^[0-9A-Za-z]*$/.test(value.value)) continue;
    const slot = { role: 'declare', owner, accepts: 'port', names: false, ...setting } as const;
    const part = { from: 0, to: value.value.length };
    found.slots.push(...portSlots(value, part, { ...slot, ...(image && { image }) }));
  }
}

/** The entries of what Compose takes as a mapping or as a list of `NAME=value`, where a value stands or is to stand. */
function entriesOf(field: Field | undefined, context: ServiceContext): readonly Entry[] {
  return allEntriesOf(field, context).filter(isWritten);
}

function isWritten({ gap, isPassedOn }: Entry): boolean {
  return isPassedOn !== true || gap !== undefined;
}

/** The same with those that have no value: `NAME` alone in a list. */
function allEntriesOf(field: Field | undefined, context: ServiceContext): readonly Entry[] {
  const node = nodeOf(field, context);
  if (node?.kind === 'mapping') {
    const fields = [...fieldsOf(node, context.anchors)];
    const isMerged = isShared(field) || fields.some(([, { usedAt }]) => usedAt !== undefined);
    return affordable(fields, isMerged, context).flatMap(([name, { value }]) => {
      const scalar = value === undefined ? undefined : resolve(value, context.anchors)?.node;
      if (scalar?.kind !== 'scalar') return [];
      const text = substituted(scalarDigits(scalar), context);
      const isPassedOn = scalarType(scalar).type === 'null';
      return [
        { name, value: text, ...(scalar.gap && { gap: scalar.gap }), ...(isPassedOn && { isPassedOn }) },
      ];
    });
  }
  if (node?.kind !== 'sequence') return [];
  return scalarsIn(affordable(node.items, isShared(field), context), context).flatMap(({ text }) => {
    const assignment = substituted(text, context);
    const equals = assignment.value.indexOf('=');
    const { length } = assignment.value;
    if (equals < 0)
      return [
        { name: assignment.value, value: subText(assignment, length, length), isPassedOn: true as const },
      ];
    const value = subText(assignment, equals + 1, length);
    return [{ name: assignment.value.slice(0, equals), value }];
  });
}

/** A command is a list of words, or one text that Compose takes apart as a shell would. */
function portsOfCommand(field: Field | undefined, context: ServiceContext): readonly CommandPort[] {
  const node = nodeOf(field, context);
  if (node?.kind === 'scalar') return shellPorts(substituted(node.text, context));
  if (node?.kind !== 'sequence') return [];
  return commandPorts(
    scalarsIn(affordable(node.items, isShared(field), context), context).map(({ text }) =>
      substituted(text, context),
    ),
  );
}

/** A text is run by the shell; a list says with its first word how it is run (compose-spec 05-services.md). */
function portsOfHealthcheck(field: Field | undefined, context: ServiceContext): readonly CommandPort[] {
  const node = nodeOf(field, context);
  if (node?.kind === 'scalar') return shellPorts(substituted(node.text, context));
  if (node?.kind !== 'sequence') return [];
  const [how, ...words] = scalarsIn(node.items, context).map(({ text }) => substituted(text, context));
  if (how?.value === 'CMD') return commandPorts(words);
  return how?.value === 'CMD-SHELL' ? words.slice(0, 1).flatMap((script) => shellPorts(script)) : [];
}

function fieldOf(field: Field | undefined, key: string, context: ServiceContext): Field | undefined {
  const node = nodeOf(field, context);
  return node?.kind === 'mapping' ? fieldsOf(node, context.anchors).get(key) : undefined;
}

/** Tells whether the value is written elsewhere and may be used by many services. */
function isShared(field: Field | undefined): boolean {
  return field?.usedAt !== undefined || field?.value?.kind === 'alias';
}

function nodeOf(field: Field | undefined, { anchors }: ServiceContext): YamlNode | undefined {
  return field?.value === undefined || field.value.tag === '!reset'
    ? undefined
    : resolve(field.value, anchors)?.node;
}

function scalarsIn(items: readonly YamlNode[], { anchors }: ServiceContext): readonly YamlScalar[] {
  return items.flatMap((item) => {
    const node = resolve(item, anchors)?.node;
    return node?.kind === 'scalar' ? [node] : [];
  });
}

function substituted(text: SourcedText, { variables }: ServiceContext): SourcedText {
  return interpolate(text, variables).text;
}
