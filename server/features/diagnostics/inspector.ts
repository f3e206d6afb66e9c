import type { Finding } from '../../model/finding';
import { grouped } from '../../model/grouped';
import type { Rule, RuleContext, RuleOf } from '../../model/rule';
import type { Snapshot, Uri } from '../../model/snapshot';
import type { UnitKinds, Units } from '../../model/unit';
import { rules } from '../../rules';
import { UnitBook } from '../../units';

/** What the rules find in a workspace at one moment. */
export interface Inspection {
  /** The findings in one file, by place. */
  of(uri: Uri): readonly Finding[];
  /** The files that have findings. */
  readonly uris: readonly Uri[];
}

/** Runs a check; `name` is what is checked, for a log. */
export type Attempt = (name: string, check: () => readonly Finding[]) => readonly Finding[];

/**
 * Checks a workspace, and remembers what it found in the units that an edit leaves as they are: a rule looks at nothing
 * but its unit. A finding that is found again is the same object.
 */
export class Inspector {
  private readonly units = new UnitBook();
  private readonly found = new WeakMap<object, readonly Finding[]>();
  private readonly keys = new WeakMap<Finding, string>();
  /** All findings of the last time, by what they say of which place. */
  private once: ReadonlyMap<string, Finding> = new Map();
  private last: { readonly snapshot: Snapshot; readonly inspection: Inspection } | undefined;

  /** `attempt` runs the check of a unit, and answers nothing where a rule fails on it. */
  constructor(
    private readonly context: RuleContext,
    private readonly attempt: Attempt = (_uri, check) => check(),
  ) {}

  /** Everything the rules find in all files of the snapshot. */
  inspect(snapshot: Snapshot): Inspection {
    if (this.last?.snapshot === snapshot) return this.last.inspection;
    // Several units can hold a file, and find the same in it.
    const once = new Map<string, Finding>();
    for (const finding of this.findingsIn(this.units.of(snapshot))) {
      const key = this.keyOf(finding);
      const before = this.once.get(key);
      once.set(key, before !== undefined && isSame(before, finding) ? before : finding);
    }
    this.once = once;
    const findings = new Map(
      [...grouped(once.values(), ({ uri }) => uri)].map(([uri, here]) => [uri, here.toSorted(byPlace)]),
    );
    const inspection = { of: (uri: Uri) => findings.get(uri) ?? [], uris: [...findings.keys()] };
    this.last = { snapshot, inspection };
    return inspection;
  }

  private keyOf(finding: Finding): string {
    const known = this.keys.get(finding);
    if (known !== undefined) return known;
    const { uri, span, rule, message } = finding;
    const key = [uri, span.start, span.end, rule, message].join(' ');
    this.keys.set(finding, key);
    return key;
  }

  private *findingsIn(units: Units): Iterable<Finding> {
    for (const file of units.file) yield* this.checked('file', file, file.uri);
    for (const project of units.project) yield* this.checked('project', project, project.folder);
    for (const dialer of units.dialer) yield* this.checked('dialer', dialer, dialer.file.uri);
    for (const whole of units.workspace) yield* this.checked('workspace', whole, 'the workspace');
  }

  private checked<Kind extends keyof UnitKinds>(
    kind: Kind,
    unit: UnitKinds[Kind],
    name: string,
  ): readonly Finding[] {
    const known = this.found.get(unit);
    if (known !== undefined) return known;
    const found = rulesOver(kind).flatMap((rule) =>
      this.attempt(name, () =>
        [...rule.check(unit, this.context)].map((each) => ({
          ...each,
          rule: rule.id,
          severity: each.severity ?? rule.severity,
        })),
      ),
    );
    this.found.set(unit, found);
    return found;
  }
}

function rulesOver<Kind extends keyof UnitKinds>(kind: Kind): readonly RuleOf<Kind>[] {
  const own = (rule: Rule): rule is Rule & RuleOf<Kind> => rule.over === kind;
  return rules.filter(own);
}

function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

/** Tells whether two findings that say the same of one place name the same other parties and offer the same mends. */
function isSame(one: Finding, other: Finding): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
