/** A rule set for real packets: the rules of INPUT, one a line. */
export interface PacketCase {
  readonly rules: readonly string[];
  /** The rules that no packet gets to, by their place; absent where chance made the rules. */
  readonly dead?: readonly number[];
}

/** Rule sets in which it is known of each rule whether a packet gets to it. */
const written: readonly PacketCase[] = [
  { rules: ['-p tcp --dport 22 -j ACCEPT', '-p tcp --dport 22 -j DROP'], dead: [1] },
  { rules: ['-p tcp --dport 22 -j ACCEPT', '-p udp --dport 22 -j DROP'], dead: [] },
  { rules: ['-p tcp --dport 20:23 -j DROP', '-p tcp --dport 21 -j ACCEPT', '-p tcp -j ACCEPT'], dead: [1] },
  { rules: ['-p tcp --dport 20:22 -j DROP', '-p tcp --dport 21:23 -j ACCEPT'], dead: [] },
  { rules: ['-p tcp -m multiport --dports 80,443 -j ACCEPT', '-p tcp --dport 443 -j ACCEPT'], dead: [1] },
  { rules: ['-p tcp -m multiport --dports 20:22,23 -j ACCEPT', '-p tcp --dport 20:23 -j DROP'], dead: [1] },
  { rules: ['-p tcp -m multiport ! --dports 80,443 -j ACCEPT', '-p tcp --dport 22 -j DROP'], dead: [1] },
  { rules: ['-p tcp ! --dport 80 -j ACCEPT', '-p tcp --dport 80 -j DROP'], dead: [] },
  { rules: ['-p udp --sport 5000 -j DROP', '-p udp --sport 5000 --dport 22 -j DROP'], dead: [1] },
  { rules: ['-p udp --sport 5000 -j DROP', '-p udp --dport 22 -j DROP'], dead: [] },
  { rules: ['-s 127.0.0.0/24 -j DROP', '-s 127.0.0.2 -p udp --dport 22 -j ACCEPT', '-j ACCEPT'], dead: [1] },
  { rules: ['-s 127.0.0.2 -j DROP', '-s 127.0.0.0/24 -j ACCEPT'], dead: [] },
  {
    rules: ['! -s 127.0.0.0/24 -j DROP', '-s 127.1.0.1 -p tcp -j ACCEPT', '-s 127.0.0.1 -j ACCEPT'],
    dead: [1],
  },
  { rules: ['-d 127.0.0.3,127.0.0.1 -p udp -j DROP', '-d 127.0.0.3 -p udp -j ACCEPT', '-j DROP'], dead: [1] },
  { rules: ['-i lo -j ACCEPT', '-i lo -p tcp --dport 22 -j DROP'], dead: [1] },
  { rules: ['-i lo+ -j ACCEPT', '-i lo -p tcp -j DROP'], dead: [1] },
  { rules: ['-p tcp -j LOG', '-p tcp -j ACCEPT', '-p tcp --dport 22 -j DROP', '-p tcp'], dead: [2, 3] },
  { rules: ['-p tcp', '-p tcp --dport 22 -j DROP'], dead: [] },
  {
    rules: ['-p tcp -m limit --limit 1/hour --limit-burst 1 -j ACCEPT', '-p tcp --dport 22 -j DROP'],
    dead: [],
  },
  { rules: ['-j RETURN', '-p tcp -j DROP'], dead: [1] },
  {
    rules: ['-p tcp -j REJECT --reject-with tcp-reset', '-p tcp --dport 80 -j ACCEPT', '-j DROP'],
    dead: [1],
  },
  {
    rules: [
      '-m state --state NEW,ESTABLISHED,RELATED -j ACCEPT',
      '-p udp -m conntrack --ctstate NEW -j DROP',
    ],
    dead: [1],
  },
  {
    rules: ['-p tcp -m state --state ESTABLISHED -j ACCEPT', '-p tcp -m state --state NEW -j ACCEPT'],
    dead: [],
  },
  {
    rules: ['-p tcp -m iprange --src-range 127.0.0.1-127.0.0.9 -j DROP', '-s 127.0.0.2 -p tcp -j DROP'],
    dead: [1],
  },
  { rules: ['-p tcp --syn -j DROP', '-p tcp --syn --dport 22 -j ACCEPT', '-p udp -j DROP'], dead: [1] },
  { rules: ['-p 6 --dport 026 -j ACCEPT', '-p tcp --dport ssh -j DROP'], dead: [1] },
  { rules: ['-s 127.0.0.77/24 -p udp -j DROP', '-s 127.0.0.0/255.255.255.0 -p udp -j ACCEPT'], dead: [1] },
];

/** Rule sets of chance, and of a small world, so that much of them meets. */
function madeUp(count: number): readonly PacketCase[] {
  const chance = chances(20_260_101);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)] as T;
  const protocols = ['-p tcp', '-p tcp', '-p udp', '-p udp', ''];
  const plain = [
    '',
    '',
    '--dport 22',
    '--dport 20:23',
    '--dport 21',
    '! --dport 22',
    '--dport 80:',
    '--dport :443',
  ];
  const lists = ['--dports 20,21', '--dports 22,80:443', '! --dports 20:22,443', '--dports 20:80'];
  const sources = ['', '', '-s 127.0.0.1', '-s 127.0.0.0/24', '! -s 127.0.0.2', '-s 127.0.0.0/8'];
  const destinations = ['', '', '', '-d 127.0.0.3', '-d 127.0.0.0/30', '! -d 127.0.0.1'];
  const interfaces = ['', '', '', '', '-i lo', '-i l+', '! -i eth0', '-i eth0'];
  const states = [
    '',
    '',
    '',
    '',
    '-m state --state NEW',
    '-m conntrack --ctstate NEW,ESTABLISHED',
    '-m state ! --state NEW',
  ];
  const targets = ['-j ACCEPT', '-j ACCEPT', '-j DROP', '-j REJECT', '-j RETURN', '-j LOG', ''];
  const rule = (): string => {
    const protocol = pick(protocols);
    const isList = protocol !== '' && chance() < 0.3;
    const ports = protocol === '' ? '' : isList ? `-m multiport ${pick(lists)}` : pick(plain);
    const sourcePorts =
      protocol !== '' && !isList && chance() < 0.2 ? pick(['--sport 5000', '--sport 5000:6000']) : '';
    const parts = [
      pick(interfaces),
      pick(sources),
      pick(destinations),
      protocol,
      ports,
      sourcePorts,
      pick(states),
    ];
    return [...parts, pick(targets)].filter((part) => part !== '').join(' ');
  };
  return Array.from({ length: count }, () => ({ rules: Array.from({ length: 12 }, rule) }));
}

/** The same numbers from 0 to 1 every time. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const packetCases: readonly PacketCase[] = [...written, ...madeUp(150)];

/** The text of iptables-save in which each rule has its place for a comment. */
export function saveText({ rules }: PacketCase): string {
  const lines = rules.map((rule, index) => `-A INPUT -m comment --comment r${index} ${rule}`);
  return ['*filter', ':INPUT ACCEPT [0:0]', ...lines, 'COMMIT', ''].join('\n');
}
