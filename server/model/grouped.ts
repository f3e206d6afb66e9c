/** Lists things under each of their keys, in the order in which they were given. */
export function listedBy<Key, T>(
  items: Iterable<T>,
  keysOf: (item: T) => Iterable<Key>,
): ReadonlyMap<Key, readonly T[]> {
  const lists = new Map<Key, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [item]);
      else list.push(item);
    }
  }
  return lists;
}

/** Sorts things into groups of one key each; groups and members stand in the order in which they were given. */
export function grouped<T, Key>(items: Iterable<T>, keyOf: (item: T) => Key): ReadonlyMap<Key, readonly T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
