import { serviceTransports } from '../../server/syntax/services/services';
import { couldBeService } from '../../server/syntax/ufw/ufw-services';

/**
 * Inputs for ufw's own parser, made from its grammar (ufw(8), src/parser.py, src/common.py, src/applications.py), and
 * the differences between ufw and Portolan that are known, each with its reason.
 */

/** Items of a text, which semicolons and ends of lines separate. */
function listed(text: string): readonly string[] {
  return text.trim().split(/;\s|\n/);
}

/** Port texts with what can follow a slash; valid ones and such that people write by mistake. */
const portTexts = [
  ...['22 ', ' 22', '', '80, 443', '80 443', '22\t'],
  ...`
    22 1 65535 65536 70000 0 00 -1 +22 22.0 0x16 1e3 010 07 08 080 0022 00022 022 0 000 80:90 90:80 80:80 80: :80
    80:90:100 80-90 0:10 1:65535 1:65536 80::90 010:020 07:010 08:010 9:010 8:010 8:011 1:08 010:020,5 5,010 5,08
    010,0011 80,443 80,443,8080:8090 443,80 80,80 80, ,80 80,,443 80;443 80,79:81
    1,2,3,4,5,6,7,8,9,10,11,12,13,14,15 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16 1:2,3:4,5:6,7:8,9:10,11:12,13:14,15
    1:2,3:4,5:6,7:8,9:10,11:12,13:14,15:16 ssh http domain tftp https SSH Http amqp biff who x11-1 gds_db snmp-trap
    http,https http,443 http:https 80:http any all ANY x _x -x http- 22tcp tcp 22/ /22 / // 22//tcp é 2_2 1_0
  `
    .trim()
    .split(/\s+/),
];

const protocols = ['', '/tcp', '/udp', '/any', '/TCP', '/all', '/sctp', '/gre', '/tcp/udp', '/tcp,udp', '/'];

const simple = portTexts.flatMap((port) => protocols.map((protocol) => ['allow', `${port}${protocol}`]));

/** One port text in a clause, with and without a protocol, on either side. */
const clauses = portTexts.flatMap((port) => [
  ['allow', 'to', 'any', 'port', port],
  ['deny', 'proto', 'tcp', 'to', 'any', 'port', port],
  ['reject', 'from', 'any', 'port', port, 'proto', 'udp'],
]);

/** Two sides with ports at once. */
const bothSides = ['22', '80,443', '80:90', '010', 'ssh', 'tftp', 'domain', 'any'].flatMap((from) =>
  ['53', '1,2', 'http', 'tftp', 'domain', '08'].flatMap((to) => [
    ['allow', 'from', 'any', 'port', from, 'to', 'any', 'port', to],
    ['limit', 'proto', 'udp', 'from', '10.0.0.1', 'port', from, 'to', 'any', 'port', to],
  ]),
);

const addresses = [
  ...[''],
  ...`
    any ANY 0.0.0.0/0 ::/0 10.0.0.1 10.0.0.0/8 10.0.0.0/255.0.0.0 10.0.0.0/33 10.0.0.0/ 10.0.0 10.0.0.256 010.0.0.1
    10.0.0.1/32 10.0.0.1/0.0.0.255 10.0.0.1/255.255.255 1.2.3.4/8/8 2001:db8::1 2001:db8::/32 2001:db8::/129
    2001:DB8::1 ::1 :: ::: 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:: 1:2:3:4:5:6:7:8:: ::ffff:1.2.3.4 ::1.2.3.4 fe80::1%eth0
    [::1] localhost example.org 22 host/24
  `
    .trim()
    .split(/\s+/),
];

const ofAddresses = addresses.flatMap((address) => [
  ['allow', 'from', address],
  ['allow', 'from', address, 'to', 'any', 'port', '22'],
  ['deny', 'from', 'any', 'to', address, 'port', '22', 'proto', 'tcp'],
  ['allow', 'from', address, 'to', '10.0.0.1', 'port', '53'],
]);

