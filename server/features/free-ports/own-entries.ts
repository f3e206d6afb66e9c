import type { ServiceDefinition } from '../../model/compose-project';
import type { Edit } from '../../model/finding';
import { type PortRange, type PortReference, portsText } from '../../model/port';
import type { PortEntry, Service } from '../../model/service';
import type { SourceFile, Uri } from '../../model/snapshot';
import { dotenv } from '../../syntax/docker/dotenv';
import { type NameGiver, nameGiver } from './port-variables';
import { variableEdit } from './variable-edit';
import { type VariableScopes, variableScopes } from './variable-scopes';

/** Entries whose host port one variable gives, or is to give. */
export interface NamedPort {
  readonly variable: string;
  /** The environment files that are to set it. */
  readonly environments: ReadonlySet<Uri>;
  readonly service: string;
  /** The compose file that has it first. */
  readonly uri: Uri;
  readonly ports: PortRange;
  readonly places: readonly PortPlace[];
  /** What puts the variable in place of digits. */
  readonly edits: readonly Edit[];
}

/** Where a port is written. */
export interface PortPlace {
  readonly file: SourceFile;
  readonly reference: PortReference;
}

/** An entry that stays as it is. */
export interface LeftPort {
  readonly uri: Uri;
  readonly reference: PortReference;
  readonly reason: string;
}

/**
 * Gathers the entries of compose files by the variable that gives their host port: one that they have, or a new one for
 * digits.
 *
 * @param textOf The text of an environment file.
 */
export function ownEntries(
  files: readonly SourceFile[],
  textOf: (uri: Uri) => string | undefined,
): { readonly named: readonly NamedPort[]; readonly left: readonly LeftPort[] } {
  const scopes = variableScopes(files);
  const givers = new Map<readonly Uri[], NameGiver>();
  const giverAround = (around: readonly Uri[]): NameGiver => {
    const known = givers.get(around);
    if (known !== undefined) return known;
    const within = files.filter((file) => scopes.around(file) === around);
    const giver = nameGiver(
      within,
      around.map((each) => textOf(each) ?? ''),
    );
    givers.set(around, giver);
    return giver;
  };
  const named = new Map<string, NamedPort>();
  const left: LeftPort[] = [];
  for (const entries of files.flatMap((file) => placesIn(file, scopes))) {
    const [{ file, service, reference }] = entries;
    const around = scopes.around(file);
    const found = sharedVariable(entries, giverAround(around));
    const environments = entries.map((each) => giverOf(each.definition, found, textOf));
    const known = environments.filter((each) => each !== undefined);
    const isWhole = known.every((uri) => !isCutOff(textOf(uri) ?? ''));
    if ('reason' in found || known.length < environments.length || !isWhole) {
      const reason =
        'reason' in found
          ? found.reason
          : isWhole
            ? 'its environment file is not known'
            : 'a quotation mark in its environment file is never closed';
      left.push({ uri: file.uri, reference, reason });
      continue;
    }
    const { variable, edits, ports } = found;
    const key = `${around[0]} ${variable}`;
    const before = named.get(key);
    named.set(key, {
      ...{ variable, ports, service: service.name, uri: file.uri, ...before },
      environments: new Set([...(before?.environments ?? []), ...known]),
      places: [...(before?.places ?? []), { file, reference }],
      edits: [...(before?.edits ?? []), ...edits],
    });
  }
  const kept: NamedPort[] = [];
  for (const port of named.values()) {
    const reason = 'its variable has several defaults';
    if (isOneValue(port)) kept.push(port);
    else for (const { file, reference } of port.places) left.push({ uri: file.uri, reference, reason });
  }
  return { named: kept, left };
}

/** Tells whether an environment file has a value whose quotation mark is never closed: Compose refuses all of it. */
function isCutOff(text: string): boolean {
  return dotenv(text).some(
    ({ value, valueFrom }) => value === undefined && /["']/.test(text[valueFrom] ?? ''),
  );
}

/** Tells places apart, whatever values their variables have and whichever alias uses them. */
export function placeKey({ file, reference: { portSpan, variables = [] } }: PortPlace): string {
  const start = Math.min(portSpan.start, ...variables.map(({ span }) => span.start));
  return `${file.uri} ${start}`;
}

function isOneValue({ ports, places }: NamedPort): boolean {
  return places.every(({ reference: own }) => own.ports && portsText(own.ports) === portsText(ports));
}

/**
 * The environment file that is to give a variable in a definition: the first that sets it already, for no other counts then,
 * else the last, which is the one closest to the file.
 */
function giverOf(
  { environments }: ServiceDefinition,
  found: Variable | { readonly reason: string },
  textOf: (uri: Uri) => string | undefined,
): Uri | undefined {
  const sets = (uri: Uri): boolean =>
    'variable' in found && dotenv(textOf(uri) ?? '').some(({ name }) => name === found.variable);
  return environments?.find(sets) ?? environments?.at(-1);
}

/** An entry as one project reads it. */
interface Entry extends PortPlace {
  readonly definition: ServiceDefinition;
  readonly service: Service;
  readonly entry: PortEntry;
}

/**
 * The entries that Docker publishes at a port of the file's choosing, each in all the ways in which projects read it; in the
 * host's network it publishes nothing. What an alias uses twice is written once, and counts once.
 */
function placesIn(file: SourceFile, scopes: VariableScopes): readonly (readonly [Entry, ...Entry[]])[] {
  const places = new Map<string, [Entry, ...Entry[]]>();
  for (const definition of scopes.definitionsOf(file)) {
    const { service } = definition;
    if (service.network.kind === 'host') continue;
    for (const entry of service.ports) {
      const { publish: reference } = entry;
      if (reference === undefined || reference.ports?.first === 0) continue;
      const read = { file, definition, service, entry, reference };
      const known = places.get(placeKey(read));
      if (known === undefined) places.set(placeKey(read), [read]);
      else known.push(read);
    }
  }
  return [...places.values()];
}

/** The variable of an entry where all projects read the same one with the same value. */
function sharedVariable(
  [first, ...others]: readonly [Entry, ...Entry[]],
  nameOf: NameGiver,
): Variable | { readonly reason: string } {
  const found = variableOf(first, nameOf);
  if ('reason' in found) return found;
  const isSame = others.every(
    ({ reference: { ports } }) => ports && portsText(ports) === portsText(found.ports),
  );
  return isSame ? found : { reason: 'its variable has another value in another project' };
}

interface Variable {
  readonly variable: string;
  readonly ports: PortRange;
  readonly edits: readonly Edit[];
}

/** The variable of an entry and what has to be written for it; or why it cannot have one. */
function variableOf(
  { file, service, entry, reference }: Entry,
  nameOf: NameGiver,
): Variable | { readonly reason: string } {
  const { variables = [], ports } = reference;
  if (ports === undefined) return { reason: 'its port is not known' };
  if (variables.length === 0) {
    const isWritten = variableEdit(file, reference, entry.writing, 'PORT') !== undefined;
    if (!isWritten) return { reason: 'its port is not written in plain digits' };
    const variable = nameOf(service, entry, reference);
    const edit = variableEdit(file, reference, entry.writing, variable);
    return { variable, ports, edits: edit === undefined ? [] : [edit] };
  }
  const [variable, ...more] = variables;
  if (variable === undefined || more.length > 0 || variable.value !== portsText(ports))
    return { reason: 'its port is made of several parts' };
  if (entry.target.variables?.some(({ name }) => name === variable.name))
    return { reason: 'its variable gives the port in the container as well' };
  return { variable: variable.name, ports, edits: [] };
}
