import { grouped } from '../model/grouped';
import type { ListenClaim, NginxSocket } from '../model/nginx-configuration';
import type { RuleFinding, RuleOf } from '../model/rule';
import { collisions } from '../units/collisions';
import { clashPlace, relatedListen } from './shared/listen-clashes';
import { socketText } from './shared/nginx-words';
import { portMoves } from './shared/port-moves';

export const sharedUdpPort: RuleOf<'nginx'> = {
  id: 'shared-udp-port',
  over: 'nginx',
  severity: 'warning',
  summary: 'A UDP port that both http and stream bind.',
  rationale:
    'nginx starts without a word, for UDP sockets may share a port: the packets go to one of the two, HTTP/3 or the server of stream, and the other one gets none.',
  *check(configuration) {
    const claims = configuration.claims.filter(({ transport }) => transport === 'udp');
    const pairs = collisions(claims).filter(
      ({ first, second }) =>
        isPlaced(first) &&
        isPlaced(second) &&
        first.socket.module !== second.socket.module &&
        hostOf(first.socket) === hostOf(second.socket),
    );
    const places = grouped(pairs, ({ first, second }) => {
      const { uri, span } = clashPlace(second, first);
      return `${uri} ${span.start}`;
    });
    for (const [pair] of places.values()) {
      if (pair === undefined) continue;
      const { first, second, ports } = pair;
      const { uri, span } = clashPlace(second, first);
      const finding: RuleFinding = {
        ...{ uri, span },
        message: `UDP ${socketText(second.socket.socket, ports)} is bound by ${first.socket.module} as well: both start, and one of them gets all packets.`,
        related: [
          relatedListen(first, `The server of ${first.socket.module} listens there because of this.`),
        ],
        fixes: [],
        moves: portMoves(second, { isNotForWeb: true }),
      };
      yield finding;
    }
  },
};

function isPlaced({ server }: ListenClaim): boolean {
  return server.isPlaced;
}

function hostOf({ socket }: NginxSocket): string {
  return `${socket.family} ${socket.host}`;
}
