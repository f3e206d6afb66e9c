import type { Inspector } from '../features/diagnostics/inspector';
import type { Attempt } from '../features/diagnostics/unit-findings';
import type { LookUp } from '../features/look-up';
import type { Lookout } from '../machine/lookout';
import type { Chart } from '../model/chart';
import type { Books } from '../model/knowledge';
import type { TextSource } from '../workspace/text-source';
import type { Workspace } from '../workspace/workspace';
import type { NeighbourDesk } from './neighbour-desk';
import type { Engine, ServerParts } from './server-parts';

/** What there is once the engine is loaded. */
export interface Session {
  readonly engine: Engine;
  readonly source: TextSource;
  readonly workspace: Workspace;
  readonly inspector: Inspector;
  readonly books: Books;
  readonly lookout: Lookout;
  readonly lookUp: LookUp;
}

/** What the client has told by the time that the engine is loaded, and how a rule that fails is dealt with. */
export interface SessionOptions {
  /** The folder that keeps a downloaded registry, where the client names one. */
  readonly storage: string | undefined;
  /** Whether the machine may be looked at; asked every time. */
  mayLook(): boolean;
  readonly attempt: Attempt;
}

/** Loads the engine, and opens what it works with. */
export function openSession(parts: ServerParts, { storage, mayLook, attempt }: SessionOptions): Session {
  const engine = parts.engine();
  const books = parts.books(storage);
  const source = parts.source();
  const workspace = new engine.Workspace(source);
  workspace.setWhole(false);
  return {
    ...{ engine, source, workspace, books },
    inspector: new engine.Inspector({ books }, attempt),
    lookout: parts.lookout(mayLook),
    lookUp: engine.openLookUp(books),
  };
}

/** What an answer may draw on at this moment. */
export function chartOf(
  { engine, workspace, books, lookout }: Session,
  parts: Pick<ServerParts, 'system' | 'ephemeral'>,
  neighbours: Pick<NeighbourDesk, 'known'>,
): Chart {
  return {
    ...{ snapshot: workspace.snapshot, books, machine: engine.machineNow(parts, lookout.known()) },
    // Other worktrees are looked at when an answer draws on them.
    get neighbours() {
      return neighbours.known();
    },
  };
}
