import { type Address, address } from '../model/address';
import type { ListenClaim, NginxSocket } from '../model/nginx-configuration';
import type { NginxListen } from '../model/nginx-server';

/** The ports that the sockets of a configuration make nginx bind, each socket by itself and as nginx opens it. */
export function listenClaims(sockets: readonly NginxSocket[]): readonly ListenClaim[] {
  return sockets.flatMap((socket): readonly ListenClaim[] => {
    const [use] = socket.uses;
    const { ports, transport } = socket.socket;
    const reference = use?.listen?.listen.reference;
    if (!socket.isBound || ports === undefined || use?.listen === undefined || reference === undefined)
      return [];
    const bound = addressOf(socket);
    return [
      {
        ...{ socket, server: use.server, listen: use.listen, file: use.listen.file },
        ...{ reference, transport, ports, isFlexible: false, takers: 1 },
        ...(bound && { address: bound }),
        holder: 'nginx',
      },
    ];
  });
}

/** Tells whether a `listen` asks for IPv4 beside IPv6; it means something for `[::]` alone. */
export function asksForBoth({ parameters }: NginxListen): boolean {
  return parameters.some(({ name, value }) => name === 'ipv6only' && value === 'off');
}

/** Absent for a socket that takes both families: `[::]` with `ipv6only=off`. */
function addressOf(socket: NginxSocket): Address | undefined {
  const { family, host } = socket.socket;
  const isBoth = host === '0:0:0:0:0:0:0:0' && hasParameter(socket, 'ipv6only', 'off');
  if (isBoth) return undefined;
  return family === 'name' ? { text: host, kind: 'name', canonical: host } : address(host);
}

/** Tells whether one of those who listen on a socket gives it a parameter. */
export function hasParameter({ uses }: NginxSocket, name: string, value?: string): boolean {
  return uses.some(({ listen }) =>
    listen?.listen.parameters.some((each) => each.name === name && each.value === value),
  );
}
