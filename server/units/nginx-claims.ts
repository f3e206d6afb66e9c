import { type Address, address } from '../model/address';
import type { Claim } from '../model/claim';
import type {
  LoadedListen,
  LoadedServer,
  NginxConfiguration,
  NginxSocket,
} from '../model/nginx-configuration';

/** A port that nginx binds, with the socket and the server that say so first. */
export interface ListenClaim extends Claim {
  readonly socket: NginxSocket;
  readonly server: LoadedServer;
  readonly listen: LoadedListen;
}

/** The ports that a configuration makes nginx bind, each socket by itself and as nginx opens it. */
export function listenClaims({ sockets }: NginxConfiguration): readonly ListenClaim[] {
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
