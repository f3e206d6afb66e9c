/** Tells whether a version (`1.24.0`) is older than another one; undefined where it is not told or cannot be read. */
export function isOlder(
  version: string | undefined,
  than: readonly [number, number, number],
): boolean | undefined {
  const found = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?/.exec(version ?? '');
  if (found === null) return undefined;
  const own = found.slice(1).map((part) => Number(part ?? 0));
  for (const [index, part] of than.entries()) {
    const mine = own[index] ?? 0;
    if (mine !== part) return mine < part;
  }
  return false;
}

/** From this version on several servers of stream can listen on one address and port. */
export const virtualStreamServers = [1, 25, 5] as const;
