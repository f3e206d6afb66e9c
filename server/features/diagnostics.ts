import type { Finding } from '../model/finding';
import type { Snapshot, Uri } from '../model/snapshot';
import { rules } from '../rules';
import { unitsOf } from '../units';

/** Everything the rules find in one file, by place. */
export function diagnostics(snapshot: Snapshot, uri: Uri): readonly Finding[] {
  const findings: Finding[] = [];
  for (const unit of unitsOf(snapshot, uri)) {
    for (const rule of rules) {
      for (const found of rule.check(unit, snapshot)) {
        if (found.uri === uri) findings.push({ ...found, rule: rule.id, severity: rule.severity });
      }
    }
  }
  return findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
