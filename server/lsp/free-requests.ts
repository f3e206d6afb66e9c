import type { Connection } from 'vscode-languageserver';
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
 * - `portolan/freePorts` { near?, count? } → { items: [{ text, reason }], shortage? }
 * - `portolan/moveCollidingPorts` {} → { edit?, ports: [{ place, from, to }], left }: `left` findings keep their port
 * - `portolan/ownPorts` { folder? } → { edit?, ports: [{ place, variable, from, to, doubt? }], left: [{ place, reason }] }:
 *   no edit where the files say all of it already; `doubt` says what speaks against a port and cannot be known for sure
 */
export function serveFreeRequests(connection: Connection, parts: FreeRequestParts): void {
  const serve = (name: string, handler: (params: Parameters) => Promise<object>): void => {
    connection.onRequest(`portolan/${name}`, (params: unknown) =>
      guardRequest(connection.console, `portolan/${name}`, async () => {
        await parts.look();
        return handler(typeof params === 'object' && params !== null ? (params as Parameters) : {});
      }),
    );
  };
  serve('freePorts', async ({ near, count }) => {
    const wanted = numberIn(near, 65535);
    const wish = { transport: 'tcp', width: 1, ...(wanted !== undefined && { near: wanted }) } as const;
    const { findFree } = parts.engine();
    const { found, shortage } = findFree(parts.chart(), wish, numberIn(count, mostFree) ?? 1);
    return {
      items: found.map(({ ports, reason }) => ({ text: portsText(ports), reason })),
      ...(shortage !== undefined && { shortage }),
    };
  });
  serve('moveCollidingPorts', async () => movedPorts(parts));
  serve('ownPorts', async ({ folder }) => ownPorts(parts, typeof folder === 'string' ? folder : undefined));
}

type Parameters = Readonly<Record<string, unknown>>;

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

/** An integer from 1 to `most`; undefined for anything else. */
function numberIn(value: unknown, most: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most
    ? value
    : undefined;
}
