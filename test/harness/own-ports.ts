import { environmentEdits } from '../../server/features/free-ports/environment-edits';
import { worktreePorts } from '../../server/features/free-ports/worktree-ports';
import type { Books } from '../../server/model/knowledge';
import { portsText } from '../../server/model/port';
import { type ChartParts, chartOf, type Texts } from './chart';
import { edited } from './told';

/** What a worktree comes to when it gets its own ports. */
export interface OwnPorts {
  readonly files: Texts;
  /** `WEB_PORT 8080 → 8081`, or `WEB_PORT 8080` for a port that stays; with what speaks against it in brackets. */
  readonly ports: readonly string[];
  /** The places that stay as they are: what they publish, and why. */
  readonly left: readonly string[];
}

/** Gives a worktree its own ports and makes the edits. */
export function ownPortsOf(books: Books, parts: ChartParts): OwnPorts {
  const { files = {} } = parts;
  const chart = chartOf(books, parts);
  const { edits, environments, ports, left } = worktreePorts(chart, [...chart.snapshot.files.values()]);
  const after: Record<string, string> = { ...files };
  const nameOf = (uri: string): string => uri.slice('file:///'.length);
  for (const [name, text] of Object.entries(files))
    after[name] = edited(
      text,
      edits.filter(({ uri }) => nameOf(uri) === name),
    );
  for (const { uri, values } of environments) {
    const text = files[nameOf(uri)] ?? '';
    after[nameOf(uri)] = edited(text, environmentEdits(uri, text, values));
  }
  return {
    files: after,
    ports: ports.map(({ variable, from, to, doubt }) => {
      const [before, now] = [portsText(from), portsText(to)];
      const why = doubt === undefined ? '' : ` (${doubt})`;
      return `${variable} ${before}${before === now ? '' : ` → ${now}`}${why}`;
    }),
    left: left.map(
      ({ reference, reason }) => `${reference.ports ? portsText(reference.ports) : '?'}: ${reason}`,
    ),
  };
}
