import type { ComposeProject } from '../model/compose-project';
import { listedBy } from '../model/grouped';
import { sameElements } from '../model/same-elements';
import type { SourceFile } from '../model/snapshot';
import type { ComposeFile } from '../model/unit';

/**
 * The compose files that take host ports from variables, each with the projects that read it.
 *
 * @param before Those of the last time by their files; one whose projects are the same is handed out again.
 */
export function composeFiles(
  byFile: ReadonlyMap<SourceFile, readonly ComposeProject[]>,
  before: ReadonlyMap<SourceFile, ComposeFile>,
): readonly ComposeFile[] {
  const found: ComposeFile[] = [];
  for (const [file, projects] of byFile) {
    if (!file.once(takesVariables)) continue;
    const last = before.get(file);
    found.push(last !== undefined && sameElements(last.projects, projects) ? last : { file, projects });
  }
  return found;
}

/** The projects by the files that they read. */
export function projectsByFile(
  projects: readonly ComposeProject[],
): ReadonlyMap<SourceFile, readonly ComposeProject[]> {
  return listedBy(projects, ({ files }) => files);
}

function takesVariables({ reading }: SourceFile): boolean {
  return (reading.services ?? []).some(({ ports }) =>
    ports.some(({ publish }) => publish?.variables !== undefined),
  );
}