const interfaces = [
  ...['', 'a b'],
  ...`
    eth0 wg0 br-1234567890ab abcdefghijklmno abcdefghijklmnop eth0:1 !eth0 . .. tun+ a/b eth0.5 veth@if2 lo
  `
    .trim()
    .split(/\s+/),
];

const ofInterfaces = interfaces.flatMap((name) => [
  ['allow', 'in', 'on', name],
  ['allow', 'in', 'on', name, 'to', 'any', 'port', '80'],
  ['deny', 'out', 'on', name, 'from', 'any', 'port', '80', 'proto', 'tcp'],
  ['route', 'allow', 'in', 'on', name, 'out', 'on', 'eth1', 'to', '10.0.0.2', 'port', '80', 'proto', 'tcp'],
  ['route', 'allow', 'in', 'on', 'eth1', 'out', 'on', name, 'from', 'any', 'port', '80'],
]);

/** What stands before and around a rule. */
const prefixes = [
  ...[
    [],
    ['delete'],
    ['insert', '1'],
    ['prepend'],
    ['rule'],
    ['--dry-run'],
    ['--force'],
    ['-f'],
    ['--dry-run', '--force'],
  ],
  ...[
    ['insert'],
    ['insert', '0'],
    ['insert', '-1'],
    ['insert', 'x'],
    ['insert', '1x'],
    ['insert', '-2'],
    ['DELETE'],
    ['Insert', '1'],
  ],
  ...[
    ['route'],
    ['route', 'delete'],
    ['route', 'insert', '1'],
    ['route', 'prepend'],
    ['ROUTE'],
    ['delete', 'insert', '1'],
  ],
  ...[
    ['insert', '1', 'delete'],
    ['--rootdir=/x'],
    ['--dry-run', 'rule'],
    ['rule', 'delete'],
    ['--force', 'delete'],
    ['route', 'rule'],
  ],
];

const bodies = [
  ...[
    ['allow', '22'],
    ['allow', '22/tcp'],
    ['limit', 'ssh'],
    ['deny', '80,443/tcp'],
    ['Allow', '22'],
    ['allows', '22'],
  ],
  ...[
    ['allow', 'from', '10.0.0.1'],
    ['reject', 'to', 'any', 'port', '25', 'proto', 'tcp'],
    ['allow'],
    ['drop', '22'],
    ['3'],
    [],
  ],
  ...[
    ['allow', 'in', '22'],
    ['allow', 'out', '22/udp'],
    ['allow', 'log', '22'],
    ['allow', 'out', 'on', 'eth0', 'to', 'any', 'port', '53'],
  ],
];

const prefixed = prefixes.flatMap((prefix) => bodies.map((body) => [...prefix, ...body]));

/** Directions, `log` and comments wherever somebody might put them. */
const options = listed(`
allow in; allow out; allow in on; allow in on eth0; allow IN 22; allow OUT 22; allow in in; allow out in
allow in 22; allow 22 in; allow in to any port 22; allow in from any to any port 22
allow IN on eth0 to any port 1; allow in ON eth0 to any port 22; allow on eth0 22; allow in eth0 22
allow to any in on eth0; allow 22 in on eth0; allow in on eth0 22; allow in on eth0 port 22
allow out on eth0 port 22/tcp; allow in on eth0 proto tcp; allow in on eth0 proto tcp to any port 22
allow in on eth0 out on eth1; allow in on eth0 out on eth1 to any port 22; allow log 22; allow log-all 22
allow LOG 22; allow 22 log; allow log; allow log log 22; allow log log-all 22; allow in log 22; allow log in 22
allow in on eth0 log to any port 22; allow in on eth0 log-all to any port 22/tcp
allow log in on eth0 to any port 22; allow in on eth0 log; allow from any log; allow log from any
allow LOG-ALL ssh; allow 22 comment x; allow comment x 22; allow 22 comment; allow comment; allow comment x
allow 22 comment x y; allow from any comment x to any port 22; allow 22 comment comment; allow 22 COMMENT x
allow 22/tcp comment x comment y; allow 22 comment it's; allow comment 22 comment
allow to any port 22 comment 80; allow from any comment port port 22
`).map((line) => line.split(' '));

