import type { LoadedName, LoadedServer, NginxConfiguration, NginxSocket } from '../model/nginx-configuration';
import type { ListenSocket, ServerModule } from '../model/nginx-server';

/** A name that two servers of one socket have. */
export interface NameConflict {
  readonly name: string;
  readonly module: ServerModule;
  readonly first: NamedServer;
  readonly second: NamedServer;
  readonly sockets: readonly ListenSocket[];
}

/** A server, and the word that gives it the name; absent for the empty name of a server that has none. */
export interface NamedServer {
  readonly server: LoadedServer;
  readonly named?: LoadedName;
}

/**
 * The names that nginx ignores because an earlier server of the socket has them (src/http/ngx_http.c:
 * ngx_http_server_names; src/core/ngx_hash.c: ngx_hash_add_key). It looks at them only where several servers share a
 * socket. A word that is ignored on several sockets is told once.
 */
export function nameConflicts({ sockets }: NginxConfiguration): readonly NameConflict[] {
  const found = new Map<object, Map<object, NameConflict & { readonly sockets: ListenSocket[] }>>();
  for (const socket of sockets) {
    if (socket.module === 'mail') continue;
    for (const [name, first, second] of conflictsOn(socket)) {
      const known = found.get(keyOf(second)) ?? new Map();
      found.set(keyOf(second), known);
      const conflict = known.get(keyOf(first)) ?? { name, module: socket.module, first, second, sockets: [] };
      known.set(keyOf(first), conflict);
      conflict.sockets.push(socket.socket);
    }
  }
  return [...found.values()].flatMap((each) => [...each.values()]);
}

function keyOf({ server, named }: NamedServer): object {
  return named ?? server;
}

function* conflictsOn({ uses }: NginxSocket): Iterable<readonly [string, NamedServer, NamedServer]> {
  const servers = new Set(uses.map(({ server }) => server));
  if (servers.size < 2) return;
  const table = new NameTable();
  for (const server of servers) {
    for (const each of namesOf(server)) {
      const name = each.named?.name.name ?? '';
      const first = table.add(name, each);
      if (first !== undefined) yield [name, first, each];
    }
  }
}

function namesOf(server: LoadedServer): readonly NamedServer[] {
  if (server.names.length === 0) return server.isWhole ? [{ server }] : [];
  return server.names.flatMap((named) =>
    named.name.isRegex || named.name.name === undefined ? [] : [{ server, named }],
  );
}

/** nginx's three tables of names: exact ones, those that begin with a star, those that end with one. */
class NameTable {
  private readonly exact = new Map<string, NamedServer>();
  private readonly heads = new Map<string, NamedServer>();
  private readonly tails = new Map<string, NamedServer>();

  /** Adds a name; answers who has it already. What nginx refuses as a name is not added. */
  add(name: string, server: NamedServer): NamedServer | undefined {
    const stars = name.split('*').length - 1;
    if (stars > 1 || name.includes('..')) return undefined;
    if (name.length > 1 && name.startsWith('.')) {
      const bare = name.slice(1);
      return put(this.exact, bare, server) ?? put(this.heads, bare, server);
    }
    if (name.length > 2 && name.startsWith('*.')) return put(this.heads, name.slice(2), server);
    if (name.length > 2 && name.endsWith('.*')) return put(this.tails, name.slice(0, -2), server);
    return stars > 0 ? undefined : put(this.exact, name, server);
  }
}

function put(table: Map<string, NamedServer>, key: string, server: NamedServer): NamedServer | undefined {
  const known = table.get(key);
  if (known === undefined) table.set(key, server);
  return known;
}
