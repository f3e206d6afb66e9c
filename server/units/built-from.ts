import type { BuiltFrom } from '../model/compose-project';
import type { Build } from '../model/service';
import type { SourceFile } from '../model/snapshot';

/**
 * The Dockerfile that a service is built from, and the stage of it; undefined where either is not known.
 *
 * @param find Finds a file by its path from the compose file.
 */
export function builtFrom(
  { context, dockerfile, target }: Build,
  find: (path: string) => SourceFile | undefined,
): BuiltFrom | undefined {
  const file = find(`${context}/${dockerfile}`);
  const stages = file?.reading.stages ?? [];
  const wanted = target?.toLowerCase();
  const stage = wanted === undefined ? stages.at(-1) : stages.find(({ name }) => name === wanted);
  return file === undefined || stage === undefined ? undefined : { file, stage };
}
