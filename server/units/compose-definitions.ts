import type { ServiceDefinition } from '../model/compose-project';
import type { FileIndex } from '../model/file-index';
import { environmentUri } from '../model/file-name';
import type { SourceFile, Uri } from '../model/snapshot';
import { composeProjects } from './compose-projects';

/**
 * Makes the function that tells how projects read the services of a compose file: each with the variables of its own
 * environment files. What Compose finds by itself counts, and where no such project has the service, what somebody may name.
 */
export function composeDefinitions(index: FileIndex): (file: SourceFile) => readonly ServiceDefinition[] {
  const found = new Map<SourceFile, ServiceDefinition[]>();
  const named = new Map<SourceFile, ServiceDefinition[]>();
  for (const { known } of composeProjects(index, new Map()))
    for (const { project } of known)
      for (const { definitions } of project.services)
        for (const definition of definitions) {
          const byFile = project.isFound ? found : named;
          const those = byFile.get(definition.file) ?? [];
          byFile.set(definition.file, those);
          those.push(definition);
        }
  return (file) => {
    const its = found.get(file) ?? [];
    const places = new Set(its.map(placeOf));
    return [...its, ...(named.get(file) ?? []).filter((each) => !places.has(placeOf(each)))];
  };
}

function placeOf({ service }: ServiceDefinition): number {
  return service.nameSpan.start;
}

/**
 * The lists of environment files that can give a file's variables, one for each way in which its projects read it: in
 * each the first file that sets a variable counts. What no project reads has the one beside it.
 *
 * @param definitions How projects read the file (`composeDefinitions`).
 */
export function environmentsOf(
  file: SourceFile,
  definitions: readonly ServiceDefinition[],
): readonly (readonly Uri[])[] {
  if (definitions.length === 0) return [[environmentUri(file.uri)]];
  // Services of one way of reading share their list.
  return [...new Set(definitions.flatMap(({ environments }) => (environments ? [environments] : [])))];
}
