import { isWildcard } from '../model/address';
import { grouped } from '../model/grouped';
import type { LoadedListen, LoadedServer, NginxSocket, SocketUse } from '../model/nginx-configuration';
import type { ListenSocket, ServerModule } from '../model/nginx-server';

/**
 * What servers listen on, with all servers of one socket together. nginx compares address, port and transport, in each
 * module by itself and port by port (src/http/ngx_http.c: ngx_http_add_listen and ngx_http_add_addresses); ports that
 * the same servers want are told as one range.
 */
export function nginxSockets(servers: readonly LoadedServer[]): readonly NginxSocket[] {
  const wanted = servers.flatMap((server): readonly Wanted[] => {
    const listens = server.listens.flatMap((listen): readonly Wanted[] => {
      const { socket } = listen.listen;
      return socket === undefined
        ? []
        : [{ module: server.module, socket, use: { server, listen }, place: 0 }];
    });
    const isSilent = server.listens.length === 0 && server.isWhole && server.module === 'http';
    return isSilent ? [{ module: 'http', socket: unwritten, use: { server }, place: 0 }] : listens;
  });
  const placed = wanted.map((each, place) => ({ ...each, place }));
  const found = [...grouped(placed, spaceOf).values()].flatMap(socketsIn);
  return found.sort((a, b) => a.place - b.place).map(({ socket }) => socket);
}

interface Wanted {
  readonly module: ServerModule;
  readonly socket: ListenSocket;
  readonly use: SocketUse;
  /** Where it stands among all. */
  readonly place: number;
}

interface Placed {
  readonly socket: NginxSocket;
  readonly place: number;
}

/** Where a server of http listens that does not say so: it is port 80 for root and 8000 for others. */
const unwritten: ListenSocket = {
  family: 'ipv4',
  host: '0.0.0.0',
  ports: { first: 80, last: 80 },
  transport: 'tcp',
};

/** Sockets are compared within one family and transport of one module, and those that nobody wrote by themselves. */
function spaceOf({ module, socket: { family, transport }, use }: Wanted): string {
  return `${module} ${family} ${transport} ${use.listen === undefined}`;
}

/** How often uses are looked at in all: ranges within ranges without end would take quadratic time. */
const mostLooks = 100_000;

/** The sockets of one space: where a range begins or ends, another socket begins. */
function socketsIn(wanted: readonly Wanted[]): readonly Placed[] {
  const pathed = wanted.filter(({ socket }) => socket.ports === undefined);
  const paths = [...grouped(pathed, ({ socket }) => socket.host).values()];
  const found = paths.flatMap((uses) => socketOf(uses, undefined, false));
  const ranged = wanted.filter(({ socket }) => socket.ports !== undefined);
  const starting = grouped(ranged, ({ socket }) => `${socket.ports?.first}`);
  const cuts = ranged.flatMap(({ socket: { ports } }) =>
    ports === undefined ? [] : [ports.first, ports.last + 1],
  );
  const edges = [...new Set(cuts)].sort((a, b) => a - b);
  let open: readonly Wanted[] = [];
  let left = mostLooks;
  for (const [index, first] of edges.entries()) {
    const going = open.filter(({ socket }) => (socket.ports?.last ?? 0) >= first);
    const coming = starting.get(`${first}`) ?? [];
    open = coming.length === 0 || going.length === 0 ? [...going, ...coming] : merged(going, coming);
    left -= open.length;
    if (left < 0) break;
    const ports = { first, last: (edges[index + 1] ?? first + 1) - 1 };
    const hosts = grouped(open, ({ socket }) => socket.host);
    const hasWildcard = [...hosts.keys()].some((host) => isWildcard({ canonical: host }));
    for (const uses of hosts.values()) found.push(...socketOf(uses, ports, hasWildcard));
  }
  return found;
}

function merged(some: readonly Wanted[], others: readonly Wanted[]): readonly Wanted[] {
  return [...some, ...others].sort((a, b) => a.place - b.place);
}

function socketOf(
  wanted: readonly Wanted[],
  ports: ListenSocket['ports'],
  hasWildcard: boolean,
): readonly Placed[] {
  const [first] = wanted;
  if (first === undefined) return [];
  const { family, host, transport } = first.socket;
  const isOwn =
    !hasWildcard ||
    isWildcard({ canonical: host }) ||
    wanted.some(({ use: { listen } }) => listen && isSet(listen));
  const socket: NginxSocket = {
    module: first.module,
    socket: { family, host, transport, ...(ports && { ports }) },
    uses: wanted.map(({ use }) => use),
    isBound: isOwn,
  };
  return [{ socket, place: first.place }];
}

/** The parameters that belong to the socket and not to the server; with one of them nginx binds the address by itself. */
const socketOptions: ReadonlySet<string> = new Set([
  ...['bind', 'backlog', 'rcvbuf', 'sndbuf', 'fastopen', 'setfib', 'deferred', 'ipv6only', 'reuseport'],
  ...['multipath', 'so_keepalive'],
]);

/**
 * The words of a `listen` that are options of its socket (src/http/ngx_http_core_module.c: ngx_http_core_listen, where
 * they set `lsopt.set` and `lsopt.bind`). Left out is `accept_filter`, which Linux reports and ignores.
 */
export function optionsOf({ listen }: LoadedListen): LoadedListen['listen']['parameters'] {
  return listen.parameters.filter(({ name }) => socketOptions.has(name));
}

function isSet(listen: LoadedListen): boolean {
  return optionsOf(listen).length > 0;
}