/** Clauses that are missing, doubled, or in a strange order. */
const forms = listed(`
allow 22 80; allow 22 tcp; allow 22 proto tcp; allow proto tcp 22; allow port 22; allow port 22 proto tcp
allow proto tcp; allow to any; allow from any; allow to any port; allow to port 22; allow from port 22
allow to any port 22 port 80; allow from any port 22 port 80; allow to any port 22 port 80 port 443
allow to any to any; allow to any port http port 80; allow to any port 80 port http
allow to any port http port tftp; allow to any port 80:90 port 22; allow to any port 80:90 port 022 proto udp
allow proto tcp proto udp to any port 22; allow proto tcp to any port 22 proto tcp; allow port 22 to any
allow to any proto tcp port 22; allow to any from any port 22; allow from any to any port 22 from any
allow to any port 22 from 10.0.0.1; allow to any port 22 from 10.0.0.1 port 1024:65535; allow to any foo 22
allow foo bar to any; allow TO any port 22; allow to any PORT 22; allow to any port port; allow from to to any
allow to any port proto proto tcp; allow proto esp to any; allow proto esp to any port 22
allow proto gre from 10.0.0.1; allow proto igmp from 2001:db8::1; allow proto igmp to any
allow proto ipv6 to 2001:db8::1; allow proto ah from any port 22; allow proto vrrp to any
allow proto sctp to any port 22; allow proto TCP to any port 22; allow proto any to any port 22
allow proto any to any port 80:90; allow proto all to any; allow proto 6 to any; allow proto udp to any port ssh
allow proto tcp to any port domain; allow from any port ssh to any port tftp
allow from any port domain to any port tftp; allow proto tcp from any port tftp
allow from 10.0.0.1 to 2001:db8::1 port 22; allow from 2001:db8::1 to ::1 port 22
allow from any to ::/0 port 22; allow to any app Samba; allow to any app samba; allow from any app Samba
allow to any app Samba proto tcp; allow app Samba; allow to any app Samba app OpenSSH
allow to any port 22 app Samba; allow from any app Samba to any app Samba
allow from any app Samba to any port 22; allow from any app Samba to any port ssh; allow to any app port
allow to any app in; allow Samba; allow samba; allow OpenSSH; allow Nothing; allow 6000-6007; allow in Samba
delete allow Nothing; allow Samba/tcp; allow to any app; allow to any app nothing; allow to any app 22
allow 22 from any; allow any; allow all; allow any to any; allow from any to any; allow in from any
deny from 10.0.0.0/8 to any port 22 proto tcp comment x; allow 10.0.0.1; allow 10.0.0.0/8
allow a b c d e f g h i j k l m; allow from any port 1 to any port 2 proto tcp in on eth0; allow 22/tcp/udp
allow tcp/22; allow 22:tcp
`).map((line) => line.split(' '));

const routes = listed(`
allow; allow 22; allow in; allow in 22; allow out 22; allow in on eth0; allow out on eth0 in on eth1
allow in on eth0 out on eth1; allow in on eth0 out on eth1 to any port 80
allow in on eth0 to any port 80 out on eth1; allow from any to 10.0.0.2 port 80 proto tcp; allow to any in
allow to any app in; delete 3; delete allow 22; allow 22 delete; allow log 22; allow in on eth0 out on
allow in on out on eth1; reject in on eth0 out on eth1 log to any port 80; 3; insert 1 allow 22
allow proto tcp from any to 172.17.0.2 port 80,443; deny 22/udp comment x; limit ssh
allow out on eth0 from any to any port 53
`).map((line) => ['route', ...line.split(' ')]);

