import type { Finding, Fix } from '../model/finding';
import type { Snapshot, Uri } from '../model/snapshot';
import { overlaps, type Span } from '../model/span';
import { diagnostics } from './diagnostics';

/** A mend on offer, with the finding that it does away with. */
export interface CodeAction {
  readonly finding: Finding;
  readonly fix: Fix;
  /** True for the first fix of a finding. */
  readonly preferred: boolean;
}

/** The fixes of all findings that touch the span: found anew, so that nothing is kept between requests. */
export function codeActions(snapshot: Snapshot, uri: Uri, span: Span): readonly CodeAction[] {
  return diagnostics(snapshot, uri)
    .filter((finding) => overlaps(finding.span, span))
    .flatMap((finding) => finding.fixes.map((fix, index) => ({ finding, fix, preferred: index === 0 })));
}
