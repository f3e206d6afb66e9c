import type { Fix } from '../model/finding';
import type { ListenSocket } from '../model/nginx-server';
import type { RuleFinding, RuleOf } from '../model/rule';
import { upperFirst } from '../model/words';
import { type NameConflict, type NamedServer, nameConflicts } from '../units/nginx-names';
import { isOlder, virtualStreamServers } from './shared/nginx-version';
import { firstSocketText, serverWords, shortened } from './shared/nginx-words';
import { removeWord } from './shared/remove-directive';

export const conflictingServerName: RuleOf<'nginx'> = {
  id: 'conflicting-server-name',
  over: 'nginx',
  severity: 'warning',
  summary: 'A server name that another server of the same address and port has already.',
  rationale:
    'nginx starts and warns: `conflicting server name "example.org" on 0.0.0.0:80, ignored`. The first server gets all requests for the name, the second none. A server without `server_name` has the empty name; `.example.org` is `example.org` and `*.example.org`; regular expressions never conflict.',
  *check(configuration, { nginxVersion }) {
    const isOld = isOlder(nginxVersion, virtualStreamServers);
    for (const conflict of nameConflicts(configuration)) {
      // Servers of stream have names from 1.25.5 on: who writes one has such a version.
      const isForStream = isOld === false || (isOld === undefined && conflict.name !== '');
      if (conflict.module !== 'stream' || isForStream) yield finding(conflict);
    }
  },
};

function finding(conflict: NameConflict): RuleFinding {
  const { name, sockets, first, second } = conflict;
  const [socket] = sockets;
  const address = socket === undefined ? '' : firstSocketText(socket);
  const more = sockets.length > 1 ? ' and more' : '';
  const { uri, span } = placeOf(second, first);
  const nginx = `conflicting server name "${shortened(name)}" on ${address}, ignored`;
  return {
    ...{ uri, span },
    message: `${reason(conflict, `${address}${more}`)} (nginx: ${nginx}).`,
    related: [{ ...ownPlace(first), message: 'This is the server that gets the requests.' }],
    fixes: removals(conflict),
  };
}

function reason({ name, first, second }: NameConflict, where: string): string {
  if (first.server.server === second.server.server && first.server !== second.server)
    return `The servers of this file are loaded twice, and get the requests on ${where} only once`;
  if (first.server === second.server) return `"${shortened(name)}" is one of this server's names already`;
  if (name !== '')
    return `"${shortened(name)}" on ${where} already leads to another server, and never to this one`;
  const other = serverWords(first.server);
  return `${upperFirst(other)} on ${where} has no name either, and gets the requests that are for no other server`;
}

function ownPlace({ server, named }: NamedServer): Pick<RuleFinding, 'uri' | 'span'> {
  return named === undefined
    ? { uri: server.file.uri, span: server.server.nameSpan }
    : { uri: named.file.uri, span: named.name.span };
}

/** Where one and the same word counts twice, what counts is the include that brings it in again. */
function placeOf(second: NamedServer, first: NamedServer): Pick<RuleFinding, 'uri' | 'span'> {
  const isAgain =
    second.named === undefined
      ? second.server.server === first.server.server
      : second.named.name === first.named?.name;
  const included = second.named?.includedAt ?? second.server.includedAt;
  return (isAgain ? included : undefined) ?? ownPlace(second);
}

/** The name can go where nginx ignores it on all that the server listens on, and others stand beside it. */
function removals(conflict: NameConflict): readonly Fix[] {
  const { name, second, first } = conflict;
  const { named, server } = second;
  if (named === undefined || named.name === first.named?.name || named.includedAt !== undefined) return [];
  if (!server.isWhole || server.includedAt !== undefined || !isOnAll(conflict)) return [];
  const beside = server.names.filter((each) => each.name.directiveSpan === named.name.directiveSpan);
  if (beside.length < 2) return [];
  return [{ title: `Remove "${shortened(name)}" here`, edits: [removeWord(named.file, named.name.span)] }];
}

/** Tells whether the conflict is on all that the second server listens on, as far as the file says what that is. */
function isOnAll({ second: { server }, sockets }: NameConflict): boolean {
  const all = server.listens.map(({ listen }) => listen.socket);
  return all.every((each) => each !== undefined) && count(all) <= count(sockets);
}

function count(sockets: readonly (ListenSocket | undefined)[]): number {
  const width = ({ ports }: ListenSocket): number => (ports === undefined ? 1 : ports.last - ports.first + 1);
  return sockets.reduce((sum, each) => sum + (each === undefined ? 0 : width(each)), 0);
}
