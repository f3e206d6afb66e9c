import type { Chart } from '../../model/chart';
import type { Claim } from '../../model/claim';
import { claimList } from '../../model/claim-list';
import type { Edit } from '../../model/finding';
import { knownAddress, type PortRange, portsText } from '../../model/port';
import type { SourceFile, Uri } from '../../model/snapshot';
import { settingAt } from '../../units/environment-settings';
import { hostServicePorts } from '../../units/host-services';
import { type Field, fieldOfAll, isInTheWay, obstacles } from './field';
import { freePorts } from './free-ports';
import { type Ground, groundOf } from './ground';
import { hostListens } from './host-listens';
import { type LeftPort, type NamedPort, ownEntries, placeKey } from './own-entries';
import { mayBePublished } from './own-stack';
import { whoListens } from './reasons';
import type { Wish } from './wish';

/** One host port that a variable gives from now on. */
export interface OwnPort {
  readonly variable: string;
  readonly service: string;
  /** The compose file that has it first. */
  readonly uri: Uri;
  readonly from: PortRange;
  readonly to: PortRange;
  /** What speaks against it and cannot be known for sure. */
  readonly doubt?: string;
}

/** The settings that an environment file is to give. */
export interface EnvironmentValues {
  readonly uri: Uri;
  readonly values: ReadonlyMap<string, string>;
}

/** What gives a worktree ports of its own. */
export interface WorktreePorts {
  /** Variables in place of fixed ports, in the compose files. */
  readonly edits: readonly Edit[];
  readonly environments: readonly EnvironmentValues[];
  readonly ports: readonly OwnPort[];
  /** The entries that stay as they are, and why. */
  readonly left: readonly LeftPort[];
}

/**
 * Turns the fixed host ports of compose files into variables with the same port as their default, and finds for each a
 * value that nothing else on the machine wants: neither the files of other worktrees nor what listens now. A port that
 * nobody else wants stays what it is, also where a container engine listens on it: that is most likely the worktree's own
 * container, which runs. The values belong into the environment files that Compose reads by itself
 * for each compose file.
 *
 * @param files The files of the worktree.
 */
export function worktreePorts(chart: Chart, files: readonly SourceFile[]): WorktreePorts {
  const { snapshot, books } = chart;
  const { named, left } = ownEntries(files, (uri) => snapshot.files.get(uri)?.text);
  const ground = groundOf(chart, { gives: roomFor(named) });
  const others: Ground = {
    ...ground,
    ...(ground.listeners && { listeners: ground.listeners.filter((each) => !mayBePublished(each)) }),
  };
  const settled = new Map<NamedPort, PortRange>();
  const settling = (from: Ground): Ground => ({
    ...from,
    claims: [...from.claims, claimList([...settled].flatMap(([port, to]) => claimsOn(port, to)))],
  });
  // First those that can stay: none of them gives way to one that has to move.
  for (const port of named)
    if (isUncontested(fieldOfAll(settling(others), wishesOf(port)), port.ports))
      settled.set(port, port.ports);
  const stuck: LeftPort[] = [];
  for (const port of named) {
    if (settled.has(port)) continue;
    const [to] = freePorts(books.registry, fieldOfAll(settling(ground), wishesOf(port)), wishOf(port));
    if (to !== undefined) settled.set(port, to);
    else
      for (const { file, reference } of port.places)
        stuck.push({ uri: file.uri, reference, reason: 'no port is free for it' });
  }
  const known = hostServicePorts(snapshot, books.knowledge);
  const onHost = hostListens(files, known).map(({ file: { uri }, reference, isSaid }) => ({
    ...{ uri, reference },
    reason: `${isSaid ? 'its program listens' : 'its image or its settings have its program listen'} on it in the host’s network, where nothing is published`,
  }));
  const kept = named.filter((port) => settled.has(port));
  return {
    edits: kept.flatMap(({ edits }) => edits),
    environments: environmentsOf(kept, settled),
    ports: kept.map((port) => {
      const to = settled.get(port) ?? port.ports;
      const doubt = doubtOf(ground, port, to);
      return {
        ...{ variable: port.variable, service: port.service, uri: port.uri, from: port.ports, to },
        ...(doubt !== undefined && { doubt }),
      };
    }),
    left: [...left, ...stuck, ...onHost],
  };
}

/** What is about to be written anew makes room: the entries, and the settings that give their variables now. */
function roomFor(named: readonly NamedPort[]): (claim: Claim) => boolean {
  const entries = new Set(named.flatMap(({ places }) => places.map(placeKey)));
  const variables = new Set(
    named.flatMap(({ environments, variable }) => [...environments].map((each) => `${each} ${variable}`)),
  );
  return ({ file, reference }) => {
    if (reference.role === 'publish') return entries.has(placeKey({ file, reference }));
    if (file.reading.isEnvironment !== true) return false;
    const setting = settingAt(file, reference.portSpan.start);
    return setting !== undefined && variables.has(`${file.uri} ${setting.name}`);
  };
}

function wishOf({ ports, places: [place] }: NamedPort): Wish {
  return {
    transport: place?.reference.transport ?? 'tcp',
    width: ports.last - ports.first + 1,
    near: ports.first,
  };
}

/** A port is published with each transport and at each address that its entries say. */
function wishesOf(port: NamedPort): readonly Wish[] {
  const wish = wishOf(port);
  return port.places.map(({ reference }) => {
    const address = knownAddress(reference);
    return { ...wish, transport: reference.transport ?? wish.transport, ...(address && { address }) };
  });
}

/** Whoever chose a port of the automatic range, or one that needs privilege, meant it: only others are in its way. */
function isUncontested(field: Field, { first, last }: PortRange): boolean {
  const others = obstacles.claimed | obstacles.listening | obstacles.system;
  for (let port = first; port <= last; port += 1) if (((field[port] ?? others) & others) !== 0) return false;
  return true;
}

/** Who listens where a port is to be, when that may be the worktree's own container. */
function doubtOf(ground: Ground, port: NamedPort, to: PortRange): string | undefined {
  const wishes = wishesOf(port);
  const listener = ground.listeners?.find(
    (each) => to.first <= each.port && each.port <= to.last && wishes.some((wish) => isInTheWay(each, wish)),
  );
  return listener && `${whoListens(listener)}, and it cannot be seen whether for this project`;
}

function claimsOn({ places }: NamedPort, ports: PortRange): readonly Claim[] {
  return places.map(({ file, reference }) => {
    const { transport = 'tcp', owner } = reference;
    const address = knownAddress(reference);
    return {
      ...{ file, reference, ports, transport, isFlexible: false, takers: 1, holder: owner },
      ...(address && { address }),
    };
  });
}

function environmentsOf(
  named: readonly NamedPort[],
  settled: ReadonlyMap<NamedPort, PortRange>,
): readonly EnvironmentValues[] {
  const environments = new Map<Uri, Map<string, string>>();
  for (const port of named)
    for (const uri of port.environments) {
      const values = environments.get(uri) ?? new Map<string, string>();
      environments.set(uri, values.set(port.variable, portsText(settled.get(port) ?? port.ports)));
    }
  return [...environments].map(([uri, values]) => ({ uri, values }));
}
