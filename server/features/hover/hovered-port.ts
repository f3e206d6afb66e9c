import type { PortReference } from '../../model/port';
import type { SourceFile } from '../../model/snapshot';

/** One reference and what belongs to it: its file and the other end of its mapping. */
export interface HoveredPort {
  readonly file: SourceFile;
  readonly reference: PortReference;
  readonly partner: PortReference | undefined;
}
