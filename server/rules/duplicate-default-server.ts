import type { Fix } from '../model/finding';
import type { NginxSocket, SocketUse } from '../model/nginx-configuration';
import type { ListenParameter } from '../model/nginx-server';
import type { RuleFinding, RuleOf } from '../model/rule';
import { upperFirst } from '../model/words';
import {
  clashPlace,
  type ListenClash,
  type Listening,
  listenClashes,
  type Pair,
  severityOf,
} from './shared/listen-clashes';
import { firstSocketText, serverWords, socketText } from './shared/nginx-words';
import { removeWord } from './shared/remove-directive';

export const duplicateDefaultServer: RuleOf<'nginx'> = {
  id: 'duplicate-default-server',
  over: 'nginx',
  severity: 'error',
  summary: 'Two server blocks that are both the default of one address and port.',
  rationale:
    'nginx does not start: `a duplicate default server for 0.0.0.0:80`. It comes from sites that are copied. `80` and `127.0.0.1:80`, or `80` and `[::]:80`, can have a default server each.',
  *check(configuration) {
    for (const clash of listenClashes(configuration, secondDefaults))
      yield { ...finding(clash), ...severityOf(configuration, clash.use, clash.others) };
  },
};

function* secondDefaults({ uses }: NginxSocket): Iterable<Pair> {
  const [first, ...others] = uses.filter((use) => defaultsOf(use).length > 0);
  for (const other of others) if (first !== undefined && other.server !== first.server) yield [first, other];
}

function defaultsOf({ listen }: SocketUse): readonly ListenParameter[] {
  const isDefault = ({ name, value }: ListenParameter): boolean =>
    value === undefined && (name === 'default_server' || name === 'default');
  return listen?.listen.parameters.filter(isDefault) ?? [];
}

function finding({ use, others, sockets }: ListenClash): RuleFinding {
  const [first = use] = others;
  const { uri, span, isOwn } = clashPlace(use, first);
  const [socket] = sockets;
  const [text, nginx] =
    socket === undefined ? ['', ''] : [socketText(socket.socket), firstSocketText(socket.socket)];
  const own = defaultsOf(use);
  return {
    uri,
    span: (isOwn ? own[0]?.span : undefined) ?? span,
    message: `${upperFirst(serverWords(first.server))} is already the default server for ${text} (nginx: a duplicate default server for ${nginx}).`,
    related: others.map(({ listen, server }) => ({
      uri: listen.file.uri,
      span: defaultsOf({ listen, server })[0]?.span ?? listen.listen.addressSpan,
      message: 'This server is the default.',
    })),
    fixes: isOwn ? removals(use, own, sockets) : [],
  };
}

/** Only where no port loses its default server by it. */
function removals(
  { listen }: Listening,
  own: readonly ListenParameter[],
  sockets: ListenClash['sockets'],
): readonly Fix[] {
  const ports = listen.listen.socket?.ports;
  const count = sockets.reduce((sum, { socket }) => sum + width(socket.ports), 0);
  if (count < width(ports)) return [];
  const name = own[0]?.name ?? '';
  return [{ title: `Remove "${name}" here`, edits: own.map(({ span }) => removeWord(listen.file, span)) }];
}

function width(ports: { readonly first: number; readonly last: number } | undefined): number {
  return ports === undefined ? 1 : ports.last - ports.first + 1;
}
