import type { LoadedServer } from '../../model/nginx-configuration';
import type { ListenSocket } from '../../model/nginx-server';
import { type PortRange, portsText } from '../../model/port';

/** A socket as nginx writes it: `0.0.0.0:80`, `[::]:443`, `unix:/run/app.sock`; `ports` when not all of its ports are meant. */
export function socketText(
  { family, host, ports: own }: ListenSocket,
  ports: PortRange | undefined = own,
): string {
  if (family === 'unix') return `unix:${host}`;
  const name = family === 'ipv6' ? `[${shortInet6(host)}]` : host;
  return ports === undefined ? name : `${name}:${portsText(ports)}`;
}

/**
 * The socket of its first port in nginx's own messages: it looks at one port after the other and tells the first. A name
 * it tells by the address that it finds for it.
 */
export function firstSocketText(socket: ListenSocket): string {
  if (socket.family === 'name') return '…';
  const first = socket.ports?.first;
  return socketText(socket, first === undefined ? undefined : { first, last: first });
}

/** Words for a server: `server "example.org"`. */
export function serverWords({ names }: LoadedServer): string {
  const named = names.find(({ name }) => name.name !== undefined && name.name !== '' && name.name !== '_');
  return named === undefined ? 'another server' : `server "${shortened(named.name.name ?? '')}"`;
}

/** A name that somebody wrote by the page is told by its beginning. */
export function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

/** The longest run of zero groups, the first of equal ones, is left out (src/core/ngx_inet.c: ngx_inet6_ntop). */
function shortInet6(canonical: string): string {
  const runs = [...`:${canonical}:`.matchAll(/:0(?=:)(?::0(?=:))+/g)];
  const longest = runs.reduce((best, [run]) => (run.length > best.length ? run : best), '');
  if (longest === '') return canonical;
  return `:${canonical}:`.replace(longest, ':').replace(/^:(?!:)|(?<!:):$/g, '');
}
