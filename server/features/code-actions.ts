import type { Finding, Fix } from '../model/finding';
import type { Uri } from '../model/snapshot';
import { overlaps, type Span } from '../model/span';
import type { Inspection } from './diagnostics/inspector';

/** A mend on offer, with the finding that it does away with. */
export interface CodeAction {
  readonly finding: Finding;
  readonly fix: Fix;
  /** True for the first fix of a finding. */
  readonly preferred: boolean;
}

/** The fixes of all findings that touch the span. */
export function codeActions(inspection: Inspection, uri: Uri, span: Span): readonly CodeAction[] {
  return inspection
    .of(uri)
    .filter((finding) => overlaps(finding.span, span))
    .flatMap((finding) => finding.fixes.map((fix, index) => ({ finding, fix, preferred: index === 0 })));
}
