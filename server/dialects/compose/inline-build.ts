import type { InlineBuild } from '../../model/service';
import type { Field } from './anchors';
import type { ServiceContext } from './found';
import { fieldOf, settled } from './service-values';

/**
 * What `dockerfile_inline` says of the stage that is built (compose-spec build.md). Undefined where there is none, and where the text
 * or the stage hangs on a variable without a value.
 */
export function inlineBuildOf(field: Field | undefined, context: ServiceContext): InlineBuild | undefined {
  const text = settled(fieldOf(field, 'dockerfile_inline', context), context)?.value;
  if (text === undefined) return undefined;
  const targetField = fieldOf(field, 'target', context);
  const target = settled(targetField, context)?.value.toLowerCase();
  if (targetField?.value !== undefined && target === undefined) return undefined;
  const stages = context.readAs?.('dockerfile', text)?.stages ?? [];
  const stage = target === undefined ? stages.at(-1) : stages.find(({ name }) => name === target);
  if (stage === undefined) return undefined;
  const hasArguments = fieldOf(field, 'args', context)?.value !== undefined;
  return {
    ...(stage.image !== undefined && { image: stage.image }),
    // An argument can go over the value that the text gives a variable.
    exposed: stage.exposed.flatMap(({ ports, transport, variables }) =>
      ports === undefined || (hasArguments && variables !== undefined)
        ? []
        : [{ ports, ...(transport && { transport }) }],
    ),
  };
}
