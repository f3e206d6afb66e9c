import { addressKey } from '../model/address';
import type { PublicationClaim } from '../model/compose-project';
import type { PortMove, Related, Severity } from '../model/finding';
import { grouped } from '../model/grouped';
import { type PortRange, portsText } from '../model/port';
import type { RuleFinding, RuleOf } from '../model/rule';
import type { Listed } from '../model/service';
import { type Span, sameSpan } from '../model/span';
import { upperFirst } from '../model/words';
import { type Collision, collisions } from '../units/collisions';
import { overriding } from './shared/overriding';
import { ownEntryMoves } from './shared/own-entry';
import { portMoves } from './shared/port-moves';
import { portWords } from './shared/port-words';

export const publishedPortConflict: RuleOf<'project'> = {
  id: 'published-port-conflict',
  over: 'project',
  severity: 'error',
  summary: 'A host port that two containers of a project publish.',
  rationale:
    'Only one of them gets it; the other does not start: `port is already allocated`. Addresses, transports, ranges, `extends`, `include` and files that go over each other are taken as Docker takes them. It is a warning where it depends on a profile, on the order of the start or on the default of a variable that does not give both their port, and information where two includes only propose their ports.',
  *check(project) {
    const claims = project.claims;
    const pairs = collisions(claims).filter((pair) => !isOneEntry(pair));
    const holders = grouped(claims, digitsKey);
    const isShared = (claim: PublicationClaim): boolean =>
      (holders.get(digitsKey(claim)) ?? []).some(({ service }) => service !== claim.service);
    const places = grouped(pairs, placeKey);
    for (const [first, ...others] of places.values()) {
      if (first !== undefined) yield finding(first, others, isShared);
    }
  },
};

type Pair = Collision<PublicationClaim>;

/** Compose takes entries of one service for one where address, host port and container port are the same. */
function isOneEntry({ first, second, crowd }: Pair): boolean {
  if (crowd !== undefined) return sharesPort([first, second, ...crowd]);
  if (first.service !== second.service) return false;
  // Within one container Docker takes the ports that are settled before it looks for one in a range.
  if (first.isFlexible || second.isFlexible) return true;
  const shift = ({ ports, publication }: PublicationClaim): number =>
    ports.first - (publication.target.ports?.first ?? 0);
  const isSameAddress = addressKey(first.address) === addressKey(second.address);
  return isSameAddress && shift(first) === shift(second);
}

/**
 * Of one container, entries with the same container port and the same range get one port at all their addresses (moby
 * drivers/bridge/port_mapping_linux.go): how many they take together is not counted here.
 */
function sharesPort(claims: readonly PublicationClaim[]): boolean {
  const flexible = claims.filter(({ isFlexible }) => isFlexible);
  const keyOf = ({ service, publication: { target }, ports }: PublicationClaim): string =>
    `${service.name} ${target.ports?.first} ${ports.first} ${ports.last}`;
  return new Set(flexible.map(keyOf)).size < flexible.length;
}

/** What is told at one place of the same ports is told once. */
function placeKey(pair: Pair): string {
  const { uri, span } = placeOf(pair.second, pair.first);
  return `${uri} ${span.start} ${span.end} ${pair.ports.first} ${pair.ports.last} ${severityOf(pair)}`;
}

/** The place of the digits that give a claim its port. */
function digitsKey({ file, reference: { portSpan } }: PublicationClaim): string {
  return `${file.uri} ${portSpan.start}`;
}

function finding(
  pair: Pair,
  others: readonly Pair[],
  isShared: (claim: PublicationClaim) => boolean,
): RuleFinding {
  const { first, second, ports } = pair;
  const place = placeOf(second, first);
  const all = [pair, ...others].flatMap(eachOf);
  const holders = [...new Set(all.map(holderWords))].join(' and ');
  const isAdded = first.service === second.service && first.file !== second.file;
  const overridden = isAdded ? overriding(second.publication) : undefined;
  return {
    uri: place.uri,
    span: place.span,
    severity: severityOf(pair),
    message: `${upperFirst(portWords(ports, second.transport, 'host'))} ${verb(ports)} already published by ${holders}${whenWords(pair)}${docker(pair)}.`,
    related: all.map(related),
    fixes: overridden === undefined ? [] : [overridden],
    moves: place.isOwn
      ? [...portMoves(second), ...movesOfFirst(pair, others, isShared)]
      : ownEntryMoves(second),
  };
}

/** The one that was there before may go instead, where that alone helps and nobody goes along. */
function movesOfFirst(
  { first, second, crowd }: Pair,
  others: readonly Pair[],
  isShared: (claim: PublicationClaim) => boolean,
): readonly PortMove[] {
  if (others.length > 0 || crowd?.length || first.service === second.service) return [];
  if (first.reference.usedAt !== undefined) return [];
  if (first.publication.from.name !== first.service.name || isShared(first)) return [];
  // What the second one says again would stay with it, and the moved port would come to it as well.
  if (second.service.definitions.some(({ service }) => service === first.publication.from)) return [];
  return portMoves(first)
    .filter(({ variable, isLastResort }) => variable === undefined && isLastResort === undefined)
    .map((move) => ({ ...move, holder: first.holder }));
}

function related(pair: Pair): Related {
  const { file, reference, ports } = pair.first;
  const span = reference.usedAt ?? reference.portSpan;
  return {
    uri: file.uri,
    span,
    message: `${upperFirst(holderWords(pair))} publishes ${portsText(ports)} here.`,
  };
}

function holderWords({ first, second }: Pair): string {
  return first.service === second.service ? 'this service itself' : first.holder;
}

