import {
  type Connection,
  FileChangeType,
  type InitializeParams,
  MessageType,
  ShowMessageNotification,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Inspection } from '../features/diagnostics/inspector';
import type { Chart } from '../model/chart';
import { nameSeen } from '../model/file-name';
import type { Finding } from '../model/finding';
import type { Uri } from '../model/snapshot';
import type { Span } from '../model/span';
import { initializeResult } from './capabilities';
import { answerCodeActions } from './code-actions';
import type { NamedPlace } from './command-links';
import { serveCompletions } from './completions';
import { toDiagnostic, toHover, toOffset, toSpan } from './convert';
import { serveFreeRequests } from './free-requests';
import { guard, sent } from './guard';
import { serveFolderMoves } from './moved-folders';
import { NeighbourDesk } from './neighbour-desk';
import { NoticeBoard } from './notice-board';
import { documentsOf, namedPlace } from './places';
import { servePortRequests } from './port-requests';
import { ReadingDesk } from './reading-desk';
import { NamedFileWatch, registerWatching } from './registrations';
import type { ServerParts } from './server-parts';
import { chartOf, openSession, type Session } from './session';
import { type ClientOptions, clientOptions } from './settings';
import { SettingsDesk } from './settings-desk';
import { StaleDocuments } from './stale-documents';
import { SurveyDesk } from './survey-desk';
import type { EditedDocuments } from './workspace-edits';
import { WorkspaceFolders } from './workspace-folders';

