import { commentsOf } from '../../dialects';
import type { Finding } from '../../model/finding';
import type { Rule, RuleContext } from '../../model/rule';
import { sameElements } from '../../model/same-elements';
import type { Snapshot, SourceFile, Uri } from '../../model/snapshot';
import type { IdleSuppressions, Suppression } from '../../model/suppression';
import { rules } from '../../rules';
import { unusedSuppression } from '../../rules/unused-suppression';
import { UnitBook } from '../../units';
import { levelOf } from './levels';
import { type Suppressed, sift } from './sift';
import { suppressionsIn } from './suppressions';
import { withoutToldAlready } from './told-already';
import { type Attempt, UnitFindings } from './unit-findings';

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

/** What is told of one file. */
interface Told {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** All findings, those that are ignored as well, by what they say of which place. */
  readonly once: ReadonlyMap<string, Finding>;
  readonly grounds: Grounds;
}

/** All that hangs together with what is told of a file; no snapshot is kept alive by it. */
interface Grounds extends Pick<Snapshot, 'policy' | 'isPartial'> {
  readonly file: SourceFile | undefined;
  readonly parts: Parts;
}

/** What was found in the units that hold a file. */
type Parts = readonly (readonly Finding[])[];

/**
 * Checks a workspace, and remembers what it found in the units that an edit leaves as they are. A finding that is found
 * again is the same object.
 */
export class Inspector {
  private readonly units = new UnitBook();
  private readonly found: UnitFindings;
  private readonly idle = new WeakMap<SourceFile, IdleSuppressions>();
  private told: ReadonlyMap<Uri, Told> = new Map();
  private last: { readonly snapshot: Snapshot; readonly inspection: Inspection } | undefined;

  /** `attempt` runs the check of a unit, and answers nothing where a rule fails on it. */
  constructor(context: RuleContext, attempt: Attempt = (_name, check) => check()) {
    this.found = new UnitFindings(context, attempt);
  }

  /** Everything the rules find in all files of the snapshot. */
  inspect(snapshot: Snapshot): Inspection {
    if (this.last?.snapshot === snapshot) return this.last.inspection;
    const told = this.tell(snapshot);
    this.told = told;
    const inspection: Inspection = {
      of: (uri) => told.get(uri)?.kept ?? [],
      uris: [...told].flatMap(([uri, { kept }]) => (kept.length > 0 ? [uri] : [])),
      suppressed: (uri) => told.get(uri)?.suppressed ?? [],
      file: (uri) => snapshot.files.get(uri),
    };
    this.last = { snapshot, inspection };
    return inspection;
  }

  /** What is told of each file; of thousands of findings, an edit changes those of few files. */
  private tell(snapshot: Snapshot): ReadonlyMap<Uri, Told> {
    const parts = new Map<Uri, (readonly Finding[])[]>();
    for (const byFile of this.found.all(snapshot, this.units.of(snapshot))) {
      for (const [uri, findings] of byFile) {
        const known = parts.get(uri);
        if (known === undefined) parts.set(uri, [findings]);
        else known.push(findings);
      }
    }
    const told = new Map<Uri, Told>();
    const { policy, isPartial } = snapshot;
    const tellOf = (uri: Uri, file: SourceFile | undefined, own: Parts): void => {
      const grounds = { file, parts: own, ...(policy && { policy }), ...(isPartial && { isPartial }) };
      const before = this.told.get(uri);
      const isSame = before !== undefined && areSame(before.grounds, grounds);
      told.set(uri, isSame ? before : this.toldOf(uri, grounds, snapshot));
    };
    for (const [uri, own] of parts) if (!snapshot.files.has(uri)) tellOf(uri, undefined, own);
    for (const file of snapshot.files.values()) {
      const own = parts.get(file.uri) ?? [];
      if (own.length > 0 || file.once(suppressionsOf).length > 0) tellOf(file.uri, file, own);
    }
    return told;
  }

