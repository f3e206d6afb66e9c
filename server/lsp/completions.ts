import type { CompletionItem, CompletionList, Connection, Position } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentedPort } from '../features/completion/documentation';
import type { Lookout } from '../machine/lookout';
import type { Chart } from '../model/chart';
import { protocols, transports } from '../model/port';
import type { Uri } from '../model/snapshot';
import { toCompletionItem, toOffset } from './convert';
import { guard, type Log, stackOf } from './guard';
import { pause } from './pause';
import type { Engine } from './server-parts';

/** What completions need of the session. */
export interface CompletionParts {
  readonly log: Log;
  readonly engine: () => Engine;
  readonly chart: () => Chart;
  readonly lookout: () => Lookout;
  /** Settled when the first files of the workspace are found; absent where none are being looked for. */
  readonly firstFound: () => Promise<unknown> | undefined;
  /** What a handler answers of an open document, as it is now; `nothing` where that is not open. */
  answer<T>(uri: Uri, nothing: T, handler: (document: TextDocument) => T): T;
}

/**
 * How old a look at the machine may be for a port to be called free, and from what age on the next one is taken for whoever
 * goes on typing; how long a completion waits for a new one. In milliseconds.
 */
const longestAge = 5_000;
const renewedAge = 4_000;
const longestLook = 100;

/** How long the findings of a workspace that was just read go before the rehearsal, in milliseconds. */
const pauseBeforeRehearsal = 300;

/** The completions of a session. */
export interface Completions {
  /**
   * Finds what the first list of ports in a document draws on (the registry, what the workspace wants of the machine), so
   * that nobody waits for that while typing. Does nothing where somebody has typed already.
   */
  rehearse(uri: Uri): Promise<void>;
}

/** Answers what can be typed where the cursor stands, and what is told of a port on offer once somebody looks at it. */
export function serveCompletions(connection: Connection, parts: CompletionParts): Completions {
  let isAsked = false;
  connection.onCompletion(async ({ textDocument: { uri }, position }) => {
    isAsked = true;
    // Where nothing can be typed, nobody has to wait.
    if (isSlot(parts, uri, position)) await patiently(parts);
    return offered(parts, uri, position);
  });
  connection.onCompletionResolve((item) => {
    const about = documentedPort(item.data);
    return about === undefined
      ? item
      : guard(parts.log, 'a completion', item, () => documented(parts, item, about));
  });
  return {
    rehearse: async (uri) => {
      await pause(pauseBeforeRehearsal);
      if (!isAsked) guard(parts.log, 'a rehearsal', undefined, () => offeredFirst(parts, uri));
    },
  };
}

/** Offers ports in the first slot of a document, which nobody sees. */
function offeredFirst({ engine, chart }: CompletionParts, uri: Uri): void {
  const known = chart();
  const [slot] = known.snapshot.files.get(uri)?.reading.slots ?? [];
  if (slot !== undefined) engine().completion(known, uri, slot.span.end);
}

function isSlot({ engine, chart, answer }: CompletionParts, uri: Uri, position: Position): boolean {
  return answer(uri, false, (document) => {
    return engine().slotAt(chart().snapshot, uri, toOffset(document, position)) !== undefined;
  });
}

/** Whatever becomes of what is waited for, there is an answer. */
async function patiently(parts: CompletionParts): Promise<void> {
  try {
    await whatFitsBest(parts);
  } catch (error) {
    parts.log.error(`What a completion waited for: ${stackOf(error)}`);
  }
}

/** What fits best may stand in a file that is just being found, and what was free a while ago may be taken. */
async function whatFitsBest({ lookout, firstFound }: CompletionParts): Promise<void> {
  const age = lookout().age ?? longestAge;
  const found = firstFound();
  // Nobody waits long for a machine that does not answer; what is then told says what is not known.
  const seen = age >= longestAge ? Promise.race([lookout().refresh(), pause(longestLook)]) : undefined;
  if (found !== undefined || seen !== undefined) await Promise.all([found, seen]);
}

function offered(
  { engine, chart, lookout, answer }: CompletionParts,
  uri: Uri,
  position: Position,
): CompletionList | null {
  return answer(uri, null, (document) => {
    const items = engine().completion(chart(), uri, toOffset(document, position));
    if (items.length > 0 && (lookout().age ?? 0) >= renewedAge) void lookout().refresh();
    return {
      isIncomplete: true,
      items: items.map((item, rank) => toCompletionItem(document, item, rank)),
    };
  });
}

function documented(
  { engine, chart }: CompletionParts,
  item: CompletionItem,
  about: DocumentedPort,
): CompletionItem {
  const value = engine().documentation(chart().books, about);
  return { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}

/** What an item says that it is about, as it comes back from the client; undefined for anything else. */
function documentedPort(data: unknown): DocumentedPort | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { port, transport, protocol } = data as Readonly<Record<string, unknown>>;
  const known = transports.find((each) => each === transport);
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65535 || known === undefined)
    return undefined;
  const spoken = protocols.find((each) => each === protocol);
  return { port, transport: known, ...(spoken && { protocol: spoken }) };
}