/** Serves one editor over `connection` until it hangs up. */
export function serve(connection: Connection, parts: ServerParts): void {
  const documents = new TextDocuments(TextDocument);
  let opened: Session | undefined;
  const log = connection.console;
  const documentOf = documentsOf(
    (uri) => documents.get(uri),
    () => session().workspace.snapshot,
  );
  const stale = new StaleDocuments(publish);
  const board = new NoticeBoard(tell);
  const reading = new ReadingDesk({
    ...{ log, tooLong, begun: greet },
    documentOf: (uri) => documents.get(uri),
    workspace: () => session().workspace,
  });
  let editor: InitializeParams | undefined;
  let client: ClientOptions = clientOptions(undefined);
  const workspaceFolders = new WorkspaceFolders();
  const folders = workspaceFolders.list;
  const namedFiles = new NamedFileWatch(connection, (address) => session().engine.couldBeOurs(address));
  const stopped = new AbortController();
  const survey = new SurveyDesk({
    folders,
    read: readFolder,
    done: () => {
      void neighbours.refresh();
      session().workspace.setWhole(folders.length > 0 && !stopped.signal.aborted);
      stale.add([]);
    },
    failed: (error) => log.error(`The workspace was not read whole: ${error}`),
  });
  const neighbours = new NeighbourDesk({
    read: () => {
      const { engine, source } = session();
      // Folders beside the workspace are not looked into before somebody trusts it.
      return client.isTrusted
        ? engine.surveyNeighbours(folders, source, stopped.signal)
        : Promise.resolve([]);
    },
    failed: (error) => log.error(`The worktrees beside the workspace were not read: ${error}`),
  });
  const desk = new SettingsDesk({
    ...{ connection, folders, session },
    warn: (message) => show(MessageType.Warning, message),
    // What is found is told as soon as it is known how it is to be told.
    settled: () => stale.release(),
  });

  connection.onInitialize((params) => {
    editor = params;
    client = clientOptions(params.initializationOptions);
    workspaceFolders.begin(params);
    return initializeResult();
  });
  // The editor has its answer; the engine is ready by the time that it sends a document.
  connection.onInitialized(() => {
    setImmediate(() => guard(log, 'engine', undefined, begin));
  });

  // This event comes for an opened document as well.
  documents.onDidChangeContent(({ document }) => take(document));
  documents.onDidClose(({ document }) => {
    const { uri } = document;
    reading.drop(uri);
    guard(log, uri, undefined, () => {
      session().workspace.remove(uri);
      // What lies in the workspace's folders is still part of it.
      if (workspaceFolders.holds(uri)) session().workspace.fileChanged(uri);
    });
    stale.add([uri]);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes)
      guard(log, uri, undefined, () => {
        const { workspace, engine } = session();
        if (type === FileChangeType.Deleted && workspace.folderChanged(uri)) stale.add([]);
        stale.add(
          workspace.companionChanged(uri).filter((affected) => documents.get(affected) !== undefined),
        );
        const isOurs = workspaceFolders.holds(uri) && (engine.couldBeOurs(uri) || engine.isSettingsFile(uri));
        if (isOurs || workspace.isMentioned(uri)) workspace.fileChanged(uri);
      });
  });
  serveFolderMoves(connection, {
    gone: (uri) => {
      guard(log, uri, undefined, () => session().workspace.folderGone(uri));
      stale.add([]);
    },
    came: (uri) => {
      if (workspaceFolders.holds(uri)) readMore(uri);
    },
  });
  connection.onShutdown(() => stopped.abort());
  connection.onDidChangeConfiguration(() => askSettings());
  connection.onNotification('portolan/trustGranted', () => {
    client = { ...client, isTrusted: true };
  });

  connection.onHover(({ textDocument: { uri }, position }) =>
    answer(uri, null, (document) => {
      const found = session().engine.hover(chart(), uri, toOffset(document, position));
      return found === undefined ? null : toHover(document, found, client.hasCommands, placeOf);
    }),
  );
  const completions = serveCompletions(connection, {
    ...{ log, chart, answer },
    engine: () => session().engine,
    lookout: () => session().lookout,
    firstFound: () => survey.firstFound,
  });
  connection.onCodeAction(({ textDocument: { uri }, range, context }) =>
    answer(uri, null, (document) => {
      const { engine, workspace, inspector } = session();
      const inspection = inspector.inspect(workspace.snapshot);
      const sources = { engine, inspection, chart: chart(), ...edited() };
      return [...answerCodeActions(sources, document, toSpan(document, range), context)];
    }),
  );
  serveFreeRequests(connection, {
    engine: () => session().engine,
    chart: currentChart,
    inspection: () => session().inspector.inspect(session().workspace.snapshot),
    look,
    documents: edited,
    textOf: (uri) => documentOf(uri)?.getText() ?? session().source.read(uri),
    folders,
  });
  servePortRequests(connection, {
    engine: () => session().engine,
    chart: currentChart,
    look,
    lookUp: () => session().lookUp,
    placeOf,
    update: (request) => parts.update(request, client.storage),
  });

  documents.listen(connection);
  connection.listen();

  function begin(): void {
    const { dialects, settingsFileName } = session().engine;
    askSettings();
    // The client starts the server where there is something of ours: what is wrong there is told before a file is opened.
    if (folders.length > 0) void survey.once();
    registerWatching(connection, editor, dialects, settingsFileName);
    workspaceFolders.follow(connection, editor, {
      came: readMore,
      left: (folder, isInside) => {
        guard(log, folder, undefined, () => session().workspace.folderGone(folder));
        if (isInside) readMore(folder);
      },
      changed: () => {
        askSettings();
        void neighbours.refresh();
        stale.add([]);
      },
    });
  }

  function askSettings(): void {
    desk.ask(editor?.capabilities.workspace?.configuration === true);
  }

  async function readFolder(folder: Uri): Promise<void> {
    const { engine, workspace } = session();
    const found = (uri: Uri, text: string) =>
      guard(log, uri, false, () => workspace.found(uri, text) !== 'not ours');
    for (const line of await engine.survey(folder, found, stopped.signal)) log.info(line);
  }

  /** Until a folder that came later is read, nobody can say what the workspace does not want. */
  function readMore(folder: Uri): void {
    guard(log, folder, undefined, () => session().workspace.setWhole(false));
    void survey.add(folder);
  }

  async function look(): Promise<void> {
    await Promise.all([session().lookout.refresh(), survey.once().then(() => neighbours.refresh())]);
  }

  function currentChart(): Chart {
    reading.read();
    return chart();
  }

  function edited(): EditedDocuments {
    const hasVersions = editor?.capabilities.workspace?.workspaceEdit?.documentChanges === true;
    return { documentOf, versionOf, hasVersions };
  }

  function versionOf(uri: Uri): number | null {
    return documents.get(uri)?.version ?? null;
  }

  function placeOf(uri: Uri, span: Span): NamedPlace {
    return namedPlace(documentOf, folders, uri, span);
  }

  /** What the next answer may draw on. */
  function chart(): Chart {
    return chartOf(session(), parts, neighbours);
  }

  function session(): Session {
    opened ??= openSession(parts, {
      storage: client.storage,
      mayLook: () => client.isTrusted && desk.settings.showListeners,
      attempt: (name, check) => guard(log, name, [], check),
    });
    return opened;
  }

  function take({ uri }: TextDocument): void {
    reading.take(uri);
    stale.add([uri]);
  }

  /** Something of ours is open: what its answers will draw on is read, and who listens is looked up. */
  function greet(uri: Uri): void {
    void survey.once().then(() => completions.rehearse(uri));
    setTimeout(() => guard(log, 'the machine', undefined, () => session().lookout.known()), pauseBeforeLook);
  }

  function tooLong(uri: Uri): void {
    const notice = `${nameSeen(folders, uri)} is longer than ${session().engine.longestText} characters; Portolan does not read it.`;
    show(MessageType.Info, notice);
    log.info(notice);
  }

  function show(type: MessageType, message: string): void {
    sent(log, 'A message', connection.sendNotification(ShowMessageNotification.type, { type, message }));
  }

  function publish(uris: readonly Uri[]): void {
    reading.read();
    const inspection = guard(log, uris.join(' '), nothingFound, () => {
      const { inspector, workspace } = session();
      return inspector.inspect(workspace.snapshot);
    });
    board.show(inspection, uris);
    namedFiles.watch(session().workspace.mentioned, editor);
  }

  /** Shows the findings of a file, open in the editor or not. */
  function tell(uri: Uri, findings: readonly Finding[]): void {
    const version = documents.get(uri)?.version;
    const document = documentOf(uri);
    const diagnostics =
      document === undefined ? [] : findings.map((finding) => toDiagnostic(document, finding, documentOf));
    const notice = { uri, diagnostics, ...(version !== undefined && { version }) };
    sent(log, uri, connection.sendDiagnostics(notice));
  }

  function answer<T>(uri: Uri, nothing: T, handler: (document: TextDocument) => T): T {
    const document = documents.get(uri);
    if (document === undefined) return nothing;
    reading.read();
    return guard(log, uri, nothing, () => handler(document));
  }
}

const nothingFound: Inspection = { of: () => [], uris: [], suppressed: () => [], file: () => undefined };

/** How long the first answers, and the editor's settings, go before the look at the machine, in milliseconds. */
const pauseBeforeLook = 200;
