import type { Build, BuildParts } from '../../model/service';
import type { Field } from './anchors';
import type { ServiceContext } from './found';
import { fieldOf, settled, valueNode } from './service-values';

/**
 * `build`: the folder alone, or a mapping (compose-spec build.md). Of the file alone: what it leaves out is `.` and
 * `Dockerfile`. Undefined where nothing is built, and where it cannot be followed.
 */
export function buildOf(parts: BuildParts | undefined): Build | undefined {
  return typeof parts !== 'object' ? undefined : { context: '.', dockerfile: 'Dockerfile', ...parts };
}

/** What a file says under `build`; undefined where it says nothing. */
export function buildPartsOf(field: Field | undefined, context: ServiceContext): BuildParts | undefined {
  if (field?.value === undefined || field.value.tag === '!reset') return undefined;
  const short = settled(field, context);
  if (short !== undefined) return isRemote(short.value) ? 'unknown' : { context: short.value };
  if (valueNode(field, context)?.kind !== 'mapping') return 'unknown';
  const isGiven = (key: string): boolean => fieldOf(field, key, context)?.value !== undefined;
  if (isGiven('dockerfile_inline')) return 'inline';
  const parts: { -readonly [key in keyof Build]?: string } = {};
  for (const key of ['context', 'dockerfile', 'target'] as const) {
    if (!isGiven(key)) continue;
    const part = settled(fieldOf(field, key, context), context)?.value;
    if (part === undefined || (key === 'context' && isRemote(part))) return 'unknown';
    parts[key] = part;
  }
  return parts;
}

function isRemote(context: string): boolean {
  return /^(?:[a-z+]+:\/\/|git@|github\.com\/)/.test(context);
}
