import type { ComposeProject } from '../../model/compose-project';

import type { Finding, Related } from '../../model/finding';
import { grouped } from '../../model/grouped';
import type { Rule, RuleContext, RuleFinding, RuleOf } from '../../model/rule';
import type { Choices } from '../../model/settings';
import type { Snapshot, SourceFile, Uri } from '../../model/snapshot';
import type { RuleKinds, Units } from '../../model/unit';
import { rules } from '../../rules';

/** Runs a check; `name` is what is checked, for a log. */
export type Attempt = (name: string, check: () => readonly Finding[]) => readonly Finding[];

/** What was found in one unit, by the file that it is told of. */
export type FindingsByFile = ReadonlyMap<Uri, readonly Finding[]>;

/** Runs the rules over units, and remembers what they found: a rule looks at nothing but its unit. */
export class UnitFindings {
  private readonly known = new WeakMap<
    object,
    { readonly context: RuleContext; readonly findings: FindingsByFile }
  >();

  /** By what is settled at a place. */
  private readonly contexts = new WeakMap<readonly Choices[], RuleContext>();

  /** `attempt` runs the check of a unit, and answers nothing where a rule fails on it. */
  constructor(
    private readonly context: RuleContext,
    private readonly attempt: Attempt,
  ) {}

  /** What is found in each unit; in one that has not changed, the same objects as before. */
  *all(snapshot: Snapshot, units: Units): Iterable<FindingsByFile> {
    const at = (file: SourceFile | undefined): RuleContext => this.contextAt(snapshot, file);
    for (const file of units.file) yield this.in('file', file, file.uri, at(file));
    for (const each of units.project) yield this.in('project', each, each.folder, at(mainFile(each)));
    for (const each of units.composeFile) yield this.in('composeFile', each, each.file.uri, at(each.file));
    for (const each of units.dialer) yield this.in('dialer', each, each.file.uri, at(each.file));
    for (const each of units.nginx) yield this.in('nginx', each, each.id, at(each.files[0]));
    for (const set of units.filter) yield this.in('filter', set, set.id, at(set.files[0]));
    for (const each of units.rivalry) yield this.in('rivalry', each, 'rival projects', at(undefined));
    for (const whole of units.workspace) yield this.in('workspace', whole, 'the workspace', at(undefined));
    for (const settings of snapshot.policy?.files ?? [])
      yield this.in('settings', settings, settings.uri, this.context);
  }

  /** What rules may know of a unit, by its main file: settings hold for files, as their addresses are spelled. */
  contextAt({ policy }: Snapshot, file: SourceFile | undefined): RuleContext {
    const choices = file === undefined ? noChoices : (policy?.choicesAt(file.uri) ?? noChoices);
    const folders = policy?.folders;
    const known = this.contexts.get(choices);
    if (known !== undefined && known.folders === folders) return known;
    const nginxVersion = choices.find((each) => each.nginxVersion !== undefined)?.nginxVersion;
    const context = {
      ...this.context,
      ...(nginxVersion !== undefined && { nginxVersion }),
      ...(folders && { folders }),
    };
    this.contexts.set(choices, context);
    return context;
  }

  /** What the rules over one kind of unit find in one of them; `name` is what a log calls it. */
  in<Kind extends keyof RuleKinds>(
    kind: Kind,
    unit: RuleKinds[Kind],
    name: string,
    context: RuleContext,
  ): FindingsByFile {
    const known = this.known.get(unit);
    if (known !== undefined && saysSame(known.context, context)) return known.findings;
    const found = rulesOver(kind).flatMap((rule) =>
      this.attempt(name, () =>
        [...rule.check(unit, context)].map((each) => ({
          ...each,
          rule: rule.id,
          severity: each.severity ?? rule.severity,
          related: otherPlaces(each),
        })),
      ),
    );
    const findings = found.length === 0 ? nothing : grouped(found, ({ uri }) => uri);
    this.known.set(unit, { context, findings });
    return findings;
  }
}

/** The other parties, one for each place: several can come to it in one place, by an alias or by `extends`. */
function otherPlaces({ uri, span, related }: RuleFinding): readonly Related[] {
  if (related.length === 0) return related;
  const places = new Map(related.toReversed().map((each) => [placeKey(each), each]));
  places.delete(placeKey({ uri, span }));
  return [...places.values()].reverse();
}

function placeKey({ uri, span }: Pick<Related, 'uri' | 'span'>): string {
  return `${uri} ${span.start} ${span.end}`;
}

const noChoices: readonly Choices[] = [];

const nothing: FindingsByFile = new Map();

function saysSame(one: RuleContext, other: RuleContext): boolean {
  return one === other || (one.nginxVersion === other.nginxVersion && one.folders === other.folders);
}

/** A file in the project's own folder; what it includes can lie elsewhere. */
function mainFile({ files, folder }: ComposeProject): SourceFile | undefined {
  return files.find((file) => file.folder === folder);
}

function rulesOver<Kind extends keyof RuleKinds>(kind: Kind): readonly RuleOf<Kind>[] {
  const own = (rule: Rule): rule is Rule & RuleOf<Kind> => rule.over === kind;
  return rules.filter(own);
}
