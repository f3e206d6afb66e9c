/** How much of a text is looked at. */
const longest = 200_000;

/**
 * Tells pf.conf from the files of other programs. ipf.conf has nearly the same rules, npf.conf some of the same words;
 * so a rule has to be there, and beside it something that pf alone has: a list in braces, a macro, a table, `set skip
 * on`, `rdr-to` …, or a port without an operator, which ipf refuses.
 */
export function looksLikePf(text: string): boolean {
  let rules = 0;
  let signs = 0;
  for (const line of text.slice(0, longest).split('\n')) {
    if (line.length > 2000) continue;
    if (others.test(line)) return false;
    const isRule = ruleLine.test(line);
    if (isRule) rules += 1;
    if (own.test(line) || (isRule && ownInRule.test(line))) signs += 1;
  }
  return rules > 0 && signs > 0;
}

/** A section of an INI file, a line of PHP or a brace language, and what ipf and npf have. */
const others =
  /^[ \t]*(?:\[|<\?|<[A-Za-z/!]|[{}][ \t]*;|group[ \t]+["(]|map[ \t]+\S+[ \t]+(?:static|dynamic)|procedure[ \t]|alg[ \t]+"|\w+=[^;]*;)|;[ \t]*$|^[ \t]*(?:pass|block)\b.*\b(?:head|group)[ \t]+\d|^[ \t]*(?:pass|block)\b.*\bwith[ \t]+(?:short|ipopts?|frags?|not)\b|^[ \t]*(?:pass|block)\b.*\bfinal\b/;

const direction = '(?:in|out|log|quick|on|inet6?|proto|from|to|all)\\b';

const ruleLine = new RegExp(
  [
    `^[ \\t]*(?:pass|match)[ \\t]+${direction}`,
    `^[ \\t]*block(?:[ \\t]+(?:drop|return(?:-rst|-icmp6?)?(?:[ \\t]*\\([^)]*\\))?))?[ \\t]+${direction}`,
    `^[ \\t]*block(?:[ \\t]+(?:drop|return))?[ \\t]*(?:#|$)`,
    `^[ \\t]*(?:no[ \\t]+)?(?:rdr|nat|binat)(?:[ \\t]+pass)?(?:[ \\t]+log)?[ \\t]+(?:on|inet6?|proto|from)\\b`,
    `^[ \\t]*(?:(?:nat|rdr|binat|scrub|dummynet)-)?anchor[ \\t]+["\\w*]`,
  ].join('|'),
);

/** Lines that only pf has. */
const own = new RegExp(
  [
    `^[ \\t]*set[ \\t]+(?:skip[ \\t]+on|block-policy|state-policy|loginterface|optimization|ruleset-optimization|fingerprints|reassemble|state-defaults|limit[ \\t]+[{a-z]|timeout[ \\t]+[{a-z])`,
    `^[ \\t]*scrub[ \\t]+(?:in|out|on|all)\\b`,
    `^[ \\t]*antispoof[ \\t]+(?:log[ \\t]+|quick[ \\t]+)*for\\b`,
    `^[ \\t]*table[ \\t]*<[\\w.-]+>`,
    `^[ \\t]*(?:(?:nat|rdr|binat|scrub|dummynet)-)?anchor[ \\t]+"`,
    `^[ \\t]*load[ \\t]+anchor[ \\t]`,
    `^[ \\t]*(?:no[ \\t]+)?(?:rdr|nat|binat)(?:[ \\t]+pass)?(?:[ \\t]+log)?[ \\t]+(?:on|inet6?|proto)\\b.*(?:->|\\\\[ \\t]*$)`,
  ].join('|'),
);

/** Parts of a rule that only pf has. */
const ownInRule =
  /(?:rdr|nat|binat|af|divert)-to\b|\bport[ \t]*(?:=[ \t]*)?(?:\{|\$|[a-z0-9])|(?:proto|from|to|on)[ \t]*\{|(?:from|to)[ \t]*!?[ \t]*[<$(]|[ \t]\$[A-Za-z_]|\bmodulate state\b|\bkeep state[ \t]*\(|\bblock[ \t]+(?:drop|return)\b|\bon[ \t]+egress\b/;
