import type { PortMove } from '../model/finding';
import type { NginxSocket, SocketUse } from '../model/nginx-configuration';
import type { RuleFinding, RuleOf } from '../model/rule';
import { upperFirst } from '../model/words';
import { optionsOf } from '../units/nginx-sockets';
import {
  clashPlace,
  type ListenClash,
  type Listening,
  listenClashes,
  type Pair,
  relatedListen,
} from './shared/listen-clashes';
import { isOlder, virtualStreamServers } from './shared/nginx-version';
import { firstSocketText, serverWords, socketText } from './shared/nginx-words';
import { portMoves } from './shared/port-moves';

export const streamDuplicateListen: RuleOf<'nginx'> = {
  id: 'stream-duplicate-listen',
  over: 'nginx',
  severity: 'error',
  summary: 'Two servers of stream or mail on one address and port.',
  rationale:
    'Servers of mail never share a port, and those of stream only from nginx 1.25.5 on: others do not start, `duplicate "0.0.0.0:53" address and port pair`. Later versions choose a server of stream by its `server_name`, and never choose a second one that has none. It is a warning where the version is not known.',
  *check(configuration, { nginxVersion }) {
    const isOld = isOlder(nginxVersion, virtualStreamServers);
    const seconds = (socket: NginxSocket): Iterable<Pair> =>
      socket.module === 'mail' || (socket.module === 'stream' && isOld !== false)
        ? secondServers(socket, socket.module === 'mail' || isOld === true)
        : [];
    for (const clash of listenClashes(configuration, seconds)) yield finding(clash, isOld);
  },
};

/** `areAll` when no version in question lets servers share; else those are left out that only later versions can be for. */
function* secondServers({ uses }: NginxSocket, areAll: boolean): Iterable<Pair> {
  const [first, ...others] = uses;
  if (first === undefined) return;
  if (!areAll && uses.some(isForLater)) return;
  for (const other of others) {
    const areOptions = !areAll && hasOptions(first) && hasOptions(other);
    if (other.server !== first.server && !areOptions) yield [first, other];
  }
}

/** Names and default servers came to stream with the servers that share a port (1.25.5). */
function isForLater({ server, listen }: SocketUse): boolean {
  const isDefault = listen?.listen.parameters.some(({ name }) => name === 'default_server') === true;
  return isDefault || server.names.length > 0 || !server.isWhole;
}

/** Two of these are refused by every version, which is told as such. */
function hasOptions({ listen }: SocketUse): boolean {
  return listen !== undefined && optionsOf(listen).length > 0;
}

function finding({ use, others, sockets }: ListenClash, isOld: boolean | undefined): RuleFinding {
  const [first = use] = others;
  const { uri, span, isOwn } = clashPlace(use, first);
  const [socket] = sockets;
  const [text, nginx] =
    socket === undefined ? ['', ''] : [socketText(socket.socket), firstSocketText(socket.socket)];
  const isSure = use.server.module === 'mail' || isOld === true;
  const refusal = `duplicate "${nginx}" address and port pair`;
  const when = isSure
    ? `(nginx: ${refusal})`
    : `(nginx up to 1.25.4: ${refusal}); later versions start and never choose this one, which has no "server_name"`;
  return {
    ...{ uri, span },
    ...(!isSure && { severity: 'warning' }),
    message: `${upperFirst(serverWords(first.server))} of ${use.server.module} already listens on ${text} ${when}.`,
    related: others.map((other) => relatedListen(other, 'It listens there because of this.')),
    fixes: [],
    // The port of a mail server tells its protocol.
    moves: isOwn && use.server.module === 'stream' ? movesOf(use) : [],
  };
}

function movesOf({ listen }: Listening): readonly PortMove[] {
  const { socket, reference } = listen.listen;
  if (socket?.ports === undefined || reference === undefined) return [];
  const { ports, transport } = socket;
  return portMoves({ ...{ file: listen.file, reference, ports, transport } }, { isNotForWeb: true });
}
