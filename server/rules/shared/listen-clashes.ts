import type { Related, Severity } from '../../model/finding';
import type {
  LoadedListen,
  NginxConfiguration,
  NginxSocket,
  Place,
  SocketUse,
} from '../../model/nginx-configuration';

/** A use of sockets that does not go together with earlier ones. */
export interface ListenClash {
  readonly use: Listening;
  /** The earlier ones, each once. */
  readonly others: readonly Listening[];
  /** The sockets that they share. */
  readonly sockets: readonly NginxSocket[];
}

/** A use that stands in the text. */
export type Listening = Required<SocketUse>;

/** Two uses of one socket that do not go together. */
export type Pair = readonly [first: SocketUse, second: SocketUse];

/** The clashes of a configuration, each `listen` told once with all that it clashes with; `find` looks at one socket. */
export function listenClashes(
  { sockets }: NginxConfiguration,
  find: (socket: NginxSocket) => Iterable<Pair>,
): readonly ListenClash[] {
  const found = new Map<string, { use: Listening; others: Set<Listening>; sockets: Set<NginxSocket> }>();
  for (const socket of sockets) {
    for (const [first, second] of socket.uses.length < 2 ? [] : find(socket)) {
      if (!isWritten(first) || !isWritten(second)) continue;
      const { uri, span } = clashPlace(second, first);
      const key = `${uri} ${span.start} ${span.end}`;
      const clash = found.get(key) ?? { use: second, others: new Set(), sockets: new Set() };
      found.set(key, clash);
      clash.others.add(first);
      clash.sockets.add(socket);
    }
  }
  return [...found.values()].map(({ use, others, sockets: shared }) => ({
    ...{ use, others: [...others], sockets: [...shared] },
  }));
}

function isWritten(use: SocketUse): use is Listening {
  return use.listen !== undefined;
}

/** A place, and whether the directive itself stands there. */
export interface ClashPlace extends Place {
  /** False where one and the same directive counts twice, and what counts is the include that brings it in again. */
  readonly isOwn: boolean;
}

/** Where the second use is told: at its own address, or at the include that brings in the first one's again. */
export function clashPlace({ listen, server }: Listening, first: Listening): ClashPlace {
  const { file } = listen;
  const own = { uri: file.uri, span: listen.listen.addressSpan };
  if (listen.listen !== first.listen.listen) return { ...own, isOwn: true };
  return { ...(listen.includedAt ?? server.includedAt ?? own), isOwn: false };
}

/** Milder where two files clash that only the packages' main file would load together: nobody knows whether it does. */
export function severityOf(
  { isAssumed }: NginxConfiguration,
  { listen }: Pick<Listening, 'listen'>,
  others: readonly { readonly listen: LoadedListen }[],
): { readonly severity?: Severity } {
  const isAcross = others.every((other) => other.listen.file !== listen.file);
  return isAssumed && isAcross ? { severity: 'warning' } : {};
}

/** The earlier `listen`, to be linked. */
export function relatedListen({ listen }: Listening, message: string): Related {
  return { uri: listen.file.uri, span: listen.listen.addressSpan, message };
}
