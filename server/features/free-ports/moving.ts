import type { Chart } from '../../model/chart';
import type { Claim } from '../../model/claim';
import { claimList } from '../../model/claim-list';
import { fileIndex } from '../../model/file-index';
import type { Edit, Finding, Fix, NewEntry, PortMove } from '../../model/finding';
import { knownAddress, type PortRange, type PortReference, portsText } from '../../model/port';
import type { SourceFile } from '../../model/snapshot';
import { overlaps, type Span, slice } from '../../model/span';
import { variablesNamed } from '../../syntax/docker/interpolation';
import { spanOf } from '../../syntax/sourced-text';
import { addressesMeet } from '../../units/collide';
import { composeDefinitions, environmentsOf } from '../../units/compose-definitions';
import { settingsOf } from '../../units/environment-settings';
import { together } from '../together';
import { containedGround } from './contained-ground';
import { fieldOfAll } from './field';
import { freePorts } from './free-ports';
import { type Ground, groundOf } from './ground';
import type { Wish } from './wish';

/**
 * Moves a port to one that is free; undefined where none is.
 *
 * @param chosen Ports that are given away already, and that no file says yet.
 */
export function moveFix(chart: Chart, move: PortMove, chosen: readonly Claim[] = []): Fix | undefined {
  return moved(chart, move, chosen, variableGivers(chart))?.fix;
}

/** Ports that were moved together. */
export interface MovedPorts {
  readonly edits: readonly Edit[];
  readonly ports: readonly { readonly claim: Claim; readonly from: PortRange }[];
  /** How many findings keep their port: no edit can move it, or none is free. */
  readonly left: number;
}

/**
 * Tells whether a finding is of a port that two want, be it that no edit can move it (`moves` is empty then). It names the
 * other party; a port that only browsers refuse has none.
 */
export function collides({ moves, related }: Finding): boolean {
  return moves !== undefined && related.length > 0;
}

/** The first move of each finding; no two of them go to the same port. */
export function moveAll(chart: Chart, findings: readonly Finding[]): MovedPorts {
  const chosen: Claim[] = [];
  const moves = new Map<string, { readonly found: Moved; readonly from: PortRange }>();
  const givers = variableGivers(chart);
  let left = 0;
  const keyOf = ({ file, span }: Place): string => `${file.uri} ${span.start}`;
  for (const { moves: possible = [] } of findings) {
    const places = possible.flatMap((move) => placeOf(chart, move, givers) ?? []);
    if (places.some((place) => moves.has(keyOf(place)))) {
      // An entry of its own says one new port at a time.
      if (possible.some(({ entry }) => entry !== undefined)) left += 1;
      continue;
    }
    const found = firstOf(possible, (move) => moved(chart, move, chosen, givers));
    if (found === undefined) {
      left += 1;
      continue;
    }
    chosen.push(found.claim, ...found.along);
    moves.set(keyOf(found.place), { found, from: found.from });
  }
  const all = [...moves.values()];
  return {
    edits: together(all.map(({ found }) => found.fix)),
    ports: all.map(({ found: { claim }, from }) => ({ claim, from })),
    left,
  };
}

/** What comes of the first of some things of which anything does. */
function firstOf<T, U>(all: readonly T[], make: (each: T) => U | undefined): U | undefined {
  for (const each of all) {
    const made = make(each);
    if (made !== undefined) return made;
  }
  return undefined;
}

interface Moved {
  readonly fix: Fix;
  readonly place: Place;
  readonly from: PortRange;
  /** What wants the port from then on. */
  readonly claim: Claim;
  /** What goes there with it. */
  readonly along: readonly Claim[];
}

