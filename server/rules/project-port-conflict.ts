import { type ClaimList, rowLength } from '../model/claim-list';
import type { ComposeProject, PublicationClaim } from '../model/compose-project';
import { nameSeen } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { PortRange } from '../model/port';
import type { RuleFinding, RuleOf } from '../model/rule';
import type { SourceFile, Uri } from '../model/snapshot';
import { type Collision, collisions } from '../units/collisions';
import { portMoves } from './shared/port-moves';
import { portWords } from './shared/port-words';

/** A claim, and the project that makes it. */
type OwnedClaim = PublicationClaim & { readonly project: ComposeProject };

export const projectPortConflict: RuleOf<'workspace'> = {
  id: 'project-port-conflict',
  over: 'workspace',
  severity: 'information',
  summary: 'A host port that two compose projects of the workspace publish.',
  rationale:
    'Both projects can run, but not at the same time on one machine. Projects that never do are many; then switch the rule off.',
  *check({ projects }, { folders = [] }) {
    const claims = meetingClaims(projects);
    const areParts = partsTest(projects);
    const pairs = collisions(claims).filter(
      ({ first, second, isSure }) =>
        isSure &&
        first.project.name !== second.project.name &&
        first.file !== second.file &&
        !areParts(first.project, second.project),
    );
    if (pairs.length === 0) return;
    const places = grouped(pairs, ({ second }) => `${second.file.uri} ${second.publication.span.start}`);
    for (const [pair, ...others] of places.values()) {
      if (pair !== undefined) yield finding(pair, others, folders);
    }
  },
};

/**
 * The claims whose first or last port another project wants as well, in the order of the projects: of thousands of
 * claims, few meet. A file that is used only where somebody names it is one of several ways to run its project.
 */
function meetingClaims(projects: readonly ComposeProject[]): readonly OwnedClaim[] {
  const found = projects.filter(({ isFound, steadyClaims }) => isFound && steadyClaims.claims.length > 0);
  // The place of the project that wants a port, counted from 1; `several` where others want it, too.
  const holders = new Int32Array(65536);
  const several = -1;
  const wide: PortRange[] = [];
  for (const [index, { steadyClaims }] of found.entries()) {
    for (const { first, last } of rangesIn(steadyClaims)) {
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
  const meeting: OwnedClaim[] = [];
  for (const project of found) {
    const { claims } = project.steadyClaims;
    let index = 0;
    for (const ports of rangesIn(project.steadyClaims)) {
      const claim = claims[index];
      if (claim !== undefined && meets(ports)) meeting.push({ ...claim, project });
      index += 1;
    }
  }
  return meeting;
}

/** The ports of each claim, from its row. */
function* rangesIn({ rows }: ClaimList): Iterable<PortRange> {
  for (let row = 0; row < rows.length; row += rowLength)
    yield { first: rows[row] ?? 0, last: rows[row + 1] ?? 0 };
}

/**
 * Makes the function that tells whether two projects belong together: one project includes, extends or names what both
 * begin with, be it one of the two. What collides in there is told of that project.
 */
function partsTest(
  projects: readonly ComposeProject[],
): (one: ComposeProject, other: ComposeProject) => boolean {
  const wholes = new Map<SourceFile, Set<ComposeProject>>();
  for (const project of projects) {
    // One that takes nothing in is the whole of itself alone.
    if (project.files.length === project.roots.length) continue;
    for (const file of project.files) wholes.set(file, (wholes.get(file) ?? new Set()).add(project));
  }
  const wholesOf = (project: ComposeProject): readonly ComposeProject[] => [
    project,
    ...project.roots.flatMap((root) => [...(wholes.get(root) ?? [])]),
  ];
  return (one, other) => {
    const those = new Set(wholesOf(other));
    return wholesOf(one).some((whole) => those.has(whole));
  };
}

/** Ranges wider than this are compared with all claims. */
const widest = 64;

function finding(
  { first, second, ports }: Collision<OwnedClaim>,
  others: readonly Collision<OwnedClaim>[],
  folders: readonly Uri[],
): RuleFinding {
  const more = others.length === 0 ? '' : `, and by ${others.length} more`;
  const { file, reference } = second;
  return {
    uri: file.uri,
    span: reference.usedAt ?? reference.portSpan,
    message: `Project ${quoted(first.project)} (${nameSeen(folders, first.file.uri)}) publishes ${portWords(ports, second.transport, 'host')} as well${more}; both cannot run at the same time.`,
    related: [first, ...others.map((each) => each.first)].map((other) => ({
      uri: other.file.uri,
      span: other.reference.usedAt ?? other.reference.portSpan,
      message: `Project ${quoted(other.project)} publishes it for ${other.holder}.`,
    })),
    fixes: [],
    moves: portMoves(second),
  };
}

function quoted({ name }: ComposeProject): string {
  return name === undefined ? 'without a name' : `"${name}"`;
}
