import type { Chart, OperatingSystem } from '../../server/model/chart';
import type { Books } from '../../server/model/knowledge';
import type { Listener } from '../../server/model/listener';
import type { PortRange } from '../../server/model/port';
import type { Snapshot } from '../../server/model/snapshot';
import { noSurround } from '../../server/workspace/policy';
import { Workspace } from '../../server/workspace/workspace';

/** Texts by their paths from the folder of the workspace. */
export type Texts = Readonly<Record<string, string>>;

/** What is known of a workspace made of texts, and of its machine. */
export interface ChartParts {
  readonly files?: Texts;
  /** Other worktrees, by their names. */
  readonly worktrees?: Readonly<Record<string, Texts>>;
  /** What listens, as `tcp 127.0.0.1 3000 node 4711`; absent where nobody has looked. */
  readonly listening?: readonly string[];
  readonly system?: OperatingSystem;
  readonly ephemeral?: PortRange;
  /** True where files of the workspace were left out. */
  readonly isPartial?: boolean;
}

/** Reads texts with the real readers, as the workspace of `file:///`. */
export function chartOf(
  books: Books,
  { files = {}, worktrees = {}, listening, system = 'linux', ephemeral, isPartial = false }: ChartParts,
): Chart {
  const listeners = listening?.map(listenerFrom);
  return {
    snapshot: snapshotOf('file:///', files, isPartial),
    books,
    machine: {
      ...{ system, now: 0 },
      ...(listeners && { census: { takenAt: 0, listeners } }),
      ...(ephemeral && { ephemeral }),
    },
    neighbours: Object.entries(worktrees).map(([name, texts]) => ({
      name,
      snapshot: snapshotOf(`file:///worktrees/${name}/`, texts, false),
    })),
  };
}

/** Texts as the files of one workspace; each finds the others beside it. */
export function snapshotOf(folder: string, files: Texts, isPartial = false): Snapshot {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`${folder}${name}`, text]));
  const workspace = new Workspace({ read: (uri) => texts.get(uri) });
  workspace.settle({ ...noSurround, folders: [folder] });
  for (const [uri, text] of texts) workspace.update(uri, text);
  workspace.setWhole(!isPartial);
  return workspace.snapshot;
}

/** A compose file with one service, `web`, and its entries. */
export function composeWith(...ports: readonly string[]): string {
  return `services:\n  web:\n    image: nginx\n    ports: [${ports.map((port) => `"${port}"`).join(', ')}]\n`;
}

/** A listener as `ss` would name it: transport, address, port, and the program and its process where they are known. */
function listenerFrom(written: string): Listener {
  const [transport, address = '', port, name, pid] = written.split(' ');
  return {
    ...{ transport: transport === 'udp' ? 'udp' : 'tcp', address, port: Number(port) },
    ...(name !== undefined && { process: { name, pid: Number(pid) } }),
  };
}
