import type { Inspection } from '../features/diagnostics/inspector';
import type { Finding } from '../model/finding';
import { sameElements } from '../model/same-elements';
import type { Uri } from '../model/snapshot';

/** Remembers what the editor was told of each file, so that an edit is answered with what it changes and nothing else. */
export class NoticeBoard {
  private readonly told = new Map<Uri, readonly Finding[]>();

  /** `tell` shows the findings of one file in place of those before. */
  constructor(private readonly tell: (uri: Uri, findings: readonly Finding[]) => void) {}

  /** Tells of the files that were edited, and of all others whose findings came, went or changed. */
  show(inspection: Inspection, edited: readonly Uri[]): void {
    const asked = new Set(edited);
    for (const uri of new Set([...edited, ...inspection.uris, ...this.told.keys()])) {
      const findings = inspection.of(uri);
      // A finding that was found before is the same object, unless its text was read anew.
      if (!asked.has(uri) && sameElements(findings, this.told.get(uri) ?? [])) continue;
      if (findings.length > 0) this.told.set(uri, findings);
      else this.told.delete(uri);
      this.tell(uri, findings);
    }
  }
}
