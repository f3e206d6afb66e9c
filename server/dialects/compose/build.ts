import type { Build, BuildParts } from '../../model/service';
import { type Field, fieldsOf, resolve } from './anchors';
import type { ServiceContext } from './found';
import { fieldOf, scalarsOf, scalarValue, settled, valueNode } from './service-values';

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
  const parts: { -readonly [key in Exclude<keyof Build, 'args'>]?: string } = {};
  for (const key of ['context', 'dockerfile', 'target'] as const) {
    if (!isGiven(key)) continue;
    const part = settled(fieldOf(field, key, context), context)?.value;
    if (part === undefined || (key === 'context' && isRemote(part))) return 'unknown';
    parts[key] = part;
  }
  const args = argumentsOf(fieldOf(field, 'args', context), context);
  return args.size === 0 ? parts : { ...parts, args };
}

/** `args`: a mapping, or a list of `NAME=value`; one without a value takes it from the environment. */
function argumentsOf(
  field: Field | undefined,
  context: ServiceContext,
): ReadonlyMap<string, string | undefined> {
  const node = valueNode(field, context);
  if (node?.kind === 'mapping')
    return new Map(
      [...fieldsOf(node, context.anchors)].map(([name, { value }]) => {
        const scalar = value && resolve(value, context.anchors)?.node;
        return [name, scalar && scalarValue(scalar, context)];
      }),
    );
  return new Map(
    scalarsOf(field, context).flatMap((entry) => {
      const [, name, value] = /^([^=]+)(?:=(.*))?$/s.exec(entry ?? '') ?? [];
      return name === undefined ? [] : [[name, value] as const];
    }),
  );
}

function isRemote(context: string): boolean {
  return /^(?:[a-z+]+:\/\/|git@|github\.com\/)/.test(context);
}
