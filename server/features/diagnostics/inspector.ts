import { commentsOf } from '../../dialects';
import type { ComposeProject } from '../../model/compose-project';
import { folderOf } from '../../model/file-name';
import type { Finding } from '../../model/finding';
import { grouped } from '../../model/grouped';
import type { Rule, RuleContext, RuleOf } from '../../model/rule';
import type { Choices } from '../../model/settings';
import type { Snapshot, SourceFile, Uri } from '../../model/snapshot';
import type { IdleSuppressions, Suppression } from '../../model/suppression';
import type { RuleKinds, Units } from '../../model/unit';
import { rules } from '../../rules';
import { unusedSuppression } from '../../rules/unused-suppression';
import { UnitBook } from '../../units';
import { levelOf } from './levels';
import { type Suppressed, sift } from './sift';
import { suppressionsIn } from './suppressions';

/** What the rules find in a workspace at one moment. */
export interface Inspection {
  /** The findings in one file, by place. */
  of(uri: Uri): readonly Finding[];
  /** The files that have findings. */
  readonly uris: readonly Uri[];
  /** What comments in the file have ignored, by place. */
  suppressed(uri: Uri): readonly Suppressed[];
  /** The file as it was inspected. */
  file(uri: Uri): SourceFile | undefined;
}

/** Runs a check; `name` is what is checked, for a log. */
export type Attempt = (name: string, check: () => readonly Finding[]) => readonly Finding[];

/**
 * Checks a workspace, and remembers what it found in the units that an edit leaves as they are: a rule looks at nothing
 * but its unit. A finding that is found again is the same object.
 */
export class Inspector {
  private readonly units = new UnitBook();
  private readonly found = new WeakMap<
    object,
    { readonly context: RuleContext; readonly findings: readonly Finding[] }
  >();
  /** Findings at another level than their rule's own. */
  private readonly levelled = new WeakMap<Finding, Finding>();
  private readonly suppressions = new WeakMap<SourceFile, readonly Suppression[]>();
  private readonly idle = new WeakMap<SourceFile, IdleSuppressions>();
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
    for (const finding of this.atTheirLevels(this.findingsIn(snapshot, this.units.of(snapshot)), snapshot)) {
      const key = this.keyOf(finding);
      const before = this.once.get(key);
      once.set(key, before !== undefined && isSame(before, finding) ? before : finding);
    }
    this.once = once;
    const findings = new Map<Uri, readonly Finding[]>();
    const suppressed = new Map<Uri, readonly Suppressed[]>();
    const raw = grouped(once.values(), ({ uri }) => uri);
    const keep = (uri: Uri, kept: readonly Finding[]): void => {
      if (kept.length > 0) findings.set(uri, kept.toSorted(byPlace));
    };
    for (const [uri, here] of raw) if (!snapshot.files.has(uri)) keep(uri, here);
    for (const file of snapshot.files.values()) {
      const here = raw.get(file.uri) ?? [];
      const left = this.withoutSuppressed(file, here, snapshot);
      keep(file.uri, left.kept);
      if (left.suppressed.length > 0)
        suppressed.set(
          file.uri,
          left.suppressed.toSorted((a, b) => byPlace(a.finding, b.finding)),
        );
    }
    const inspection: Inspection = {
      of: (uri) => findings.get(uri) ?? [],
      uris: [...findings.keys()],
      suppressed: (uri) => suppressed.get(uri) ?? [],
      file: (uri) => snapshot.files.get(uri),
    };
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

  /** What is left of a file's findings, and what is to be told of its suppressions. */
  private withoutSuppressed(
    file: SourceFile,
    findings: readonly Finding[],
    snapshot: Snapshot,
  ): { readonly kept: readonly Finding[]; readonly suppressed: readonly Suppressed[] } {
    const all = this.suppressionsOf(file);
    if (all.length === 0) return { kept: findings, suppressed: [] };
    const { kept, suppressed, idle } = sift(findings, all);
    const unit = this.idleIn(file, idle, snapshot);
    const told = this.atTheirLevels(
      this.checked('suppressions', unit, file.uri, this.contextAt(snapshot, file)),
      snapshot,
    );
    // Whether these comments are of use is not asked in turn.
    const ofIdle = sift(
      [...told],
      all.filter(({ rule }) => rule === unusedSuppression.id),
    );
    return { kept: [...kept, ...ofIdle.kept], suppressed: [...suppressed, ...ofIdle.suppressed] };
  }

