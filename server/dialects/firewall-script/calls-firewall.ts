const programs = ['iptables', 'ip6tables', 'nft', 'ufw', 'firewall-cmd', 'firewall-offline-cmd'] as const;

/** How much of a text is looked at: a script that sets up a firewall calls it before it is that long. */
const lookedAt = 256 * 1024;

/**
 * Tells whether a shell script calls a firewall's program: its name stands where a command can begin, or behind a path,
 * and an argument of that program follows. Comments do not count.
 */
export function callsFirewall(text: string): boolean {
  return text
    .slice(0, lookedAt)
    .split('\n')
    .some((line) => !/^\s*#/.test(line) && programs.some((program) => callsProgram(line, program)));
}

function callsProgram(line: string, program: (typeof programs)[number]): boolean {
  for (let at = line.indexOf(program); at >= 0; at = line.indexOf(program, at + program.length)) {
    const before = at === 0 ? ' ' : line.charAt(at - 1);
    const behind = line.slice(at + program.length, at + program.length + 40);
    // Behind `$(which iptables)` come its options.
    const options = behind.replace(/^[)`]/, '');
    if (/[\s/;&|(`"'=$]/.test(before) && isCall[program].test(options)) return true;
    // `IPT=/sbin/iptables`: the calls are written with the variable.
    if (
      before === '/' &&
      /^["']?\s*(?:$|[#;])/.test(behind) &&
      /^\s*(?:export\s+|readonly\s+)?\w+=/.test(line)
    )
      return true;
  }
  return false;
}

const table = /^["']?\s+(?:-[A-Za-z]|--[a-z]|"?\$)/;

/** What follows each program's name in a call, and hardly in prose. */
const isCall: Readonly<Record<(typeof programs)[number], RegExp>> = {
  iptables: table,
  ip6tables: table,
  nft: /^["']?\s+(?:-[a-z]|["']?(?:add|create|delete|flush|insert|replace|list)\s)/,
  ufw: /^["']?\s+(?:--(?:force|dry-run)|allow|deny|reject|limit|delete|insert|prepend|route|default|enable)\b/,
  'firewall-cmd': /^["']?\s+--[a-z]/,
  'firewall-offline-cmd': /^["']?\s+--[a-z]/,
};
