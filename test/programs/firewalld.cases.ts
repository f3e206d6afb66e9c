import { commandCase, type FileCase, type FirewalldCase, placeholders, policy, zone } from './firewalld-case';
import { commandCases, richCases } from './firewalld-commands.cases';
import { fileCases } from './firewalld-files.cases';
import { xmlCases } from './firewalld-xml.cases';

/** Everything that is compared. */
export function firewalldCases(): readonly FirewalldCase[] {
  return [...portCases(), ...xmlCases(), ...fileCases(), ...richCases(), ...commandCases(), ...newerCases()];
}

const numbers = (
  '80|0|1|65535|0-65535|1-65535|80-90|80-80|90-80|65535-1|0-0|1024-|0-|65535-|010|0080-0090|000|+80|+80-90|8_0|1_0-2_0|' +
  ' 80| 80 |80 - 90| 80-90 |-0|80-+90|0-1'
).split('|');

const names =
  'ssh|http|domain|ftp-data|ssh-http|http-ssh|ssh-80|80-ssh|ftp-data-http|80-ftp-data|ftp-data-|http-| ssh '.split(
    '|',
  );

const wrong = (
  '|80:90|80,443|-1|65536|70000|99999999999999999999|80-70000|70000-80|70000-|80-90-100|1024--|--|-|0x50|80tcp|80/tcp|a b|' +
  '80 443|-80-90|-http|80.90|80;443|1__0|_80|80_|80–90|80=90|&#49;|80:http|80-0x50|!80|~80|80\\'
).split('|');

const unknownNames = 'HTTP|Ssh|foo|foo-bar|ssh-foo|foo-80|1st|8e1|web.example'.split('|');

const unlisted = 'a name that Debian does not have can be one elsewhere: nothing is said of it';

/** Every port text in every place that takes one. */
function portCases(): readonly FirewalldCase[] {
  const escaped = (text: string): string => text.replace(/&(?!#)/g, '&amp;').replace(/</g, '&lt;');
  const texts = [
    ...[...numbers, ...names, ...wrong].map((text) => ({ text })),
    ...unknownNames.map((text) => ({ text, differs: unlisted })),
    ...['$PORT', '{80}', '80%', '@80'].map((text) => ({ text, differs: placeholders })),
  ];
  const files = texts.flatMap(({ text, ...known }) =>
    places.map((place) => ({ ...place(escaped(text)), ...known })),
  );
  const commands = texts.flatMap(({ text, ...known }) =>
    commandPlaces.map((place) => ({ ...commandCase(place(text.replace('&#49;', '1'))), ...known })),
  );
  return [...files, ...commands];
}

type Place = (port: string) => FileCase;

const places: readonly Place[] = [
  (port) => zone(`<port port="${port}" protocol="tcp"/>`),
  (port) => zone(`<port protocol='dccp' port='${port}' />`),
  (port) => zone(`<source-port port="${port}" protocol="udp"/>`),
  (port) => zone(`<forward-port port="${port}" protocol="sctp" to-port="8080"/>`),
  (port) => zone(`<rule><port port="${port}" protocol="tcp"/><accept/></rule>`),
  (port) => zone(`<rule family="ipv6"><source-port port="${port}" protocol="udp"/><drop/></rule>`),
  (port) =>
    zone(
      `<rule family="ipv4"><forward-port port="80" protocol="tcp" to-port="${port}" to-addr="10.0.0.1"/></rule>`,
    ),
  (port) => policy(`<port port="${port}" protocol="udp"/>`),
  (port) => ({
    kind: 'service',
    text: `<service>\n  <source-port port="${port}" protocol="tcp"/>\n</service>`,
  }),
  (port) => ({ kind: 'service', text: `<service>\n  <port port="${port}" protocol="tcp"/>\n</service>` }),
  (port) => ({
    kind: 'helper',
    text: `<helper module="nf_conntrack_x"><port port="${port}" protocol="udp"/></helper>`,
  }),
  (port) => ({ kind: 'ipset', text: `<ipset type="hash:ip,port"><entry>10.0.0.1,${port}</entry></ipset>` }),
  (port) => ({
    kind: 'ipset',
    text: `<ipset type="hash:net,port,net"><entry>10.0.0.0/8,udp:${port},10.1.0.0/16</entry></ipset>`,
  }),
];

const commandPlaces: readonly ((port: string) => readonly string[])[] = [
  (port) => [`--add-port=${port}/tcp`],
  (port) => ['--permanent', '--zone=public', `--add-source-port=${port}/udp`],
  (port) => [`--add-forward-port=port=${port}:proto=tcp:toport=8080`],
  (port) => [`--add-forward-port=port=80:proto=udp:toport=${port}:toaddr=10.0.0.1`],
  (port) => [`--add-rich-rule=rule port port="${port}" protocol="tcp" accept`],
];

/** What another version than Debian 12's takes, or did not take yet. */
function newerCases(): readonly FirewalldCase[] {
  const newer = 'firewalld 2 takes it';
  const port = '<port port="80" protocol="tcp"/>';
  return [
    { kind: 'zone', text: `<zone ingress-priority="1" egress-priority="-1">${port}</zone>`, differs: newer },
    { ...policy(`<disable/>${port}`), differs: newer },
    { ...zone(`<rule>${port}<accept><limit value="1/m" burst="5"/></accept></rule>`), differs: newer },
    { ...zone(`<rule family="">${port}<accept/></rule>`), differs: newer },
    { ...zone(`<rule>${port}<log prefix=""/><accept/></rule>`), differs: newer },
    { ...zone(`<rule>${port}<log level=""/><accept/></rule>`), differs: newer },
    {
      ...commandCase(['--add-rich-rule', 'rule port port=80 protocol=tcp accept limit value=1/m burst=5']),
      differs: newer,
    },
    { ...commandCase(['--permanent', '--policy=p', '--add-disable']), differs: newer },
    {
      kind: 'policy',
      text: `<policy target="DROP" priority="0">${port}</policy>`,
      differs: 'firewalld 2 refuses it',
    },
    {
      ...policy('<egress-zone name="HOST"/><forward-port port="80" protocol="tcp" to-addr="10.0.0.1"/>'),
      differs: newer,
    },
  ];
}
