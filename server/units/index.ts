import type { Snapshot, Uri } from '../model/snapshot';
import type { Unit } from '../model/unit';

/** The units that hold a file. So far each file acts alone. */
export function unitsOf(snapshot: Snapshot, uri: Uri): readonly Unit[] {
  const file = snapshot.files.get(uri);
  return file === undefined ? [] : [{ files: [file] }];
}