  private toldOf(uri: Uri, grounds: Grounds, snapshot: Snapshot): Told {
    const { file, parts } = grounds;
    const known = this.told.get(uri)?.once;
    // Several units can hold a file, and find the same in it.
    const once = new Map<string, Finding>();
    for (const finding of atTheirLevels(parts.flat(), uri, snapshot)) {
      const key = keyOf(finding);
      const before = known?.get(key);
      once.set(key, before !== undefined && isSame(before, finding) ? before : finding);
    }
    const found = withoutToldAlready([...once.values()]);
    const { kept, suppressed } =
      file === undefined ? { kept: found, suppressed: [] } : this.withoutSuppressed(file, found, snapshot);
    return {
      kept: kept.toSorted(byPlace),
      suppressed: suppressed.toSorted((a, b) => byPlace(a.finding, b.finding)),
      ...{ once, grounds },
    };
  }

  /** What is left of a file's findings, and what is to be told of its suppressions. */
  private withoutSuppressed(
    file: SourceFile,
    findings: readonly Finding[],
    snapshot: Snapshot,
  ): Pick<Told, 'kept' | 'suppressed'> {
    const all = file.once(suppressionsOf);
    if (all.length === 0) return { kept: findings, suppressed: [] };
    const { kept, suppressed, idle } = sift(findings, all);
    const unit = this.idleIn(file, idle, snapshot);
    const context = this.found.contextAt(snapshot, file);
    const told = this.found.in('suppressions', unit, file.uri, context).get(file.uri) ?? [];
    // Whether these comments are of use is not asked in turn.
    const ofIdle = sift(
      atTheirLevels(told, file.uri, snapshot),
      all.filter(({ rule }) => rule === unusedSuppression.id),
    );
    return { kept: [...kept, ...ofIdle.kept], suppressed: [...suppressed, ...ofIdle.suppressed] };
  }

  /** What is told of anew is a new object; the same one stays. */
  private idleIn(file: SourceFile, idle: readonly Suppression[], snapshot: Snapshot): IdleSuppressions {
    const judged = idle
      .filter(({ rule }) => rule !== unusedSuppression.id && isJudged(rule, file.uri, snapshot))
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
}

const ruleById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** Tells whether nothing has changed that what is told of a file hangs on. */
function areSame(one: Grounds, other: Grounds): boolean {
  return (
    one.file === other.file &&
    one.policy === other.policy &&
    one.isPartial === other.isPartial &&
    sameElements(one.parts, other.parts)
  );
}

function suppressionsOf({ text, dialect }: SourceFile): readonly Suppression[] {
  return suppressionsIn(text, commentsOf(dialect));
}

/** Whether a rule would have found something; what it sees in other files is not there before they are read. */
function isJudged(id: string, uri: Uri, { policy, isPartial }: Snapshot): boolean {
  const rule = ruleById.get(id);
  if (rule === undefined) return true;
  if (isPartial && rule.over !== 'file') return false;
  return levelOf(rule, rule.severity, policy?.choicesAt(uri) ?? []) !== 'off';
}

/** The findings of one file as they have been settled for it. */
function atTheirLevels(findings: readonly Finding[], uri: Uri, { policy }: Snapshot): readonly Finding[] {
  const choices = policy?.choicesAt(uri) ?? [];
  return findings.flatMap((finding) => {
    const rule = ruleById.get(finding.rule);
    const severity = rule === undefined ? finding.severity : levelOf(rule, finding.severity, choices);
    if (severity === 'off') return [];
    return severity === finding.severity ? [finding] : [{ ...finding, severity }];
  });
}

function keyOf({ span, rule, message }: Finding): string {
  return [span.start, span.end, rule, message].join(' ');
}

function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

/** Tells whether two findings that say the same of one place name the same other parties and offer the same mends. */
function isSame(one: Finding, other: Finding): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