/** Commands that are no rules. */
const others = listed(`
enable; disable; reload; reset; help; --help; -h; version; --version; enable now; --force enable; enable --force
status; status verbose; status numbered; status all; verbose; numbered; STATUS; Status Verbose; status verbose x
default deny; default deny incoming; default allow outgoing; default deny routed; default reject input
default deny foo; default drop; default; default DENY INCOMING; default limit; default deny forward
default allow output; default incoming deny; logging; logging on; logging off; logging low; logging FULL
logging max; logging medium extra; on; off; on off; show; show raw; show added; show listening; show foo; raw
raw raw; show RAW; show user-rules; app; app list; app list all; app info Samba; app info; app update Samba
app update --add-new Samba; app update --add-new; app default; app default skip; app default foo
app DEFAULT allow; APP list; list; info; update; app foo; --force app list; delete; delete 3; delete x
delete 3 4; delete 1_0; delete +3; delete -3; insert; prepend; allow; deny; limit; route; --dry-run; --force
--dry-run enable; --dry-run --force reset; foo; foo bar; rule; rule foo; route foo; --force reset; --force allow
--force allow allow; --force deny 22; --force limit 22; --force deny deny incoming; --force rule allow 22
-f delete 3
`).map((line) => line.split(' '));

/** Words of all kinds in any order, and rules in which one word is out of place: the same ones in every run. */
const vocabulary = [
  ...[
    'allow',
    'deny',
    'reject',
    'limit',
    'delete',
    'insert',
    'prepend',
    'route',
    'rule',
    'in',
    'out',
    'on',
    'log',
    'log-all',
    'comment',
  ],
  ...[
    'from',
    'to',
    'any',
    'port',
    'proto',
    'app',
    'tcp',
    'udp',
    'gre',
    '22',
    '80,443',
    '80:90',
    '010',
    'ssh',
    'domain',
    'tftp',
    '22/tcp',
  ],
  ...[
    '10.0.0.1',
    '2001:db8::1',
    'eth0',
    'Samba',
    'x',
    '1',
    '',
    'IN',
    'To',
    '--force',
    '--dry-run',
    'status',
    'default',
    '99999',
  ],
];

const models = [
  'allow 22/tcp comment x',
  'allow in on eth0 from 10.0.0.1 port 53 to any port 22 proto tcp',
  'insert 1 deny log from any to any port 80,443 proto tcp',
  'route allow in on eth0 out on eth1 to 10.0.0.2 port 80 proto tcp',
  'delete limit out proto udp from any port 80:90 to any port domain',
  'allow from any app Samba to any port ssh',
].map((line) => line.split(' '));

function* randomCommands(count: number): Iterable<readonly string[]> {
  let state = 20_261_120;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const word = (): string => vocabulary[random(vocabulary.length)] ?? '';
  for (let index = 0; index < count; index += 1) {
    if (index % 4 === 0) {
      yield ['allow', ...Array.from({ length: random(7) }, word)];
      continue;
    }
    const words = [...(models[random(models.length)] ?? [])];
    for (let edit = random(3); edit >= 0; edit -= 1) {
      const place = random(words.length + 1);
      const kind = random(3);
      words.splice(place, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [word()]));
    }
    yield words;
  }
}

/** Command lines: the words behind `ufw`. */
export const commands: readonly (readonly string[])[] = [
  ...[...simple, ...clauses, ...bothSides, ...ofAddresses, ...ofInterfaces],
  ...[
    ...prefixed,
    ...options,
    ...forms,
    ...routes,
    ...others,
    ...randomCommands(Number(process.env.RANDOM_COMMANDS ?? 2000)),
  ],
];

const fields = 'title=A title\ndescription=Some words\n';

