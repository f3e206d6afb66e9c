import { rowLength } from '../model/claim-list';
import type { ComposeProject } from '../model/compose-project';
import { grouped } from '../model/grouped';
import type { PortRange } from '../model/port';
import { sameElements } from '../model/same-elements';
import type { SourceFile } from '../model/snapshot';
import type { Rival, Rivalry } from '../model/unit';

/**
 * The rivalries of a workspace: claims of several projects whose ports overlap, one after the other. A file that is used
 * only where somebody names it is one of several ways to run its project, and has no rivals.
 *
 * @param before Those of the last time by their ports; one whose claims and projects are the same is handed out again.
 */
export function rivalries(
  projects: readonly ComposeProject[],
  before: ReadonlyMap<number, Rivalry>,
): readonly Rivalry[] {
  return overlapping(meetingClaims(projects)).map(({ port, rivals }) => {
    const last = before.get(port);
    return last !== undefined && areSame(last.rivals, rivals) ? last : { port, rivals };
  });
}

function areSame(some: readonly Rival[], others: readonly Rival[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ claim, project, wholes }, index) => {
      const other = others[index];
      return claim === other?.claim && project === other.project && sameElements(wholes, other.wholes);
    })
  );
}

/** Ranges wider than this are compared with all claims. */
const widest = 64;

/** The claims whose first or last port another project wants as well: of thousands of claims, few meet. */
function meetingClaims(projects: readonly ComposeProject[]): readonly Rival[] {
  const found = projects.filter(({ isFound, steadyClaims }) => isFound && steadyClaims.claims.length > 0);
  // The place of the project that wants a port, counted from 1; `several` where others want it, too.
  const holders = new Int32Array(65536);
  const several = -1;
  const wide: PortRange[] = [];
  for (const [index, { steadyClaims }] of found.entries()) {
    const { rows } = steadyClaims;
    for (let row = 0; row < rows.length; row += rowLength) {
      const { first, last } = portsIn(rows, row);
      if (last - first > widest) wide.push({ first, last });
      for (let port = first; port <= Math.min(last, first + widest); port += 1) {
        const holder = holders[port];
        holders[port] = holder === 0 || holder === index + 1 ? index + 1 : several;
      }
    }
  }
  const meets = ({ first, last }: PortRange): boolean => {
    for (let port = first; port <= last; port += 1) if (holders[port] === several) return true;
    return wide.some((other) => other.first <= last && first <= other.last);
  };
  const wholesOf = wholesBy(projects);
  return found.flatMap((project) => {
    const { claims, rows } = project.steadyClaims;
    const meeting = claims.filter((_, index) => meets(portsIn(rows, index * rowLength)));
    return meeting.map((claim) => ({ project, claim, wholes: wholesOf(project) }));
  });
}

function portsIn(rows: Uint16Array, row: number): PortRange {
  return { first: rows[row] ?? 0, last: rows[row + 1] ?? 0 };
}

/** Parts claims so that those of different groups have no port in common. */
function overlapping(claims: readonly Rival[]): readonly Rivalry[] {
  const ports = new Map<Rival, number>();
  let begin = 0;
  let end = -1;
  for (const rival of claims.toSorted((a, b) => a.claim.ports.first - b.claim.ports.first)) {
    const { first, last } = rival.claim.ports;
    if (first > end) begin = first;
    end = Math.max(end, last);
    ports.set(rival, begin);
  }
  // Which of two projects is told does not hang on which file was read first.
  const inOrder = claims.toSorted((a, b) => compared(placeKey(a), placeKey(b)));
  const groups = grouped(inOrder, (rival) => `${ports.get(rival)}`);
  return [...groups].map(([port, rivals]) => ({ port: Number(port), rivals }));
}

function placeKey({ project, claim: { file, publication } }: Rival): string {
  return `${file.address} ${String(publication.span.start).padStart(8, '0')} ${project.id}`;
}

function compared(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * Makes the function that tells which projects a project is a part of, itself included: those that include, extend or name
 * what it begins with.
 */
function wholesBy(
  projects: readonly ComposeProject[],
): (project: ComposeProject) => readonly ComposeProject[] {
  const takers = new Map<SourceFile, Set<ComposeProject>>();
  for (const project of projects) {
    // One that takes nothing in is the whole of itself alone.
    if (project.files.length === project.roots.length) continue;
    for (const file of project.files) takers.set(file, (takers.get(file) ?? new Set()).add(project));
  }
  return (project) => [project, ...project.roots.flatMap((root) => [...(takers.get(root) ?? [])])];
}
