import type * as engineModule from '../engine';
import type { Lookout } from '../machine/lookout';
import type { OperatingSystem } from '../model/chart';
import type { Books } from '../model/knowledge';
import type { PortRange } from '../model/port';
import type { TextSource } from '../workspace/text-source';

/** The engine's exports. */
export type Engine = typeof engineModule;

/** What the server needs from the outside. */
export interface ServerParts {
  /** Loads the engine: called after `initialized`, so that the server answers `initialize` without it. */
  readonly engine: () => Engine;
  readonly source: () => TextSource;
  /** `storage` is the folder that keeps a downloaded registry, where the client names one. */
  readonly books: (storage: string | undefined) => Books;
  /** Who looks at the machine's sockets, when that is allowed. */
  readonly lookout: (isAllowed: () => boolean) => Lookout;
  readonly system: OperatingSystem;
  /** From where the machine takes ports by itself, where it says so. */
  readonly ephemeral?: PortRange;
  /** Fetches the registry anew, because the user asked for it. */
  readonly update: (request: RegistryUpdate, storage: string | undefined) => Promise<UpdateAnswer>;
}

/** Where to fetch the registry from, and how; `signal` ends it. */
export interface RegistryUpdate {
  readonly from?: string;
  readonly proxy: { readonly url?: string; readonly strictSSL?: boolean };
  readonly signal: AbortSignal;
}

/** What came of it, or one sentence that says why the old data stays. */
export type UpdateAnswer =
  | {
      readonly state: 'updated' | 'unchanged';
      readonly date: string;
      readonly rows: number;
      readonly before: string;
    }
  | { readonly refused: string };
