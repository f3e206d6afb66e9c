import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import type { InterpolationFault } from '../../syntax/docker/interpolation';
import { addFault, type Found } from './found';

/** Tells the expressions that Compose cannot substitute; `path` is Compose's own path to the value. */
export function interpolationFaults(faults: readonly InterpolationFault[], path: string, found: Found): void {
  for (const { span, expression } of faults) {
    addFault(found, {
      rule: 'invalid-interpolation',
      span,
      message: dockerRefusal(
        `${expression} is not a variable that Compose can substitute; write $$ for a dollar sign`,
        `invalid interpolation format for ${path}`,
      ),
    });
  }
}
