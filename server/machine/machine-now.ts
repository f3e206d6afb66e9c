import type { Machine } from '../model/chart';
import type { ListenerCensus } from '../model/listener';

/**
 * The machine at this moment.
 *
 * @param census What was seen of its sockets; undefined where nobody may look or has looked yet.
 */
export function machineNow(
  {
    system,
    ephemeral,
  }: { readonly system: Machine['system']; readonly ephemeral?: Machine['ephemeral'] | undefined },
  census: ListenerCensus | undefined,
): Machine {
  return { system, now: Date.now(), ...(census && { census }), ...(ephemeral && { ephemeral }) };
}
