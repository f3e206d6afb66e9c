import { type Connection, ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Inspection } from '../features/diagnostics/inspector';
import type { Chart } from '../model/chart';
import { canonicalUri, folderAddress, nameSeen } from '../model/file-name';
import { portsText } from '../model/port';
import type { Uri } from '../model/snapshot';
import { guardRequest } from './guard';
import type { Engine } from './server-parts';
import { type EditedDocuments, previewedEdit } from './workspace-edits';

/** What the requests about free ports need of the session. */
export interface FreeRequestParts {
  readonly engine: () => Engine;
  readonly chart: () => Chart;
  readonly inspection: () => Inspection;
  /** Looks at the machine anew, and reads what is not read yet. */
  readonly look: () => Promise<unknown>;
  readonly documents: () => EditedDocuments;
  /** The text of a file that no snapshot holds; undefined where there is none. */
  readonly textOf: (uri: Uri) => string | undefined;
  readonly folders: readonly Uri[];
}

/** How many free ports an answer has at the most. */
const mostFree = 50;

/**
 * Portolan's own requests about free ports. Edits come as an LSP `WorkspaceEdit` whose changes ask for confirmation.
 * - `portolan/freePorts` { near?, count? } → { items: [{ text, reason }], shortage? }; `near` from 1 to 65535, `count` to 50
 * - `portolan/moveCollidingPorts` {} → { edit?, ports: [{ place, from, to }], left }: `left` findings keep their port
 * - `portolan/ownPorts` { folder? } → { edit?, ports: [{ place, variable, from, to, doubt? }], left: [{ place, reason }] }:
 *   no edit where the files say all of it already; `doubt` says what speaks against a port and cannot be known for sure
 */
export function serveFreeRequests(connection: Connection, parts: FreeRequestParts): void {
  const serve = (name: string, handler: (params: Parameters) => Promise<object>): void => {
    connection.onRequest(`portolan/${name}`, (params: unknown) =>
      guardRequest(connection.console, `portolan/${name}`, () =>
        handler(typeof params === 'object' && params !== null ? (params as Parameters) : {}),
      ),
    );
  };
  serve('freePorts', async (params) => {
    const wish = wishIn(params);
    await parts.look();
    return freePorts(parts, wish);
  });
  serve('moveCollidingPorts', async () => {
    await parts.look();
    return movedPorts(parts);
  });
  serve('ownPorts', async ({ folder }) => {
    await parts.look();
    return ownPorts(parts, typeof folder === 'string' ? folder : undefined);
  });
}

type Parameters = Readonly<Record<string, unknown>>;

interface FreeWish {
  readonly near?: number;
  readonly count: number;
}

/** What is asked for. Throws for what is no port, or no number of them: an answer to another question would mislead. */
function wishIn({ near, count }: Parameters): FreeWish {
  const isAnything = near === undefined || near === null;
  if (!isAnything && !isNumberTo(near, 65535))
    throw invalid(`${shown(near)} is no port to be near: ports are the numbers from 1 to 65535`);
  if (count !== undefined && count !== null && !isNumberTo(count, mostFree))
    throw invalid(`"count" is a number from 1 to ${mostFree}`);
  return { ...(!isAnything && { near }), count: count ?? 1 };
}

/** A value for people, as short as they would say it. */
function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? `"${value}"` : typeof value === 'number' ? `${value}` : typeof value;
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function freePorts({ engine, chart }: FreeRequestParts, { near, count }: FreeWish): object {
  const wish = { transport: 'tcp', width: 1, ...(near !== undefined && { near }) } as const;
  const { found, shortage } = engine().findFree(chart(), wish, count);
  return {
    items: found.map(({ ports, reason }) => ({ text: portsText(ports), reason })),
    ...(shortage !== undefined && { shortage }),
  };
}

function movedPorts({ engine, chart, inspection, documents, folders }: FreeRequestParts): object {
  const found = inspection();
  const nested = engine().nestedWorktrees(folders);
  const colliding = found.uris
    .filter((uri) => !nested.some((worktree) => isIn(worktree, canonicalUri(uri))))
    .flatMap((uri) => found.of(uri))
    .filter(engine().collides);
  const { edits, ports, left } = engine().moveAll(chart(), colliding);
  return {
    ...(ports.length > 0 && { edit: previewedEdit(edits, documents(), 'Move colliding ports') }),
    ports: ports.map(({ claim, from }) => ({
      place: `${nameSeen(folders, claim.file.uri)}: ${claim.holder}`,
      ...{ from: portsText(from), to: portsText(claim.ports) },
    })),
    left,
  };
}

function ownPorts(
  { engine, chart, documents, textOf, folders }: FreeRequestParts,
  folder: Uri | undefined,
): object {
  const known = chart();
  const { worktreePorts, environmentEdits, nestedWorktrees } = engine();
  const nested = nestedWorktrees(folder === undefined ? folders : [folder]);
  const files = [...known.snapshot.files.values()].filter(
    ({ address }) => isIn(folder, address) && !nested.some((worktree) => isIn(worktree, address)),
  );
  const { edits, environments, ports, left } = worktreePorts(known, files);
  const made = environments.filter(({ uri }) => textOf(uri) === undefined).map(({ uri }) => uri);
  const settings = environments.flatMap(({ uri, values }) =>
    environmentEdits(uri, textOf(uri) ?? '', values),
  );
  return {
    ...(edits.length + settings.length > 0 && {
      edit: previewedEdit([...edits, ...settings], documents(), 'Give this worktree its own ports', made),
    }),
    ports: ports.map(({ variable, service, uri, from, to, doubt }) => ({
      place: `${nameSeen(folders, uri)}: service "${service}"`,
      ...{ variable, from: portsText(from), to: portsText(to) },
      ...(doubt !== undefined && { doubt }),
    })),
    left: left.map(({ uri, reference, reason }) => ({
      place: `${nameSeen(folders, uri)}: ${reference.owner}`,
      reason,
    })),
  };
}

function isIn(folder: Uri | undefined, address: string): boolean {
  return folder === undefined || address.startsWith(folderAddress(folder));
}

function isNumberTo(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}

function invalid(reason: string): ResponseError<undefined> {
  return new ResponseError(ErrorCodes.InvalidParams, reason);
}
