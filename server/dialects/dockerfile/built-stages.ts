import type { BuildStage } from '../../model/build-stage';
import type { Fault } from '../../model/fault';
import type { PortReference } from '../../model/port';
import { duplicateAdvice } from './duplicate-advice';
import { privilegedAdvice } from './expose-advice';
import type { Stage, Stages } from './stages';

/** How many stages that build one on the other are looked through. */
const longestChain = 200;

/**
 * The stages of a file with all that they expose, and what there is to say of that: EXPOSE adds to what the stages below
 * expose, and nothing can be taken back.
 *
 * @param found Takes the faults.
 */
export function builtStages(
  { all }: Stages,
  text: string,
  found: { readonly faults: Fault[] },
): readonly BuildStage[] {
  for (const stage of all) for (const fault of duplicateAdvice(stage, text)) found.faults.push(fault);
  const last = all.at(-1);
  const user = last === undefined ? undefined : userOf(last);
  if (last !== undefined && user !== undefined && isPlainUser(user))
    for (const fault of privilegedAdvice(last.exposed, user)) found.faults.push(fault);
  return all.map((stage) => ({
    ...(stage.name !== undefined && { name: stage.name }),
    ...(stage.image !== undefined && { image: stage.image }),
    exposed: chain(stage).flatMap(({ exposed }): readonly PortReference[] => exposed),
  }));
}

function userOf(stage: Stage): string | undefined {
  return chain(stage).find(({ user }) => user !== undefined)?.user;
}

/** Neither root, nor something that a variable says. */
function isPlainUser(user: string): boolean {
  return /^[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]+)?$/.test(user) && !/^(?:root|0+)(?::|$)/.test(user);
}

/** A stage and those that it builds on. */
function chain(stage: Stage): readonly Stage[] {
  const stages: Stage[] = [];
  let current: Stage | undefined = stage;
  while (current !== undefined && stages.length < longestChain) {
    stages.push(current);
    current = current.parent;
  }
  return stages;
}
