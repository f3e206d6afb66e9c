import type { Edit } from '../../model/finding';
import { type PortRange, type PortReference, portsText } from '../../model/port';
import type { PortEntry, Service } from '../../model/service';
import type { SourceFile, Uri } from '../../model/snapshot';
import { dotenv } from '../../syntax/docker/dotenv';
import { type NameGiver, nameGiver } from './port-variables';
import { variableEdit } from './variable-edit';
import { environmentOf, type VariableScopes, variableScopes } from './variable-scopes';

/** Entries whose host port one variable gives, or is to give. */
export interface NamedPort {
  readonly variable: string;
  /** The environment file that sets it. */
  readonly environment: Uri;
  readonly service: string;
  /** The compose file that has it first. */
  readonly uri: Uri;
  readonly ports: PortRange;
  readonly places: readonly { readonly file: SourceFile; readonly publish: PortReference }[];
  /** What puts the variable in place of digits. */
  readonly edits: readonly Edit[];
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
  const givers = new Map<Uri, NameGiver>();
  const scopes = variableScopes(files);
  const giverOf = (environment: Uri): NameGiver => {
    const known = givers.get(environment);
    if (known !== undefined) return known;
    const around = scopes.around(environment);
    const within = files.filter((file) => around.includes(environmentOf(file)));
    const giver = nameGiver(
      within,
      around.map((each) => textOf(each) ?? ''),
    );
    for (const each of around) givers.set(each, giver);
    return giver;
  };
  const seen = new Set<string>();
  const named = new Map<string, NamedPort>();
  const left: LeftPort[] = [];
  for (const { file, service, entry, publish } of files.flatMap(entriesOf)) {
    // What an alias uses twice is written once, and named once.
    const place = `${file.uri} ${publish.span.start} ${publish.portSpan.start}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const environment = environmentOf(file);
    const found = scopes.isExtendedElsewhere(file)
      ? { reason: 'its file is extended from another folder, whose variables count' }
      : variableOf(file, service, entry, publish, giverOf(environment));
    if ('reason' in found) {
      left.push({ uri: file.uri, reference: publish, reason: found.reason });
      continue;
    }
    const { variable, edits, ports } = found;
    const key = `${environment} ${variable}`;
    const known = named.get(key);
    named.set(key, {
      ...{ variable, environment, ports, service: service.name, uri: file.uri, ...known },
      places: [...(known?.places ?? []), { file, publish }],
      edits: [...(known?.edits ?? []), ...edits],
    });
  }
  const isSetAbove = setAbove([...named.values()], scopes, textOf);
  const kept: NamedPort[] = [];
  for (const port of named.values()) {
    const reason = isOneValue(port)
      ? isSetAbove(port) && 'by an include its variable can have the value of another folder'
      : 'its variable has several defaults';
    if (reason === false) kept.push(port);
    else
      for (const { file, publish } of port.places) left.push({ uri: file.uri, reference: publish, reason });
  }
  return { named: kept, left };
}

function isOneValue({ ports, places }: NamedPort): boolean {
  return places.every(({ publish }) => publish.ports && portsText(publish.ports) === portsText(ports));
}

/**
 * Makes the function that tells of a variable that the files have already whether an environment file of another folder
 * sets it as well, now or from then on, for one that includes the other. A new one has its name to itself.
 */
function setAbove(
  named: readonly NamedPort[],
  scopes: VariableScopes,
  textOf: (uri: Uri) => string | undefined,
): (port: NamedPort) => boolean {
  const old = named.filter(({ edits }) => edits.length === 0);
  const given = new Set(old.map(({ environment, variable }) => `${environment} ${variable}`));
  const set = new Map<Uri, ReadonlySet<string>>();
  const namesIn = (environment: Uri): ReadonlySet<string> => {
    const names = set.get(environment) ?? new Set(dotenv(textOf(environment) ?? '').map(({ name }) => name));
    set.set(environment, names);
    return names;
  };
  const shared = new Set<string>();
  for (const { environment, variable, places } of old)
    for (const above of new Set(places.flatMap(({ file }) => scopes.above(file)))) {
      const isGiven = given.has(`${above} ${variable}`);
      if (isGiven) shared.add(`${above} ${variable}`);
      if (isGiven || namesIn(above).has(variable)) shared.add(`${environment} ${variable}`);
    }
  return ({ environment, variable }) => shared.has(`${environment} ${variable}`);
}

interface Entry {
  readonly file: SourceFile;
  readonly service: Service;
  readonly entry: PortEntry;
  readonly publish: PortReference;
}

/** The entries that Docker publishes at a port of the file's choosing; in the host's network it publishes nothing. */
function entriesOf(file: SourceFile): readonly Entry[] {
  return (file.reading.services ?? [])
    .filter(({ network }) => network.kind !== 'host')
    .flatMap((service) =>
      service.ports.flatMap((entry) => {
        const { publish } = entry;
        const isChosen = publish !== undefined && publish.ports?.first !== 0;
        return isChosen ? [{ file, service, entry, publish }] : [];
      }),
    );
}

interface Variable {
  readonly variable: string;
  readonly ports: PortRange;
  readonly edits: readonly Edit[];
}

/** The variable of an entry and what has to be written for it; or why it cannot have one. */
function variableOf(
  file: SourceFile,
  service: Service,
  entry: PortEntry,
  publish: PortReference,
  nameOf: NameGiver,
): Variable | { readonly reason: string } {
  const { variables = [], ports } = publish;
  if (ports === undefined) return { reason: 'its port is not known' };
  if (variables.length === 0) {
    const isWritten = variableEdit(file, publish, 'PORT') !== undefined;
    if (!isWritten) return { reason: 'its port is not written in plain digits' };
    const variable = nameOf(service, entry, publish);
    const edit = variableEdit(file, publish, variable);
    return { variable, ports, edits: edit === undefined ? [] : [edit] };
  }
  const [variable, ...more] = variables;
  if (variable === undefined || more.length > 0 || variable.value !== portsText(ports))
    return { reason: 'its port is made of several parts' };
  if (entry.target.variables?.some(({ name }) => name === variable.name))
    return { reason: 'its variable gives the port in the container as well' };
  return { variable: variable.name, ports, edits: [] };
}
