import type { Fix } from '../model/finding';
import type { NginxSocket, SocketUse } from '../model/nginx-configuration';
import type { ListenSocket, NginxListen } from '../model/nginx-server';
import type { RuleFinding, RuleOf } from '../model/rule';
import {
  clashPlace,
  type ListenClash,
  type Listening,
  listenClashes,
  type Pair,
  relatedListen,
} from './shared/listen-clashes';
import { isOlder, virtualStreamServers } from './shared/nginx-version';
import { firstSocketText, socketText } from './shared/nginx-words';
import { removeDirective } from './shared/remove-directive';

export const duplicateListen: RuleOf<'nginx'> = {
  id: 'duplicate-listen',
  over: 'nginx',
  severity: 'error',
  summary: 'A server block that listens on one address and port twice.',
  rationale:
    'nginx does not start: `a duplicate listen 0.0.0.0:80`. `80`, `*:80` and `0.0.0.0:80` are one address, ranges are compared port by port, and what a file brings in that the server includes counts as its own.',
  *check(configuration, { nginxVersion }) {
    for (const clash of listenClashes(configuration, repeats)) yield finding(clash, nginxVersion);
  },
};

function* repeats({ uses }: NginxSocket): Iterable<Pair> {
  const known = new Map<SocketUse['server'], SocketUse>();
  for (const use of uses) {
    const first = known.get(use.server);
    if (first === undefined) known.set(use.server, use);
    else yield [first, use];
  }
}

function finding({ use, others, sockets }: ListenClash, version: string | undefined): RuleFinding {
  const [first = use] = others;
  const { uri, span, isOwn } = clashPlace(use, first);
  const socket = sockets[0]?.socket;
  const shared = [...new Set(sockets.map((each) => socketText(each.socket)))];
  const told = shared.length > 1 ? `${shared[0]} and more` : (shared[0] ?? '');
  return {
    ...{ uri, span },
    message: `This server already listens on ${told} (nginx: ${refusal(use, socket, version)}).`,
    related: others.map((other) => relatedListen(other, 'It listens there because of this.')),
    fixes: isOwn && others.length === 1 ? removals(use, first) : [],
  };
}

/** mail, and stream up to 1.25.4, have other words for it than http. */
function refusal(
  { server }: Listening,
  socket: ListenSocket | undefined,
  version: string | undefined,
): string {
  const text = socket === undefined ? '' : firstSocketText(socket);
  const isOld = server.module === 'stream' && isOlder(version, virtualStreamServers) === true;
  return server.module === 'mail' || isOld
    ? `duplicate "${text}" address and port pair`
    : `a duplicate listen ${text}`;
}

/** One of both can go when the other one says all that it says. */
function removals(second: Listening, first: Listening): readonly Fix[] {
  const spare = [second, first].find((one, index) => {
    const other = index === 0 ? first : second;
    return saysAllOf(other.listen.listen, one.listen.listen);
  });
  if (spare === undefined) return [];
  const { file, listen } = spare.listen;
  const edits = [removeDirective(file, listen.span)];
  return spare === second
    ? [{ title: 'Remove this "listen"', edits, isSafe: true }]
    : [{ title: 'Remove the other "listen"', edits }];
}

function saysAllOf(one: NginxListen, other: NginxListen): boolean {
  const [mine, its] = [one.socket?.ports, other.socket?.ports];
  const isWithin =
    mine === undefined || its === undefined || (mine.first <= its.first && its.last <= mine.last);
  return (
    isWithin &&
    other.parameters.every(({ name, value }) =>
      one.parameters.some((each) => each.name === name && each.value === value),
    )
  );
}
