import type { ComposeProject } from '../model/compose-project';
import { nameWithin } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { RuleFinding, RuleOf } from '../model/rule';
import { type Collision, collisions } from '../units/collisions';
import { occupancy } from '../units/occupancy';
import { hostClaims, type PublicationClaim } from '../units/project-claims';
import { otherPort } from './shared/other-port';
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
  *check({ projects }) {
    // A file that is used only where somebody names it is one of several ways to run its project.
    const found = projects.filter(({ isFound }) => isFound);
    const claims = found.flatMap((project) =>
      hostClaims(project)
        .filter(({ service: { profiles } }) => profiles.length === 0)
        .map((claim): OwnedClaim => ({ ...claim, project })),
    );
    const pairs = collisions(claims).filter(
      ({ first, second, isSure }) =>
        isSure && first.project.name !== second.project.name && first.file !== second.file,
    );
    const isTaken = occupancy(claims);
    const places = grouped(pairs, ({ second }) => `${second.file.uri} ${second.publication.span.start}`);
    for (const [pair, ...others] of places.values()) {
      if (pair !== undefined) yield finding(pair, others, otherPort(pair.second, isTaken));
    }
  },
};

function finding(
  { first, second, ports }: Collision<OwnedClaim>,
  others: readonly Collision<OwnedClaim>[],
  fix: ReturnType<typeof otherPort>,
): RuleFinding {
  const more = others.length === 0 ? '' : `, and by ${others.length} more`;
  const { file, reference } = second;
  return {
    uri: file.uri,
    span: reference.usedAt ?? reference.portSpan,
    message: `Project ${quoted(first.project)} (${nameOf(first)}) publishes ${portWords(ports, second.transport, 'host')} as well${more}; both cannot run at the same time.`,
    related: [first, ...others.map((each) => each.first)].map((other) => ({
      uri: other.file.uri,
      span: other.reference.usedAt ?? other.reference.portSpan,
      message: `Project ${quoted(other.project)} publishes it for ${other.holder}.`,
    })),
    fixes: fix === undefined ? [] : [fix],
  };
}

function quoted({ name }: ComposeProject): string {
  return name === undefined ? 'without a name' : `"${name}"`;
}

/** The file with its folder: the names of compose files alone are all alike. */
function nameOf({ file, project }: OwnedClaim): string {
  const parent = project.folder.replace(/[^/]*\/$/, '');
  return nameWithin([parent], file.uri);
}