function moved(
  chart: Chart,
  move: PortMove,
  chosen: readonly Claim[],
  givers: VariableGivers,
): Moved | undefined {
  const { ports, needed, transport, isNotForWeb, variable, holder, entry, isLastResort } = move;
  const place = placeOf(chart, move, givers);
  const file = chart.snapshot.files.get(move.uri);
  const reference = file?.reading.references.find(({ portSpan }) => overlaps(portSpan, move.span));
  if (place === undefined || file === undefined || reference === undefined) return undefined;
  const giving = { gives: (claim: Claim): boolean => makesRoom(claim, move, place, givers) };
  const found: Ground = containedGround(chart, file, reference.role, giving) ?? groundOf(chart, giving);
  const along = found.given.filter(
    (claim) => claim.reference !== reference && claim.reference.role === 'publish',
  );
  const ground = { ...found, claims: [...found.claims, claimList(chosen)] };
  const known = knownAddress(move);
  const own = known ? { transport, address: known } : { transport };
  const isShared = ({ reference: { owner }, ...claim }: Claim): boolean =>
    owner !== reference.owner && claim.transport === transport && addressesMeet(claim.address, own.address);
  // What goes along would meet it again, wherever both go.
  if (variable !== undefined && along.some(isShared)) return undefined;
  // Who else takes the variable for something takes it for one port.
  if (needed !== undefined && variable !== undefined && isUsedTwice(file, variable)) return undefined;
  const wish: Wish = {
    ...own,
    width: needed ?? ports.last - ports.first + 1,
    near: ports.first,
    ...(isNotForWeb && { isNotForWeb }),
  };
  const field = fieldOfAll(ground, [wish, ...wishesFor(wish, along)]);
  for (const free of freePorts(chart.books.registry, field, wish)) {
    // It is to go elsewhere, whatever is known of the place where it is; a range that it is too narrow for may begin there.
    if (needed === undefined && free.first <= ports.last && ports.first <= free.last) continue;
    const text = portsText(free);
    const whose = variable ?? holder;
    const replaced = isLastResort ? ` in place of ${slice(file.text, reference.portSpan)}` : '';
    const what = whose === undefined ? replaced : ` for ${whose}`;
    const where = entry === undefined ? file : place.file;
    const claim = { file: where, reference, ports: free, isFlexible: false, takers: 1 };
    return {
      fix: {
        title: `Use ${free.first < free.last ? 'the range ' : ''}${text}${what}`,
        longTitle: `Use ${text} in "${written(file, reference)}" of ${reference.owner}`,
        edits: [{ uri: place.file.uri, span: place.span, text: around(text, entry) }],
      },
      ...{ place, from: ports },
      claim: { ...claim, ...own, holder: holder ?? reference.owner },
      along: along.map((each) => ({ ...each, ports: free })),
    };
  }
  return undefined;
}

function around(text: string, entry: NewEntry | undefined): string {
  return entry === undefined ? text : `${entry.before}${text}${entry.after}`;
}

function isUsedTwice({ text }: SourceFile, variable: string): boolean {
  return variablesNamed(text).filter(({ name }) => name === variable).length > 1;
}

/** The entry as its text has it, as far as a title can hold it. */
function written({ text }: SourceFile, { span }: PortReference): string {
  const [line = ''] = slice(text, span).split('\n');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

/** What goes along wishes for the same port, with a transport and an address of its own. */
function wishesFor({ address: _, ...rest }: Wish, along: readonly Claim[]): readonly Wish[] {
  return along.map(({ transport, address }) => ({ ...rest, transport, ...(address && { address }) }));
}

/** The digits that give a port. */
interface Place {
  readonly file: SourceFile;
  readonly span: Span;
}

/** The environment files that give a variable to a compose file, in one of its projects each. */
type VariableGivers = (file: SourceFile, variable: string) => readonly SourceFile[];

function variableGivers({ snapshot }: Chart): VariableGivers {
  const { files } = snapshot;
  let definitions: ReturnType<typeof composeDefinitions> | undefined;
  return (file, variable) => {
    definitions ??= composeDefinitions(fileIndex(snapshot));
    const givers = environmentsOf(file, definitions(file)).map((environments) =>
      environments
        .map((uri) => files.get(uri))
        .find((each) => each !== undefined && settingsOf(each).some(({ name }) => name === variable)),
    );
    return [...new Set(givers.filter((each) => each !== undefined))];
  };
}

/**
 * Where the digits of a port stand: at its own place, or in the environment file that gives its variable. Where projects
 * have it from several files, none of them moves the port for all.
 */
function placeOf(
  { snapshot: { files } }: Chart,
  { uri, span, variable, ports, entry }: PortMove,
  givers: VariableGivers,
): Place | undefined {
  if (entry !== undefined) {
    const written = files.get(entry.uri);
    return written && { file: written, span: entry.span };
  }
  const own = files.get(uri);
  if (variable === undefined || own === undefined) return own && { file: own, span };
  const [file, ...others] = givers(own, variable);
  if (file === undefined || others.length > 0) return undefined;
  const value = settingsOf(file).findLast(({ name }) => name === variable)?.value;
  const digits = value?.value === portsText(ports) ? spanOf(value) : undefined;
  return digits && slice(file.text, digits) === value?.value ? { file, span: digits } : undefined;
}

/** What is moved makes room for itself: the place, and all that takes its value from it. */
function makesRoom(
  { file, reference }: Claim,
  { variable }: PortMove,
  place: Place,
  givers: VariableGivers,
): boolean {
  if (file === place.file && overlaps(reference.portSpan, place.span)) return true;
  return (
    variable !== undefined &&
    (reference.variables ?? []).some(({ name, from }) => from === '.env' && name === variable) &&
    givers(file, variable).includes(place.file)
  );
}