  /** What is told of anew is a new object; the same one stays. */
  private idleIn(file: SourceFile, idle: readonly Suppression[], snapshot: Snapshot): IdleSuppressions {
    const judged = idle
      .filter(({ rule }) => rule !== unusedSuppression.id && this.isJudged(rule, file.uri, snapshot))
      .map((each) => ({ ...each, isKnown: ruleById.has(each.rule) }));
    const before = this.idle.get(file);
    const isSame =
      before?.idle.length === judged.length &&
      before.idle.every(({ span }, index) => span === judged[index]?.span);
    if (before !== undefined && isSame) return before;
    const unit = { file, idle: judged };
    this.idle.set(file, unit);
    return unit;
  }

  /** Whether a rule would have found something; what it sees in other files is not there before they are read. */
  private isJudged(id: string, uri: Uri, { policy, isPartial }: Snapshot): boolean {
    const rule = ruleById.get(id);
    if (rule === undefined) return true;
    if (isPartial && rule.over !== 'file') return false;
    return levelOf(rule, rule.severity, policy?.choicesAt(uri) ?? []) !== 'off';
  }

  private suppressionsOf(file: SourceFile): readonly Suppression[] {
    const known = this.suppressions.get(file);
    if (known !== undefined) return known;
    const found = suppressionsIn(file.text, commentsOf(file.dialect));
    this.suppressions.set(file, found);
    return found;
  }

  /** The findings as they have been settled at their places. */
  private *atTheirLevels(findings: Iterable<Finding>, { policy }: Snapshot): Iterable<Finding> {
    // Findings of one file stand together, and what is settled for it is looked up once.
    let uri: Uri | undefined;
    let choices: readonly Choices[] = [];
    for (const finding of findings) {
      const rule = ruleById.get(finding.rule);
      if (finding.uri !== uri) choices = policy?.choicesAt(finding.uri) ?? [];
      uri = finding.uri;
      const severity = rule === undefined ? finding.severity : levelOf(rule, finding.severity, choices);
      if (severity === 'off') continue;
      const known = severity === finding.severity ? finding : this.levelled.get(finding);
      const settled = known?.severity === severity ? known : { ...finding, severity };
      if (settled !== finding) this.levelled.set(finding, settled);
      yield settled;
    }
  }

  private *findingsIn(snapshot: Snapshot, units: Units): Iterable<Finding> {
    const at = (file: SourceFile | undefined): RuleContext => this.contextAt(snapshot, file);
    for (const file of units.file) yield* this.checked('file', file, file.uri, at(file));
    for (const each of units.project) yield* this.checked('project', each, each.folder, at(mainFile(each)));
    for (const each of units.dialer) yield* this.checked('dialer', each, each.file.uri, at(each.file));
    for (const each of units.nginx) yield* this.checked('nginx', each, each.id, at(each.files[0]));
    for (const set of units.filter) yield* this.checked('filter', set, set.id, at(set.files[0]));
    for (const whole of units.workspace)
      yield* this.checked('workspace', whole, 'the workspace', at(undefined));
    for (const settings of snapshot.policy?.files ?? [])
      yield* this.checked('settings', settings, settings.uri, this.context);
  }

  /** What rules may know of a unit, by its main file: settings hold for files, as their addresses are spelled. */
  private contextAt({ policy }: Snapshot, file: SourceFile | undefined): RuleContext {
    const choices = file === undefined ? [] : (policy?.choicesAt(file.uri) ?? []);
    const nginxVersion = choices.find((each) => each.nginxVersion !== undefined)?.nginxVersion;
    const folders = policy?.folders;
    return {
      ...this.context,
      ...(nginxVersion !== undefined && { nginxVersion }),
      ...(folders && { folders }),
    };
  }

  private checked<Kind extends keyof RuleKinds>(
    kind: Kind,
    unit: RuleKinds[Kind],
    name: string,
    context: RuleContext,
  ): readonly Finding[] {
    const { nginxVersion, folders } = context;
    const known = this.found.get(unit);
    const isSaid = known?.context.nginxVersion === nginxVersion && known?.context.folders === folders;
    if (known !== undefined && isSaid) return known.findings;
    const findings = rulesOver(kind).flatMap((rule) =>
      this.attempt(name, () =>
        [...rule.check(unit, context)].map((each) => ({
          ...each,
          rule: rule.id,
          severity: each.severity ?? rule.severity,
        })),
      ),
    );
    this.found.set(unit, { context, findings });
    return findings;
  }
}

const ruleById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** A file in the project's own folder; what it includes can lie elsewhere. */
function mainFile({ files, folder }: ComposeProject): SourceFile | undefined {
  return files.find(({ address }) => folderOf(address) === folder);
}

function rulesOver<Kind extends keyof RuleKinds>(kind: Kind): readonly RuleOf<Kind>[] {
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
