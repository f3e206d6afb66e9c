import { isWildcard } from '../model/address';
import type { Fix, Related } from '../model/finding';
import { grouped } from '../model/grouped';
import type { ListenClaim, NginxSocket } from '../model/nginx-configuration';
import type { RuleFinding, RuleOf } from '../model/rule';
import { upperFirst } from '../model/words';
import { type Collision, collisions } from '../units/collisions';
import { hasParameter } from '../units/nginx-claims';
import { optionsOf } from '../units/nginx-sockets';
import { clashPlace, severityOf } from './shared/listen-clashes';
import { socketText } from './shared/nginx-words';
import { portMoves } from './shared/port-moves';
import { removeWord } from './shared/remove-directive';

export const listenBindConflict: RuleOf<'nginx'> = {
  id: 'listen-bind-conflict',
  over: 'nginx',
  severity: 'error',
  summary: 'Sockets of one configuration that leave each other no room.',
  rationale:
    '`nginx -t` says that all is well, and the start fails on Linux: `bind() to 0.0.0.0:8000 failed (98: Address already in use)`. http, stream and mail are never compared with each other; an address that has options of its own (`bind`, `backlog`, `reuseport` …) is bound beside the one that stands for all, which is bound last; `[::]` with `ipv6only=off` takes the IPv4 port as well.',
  *check(configuration) {
    const { claims } = configuration;
    const turns = turnsOf(configuration.sockets);
    const pairs = collisions(claims).filter(isRefused);
    const places = grouped(pairs, ({ first, second }) => {
      const { uri, span } = clashPlace(second, first);
      return `${uri} ${span.start} ${span.end}`;
    });
    for (const [pair, ...others] of places.values()) {
      if (pair === undefined) continue;
      const firsts = [pair, ...others].map(({ first }) => first);
      yield {
        ...finding(pair, others, turns, configuration.sockets),
        ...severityOf(configuration, pair.second, firsts),
      };
    }
  },
};

type BindConflict = Collision<ListenClaim>;

/**
 * Whether the kernel refuses the second socket: UDP sockets of nginx always share (SO_REUSEADDR), TCP sockets where
 * both ask for it. Modules are held against each other only where the blocks around tell them.
 */
function isRefused({ first, second }: BindConflict): boolean {
  if (first.transport !== 'tcp') return false;
  if (hasParameter(first.socket, 'reuseport') && hasParameter(second.socket, 'reuseport')) return false;
  return first.socket.module === second.socket.module || (first.server.isPlaced && second.server.isPlaced);
}

/** When nginx comes to the port of a socket, by module, family and port. */
type Turns = ReadonlyMap<string, number>;

function turnsOf(sockets: readonly NginxSocket[]): Turns {
  const turns = new Map<string, number>();
  for (const socket of sockets) if (!turns.has(turnKey(socket))) turns.set(turnKey(socket), turns.size);
  return turns;
}

function turnKey({ module, socket: { family, transport, ports } }: NginxSocket): string {
  return `${module} ${family} ${transport} ${ports?.first}`;
}

/**
 * The one of both that finds the port taken. nginx goes through the ports of each family as it first meets them, and puts
 * the address that stands for all behind the others of its port (src/http/ngx_http.c: ngx_http_add_addresses,
 * ngx_http_cmp_conf_addrs, and their sisters in stream and mail).
 */
function boundLast({ first, second }: BindConflict, turns: Turns): ListenClaim {
  const [before, after] = [first, second].map(({ socket }) => turns.get(turnKey(socket)) ?? 0) as [
    number,
    number,
  ];
  if (before !== after) return before < after ? second : first;
  return isWildcard({ canonical: first.socket.socket.host }) ? first : second;
}

function finding(
  pair: BindConflict,
  others: readonly BindConflict[],
  turns: Turns,
  sockets: readonly NginxSocket[],
): RuleFinding {
  const { first, second, ports } = pair;
  const { uri, span, isOwn } = clashPlace(second, first);
  const [mine, its] = [socketText(second.socket.socket, ports), socketText(first.socket.socket, ports)];
  const port = { first: ports.first, last: ports.first };
  const refused = socketText(boundLast(pair, turns).socket.socket, port);
  return {
    ...{ uri, span },
    message: `${reason(pair, mine, its)} (nginx: bind() to ${refused} failed (98: Address already in use)).`,
    related: [pair, ...others].map(related),
    fixes: isOwn ? withoutOption(pair, others) : [],
    // An address that others listen on as well is still bound when one of them goes elsewhere, and one that stands for
    // all leaves those to be bound that it stood for.
    moves:
      isOwn && second.socket.uses.length === 1 && !sockets.some((other) => standsFor(second.socket, other))
        ? portMoves(second, { isNotForWeb: second.socket.module !== 'http' })
        : [],
  };
}

/** Whether nginx binds a socket for the other one as well, which has none of its own. */
function standsFor({ module, socket }: NginxSocket, { isBound, ...other }: NginxSocket): boolean {
  return (
    !isBound &&
    module === other.module &&
    socket.family === other.socket.family &&
    socket.transport === other.socket.transport &&
    socket.ports?.first === other.socket.ports?.first
  );
}

function reason({ first, second }: BindConflict, mine: string, its: string): string {
  const both = [first, second].find(({ address }) => address === undefined);
  const isAcross = first.socket.module !== second.socket.module;
  const other = isAcross ? `a server of ${first.socket.module}` : 'nginx';
  const of = isAcross ? ` of ${first.socket.module}` : '';
  if (both !== undefined && both === second)
    return `With "ipv6only=off" this takes the IPv4 port as well, where ${other} already binds ${its}`;
  if (both !== undefined)
    return `"ipv6only=off" makes ${its}${of} take the IPv4 port as well, and ${mine} is not free`;
  if (isAcross && mine === its) return `${mine} is already bound by ${other}`;
  if (isAcross) return `${upperFirst(other)} already binds ${its}, which leaves no room for ${mine}`;
  const options = [second, first].flatMap(({ listen }) => optionsOf(listen)).map(({ name }) => `"${name}"`);
  const why = options.length === 0 ? '' : `, because of ${options[0]}`;
  return `${mine} is bound beside ${its}${why}, and there is room for one of them only`;
}

function related({ first, ports }: BindConflict): Related {
  const { file, listen } = first.listen;
  const message = `${socketText(first.socket.socket, ports)} is bound because of this.`;
  return { uri: file.uri, span: listen.addressSpan, message };
}

/** Without its option the socket goes with the others; across modules one of them has to take another port. */
function withoutOption({ first, second }: BindConflict, others: readonly BindConflict[]): readonly Fix[] {
  const isAcross = [{ first, second }, ...others].some(
    (each) => each.first.socket.module !== second.socket.module,
  );
  const option = isAcross ? undefined : onlyOption(second);
  if (option === undefined) return [];
  return [{ title: `Remove "${option.text}" here`, edits: [removeWord(second.listen.file, option.span)] }];
}

/** The option that makes nginx bind the address by itself, where it is but one and does nothing else. */
function onlyOption({
  socket,
  listen,
  address,
}: ListenClaim): { text: string; span: RuleFinding['span'] } | undefined {
  const options = optionsOf(listen);
  const [option] = options;
  const isAlone = options.length === 1 && socket.uses.filter((use) => use.listen !== undefined).length === 1;
  if (option === undefined || !isAlone) return undefined;
  if (option.name === 'bind') return { text: 'bind', span: option.span };
  return option.name === 'ipv6only' && address === undefined
    ? { text: 'ipv6only=off', span: option.span }
    : undefined;
}
