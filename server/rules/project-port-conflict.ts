import type { ComposeProject, PublicationClaim } from '../model/compose-project';
import { nameSeen } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { RuleFinding, RuleOf } from '../model/rule';
import type { Uri } from '../model/snapshot';
import type { Rival } from '../model/unit';
import { type Collision, collisions } from '../units/collisions';
import { portMoves } from './shared/port-moves';
import { portWords } from './shared/port-words';

/** A claim, and whose it is. */
type RivalClaim = PublicationClaim & Omit<Rival, 'claim'>;

export const projectPortConflict: RuleOf<'rivalry'> = {
  id: 'project-port-conflict',
  over: 'rivalry',
  severity: 'information',
  summary: 'A host port that two compose projects of the workspace publish.',
  rationale:
    'Both projects can run, but not at the same time on one machine. Projects that never do are many; then switch the rule off.',
  *check({ rivals }, { folders = [] }) {
    const claims = rivals.map(({ claim, ...owner }) => ({ ...claim, ...owner }));
    const pairs = collisions(claims).filter(
      ({ first, second, isSure }) =>
        isSure &&
        first.project.name !== second.project.name &&
        first.file !== second.file &&
        // What collides within one of them is told of that one.
        !first.wholes.some((whole) => second.wholes.includes(whole)),
    );
    const places = grouped(pairs, ({ second }) => `${second.file.uri} ${second.publication.span.start}`);
    for (const [pair, ...others] of places.values()) {
      if (pair !== undefined) yield finding(pair, others, folders);
    }
  },
};

function finding(
  { first, second, ports }: Collision<RivalClaim>,
  others: readonly Collision<RivalClaim>[],
  folders: readonly Uri[],
): RuleFinding {
  const projects = new Set([first, ...others.map((each) => each.first)].map(({ project }) => project));
  const more = projects.size === 1 ? '' : `, and by ${projects.size - 1} more`;
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
