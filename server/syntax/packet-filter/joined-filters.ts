import type { PacketFilter } from '../../model/packet-filter';

/** The filters of one text that different programs have; undefined when there is none. */
export function joinedFilters(filters: readonly (PacketFilter | undefined)[]): PacketFilter | undefined {
  const some = filters.filter((each) => each !== undefined);
  const [first, second] = some;
  if (second === undefined) return first;
  return { chains: some.flatMap(({ chains }) => chains), rules: some.flatMap(({ rules }) => rules) };
}
