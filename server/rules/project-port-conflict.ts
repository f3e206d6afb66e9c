import type { ComposeProject, PublicationClaim } from '../model/compose-project';
import { nameSeen } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { RuleFinding, RuleOf } from '../model/rule';
import type { Uri } from '../model/snapshot';
import { sameSpan } from '../model/span';
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
        (first.file !== second.file || includeOf(second) !== undefined) &&
        // What collides within one of them is told of that one.
        !first.wholes.some((whole) => second.wholes.includes(whole)),
    );
    const places = grouped(pairs, (pair) => {
      const { uri, span } = placeOf(pair);
      return `${uri} ${span.start}`;
    });
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
  const isOne = first.file === second.file;
  const { uri } = isOne ? (first.project.roots[0] ?? first.file) : first.file;
  return {
    ...placeOf({ first, second }),
    message: `Project ${quoted(first.project)} (${nameSeen(folders, uri)}) publishes ${portWords(ports, second.transport, 'host')} as well${more}; both cannot run at the same time.`,
    related: [first, ...others.map((each) => each.first)].map((other) => ({
      uri: other.file.uri,
      span: other.reference.usedAt ?? other.reference.portSpan,
      message: `Project ${quoted(other.project)} publishes it for ${other.holder}.`,
    })),
    fixes: [],
    // What both include moves for both.
    moves: isOne ? [] : portMoves(second),
  };
}

/** Where the second one says so: at its own entry, or at its include of the file that both take in. */
function placeOf({
  first,
  second,
}: Pick<Collision<RivalClaim>, 'first' | 'second'>): Pick<RuleFinding, 'uri' | 'span'> {
  const { file, reference } = second;
  const included = first.file === file ? includeOf(second) : undefined;
  return included ?? { uri: file.uri, span: reference.usedAt ?? reference.portSpan };
}

/** The include in a project's own file that brings in the file of its claim; undefined where it comes in another way. */
function includeOf({ service, publication }: RivalClaim): Pick<RuleFinding, 'uri' | 'span'> | undefined {
  const definition = service.definitions.find((each) => each.service === publication.from);
  const { include, root, file } = definition ?? {};
  if (include === undefined || root === undefined || root === file) return undefined;
  const own = root.reading.project?.includes.find(
    ({ span, paths }) => sameSpan(span, include.span) && paths.join('\n') === include.paths.join('\n'),
  );
  return own && { uri: root.uri, span: own.span };
}

function quoted({ name }: ComposeProject): string {
  return name === undefined ? 'without a name' : `"${name}"`;
}
