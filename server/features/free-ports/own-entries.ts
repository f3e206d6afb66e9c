import { siblingUri } from '../../model/file-name';
import type { Edit } from '../../model/finding';
import { type PortRange, type PortReference, portsText } from '../../model/port';
import type { PortEntry, Service } from '../../model/service';
import type { SourceFile, Uri } from '../../model/snapshot';
import { addressFrom } from '../../units/paths';
import { type NameGiver, nameGiver } from './port-variables';
import { variableEdit } from './variable-edit';

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
  const giverOf = (environment: Uri): NameGiver => {
    const beside = files.filter(({ uri }) => siblingUri(uri, '.env') === environment);
    const giver = givers.get(environment) ?? nameGiver(beside, textOf(environment));
    givers.set(environment, giver);
    return giver;
  };
  const isElsewhere = extendedElsewhere(files);
  const seen = new Set<string>();
  const named = new Map<string, NamedPort>();
  const left: LeftPort[] = [];
  for (const { file, service, entry, publish } of files.flatMap(entriesOf)) {
    // What an alias uses twice is written once, and named once.
    const place = `${file.uri} ${publish.span.start} ${publish.portSpan.start}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const environment = siblingUri(file.uri, '.env');
    const found = isElsewhere(file)
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
  const isOneValue = ({ ports, places }: NamedPort): boolean =>
    places.every(({ publish }) => publish.ports && portsText(publish.ports) === portsText(ports));
  for (const { places } of [...named.values()].filter((each) => !isOneValue(each)))
    for (const { file, publish } of places)
      left.push({ uri: file.uri, reference: publish, reason: 'its variable has several defaults' });
  return { named: [...named.values()].filter(isOneValue), left };
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

/** Compose takes the variables of an extended file from where the extending one lies (compose-go loader/extends.go). */
function extendedElsewhere(files: readonly SourceFile[]): (file: SourceFile) => boolean {
  const extended = new Set(
    files.flatMap((file) =>
      (file.reading.services ?? []).flatMap(({ extends: base }) => {
        const address = base?.file === undefined ? undefined : addressFrom(file, base.file);
        return address === undefined || address === addressFrom(file, lastName(address)) ? [] : [address];
      }),
    ),
  );
  return ({ address }) => extended.has(address);
}

function lastName(address: string): string {
  return `./${address.slice(address.lastIndexOf('/') + 1)}`;
}
