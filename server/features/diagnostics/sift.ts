import type { Finding } from '../../model/finding';
import { grouped } from '../../model/grouped';
import { touches } from '../../model/span';
import type { Suppression } from '../../model/suppression';

/** A finding that a comment has ignored. */
export interface Suppressed {
  readonly finding: Finding;
  readonly by: Suppression;
}

/** What is left of a file's findings. */
export interface Sifted {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** The suppressions that ignored nothing. */
  readonly idle: readonly Suppression[];
}

/** Parts the findings of one file by its suppressions; a finding stands on the line that it begins on. */
export function sift(findings: readonly Finding[], suppressions: readonly Suppression[]): Sifted {
  if (suppressions.length === 0) return { kept: findings, suppressed: [], idle: [] };
  const byRule = grouped(suppressions, ({ rule }) => rule);
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  const busy = new Set<Suppression>();
  for (const finding of findings) {
    const about = (byRule.get(finding.rule) ?? []).filter(
      ({ scope }) => scope === undefined || touches(scope, finding.span.start),
    );
    const [by] = about;
    if (by === undefined) kept.push(finding);
    else suppressed.push({ finding, by });
    for (const each of about) busy.add(each);
  }
  return { kept, suppressed, idle: suppressions.filter((each) => !busy.has(each)) };
}