/** What the engine says; of IPv6 it is not known word for word. */
function docker({ second, ports, isSure }: Pair): string {
  if (isSure && second.isFlexible) return ' (Docker: all ports are allocated)';
  if (!isSure || second.address?.kind === 'ipv6') return '';
  const address = addressKey(second.address);
  return ` (Docker: Bind for ${address}:${ports.first} failed: port is already allocated)`;
}

interface Place {
  readonly uri: string;
  readonly span: Span;
  /** False where the entry stands somewhere else and comes in by `extends` or an alias. */
  readonly isOwn: boolean;
}

/** Where the second one says so: its own entry, or what brings in the entry that both share. */
function placeOf({ file, reference, service }: PublicationClaim, first: PublicationClaim): Place {
  const { usedAt } = reference;
  if (usedAt !== undefined) return { uri: file.uri, span: usedAt, isOwn: false };
  const isShared = file === first.file && sameSpan(reference.portSpan, first.reference.portSpan);
  if (!isShared) return { uri: file.uri, span: reference.portSpan, isOwn: true };
  const extending = service.definitions.findLast(({ service: each }) => each.extends !== undefined);
  const own = extending ?? service.definitions.at(-1);
  const span = own?.service.extends?.span ?? own?.service.nameSpan ?? reference.portSpan;
  return { uri: own?.file.uri ?? file.uri, span, isOwn: false };
}

/** The pair, and those of its crowd with the same second one. */
function eachOf(pair: Pair): readonly Pair[] {
  return [pair, ...(pair.crowd ?? []).map((first) => ({ ...pair, first }))];
}

/** Of a crowd all have to be there at the same time. */
function severityOf(pair: Pair): Severity {
  const { first, second, isSure, crowd = [] } = pair;
  const all = [first, ...crowd];
  const found = [...all.map((each) => ({ first: each, second })), ...pairsOf(all)].map((each) =>
    severityOfTwo({ ...each, ports: pair.ports, isSure }),
  );
  return (['information', 'warning'] as const).find((level) => found.includes(level)) ?? 'error';
}

function pairsOf(claims: readonly PublicationClaim[]): readonly Pick<Pair, 'first' | 'second'>[] {
  return claims.slice(1).flatMap((second, index) => ({ first: claims[index] ?? second, second }));
}

function severityOfTwo({ first, second, isSure }: Pair): Severity {
  const together = profilesMeet(first.service.profiles, second.service.profiles);
  // Who includes parts that only propose their ports may take a few of them, and settles the ports for those.
  const areProposed = first.publication.isProposed && second.publication.isProposed;
  if (together === 'never surely' || areProposed) return 'information';
  const isSettled = together === 'always' && !isOpen(first, second);
  return isSettled && isSure ? 'error' : 'warning';
}

/** Whether a variable can part two that collide; one that gives both their port gives both another one. */
function isOpen(first: PublicationClaim, second: PublicationClaim): boolean {
  const variable = wholeVariable(first);
  const isOne = variable !== undefined && variable === wholeVariable(second);
  return [first, second].some((claim) => isProposed(claim) || (!isOne && isByDefault(claim)));
}

/** The one variable that is all of a published port, and has no more than a default. */
function wholeVariable({ reference: { ports, variables = [] } }: PublicationClaim): string | undefined {
  const [variable] = variables;
  if (variables.length !== 1 || variable?.from !== 'default' || ports === undefined) return undefined;
  return variable.value === portsText(ports) ? variable.name : undefined;
}

/** A part that only proposes its ports, or a number of containers that is a default. */
function isProposed({ publication, service }: PublicationClaim): boolean {
  return publication.isProposed === true || service.replicas?.isByDefault === true;
}

/** A port that holds for want of a variable's value. */
function isByDefault({ reference: { variables = [] } }: PublicationClaim): boolean {
  return variables.some(({ from }) => from === 'default');
}

/** Whether two services run at the same time: those without profiles always do (compose-spec 15-profiles.md). */
function profilesMeet(one: Listed, other: Listed): 'always' | 'with a profile' | 'never surely' {
  if (one === 'unknown' || other === 'unknown') return 'never surely';
  const isSame = one.length === other.length && one.every((profile) => other.includes(profile));
  if (isSame) return 'always';
  const isOften = one.length === 0 || other.length === 0 || one.some((profile) => other.includes(profile));
  return isOften ? 'with a profile' : 'never surely';
}

function whenWords({ first, second, isSure, crowd = [] }: Pair): string {
  const all = [first, second, ...crowd];
  const profiles = all.map(({ service }) => service.profiles);
  if (
    pairsOf(all).some(
      (pair) => profilesMeet(pair.first.service.profiles, pair.second.service.profiles) !== 'always',
    )
  ) {
    const which = profileWords(profiles);
    return which === '' ? '' : `, with ${which} on`;
  }
  if (pairsOf(all).some((pair) => isOpen(pair.first, pair.second)))
    return ', unless a variable says otherwise';
  return isSure ? '' : ', when the one with the range starts first';
}

/** The profiles that make all of them run: one that all have, else one of each; those that are not known are left out. */
function profileWords(all: readonly Listed[]): string {
  const known = all.filter((each) => each !== 'unknown').filter(({ length }) => length > 0);
  const [one = []] = known;
  const common = one.filter((profile) => known.every((each) => each.includes(profile)));
  const different = new Map(known.map((each) => [each.toSorted().join('\n'), each]));
  const sides = common.length > 0 ? [common] : [...different.values()];
  return sides
    .map((names) => {
      const words = names.map((name) => `"${name}"`).join(' or ');
      return names.length > 1 && sides.length > 1 ? `(${words})` : words;
    })
    .join(' and ');
}

function verb({ first, last }: PortRange): string {
  return first === last ? 'is' : 'are';
}
