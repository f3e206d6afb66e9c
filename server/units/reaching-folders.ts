import { fileIndex } from '../model/file-index';
import { type FromEach, fromEach } from '../model/from-each';
import { remembered, type Snapshot, type SourceFile } from '../model/snapshot';

/**
 * The folders of the files that can make files of other folders a part of their project, or those of their own a part of
 * another. While these files stay, it is the same set.
 */
export function reachingFolders(snapshot: Snapshot): ReadonlySet<string> {
  return remembered(snapshot, reachingAfter, undefined).folders;
}

interface Reaching {
  readonly files: FromEach<SourceFile>;
  readonly folders: ReadonlySet<string>;
}

function reachingAfter(snapshot: Snapshot, before: Reaching | undefined): Reaching {
  const files = fromEach(
    fileIndex(snapshot).files,
    (file) => (reachesOut(file) ? file : undefined),
    before?.files,
  );
  const folders =
    before?.files.said === files.said ? before.folders : new Set(files.said.map(({ folder }) => folder));
  return { files, folders };
}

/** Tells of a file whether it can make files of other folders a part of its project, or those of its own a part of another. */
function reachesOut(file: SourceFile): boolean {
  return file.reading.services !== undefined || file.reading.project !== undefined
    ? file.once(namesOthers)
    : false;
}

function namesOthers({ reading: { project, services = [] } }: SourceFile): boolean {
  const { composeFiles, includes = [] } = project ?? {};
  return (
    composeFiles !== undefined ||
    includes.length > 0 ||
    services.some(({ extends: base }) => base?.file !== undefined)
  );
}
