/** How much of a text is looked at: a ruleset says what it is in its first lines, or never. */
const lookedAt = 64 * 1024;

const tableLine =
  /^[ \t]*(?:add[ \t]+|create[ \t]+)?table[ \t]+(?:(?:ip|ip6|inet|arp|bridge|netdev)[ \t]+)?[A-Za-z_][\w.-]*[ \t]*\{/m;
const chainLine = /^[ \t{]*chain[ \t]+[A-Za-z_][\w.-]*[ \t]*\{/m;

/**
 * Tells whether a text is a ruleset of nftables: its first line calls `nft -f`, or it has a table with chains in it.
 * Other files have tables as well (`[table]`, `table {`), and some have chains, but none has both in these words.
 */
export function looksLikeNftables(text: string): boolean {
  const start = text.slice(0, lookedAt);
  if (/^\uFEFF?#![^\n]*\bnft[ \t]+(?:-[a-zA-Z]+[ \t]+)*-[a-zA-Z]*f/.test(start)) return true;
  // Another program's script may hold a ruleset, and is none.
  if (start.startsWith('#!')) return false;
  return tableLine.test(start) && (chainLine.test(start) || /[{;][ \t]*chain[ \t]+[A-Za-z_]/.test(start));
}