const portValues = [
  ...portTexts.flatMap((port) => [port, `${port}/tcp`, `${port}/udp`]),
  ...[
    '80/tcp|443/tcp',
    '80/tcp|53',
    '80|53|110',
    '80/tcp |53',
    '80/tcp| 53',
    '80/tcp|',
    '|80/tcp',
    '80/tcp||53',
    '|',
    '80/tcp, 53',
  ],
  ...[
    '137,138/udp|139,445/tcp',
    '80/TCP',
    '80/any',
    '80/gre',
    '80/sctp',
    '80/',
    'any/tcp',
    '6881:6891/tcp|6881/udp',
    '80/tcp/udp',
  ],
  ...[
    '80/tcp|\n 443/tcp',
    '80/tcp\n |443/tcp',
    '80\n |443/tcp',
    '\n 80/tcp',
    '80/tcp\n\n 443',
    '80/tcp\n # no\n',
    '80/tcp # no',
    '80/tcp ; no',
  ],
];

const names = [
  ...[
    'Samba',
    'Nginx Full',
    'a',
    '3com',
    '80',
    '080',
    '1_0',
    'all',
    'ALL',
    'ssh',
    'SSH',
    'http',
    'domain',
    'My App (2)',
    'app/one',
    'a_b-c.d+e',
    '-a',
    ' a',
    'a ',
  ],
  ...['é', 'x'.repeat(64), 'x'.repeat(65), 'DEFAULT', 'a]b', '[a]', '.a', '_a', '+a', ''],
];

/** Files of /etc/ufw/applications.d. */
export const profiles: readonly string[] = [
  ...portValues.map((ports) => `[App]\n${fields}ports=${ports}\n`),
  ...names.map((name) => `[${name}]\n${fields}ports=80/tcp\n`),
  ...[
    '',
    '\n\n# nothing\n',
    'title=A\n',
    `${fields}[App]\n${fields}ports=80\n`,
    '[App]\n',
    '[App]\ntitle=A\nports=80\n',
    '[App]\ndescription=A\nports=80\n',
    '[App]\ntitle=\ndescription=A\nports=80\n',
    '[App]\ntitle=A\ndescription=\nports=80\n',
    `[App]\n${fields}ports=\n`,
    `[App]\n${fields}`,
    `[App]\nTitle: A\nDESCRIPTION : B\nPorts : 80/tcp\n`,
    `[App]\n${fields}port=80\n`,
    `[App]\n${fields}ports=80\nports=81\n`,
    `[App]\n${fields}ports=80\n[App]\n${fields}ports=81\n`,
    `[App]\n${fields}ports=80\n[Two]\n${fields}ports=81,82\n[Three]\n${fields}ports=83\n`,
    `[App]\n${fields}ports=80\nnonsense\n[Two]\n${fields}ports=81\n`,
    `[App]\n${fields}ports=80\n=x\n`,
    `[App] \\\n${fields}ports=80\n`,
    `[App\n${fields}ports=80\n`,
    `[]\n${fields}ports=80\n`,
    `App]\n${fields}ports=80\n`,
    `  [App]\n  title=A\n  description=B\n  ports=80\n`,
    `[App]\n  title=A\n  description=B\n  ports=80\n`,
    `[App]\ntitle=A\n description=B\nports=80\n`,
    `[App]\ntitle=A\ndescription=B\n  more words\n\n  and more\nports=80\n`,
    `[DEFAULT]\n${fields}[App]\nports=80\n[Two]\nports=81/tcp\n`,
    `[DEFAULT]\n${fields}ports=80\n[App]\n`,
    `[App]\r\ntitle=A\r\ndescription=B\r\nports=80/tcp\r\n`,
    `\uFEFF[App]\n${fields}ports=80\n`,
    `[App]\ntitle=${'x'.repeat(1024)}\ndescription=B\nports=80\n`,
    `[App]\ntitle=${'x'.repeat(1025)}\ndescription=B\nports=80\n`,
    `[App]\n${fields}ports=80\n${'k'.repeat(65)}=v\n`,
    `[App]\n${fields}ports=80\n${'k'.repeat(64)}=v\n`,
    `# comment\n; comment\n[App]\n${fields}# comment\nports=80/tcp\n`,
    `[App]\n${fields}ports=80/tcp`,
    `[App]\n${fields}ports = 80/tcp\t\n`,
    `[App]\n${fields}ports==80\n`,
    `[App]\n${fields}ports:80=81\n`,
  ],
];

