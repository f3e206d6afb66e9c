import type { Build } from '../../model/service';
import type { Field } from './anchors';
import type { ServiceContext } from './found';
import { fieldOf, settled } from './service-values';

/**
 * `build`: the folder alone, or a mapping (compose-spec build.md). Undefined where nothing is built, where the file is
 * written inside the mapping, and where one of its paths is not known or not in the project (a repository's address).
 */
export function buildOf(field: Field | undefined, context: ServiceContext): Build | undefined {
  if (field?.value === undefined) return undefined;
  const short = settled(field, context);
  if (short !== undefined) return inProject(short.value, 'Dockerfile');
  const part = (key: string): string | undefined => settled(fieldOf(field, key, context), context)?.value;
  const isGiven = (key: string): boolean => fieldOf(field, key, context)?.value !== undefined;
  if (isGiven('dockerfile_inline')) return undefined;
  for (const key of ['context', 'dockerfile', 'target']) {
    if (isGiven(key) && part(key) === undefined) return undefined;
  }
  const found = inProject(part('context') ?? '.', part('dockerfile') ?? 'Dockerfile');
  const target = part('target');
  return found && { ...found, ...(target !== undefined && { target }) };
}

function inProject(context: string, dockerfile: string): Build | undefined {
  return /^(?:[a-z+]+:\/\/|git@|github\.com\/)/.test(context) ? undefined : { context, dockerfile };
}
