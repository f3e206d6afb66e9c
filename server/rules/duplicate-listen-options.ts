import type { Fix } from '../model/finding';
import type { NginxSocket } from '../model/nginx-configuration';
import type { ListenParameter } from '../model/nginx-server';
import type { RuleFinding, RuleOf } from '../model/rule';
import { upperFirst } from '../model/words';
import { optionsOf } from '../units/nginx-sockets';
import {
  clashPlace,
  type ListenClash,
  type Listening,
  listenClashes,
  type Pair,
  severityOf,
} from './shared/listen-clashes';
import { isOlder, virtualStreamServers } from './shared/nginx-version';
import { firstSocketText, serverWords, socketText } from './shared/nginx-words';
import { removeWord } from './shared/remove-directive';

export const duplicateListenOptions: RuleOf<'nginx'> = {
  id: 'duplicate-listen-options',
  over: 'nginx',
  severity: 'error',
  summary: 'Options of one socket that two server blocks give.',
  rationale:
    'nginx does not start: `duplicate listen options for 0.0.0.0:80`. `backlog`, `reuseport`, `ipv6only`, `so_keepalive`, `bind` and their like belong to the socket, which all servers share: one `listen` gives them for all, and nginx refuses a second one even where both say the same.',
  *check(configuration, { nginxVersion }) {
    const isOld = isOlder(nginxVersion, virtualStreamServers);
    const seconds = (socket: NginxSocket): Iterable<Pair> =>
      socket.module === 'mail' || (socket.module === 'stream' && isOld === true) ? [] : secondOptions(socket);
    for (const clash of listenClashes(configuration, seconds))
      yield { ...finding(clash, isOld === false), ...severityOf(configuration, clash.use, clash.others) };
  },
};

function* secondOptions({ uses }: NginxSocket): Iterable<Pair> {
  const [first, ...others] = uses.filter(
    ({ listen }) => listen !== undefined && optionsOf(listen).length > 0,
  );
  for (const other of others) if (first !== undefined && other.server !== first.server) yield [first, other];
}

function finding({ use, others, sockets }: ListenClash, isNew: boolean): RuleFinding {
  const [first = use] = others;
  const { uri, span, isOwn } = clashPlace(use, first);
  const [socket] = sockets;
  const [text, nginx] =
    socket === undefined ? ['', ''] : [socketText(socket.socket), firstSocketText(socket.socket)];
  // Without their options, servers of stream still have one port, which older versions refuse as well.
  const isMendable = use.server.module !== 'stream' || isNew;
  const given = optionsOf(first.listen).map(optionText).join(' ');
  return {
    uri,
    span: (isOwn ? optionsOf(use.listen)[0]?.span : undefined) ?? span,
    message: `${upperFirst(serverWords(first.server))} already gives the options of ${text}: ${given} (nginx: duplicate listen options for ${nginx}).`,
    related: others.map(({ listen }) => ({
      uri: listen.file.uri,
      span: optionsOf(listen)[0]?.span ?? listen.listen.addressSpan,
      message: 'The options are given here.',
    })),
    fixes: isMendable && isOwn && others.length === 1 && isSameSocket(use, first) ? mends(use, first) : [],
  };
}

/** Removes what the first one says as well, and moves the rest over to it; none where both give one option other values. */
function mends({ listen }: Listening, first: Listening): readonly Fix[] {
  const own = optionsOf(listen);
  const kept = optionsOf(first.listen);
  const added = own.filter(({ name }) => !kept.some((each) => each.name === name));
  const isAgreed = own.every(
    (each) => added.includes(each) || kept.some((other) => optionText(other) === optionText(each)),
  );
  const last = first.listen.listen.parameters.at(-1)?.span ?? first.listen.listen.addressSpan;
  if (!isAgreed) return [];
  const removed = own.map(({ span }) => removeWord(listen.file, span));
  const words = own.map((each) => `"${optionText(each)}"`).join(' and ');
  if (added.length === 0) return [{ title: `Remove ${words} here`, edits: removed }];
  const end = { start: last.end, end: last.end };
  const moved = {
    uri: first.listen.file.uri,
    span: end,
    text: added.map((each) => ` ${optionText(each)}`).join(''),
  };
  return [{ title: `Move ${words} to the first "listen"`, edits: [...removed, moved] }];
}

function isSameSocket({ listen }: Listening, first: Listening): boolean {
  const [mine, its] = [listen.listen.socket?.ports, first.listen.listen.socket?.ports];
  return mine?.first === its?.first && mine?.last === its?.last;
}

function optionText({ name, value }: ListenParameter): string {
  return value === undefined ? name : `${name}=${value}`;
}