const tupleFields = (port: string, protocol = 'tcp'): string =>
  `allow ${protocol} ${port} 0.0.0.0/0 any 0.0.0.0/0 in`;

/** Lines of user.rules. */
export const tuples: readonly string[] = [
  ...portTexts.filter((port) => /^\S+$/.test(port)).map((port) => tupleFields(port)),
  ...['udp', 'any', 'TCP', 'all', 'sctp', 'esp'].map((protocol) => tupleFields('22', protocol)),
  ...[
    'in',
    'out',
    'in_eth0',
    'out_eth0',
    'in_eth0!out_eth1',
    'out_eth0!in_eth1',
    'in_',
    'x',
    'x_eth0',
    'in_eth0_1',
    'both',
    'in_a:b',
  ].map((direction) => `allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 ${direction}`),
  ...[
    'allow',
    'deny',
    'reject',
    'limit',
    'drop',
    'ALLOW',
    'allow_log',
    'allow_log-all',
    'allow_x',
    'route:allow',
    'route:deny_log',
    'x:allow',
  ].map((action) => `${action} tcp 22 0.0.0.0/0 any 10.0.0.0/8 in`),
  ...['any', '0.0.0.0/0', '::/0', '10.0.0.1', '2001:db8::1', 'x', '10.0.0.0/33', 'ANY'].flatMap((address) => [
    `allow tcp 22 ${address} any 0.0.0.0/0 in`,
    `allow tcp 22 0.0.0.0/0 any ${address} in`,
  ]),
  ...[
    'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0',
    'allow tcp 22 0.0.0.0/0 any',
    'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in extra more words',
    'allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 Nginx%20Full - in',
    'allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 Nginx%20Full -',
    'allow tcp any 0.0.0.0/0 53 0.0.0.0/0 - DNS out',
    'allow udp 53 0.0.0.0/0 1024:65535 10.0.0.0/8 in',
    'allow tcp 80:90 0.0.0.0/0 010 0.0.0.0/0 in',
    'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in comment=776562',
    'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in comment=7',
    'deny any 23 0.0.0.0/0 any 0.0.0.0/0 in',
  ],
].map((text) => `### tuple ### ${text}`);

/** What ufw says that depends on the machine's profiles and rules, and so is never at fault. */
export const ofTheMachine: readonly RegExp[] = [
  /^Could not find a profile matching/,
  /^Invalid position '/,
  /^Found multiple matches for/,
];

/** A difference that is known: which inputs it is about, what ufw does, and why Portolan does not follow. */
export interface Difference {
  readonly fits: (input: string, words: string) => boolean;
  readonly reason: string;
}

export const differences: readonly Difference[] = [
  {
    fits: (input, words) =>
      /^Bad port|^Could not find protocol|^Invalid ports|malformed tuple: /.test(words) &&
      input.split(/[\s/=]+/).some((word) => couldBeService(word) && serviceTransports(word).length === 0),
    reason: 'a name that /etc/services of this machine lacks can be a service of another one',
  },
  {
    fits: (input) => /^allow \d+-\d+$/.test(input),
    reason: 'a range with a dash is a name of a profile to ufw, and nobody has one of digits alone',
  },
  {
    fits: (input) => /^(?:--rootdir=\/x)?$/.test(input),
    reason: 'a command without words has no place for a fault',
  },
];
