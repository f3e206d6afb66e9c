import { baseName, nameSeen } from '../../model/file-name';
import type { Listener } from '../../model/listener';
import { type PortRange, portsText } from '../../model/port';
import { holds } from '../../model/port-index';
import { portFacts, preferredName } from '../port-facts/port-facts';
import { claims, type Field, isInTheWay, meaningsFor, obstacles } from './field';
import { isUnassigned } from './free-ports';
import type { Ground } from './ground';
import type { Wish } from './wish';

/** Why ports are free, in a few words: `free: unassigned, not used in this workspace, nothing listens`. */
export function whyFree(ground: Ground, wish: Wish, ports: PortRange): string {
  const { books, listeners, isWhole, hasNeighbours, scope, given } = ground;
  const where = scope ?? 'this workspace';
  // What the place that looks says itself makes room, and is still said.
  const isSaid = given.some((claim) => claim.transport === wish.transport && meet(claim.ports, ports));
  const beside = scope === undefined ? ' and its worktrees' : ' and the other worktrees';
  return [
    `free: ${standing(books, wish, ports)}`,
    `not used ${isSaid ? 'elsewhere ' : ''}in ${isWhole ? '' : 'what was read of '}${where}${hasNeighbours ? beside : ''}`,
    listeners === undefined ? 'not asked what listens' : 'nothing listens',
  ].join(', ');
}

function meet(one: PortRange, other: PortRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function standing(books: Ground['books'], wish: Wish, { first, last }: PortRange): string {
  for (let port = first; port <= last; port += 1) {
    if (isUnassigned(books.registry, port, wish)) continue;
    const name = preferredName(portFacts(books, port, wish.transport))?.name;
    const which = first === last ? '' : `${port} is `;
    return name === undefined ? `${which}reserved by IANA` : `${which}registered for ${name}`;
  }
  return 'unassigned';
}

/** What is in the way of ports, in a few words that begin with `taken` or say why nobody should have them. */
export function whyNot(
  ground: Ground,
  field: Field,
  wish: Wish,
  { first, last }: PortRange,
): string | undefined {
  for (let port = first; port <= last; port += 1) {
    const bits = field[port] ?? 0;
    if (bits === 0) continue;
    const words = wordsFor(ground, bits, wish, port);
    return first === last ? words : `${port} is ${words}`;
  }
  return undefined;
}

function wordsFor(ground: Ground, bits: number, wish: Wish, port: number): string {
  if (port === 0) return 'not a port: whoever binds 0 gets another one';
  if (bits & obstacles.claimed) {
    for (const { claims: all, worktree, folders = ground.folders } of ground.claims) {
      const claim = all.find(({ ports, ...each }) => holds(ports, port) && claims(each, wish));
      if (claim === undefined) continue;
      const beside = worktree === undefined ? '' : ` of worktree ${worktree}`;
      const { uri } = claim.file;
      const named = folders === undefined ? baseName(uri) : nameSeen(folders, uri);
      return `taken: ${claim.holder} in ${named}${beside}`;
    }
    return 'taken';
  }
  if (bits & obstacles.listening) {
    const listener = ground.listeners?.find((each) => each.port === port && isInTheWay(each, wish));
    return `taken: ${whoListens(listener)}`;
  }
  if (bits & obstacles.system) return `taken: ${meaningAt(ground, wish, port)}`;
  if (bits & obstacles.blocked) return 'refused by browsers (ERR_UNSAFE_PORT)';
  if (bits & obstacles.ephemeral) {
    const range = ground.ephemeral.find((each) => each.first <= port && port <= each.last);
    return `in the range that this machine takes automatic ports from (${range === undefined ? '' : portsText(range)})`;
  }
  return 'a port that needs privilege (below 1024)';
}

/** `node (4711) listens there now`; `something` where it cannot be seen what. */
export function whoListens(listener: Listener | undefined): string {
  const { name, pid } = listener?.process ?? {};
  return `${name === undefined ? 'something' : `${name} (${pid})`} listens there now`;
}

function meaningAt(ground: Ground, wish: Wish, port: number): string {
  const meaning = meaningsFor(ground, wish).find(
    ({ kind, ports }) => kind === 'system' && ports.first <= port && port <= ports.last,
  );
  return meaning?.meaning ?? '';
}

/** What is in the way of the one port that was asked for, or what became of all where too few are free: `of 100 ports, 60 are used in this workspace, 3 are listened on …`. */
export function shortageOf(ground: Ground, field: Field, wish: Wish): string {
  const { within = allPorts, width } = wish;
  const reason = within.first === within.last ? whyNot(ground, field, wish, within) : undefined;
  if (reason !== undefined) return `port ${within.first} is ${reason}`;
  let free = 0;
  const counts = new Map<string, number>();
  for (let port = within.first; port <= within.last; port += 1) {
    const bits = field[port] ?? 0;
    const words = wordsByObstacle.find(([obstacle]) => (bits & obstacle) !== 0)?.[1];
    if (words === undefined) free += 1;
    else counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const all = within.last - within.first + 1;
  const inTheWay = [...counts].map(([words, count]) => `${count} ${count === 1 ? 'is' : 'are'} ${words}`);
  const rest =
    width > 1
      ? `${free} are free, too few of them side by side`
      : `${free} ${free === 1 ? 'is' : 'are'} free`;
  const probe = ground.listeners === undefined ? '; what listens was not asked' : '';
  const which =
    all === 1 ? `of port ${within.first}` : `of the ${all} ports from ${within.first} to ${within.last}`;
  return `${which}, ${[...inTheWay, rest].join(', ')}${probe}`;
}

const allPorts: PortRange = { first: 1, last: 65535 };

const wordsByObstacle: readonly (readonly [number, string])[] = [
  [obstacles.claimed, 'wanted by files'],
  [obstacles.listening, 'listened on now'],
  [obstacles.system, 'taken by the system'],
  [obstacles.blocked, 'refused by browsers'],
  [obstacles.ephemeral, 'in the range of automatic ports'],
  [obstacles.privileged, 'below 1024'],
];
