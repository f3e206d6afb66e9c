import { isLoopback } from '../model/address';
import { fileIndex } from '../model/file-index';
import { type FromEach, fromEach, sameData } from '../model/from-each';
import type { PortReference, Role } from '../model/port';
import { remembered, type Snapshot, type SourceFile } from '../model/snapshot';
import { variablesNamed } from '../syntax/docker/interpolation';
import { sharingHostIn } from './host-sharing';
import { addressFrom } from './paths';
import { isCalled } from './service-reach';

/** Which settings of environment files get into containers and nowhere else. */
export interface EnvironmentReach {
  /**
   * Whether a variable gets into containers and nowhere else; without a name, whether all of the file do. It does where a
   * service names the file as its `env_file` and Compose itself does not read it, and where the compose files beside a
   * `.env` take it for what is inside of containers wherever they name it: a container port, a setting. No compose file of
   * the workspace may use a variable of that name for anything else.
   */
  isInside(file: SourceFile, variable: string | undefined): boolean;
}

/**
 * Who is given the settings of a snapshot's environment files. What a service in the network of the machine is given counts for
 * nobody here: its ports are found with it.
 *
 * @returns The same object as before, where the compose files use the same as before.
 */
export function environmentReach(snapshot: Snapshot): EnvironmentReach {
  return remembered(snapshot, reachAfter, undefined).reach;
}

interface KnownReach {
  readonly uses: FromEach<Uses>;
  readonly reach: EnvironmentReach;
}

function reachAfter(snapshot: Snapshot, before: KnownReach | undefined): KnownReach {
  const index = fileIndex(snapshot);
  const uses = fromEach(index.files, (file) => file.once(usesIn), before?.uses, sameData);
  if (before?.uses.said === uses.said) return { uses, reach: before.reach };
  return { uses, reach: reachOf(uses.said) };
}

function reachOf(said: readonly Uses[]): EnvironmentReach {
  const given = new Set(said.flatMap((each) => each.given));
  const read = new Set(said.flatMap((each) => each.read));
  const inside = new Map<string, Set<string>>();
  const outside = new Map<string, Set<string>>();
  for (const each of said) {
    for (const [all, names] of [
      [inside, each.inside],
      [outside, each.outside],
    ] as const) {
      const known = all.get(each.environment) ?? new Set();
      all.set(each.environment, known);
      for (const name of names) known.add(name);
    }
  }
  const only = new Map(
    [...inside].map(([environment, names]) => {
      const others = outside.get(environment);
      return [environment, new Set([...names].filter((name) => others?.has(name) !== true))] as const;
    }),
  );
  // Whoever calls Compose can have it read any environment file.
  const published = new Set(said.flatMap((each) => each.outside));
  const isGiven = ({ address }: SourceFile): boolean => given.has(address) && !read.has(address);
  const insideOnly = ({ address, reading }: SourceFile): ReadonlySet<string> =>
    // Whoever else it names as its compose files may use all of it.
    (reading.project?.composeFiles === undefined ? only.get(address) : undefined) ?? nothing;
  return {
    isInside: (file, variable) =>
      variable === undefined
        ? isGiven(file)
        : !published.has(variable) && (isGiven(file) || insideOnly(file).has(variable)),
  };
}

const nothing: ReadonlySet<string> = new Set();

/** What one compose file does with environment files. */
interface Uses {
  /** The address of the one beside it. */
  readonly environment: string;
  /** The addresses of those that its services in networks of their own are given. */
  readonly given: readonly string[];
  /** The addresses of those that are read by Compose itself, or given to a service in the network of the machine. */
  readonly read: readonly string[];
  /** The variables that it takes for what is inside of containers, and those that it takes for anything else. */
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

/** Undefined for a file that is none of Compose. */
function usesIn(file: SourceFile): Uses | undefined {
  const { services, project } = file.reading;
  if (services === undefined) return undefined;
  const at = (path: string): readonly string[] => {
    const address = addressFrom(file, path);
    return address === undefined ? [] : [address];
  };
  const sharing = file.once(sharingHostIn);
  const own = services.filter(({ name }) => !sharing.has(name));
  const onHost = services.filter(({ name }) => sharing.has(name));
  const includes = (project?.includes ?? []).flatMap(({ envFiles, projectDirectory }) => [
    ...(envFiles ?? []).flatMap((path) => (path === undefined ? [] : at(path))),
    ...(projectDirectory === undefined ? [] : at(`${projectDirectory}/.env`)),
  ]);
  const environment = `${file.folder}.env`;
  const filesOf = (those: typeof services): readonly string[] =>
    those.flatMap(({ envFiles = [] }) => envFiles.flatMap(({ path }) => at(path)));
  return {
    environment,
    given: filesOf(own),
    read: [environment, ...includes, ...filesOf(onHost)],
    ...variableUses(file),
  };
}

/** The variables that a text names, by what it takes them for: each place counts, whatever is known of it. */
function variableUses(file: SourceFile): Pick<Uses, 'inside' | 'outside'> {
  const { text, reading } = file;
  const sharing = file.once(sharingHostIn);
  const passedOn = (onHost: boolean): readonly string[] =>
    (reading.services ?? [])
      .filter(({ name }) => sharing.has(name) === onHost)
      .flatMap(({ environment }) =>
        [...environment].flatMap(([name, value]) => (value === undefined ? [name] : [])),
      );
  const places = new Map<number, boolean>();
  for (const reference of text.includes('$') ? referencesIn(file) : []) {
    for (const { span } of reference.variables ?? [])
      places.set(span.start, isInside(file, reference) && places.get(span.start) !== false);
  }
  const inside = new Set(passedOn(false));
  const outside = new Set(passedOn(true));
  for (const { name, at } of variablesNamed(text)) (places.get(at) === true ? inside : outside).add(name);
  return { inside: [...inside], outside: [...outside] };
}

/** What a text says once its variables are given: as long as the value of one is empty, no port may be there. */
function referencesIn(file: SourceFile): readonly PortReference[] {
  const { variables, reading } = file;
  if (![...variables.values()].includes('')) return reading.references;
  const given = [...variables].map(([name, value]) => [name, value === '' ? undefined : value] as const);
  return file.readingWith(new Map(given)).references;
}

const insideRoles: ReadonlySet<Role> = new Set(['target', 'expose', 'declare', 'listen']);

/** Whether a port is one of a container: of the service itself, or of another that it dials. */
function isInside({ reading }: SourceFile, { role, address }: PortReference): boolean {
  if (insideRoles.has(role)) return true;
  if (role !== 'connect' || address === undefined) return false;
  const { canonical } = address;
  return (
    canonical === 'localhost' ||
    isLoopback(address) ||
    (reading.services ?? []).some((service) => isCalled(service, canonical))
  );
}
