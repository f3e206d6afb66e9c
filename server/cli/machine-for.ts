import { automaticPorts, machineNow, systemOf } from '../engine';
import type { Machine } from '../model/chart';
import type { Arguments } from './arguments';
import type { Session } from './session';

/** This machine, with its sockets unless the call declines that. */
export async function machineFor(parsed: Pick<Arguments, 'flag'>, session: Session): Promise<Machine> {
  const census = parsed.flag('no-probe') ? undefined : await session.lookAtMachine();
  const { platform } = session;
  return machineNow({ system: systemOf(platform), ephemeral: automaticPorts(platform) }, census);
}
