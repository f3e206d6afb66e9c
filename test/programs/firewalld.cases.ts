/** One text that firewalld and Portolan both judge: a file, or the words of a command. */
export type FirewalldCase = FileCase | CommandCase;

export interface FileCase {
  readonly kind: 'zone' | 'policy' | 'service' | 'helper' | 'ipset' | 'direct';
  readonly text: string;
  /** Why the two are allowed to differ. */
  readonly differs?: string;
}

export interface CommandCase {
  readonly kind: 'command';
  readonly program: 'firewall-cmd' | 'firewall-offline-cmd';
  readonly words: readonly string[];
  readonly differs?: string;
}

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
const placeholders = 'signs of a template or a shell: what they will be is not known';

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

function zone(inner: string): FileCase {
  return {
    kind: 'zone',
    text: `<?xml version="1.0" encoding="utf-8"?>\n<zone>\n  <short>x</short>\n  ${inner}\n</zone>\n`,
  };
}

function policy(inner: string): FileCase {
  return { kind: 'policy', text: `<policy target="CONTINUE">\n${inner}\n</policy>\n` };
}

function commandCase(words: readonly string[]): CommandCase {
  return { kind: 'command', program: 'firewall-cmd', words };
}

/** Texts that are XML or not; an XML parser stops at the same ones. */
function xmlCases(): readonly FirewalldCase[] {
  const port = '<port port="80" protocol="tcp"/>';
  const encodings = 'the encoding is the business of whoever decodes the text';
  return [
    ...[
      '',
      ' ',
      '\n',
      'text',
      '<zone>',
      '<zone/>',
      '<zone></zone>',
      `<zone>${port}</zone>`,
      `<zone>${port}</zone`,
      `<zone>${port}</zone >`,
      `<zone>${port}</Zone>`,
      `<zone>${port}</zone> text`,
      `<zone>${port}</zone><zone/>`,
      `<zone>${port}</zone><!-- end -->\n`,
      `<zone>${port}</zone><?end?>`,
      `<zone>${port}</port></zone>`,
      `<zone><rule>${port}<accept></rule></zone>`,
      `<zone><rule>${port}<accept></accept></rule></zone>`,
      ` <?xml version="1.0"?><zone>${port}</zone>`,
      `\uFEFF<?xml version="1.0"?><zone>${port}</zone>`,
      `<?xml version='1.0'?><zone>${port}</zone>`,
      `<?xml version="1.0" standalone="yes"?><zone>${port}</zone>`,
      `<?xml encoding="utf-8"?><zone>${port}</zone>`,
      `<?xml version=1.0?><zone>${port}</zone>`,
      `<?xml version="1.0"><zone>${port}</zone>`,
      `<!DOCTYPE zone><zone>${port}</zone>`,
      `<!DOCTYPE zone [<!ENTITY p "80">]><zone><short>&p;</short></zone>`,
      `<zone><!-- <port port="70000" protocol="x"/> -->${port}</zone>`,
      `<zone><!-- a -- b -->${port}</zone>`,
      `<zone><!-- a --->${port}</zone>`,
      `<zone><!-- ${port}</zone>`,
      `<zone><short><![CDATA[<port port="x"/>]]></short>${port}</zone>`,
      `<zone><short><![CDATA[x</short>${port}</zone>`,
      `<zone><short>a ]]> b</short>${port}</zone>`,
      `<zone><short>a & b</short>${port}</zone>`,
      `<zone><short>a &amp; b &lt; &gt; &quot; &apos; &#65; &#x41;</short>${port}</zone>`,
      `<zone><short>&nbsp;</short>${port}</zone>`,
      `<zone><short>&#0;</short>${port}</zone>`,
      `<zone><short>&#xD800;</short>${port}</zone>`,
      `<zone><short>a < b</short>${port}</zone>`,
      `<zone><short>a > b</short>${port}</zone>`,
      `<zone><short>\u0001</short>${port}</zone>`,
      `<zone><short>\u0000</short>${port}</zone>`,
      `<zone><short>é 🚢 \u0085</short>${port}</zone>`,
      '<zone><port port="&#56;&#48;" protocol="t&#99;p"/></zone>',
      '<zone><port port="8&#x30;-9&#x30;" protocol="udp"/></zone>',
      '<zone><port port="&amp;80" protocol="udp"/></zone>',
      '<zone><port port="8\n0" protocol="tcp"/></zone>',
      '<zone><port port="\t80\n" protocol="tcp"/></zone>',
      '<zone><port\n  port = "80"\n  protocol\t=\t"tcp"\n/></zone>',
      '<zone><port port="80"protocol="tcp"/></zone>',
      '<zone><port port=80 protocol="tcp"/></zone>',
      '<zone><port port="80" protocol=tcp/></zone>',
      '<zone><port port="80 protocol="tcp"/></zone>',
      '<zone><port port="80" protocol="tcp/></zone>',
      '<zone><port port="80" protocol="tcp"></zone>',
      '<zone><port port="80" protocol="tcp"></port></zone>',
      '<zone><port port="80" protocol="tcp"/</zone>',
      '<zone><port port="80" protocol="tcp" / ></zone>',
      '<zone><port port="80" port="81" protocol="tcp"/></zone>',
      '<zone><port port protocol="tcp"/></zone>',
      '<zone><port port="<" protocol="tcp"/></zone>',
      '<zone><port port=“80” protocol=“tcp”/></zone>',
      '<zone>< port port="80" protocol="tcp"/></zone>',
      '<zone><port port="80" protocol="tcp" 1/></zone>',
      '<zone><Port port="80" protocol="tcp"/></zone>',
      '<zone><port Port="80" protocol="tcp"/></zone>',
      '<zone><x:port port="80" protocol="tcp"/></zone>',
      '<zone xmlns="urn:x"/>',
      `<zone>\r\n  ${port}\r\n</zone>\r\n`,
    ].map((text): FileCase => ({ kind: 'zone', text })),
    { kind: 'zone', text: `<?xml version="1.0" encoding="latin1"?><zone>${port}</zone>` },
    {
      kind: 'zone',
      text: `<?xml version="1.0" encoding="klingon"?><zone>${port}</zone>`,
      differs: encodings,
    },
    { kind: 'zone', text: `<?xml version="1.0" encoding="utf-16"?><zone>${port}</zone>`, differs: encodings },
  ];
}

/** What stands in a file beside port texts. */
function fileCases(): readonly FirewalldCase[] {
  const port = '<port port="80" protocol="tcp"/>';
  const rule = (inner: string, attributes = ''): string => `<rule${attributes}>${inner}</rule>`;
  const v4 = ' family="ipv4"';
  const protocols = [
    'tcp',
    'udp',
    'sctp',
    'dccp',
    'TCP',
    'Udp',
    '',
    'icmp',
    'udplite',
    '6',
    ' tcp',
    'tcp ',
    'tcp,udp',
    'any',
  ];
  const inZone = [
    ...protocols.map((protocol) => `<port port="80" protocol="${protocol}"/>`),
    ...protocols.map((protocol) => rule(`<port port="80" protocol="${protocol}"/><accept/>`)),
    '<port port="80"/>',
    '<port protocol="tcp"/>',
    '<port/>',
    '<port port="80" protocol="tcp" comment="web"/>',
    '<port port="80" protocol="tcp" to-port="81"/>',
    `${port}${port}`,
    '<port port="80-90" protocol="tcp"/><port port="85-95" protocol="tcp"/><port port="96" protocol="tcp"/>',
    '<port port="80-90" protocol="tcp"/><port port="85" protocol="udp"/>',
    '<source-port port="80"/>',
    '<forward-port port="80" protocol="tcp"/>',
    '<forward-port port="80" protocol="tcp" to-port="" to-addr=""/>',
    '<forward-port port="80" protocol="tcp" to-port="81"/>',
    '<forward-port port="80-90" protocol="tcp" to-port="180-190"/>',
    ...['10.0.0.1', '::1', '[::1]', '10.0.0.256', '10.0.0.1/24', 'host', '010.0.0.1', '10.1'].map(
      (address) => `<forward-port port="80" protocol="tcp" to-addr="${address}"/>`,
    ),
    ...['10.0.0.1', '::1', '2001:db8::1'].map((address) =>
      rule(`<forward-port port="80" protocol="tcp" to-port="81" to-addr="${address}"/>`, v4),
    ),
    rule('<forward-port port="80" protocol="tcp" to-port="81"/>'),
    rule('<forward-port port="80" protocol="tcp"/>', v4),
    rule('<forward-port port="80" protocol="tcp" to-port="81"/><accept/>', v4),
    '<service name="ssh"/>',
    '<service name=""/>',
    '<service/>',
    '<prot port="80" protocol="tcp"/>',
    '<ports/>',
    '<include service="ssh"/>',
    '<masquerade/>',
    '<masquerade enabled="no"/>',
    '<forward/>',
    '<icmp-block name="echo-request"/>',
    '<icmp-block-inversion/>',
    '<icmp-type name="echo-request"/>',
    '<protocol value="gre"/>',
    '<protocol value="47"/>',
    '<protocol value="256"/>',
    '<protocol value="-1"/>',
    '<protocol value=""/>',
    '<protocol/>',
    '<interface name="eth0"/>',
    '<interface name=""/>',
    '<interface name="a name"/>',
    '<interface name="wlp0s20f3verylong"/>',
    '<interface/>',
    '<source address="10.0.0.0/8"/>',
    '<source address="10.0.0.0/33"/>',
    '<source address="10.0.0.0/255.0.0.0"/>',
    '<source address="fd00::/8"/>',
    '<source address="00:11:22:33:44:55"/>',
    '<source address="host"/>',
    '<source ipset="set"/>',
    '<source ipset="set" address="10.0.0.1"/>',
    '<source mac="00:11:22:33:44:55"/>',
    '<source/>',
    '<source address="10.0.0.1" invert="yes"/>',
    '<accept/>',
    '<drop/>',
    '<log/>',
    '<audit/>',
    '<limit value="1/m"/>',
    '<destination address="10.0.0.1"/>',
    '<tcp-mss-clamp value="pmtu"/>',
    `<short>${port}</short>`,
    `<description><description/>${port}</description>`,
    rule(''),
    rule(port),
    rule('<accept/>'),
    rule(`${port}<accept/>`),
    rule(`<accept/>${port}`),
    rule(`${port}<reject/>`),
    rule(`${port}<drop/>`),
    rule(`${port}<log/>`),
    rule(`${port}<log prefix="p" level="info"><limit value="1/m"/></log><accept/>`),
    rule(`${port}<log level="loud"/><accept/>`),
    rule(`${port}<log prefix="${'p'.repeat(127)}"/><accept/>`),
    rule(`${port}<log prefix="${'p'.repeat(128)}"/><accept/>`),
    rule(`${port}<nflog group="5" prefix="p" queue-size="10"/><accept/>`),
    rule(`${port}<nflog group="65536"/><accept/>`),
    rule(`${port}<nflog group="0x10"/><accept/>`),
    rule(`${port}<nflog queue-size="x"/><accept/>`),
    rule(`${port}<audit/>`),
    rule(`${port}<audit/><accept/>`),
    rule(`${port}<audit><limit value="1/m"/></audit><drop/>`),
    rule(`${port}<audit/><mark set="1"/>`),
    rule(`${port}<log/><log/><accept/>`),
    rule(`${port}<audit/><audit/><accept/>`),
    rule(`${port}<accept/><drop/>`),
    rule(`${port}${port}<accept/>`),
    rule(`${port}<service name="ssh"/><accept/>`),
    rule(`${port}<mark set="0x10/0xff"/>`),
    rule(`${port}<mark set="010"/>`),
    rule(`${port}<mark set="1/2/3"/>`),
    rule(`${port}<mark set="4294967296"/>`),
    rule(`${port}<mark/>`),
    ...['1/s', '5/m', '10/hour', '2/day', '1/d', '0/m', 'x/m', '5', '5/w', '-1/s', '5/m/m', ''].map((limit) =>
      rule(`${port}<accept><limit value="${limit}"/></accept>`),
    ),
    rule(`${port}<accept><limit value="1/m"/><limit value="2/m"/></accept>`),
    rule(`${port}<limit value="1/m"/><accept/>`),
    rule(`${port}<accept><limit/></accept>`),
    ...['ipv4', 'ipv6', 'ipv5', 'IPv4', 'inet'].map((family) =>
      rule(`${port}<accept/>`, ` family="${family}"`),
    ),
    ...['0', '-1', '32767', '-32768', '32768', 'x', '', '1.5'].map((priority) =>
      rule(`${port}<accept/>`, ` priority="${priority}"`),
    ),
    rule('<accept/>', ' priority="5"'),
    rule('<log/>', ' priority="5"'),
    rule('<log/>'),
    rule(`<source address="10.0.0.0/8"/>${port}<accept/>`),
    rule(`<source address="10.0.0.0/8"/>${port}<accept/>`, v4),
    rule(`<source address="10.0.0.0/8" invert="True"/>${port}<drop/>`, v4),
    rule(`<source address="fd00::/8"/>${port}<accept/>`, v4),
    rule(`<source address="fd00::/8"/>${port}<accept/>`, ' family="ipv6"'),
    rule(`<source/>${port}<accept/>`, v4),
    rule(`<source mac="00:11:22:33:44:55"/>${port}<accept/>`),
    rule(`<source mac="00-11-22-33-44-55"/>${port}<accept/>`),
    rule(`<source ipset="set"/>${port}<accept/>`),
    rule(`<source ipset="${'s'.repeat(33)}"/>${port}<accept/>`),
    rule(`<source address="10.0.0.1" mac="00:11:22:33:44:55"/>${port}<accept/>`, v4),
    rule(`<source address="10.0.0.1" ipset="set"/>${port}<accept/>`, v4),
    rule(`<source mac="00:11:22:33:44:55" ipset="set"/>${port}<accept/>`),
    rule(`<source address="10.0.0.1"/><source address="10.0.0.2"/>${port}<accept/>`, v4),
    rule(`<source name="x"/>${port}<accept/>`, v4),
    rule(`<destination address="10.0.0.1"/>${port}<accept/>`, v4),
    rule(`<destination address="10.0.0.1"/>${port}<accept/>`),
    rule(`<destination/>${port}<accept/>`, v4),
    rule(`<destination ipset="set"/>${port}<accept/>`),
    rule(`<destination ipset="set"/>${port}<accept/>`, v4),
    rule(`<destination address="10.0.0.1" ipset="set"/>${port}<accept/>`, v4),
    rule(`<destination address="10.0.0.1"/><destination address="10.0.0.2"/>${port}<accept/>`, v4),
    rule('<source address="10.0.0.1"/><accept/>', v4),
    rule('<destination address="10.0.0.1"/><drop/>', v4),
    rule('<service name="ssh"/><accept/>'),
    rule('<service name=""/><accept/>'),
    rule('<protocol value="gre"/><accept/>'),
    rule('<protocol value="300"/><accept/>'),
    rule('<masquerade/>'),
    rule('<masquerade/><accept/>'),
    rule('<source mac="00:11:22:33:44:55"/><masquerade/>'),
    rule('<icmp-block name="echo-request"/>'),
    rule('<icmp-block name="echo-request"/><accept/>'),
    rule('<icmp-type name="echo-request"/><accept/>'),
    rule('<icmp-type name="echo-request"/>'),
    rule('<tcp-mss-clamp value="pmtu"/>'),
    rule('<tcp-mss-clamp/>'),
    rule('<tcp-mss-clamp value="536"/>'),
    rule('<tcp-mss-clamp value="535"/>'),
    rule('<tcp-mss-clamp value="x"/>'),
    rule('<tcp-mss-clamp value="pmtu"/><accept/>'),
    rule(`${port}<reject type="tcp-reset"/>`),
    rule(`${port}<reject type="tcp-reset"/>`, v4),
    rule(`${port}<reject type="no-route"/>`, v4),
    rule(`${port}<reject type="no-route"/>`, ' family="ipv6"'),
    rule(`${port}<reject kind="x"/>`),
    rule(`${port}<interface name="eth0"/><accept/>`),
    rule(rule(`${port}<accept/>`)),
    rule(`<short>x</short>${port}<accept/>`),
    rule('<port port="80"/><accept/>'),
    rule(`${port}<accept/>`, ' name="x"'),
  ].map(zone);
  const scoped = zone('<forward-port port="80" protocol="tcp" to-addr="fe80::1%eth0"/>');
  return [{ ...scoped, differs: placeholders }, ...inZone, ...rootCases(), ...definitionCases()];
}

function rootCases(): readonly FirewalldCase[] {
  const port = '<port port="80" protocol="tcp"/>';
  const targets = [
    'ACCEPT',
    'DROP',
    'REJECT',
    '%%REJECT%%',
    'default',
    '{chain}_{zone}',
    'CONTINUE',
    'accept',
    '',
  ];
  const pair = (ingress: string, egress: string): string =>
    `${ingress
      .split(',')
      .map((name) => `<ingress-zone name="${name}"/>`)
      .join('')}` +
    `${egress
      .split(',')
      .map((name) => `<egress-zone name="${name}"/>`)
      .join('')}`;
  const forward = '<forward-port port="80" protocol="tcp" to-port="81"/>';
  const aimed = '<forward-port port="80" protocol="tcp" to-addr="10.0.0.1"/>';
  return [
    ...targets.flatMap((target): FileCase[] => [
      { kind: 'zone', text: `<zone target="${target}">${port}</zone>` },
      { kind: 'policy', text: `<policy target="${target}">${port}</policy>` },
    ]),
    { kind: 'zone', text: `<zone name="x" immutable="yes" version="1.0">${port}</zone>` },
    { kind: 'zone', text: `<zone priority="1">${port}</zone>` },
    { kind: 'zone', text: `<zones>${port}</zones>` },
    { kind: 'zone', text: '<configuration><zone/></configuration>' },
    { kind: 'policy', text: `<policy>${port}</policy>` },
    ...['-1', '1', '32768', 'x'].map(
      (priority): FileCase => ({
        kind: 'policy',
        text: `<policy target="DROP" priority="${priority}">${port}</policy>`,
      }),
    ),
    policy(pair('public', 'HOST') + port),
    policy(pair('ANY', 'public') + port),
    policy(pair('HOST', 'ANY') + port),
    policy(pair('HOST', 'HOST') + port),
    policy(pair('ANY,public', 'HOST') + port),
    policy(pair('public,internal', 'external') + port),
    policy(pair('public', 'HOST,external') + port),
    policy(pair('public', 'HOST') + forward),
    policy(pair('public', 'ANY') + forward),
    policy(pair('public', 'external') + forward),
    policy(pair('public', 'external') + aimed),
    policy(forward + pair('public', 'ANY')),
    policy(forward),
    policy(`${pair('public', 'ANY')}<rule family="ipv4">${forward}</rule>`),
    policy(`${pair('public', 'ANY')}<rule family="ipv4">${aimed}</rule>`),
    policy('<ingress-zone/>'),
    policy('<interface name="eth0"/>'),
    policy('<source address="10.0.0.1"/>'),
    policy('<masquerade/>'),
    policy('<masquerade enabled="yes"/>'),
    policy('<accept/>'),
    policy('<icmp-block-inversion/>'),
    policy(`<rule family="ipv4"><source address="10.0.0.1"/>${port}<reject/></rule>`),
    policy(`<rule family="ipv6">${port}<drop/></rule>`),
  ];
}

/** Services, helpers, sets and direct rules. */
function definitionCases(): readonly FirewalldCase[] {
  const names = 'which names /etc/protocols has differs from machine to machine';
  const service = (inner: string): FileCase => ({ kind: 'service', text: `<service>\n${inner}\n</service>` });
  const helper = (attributes: string, inner = ''): FileCase => ({
    kind: 'helper',
    text: `<helper ${attributes}>${inner}</helper>`,
  });
  const ipset = (type: string, inner: string): FileCase => ({
    kind: 'ipset',
    text: `<ipset type="${type}">${inner}</ipset>`,
  });
  const entry = (text: string): string => `<entry>${text}</entry>`;
  const direct = (inner: string): FileCase => ({ kind: 'direct', text: `<direct>${inner}</direct>` });
  const port = '<port port="80" protocol="tcp"/>';
  return [
    ...[
      port,
      `${port}${port}<port port="80-90" protocol="tcp"/>`,
      '<port port="80"/>',
      '<port protocol="tcp"/>',
      '<port port="" protocol="esp"/>',
      '<port port="" protocol="50"/>',
      '<port port="" protocol=""/>',
      '<port port="80" protocol="esp"/>',
      '<port port="80" protocol="TCP"/>',
      '<port port="80" protocol="tcp" name="x"/>',
      '<source-port port="" protocol="tcp"/>',
      '<source-port port="80"/>',
      '<protocol value="gre"/>',
      '<protocol value=""/>',
      '<protocol/>',
      '<module name="nf_conntrack_ftp"/>',
      '<module/>',
      '<include service="ssh"/>',
      '<include/>',
      '<include name="ssh"/>',
      '<helper name="ftp"/>',
      '<helper/>',
      '<destination ipv4="224.0.0.251"/>',
      '<destination ipv4="224.0.0.251" ipv6="ff02::fb"/>',
      '<destination ipv4="ff02::fb"/>',
      '<destination ipv6="224.0.0.251"/>',
      '<destination address="10.0.0.1"/>',
      '<destination/>',
      '<short>S</short><description>D</description>',
      '<forward-port port="80" protocol="tcp" to-port="81"/>',
      '<rule/>',
      '<id>x</id>',
    ].map(service),
    { ...service('<protocol value="tcpp"/>'), differs: names },
    { ...service('<port port="" protocol="tcpp"/>'), differs: names },
    { kind: 'service', text: `<service name="x" version="1.0">${port}</service>` },
    { kind: 'service', text: `<service target="x">${port}</service>` },
    helper('module="nf_conntrack_ftp" family="ipv4"', '<port port="21" protocol="tcp"/>'),
    helper('module="nf_conntrack_ftp" family="ipv5"'),
    helper('module="nf_conntrack_ftp" family=""'),
    helper('module="nf_conntrack_"'),
    helper('module="ip_conntrack_ftp"'),
    helper('family="ipv4"'),
    helper('module="nf_conntrack_ftp" name="ftp" version="1"'),
    helper('module="nf_conntrack_ftp"', '<port port="" protocol="tcp"/>'),
    helper('module="nf_conntrack_ftp"', '<port port="21"/>'),
    helper('module="nf_conntrack_ftp"', '<source-port port="21" protocol="tcp"/>'),
    ...['hash:ip', 'hash:ip,port', 'hash:net,iface', 'bitmap:port', 'list:set', 'hash:port', ''].map((type) =>
      ipset(type, ''),
    ),
    ipset(
      'hash:ip',
      `${entry('10.0.0.1')}${entry('10.0.0.1')}${entry('10.0.0.0/8')}${entry('10.0.0.1-10.0.0.9')}`,
    ),
    ipset('hash:ip', entry('0.0.0.0')),
    ipset('hash:ip', entry('10.0.0.1,80')),
    ipset('hash:ip', entry(' 10.0.0.1 ')),
    ipset('hash:ip', entry('')),
    ipset('hash:ip', `<option name="family" value="inet6"/>${entry('::1')}`),
    ipset('hash:ip', `${entry('::1')}<option name="family" value="inet6"/>`),
    ipset('hash:ip', `<option name="family" value="inet"/>${entry('::1')}`),
    ipset('hash:ip', '<option name="family" value="ipv6"/>'),
    ipset('hash:ip', '<option name="family"/>'),
    ipset('hash:ip', '<option name="timeout" value="60"/>'),
    ipset('hash:ip', '<option name="timeout" value="-1"/>'),
    ipset('hash:ip', '<option name="maxelem" value="x"/>'),
    ipset('hash:ip', '<option name="counters"/>'),
    ipset('hash:ip', '<option value="1"/>'),
    ipset('hash:ip,port', `<option name="timeout" value="60"/>${entry('nonsense')}`),
    ipset('hash:mac', entry('00:11:22:33:44:55')),
    ipset('hash:mac', entry('00:00:00:00:00:00')),
    ipset('hash:mac', '<option name="family" value="inet"/>'),
    ipset('hash:net', `${entry('10.0.0.0/8')}${entry('10.0.0.0/0')}`),
    ipset('hash:net', entry('10.0.0.1-10.0.0.0/8')),
    ipset('hash:net,iface', entry('10.0.0.0/8,eth0')),
    ipset('hash:net,iface', entry('10.0.0.0/8,a b')),
    ipset('hash:ip,mark', `${entry('10.0.0.1,0x10')}${entry('10.0.0.2,16')}`),
    ipset('hash:ip,mark', entry('10.0.0.1,x')),
    ...[
      '80',
      'tcp:80',
      'udp:53',
      'sctp:80-90',
      'udplite:7',
      'tcp:90-80',
      '6:80',
      '!:80',
      'tcp:',
      ':80',
      'tcp:80:90',
    ].map((item) => ipset('hash:ip,port', entry(`10.0.0.1,${item}`))),
    { ...ipset('hash:ip,port', entry('10.0.0.1,tcpp:80')), differs: names },
    ipset('hash:ip,port', entry('10.0.0.1')),
    ipset('hash:ip,port', entry('host,80')),
    ipset('hash:ip,port', entry('10.0.0.1,80,90')),
    ipset('hash:ip,port,ip', entry('10.0.0.1,tcp:80,10.0.0.2')),
    ipset('hash:ip,port,ip', entry('10.0.0.1,tcp:80,10.0.0.2/24')),
    ipset('hash:ip,port', entry('10.0.0.1,8<!-- -->0')),
    ipset('hash:ip,port', entry('10.0.0.1,<![CDATA[80]]>')),
    ipset('hash:ip,port', entry('10.0.0.1,&#56;0')),
    { kind: 'ipset', text: '<ipset><entry>10.0.0.1</entry></ipset>' },
    direct(''),
    direct('<chain ipv="ipv4" table="raw" chain="blacklist"/>'),
    direct('<chain ipv="ipv4" table="filters" chain="x"/>'),
    direct('<chain ipv="ipv4" table="filter"/>'),
    direct('<rule ipv="ipv4" table="filter" chain="INPUT" priority="0">-p tcp --dport 80 -j ACCEPT</rule>'),
    direct('<rule ipv="ipv4" table="filter" chain="INPUT" priority="0"></rule>'),
    direct('<rule ipv="ipv4" table="filter" chain="INPUT" priority="0"/>'),
    direct('<rule ipv="ipv4" table="filter" chain="INPUT">-j DROP</rule>'),
    direct('<rule ipv="ip" table="filter" chain="INPUT" priority="0">-j DROP</rule>'),
    direct('<rule ipv="eb" table="broute" chain="BROUTING" priority="0">-j DROP</rule>'),
    direct('<rule ipv="eb" table="mangle" chain="INPUT" priority="0">-j DROP</rule>'),
    direct(
      '<rule ipv="ipv4" table="filter" chain="INPUT" priority="0">-m comment --comment "a b" -j DROP</rule>',
    ),
    direct(
      '<rule ipv="ipv4" table="filter" chain="INPUT" priority="0">-m comment --comment "a b -j DROP</rule>',
    ),
    direct('<rule ipv="ipv4" table="filter" chain="INPUT" priority="0">-j DROP \\</rule>'),
    direct('<passthrough ipv="ipv4">-A INPUT -p udp --dport 53 -j ACCEPT</passthrough>'),
    direct('<passthrough>-A INPUT</passthrough>'),
    direct('<passthrough ipv="ipv4"/>'),
    direct('<direct/>'),
    direct('<port port="80" protocol="tcp"/>'),
  ];
}

/** Rules of the rich language. */
function richCases(): readonly FirewalldCase[] {
  const port = 'port port=80 protocol=tcp';
  return [
    '',
    ' ',
    'rule',
    'rules',
    port,
    'family=ipv4',
    'port=80',
    `rule ${port}`,
    `rule ${port} accept`,
    `rule accept ${port}`,
    `rule ${port} reject`,
    `rule ${port} drop`,
    `rule ${port} mark set=1`,
    `rule ${port} mark`,
    `rule ${port} log`,
    `rule ${port} log accept`,
    `rule ${port} log prefix="a b" level=info limit value=1/m accept`,
    `rule ${port} log prefix='a b' level=loud accept`,
    `rule ${port} nflog group=1 queue-size=2 accept`,
    `rule ${port} nflog group=x accept`,
    `rule ${port} audit accept`,
    `rule ${port} audit`,
    `rule ${port} audit limit value=1/m drop`,
    `rule ${port} accept limit value=1/m`,
    `rule ${port} accept limit value=1/d`,
    `rule ${port} accept limit`,
    `rule ${port} accept limit value`,
    `rule ${port} limit value=1/m accept`,
    `rule limit value=1/m ${port} accept`,
    `rule ${port} accept drop`,
    `rule ${port} accept accept`,
    `rule ${port} ${port} accept`,
    `rule ${port} service name=ssh accept`,
    `rule ${port} log log accept`,
    `rule ${port} log nflog accept`,
    `rule ${port} audit audit accept`,
    `rule family=ipv4 ${port} accept`,
    `rule family="ipv6" ${port} accept`,
    `rule family=ipv5 ${port} accept`,
    `rule family= ${port} accept`,
    `rule family ${port} accept`,
    `rule ${port} family=ipv4 accept`,
    `rule ${port} accept family=ipv4`,
    `rule priority=-1 ${port} accept`,
    `rule priority=x ${port} accept`,
    `rule priority=40000 ${port} accept`,
    'rule priority=1 accept',
    'rule priority=1 log',
    'rule accept',
    'rule log',
    `rule family=ipv4 source address=10.0.0.0/8 ${port} accept`,
    `rule family=ipv4 source NOT address=10.0.0.0/8 ${port} drop`,
    `rule family=ipv4 source not address=10.0.0.0/8 ${port} drop`,
    `rule family=ipv4 source address=10.0.0.0/8 invert=yes ${port} drop`,
    `rule family=ipv4 source ${port} accept`,
    `rule family=ipv4 source address=10.0.0.0/99 ${port} accept`,
    `rule family=ipv6 source address=10.0.0.0/8 ${port} accept`,
    `rule source address=10.0.0.0/8 ${port} accept`,
    `rule source mac=00:11:22:33:44:55 ${port} accept`,
    `rule source ipset=set ${port} accept`,
    `rule family=ipv4 source address=10.0.0.1 source address=10.0.0.2 ${port} accept`,
    `rule family=ipv4 destination address=10.0.0.1 ${port} accept`,
    `rule family=ipv4 destination NOT address=10.0.0.1 ${port} accept`,
    `rule family=ipv4 destination ${port} accept`,
    `rule destination address=10.0.0.1 ${port} accept`,
    `rule not ${port} accept`,
    `rule ${port} not accept`,
    `rule rule ${port} accept`,
    `rule ${port} accept rule`,
    'rule port port=80 accept',
    'rule port protocol=tcp accept',
    'rule port accept',
    'rule port port=80 protocol=TCP accept',
    'rule port port=80 protocol= accept',
    'rule port port= protocol=tcp accept',
    'rule port port="" protocol=tcp accept',
    'rule port port=80 port=81 protocol=tcp accept',
    'rule port port=80 protocol=tcp value=1 accept',
    'rule port port="80" protocol="udp" accept',
    'rule port port=\'80\' protocol="u"dp accept',
    'rule port port=8\\0 protocol=udp accept',
    'rule port port="8\\0" protocol=udp accept',
    'rule port port="80 protocol=udp accept',
    'rule port port=80 protocol=udp accept\\',
    'rule port port=80=90 protocol=udp accept',
    'rule port =80 protocol=udp accept',
    'rule port port=80/tcp accept',
    'rule port=80 protocol=tcp accept',
    'rule protocol=tcp port port=80 accept',
    'rule port\tport=80\tprotocol=tcp\taccept',
    'rule\nport port=80 protocol=tcp accept',
    'rule port port=80\n protocol=tcp accept',
    '  rule   port   port=80   protocol=tcp   accept  ',
    'rule source-port port=80 protocol=tcp accept',
    'rule family=ipv6 source-port port=80-90 protocol=udp reject',
    'rule source-port port=80 protocol=icmp accept',
    'rule family=ipv4 forward-port port=80 protocol=tcp to-port=8080',
    'rule family=ipv4 forward-port port=80 protocol=tcp to-port=8080 to-addr=10.0.0.1',
    'rule family=ipv4 forward-port port=80 protocol=tcp to-addr=::1',
    'rule family=ipv6 forward-port port=80 protocol=tcp to-addr=::1',
    'rule family=ipv4 forward-port port=80 protocol=tcp',
    'rule family=ipv4 forward-port to-port=80 protocol=tcp',
    'rule family=ipv4 forward-port port=80 to-port=81',
    'rule forward-port port=80 protocol=tcp to-port=8080',
    'rule family=ipv4 forward-port port=80 protocol=tcp to-port=8080 accept',
    'rule family=ipv4 forward-port port=80 protocol=tcp to-port=70000',
    'rule service name=ssh accept',
    'rule service accept',
    'rule service name=ssh name=http accept',
    'rule protocol value=gre accept',
    'rule protocol gre accept',
    'rule protocol value=300 accept',
    'rule protocol value=6 value=17 accept',
    'rule masquerade',
    'rule family=ipv4 masquerade accept',
    'rule icmp-block name=echo-request',
    'rule icmp-type name=echo-request accept',
    'rule tcp-mss-clamp value=pmtu',
    'rule tcp-mss-clamp value=1',
    'rule tcp-mss-clamp',
    `rule ${port} reject type=tcp-reset`,
    `rule family=ipv4 ${port} reject type=tcp-reset`,
    `rule family=ipv4 ${port} reject type=tcp-reset limit value=5/m`,
    `rule family=ipv4 ${port} reject type=nothing`,
    `rule family=ipv4 ${port} accept type=tcp-reset`,
    `rule ${port} allow`,
    `rule ${port} ACCEPT`,
    `rule ${port} accept comment=x`,
    `RULE ${port} accept`,
    'rule "port" port=80 protocol=tcp accept',
    'rule port "port=80" protocol=tcp accept',
    `rule ${port} accept # comment`,
    `rule ${port}; accept`,
  ].map((rule) => commandCase(['--add-rich-rule', rule]));
}

/** Commands as a whole. */
function commandCases(): readonly FirewalldCase[] {
  const names = 'a name that Debian does not have can be one elsewhere: nothing is said of it';
  const cmd = [
    '--add-port=80/tcp',
    '--add-port 80/tcp',
    '--add-port=80/tcp --permanent',
    '--permanent --add-port=80/tcp',
    '--zone=public --add-port=80/tcp',
    '--zone public --add-port 80/tcp',
    '--zone= --add-port=80/tcp',
    '--policy=p --add-port=80/tcp',
    '--zone=public --policy=p --add-port=80/tcp',
    '--add-port=80',
    '--add-port=80/',
    '--add-port=/tcp',
    '--add-port=',
    '--add-port',
    '--add-port --permanent',
    '--add-port=80:tcp',
    '--add-port=80/tcp/udp',
    '--add-port=80/TCP',
    '--add-port=80/icmp',
    '--add-port=80,443/tcp',
    '--add-port=80-90/udp',
    '--add-port=80/tcp,443/tcp',
    '--add-port=80/tcp --add-port=443/tcp',
    '--add-port=80/tcp 443/tcp',
    '--add-port 80/tcp 443/tcp',
    '443/tcp',
    '--remove-port=80/tcp',
    '--query-port=80/tcp',
    '--remove-port=80',
    '--query-port=80:tcp',
    '--add-port=80/tcp --add-service=http',
    '--add-service=http --add-port=80/tcp',
    '--add-port=80/tcp --remove-port=81/tcp',
    '--add-port=80/tcp --list-ports',
    '--add-port=80/tcp --add-masquerade',
    '--add-source-port=1024-/udp',
    '--add-source-port=80',
    '--remove-source-port=80/tcp',
    '--add-protocol=gre',
    '--add-ports=80/tcp',
    '--add-por=80/tcp',
    '--add-p=80/tcp',
    '--perm --add-port=80/tcp',
    '-add-port=80/tcp',
    '-permanent --add-port=80/tcp',
    '--permanently --add-port=80/tcp',
    '--Permanent --add-port=80/tcp',
    '--add-port=80/tcp --timeout=60',
    '--add-port=80/tcp --timeout=5m',
    '--permanent --add-port=80/tcp --timeout=60',
    '--permanent --add-port=80/tcp --timeout=0',
    '--permanent --service=web --add-port=80/tcp',
    '--service=web --add-port=80/tcp',
    '--permanent --service=web --add-source-port=80/tcp',
    '--permanent --service=web --add-port=80/esp',
    '--permanent --helper=h --add-port=80/tcp',
    '--helper=h --add-port=80/tcp',
    '--permanent --reload',
    '--reload --permanent',
    '--add-port=80/tcp --reload',
    '--zone=public --add-port=80/tcp --complete-reload',
    '--runtime-to-permanent --zone=public',
    '--reload',
    '--state',
    '--list-ports',
    '--list-all --zone=public',
    '--get-default-zone --zone=public',
    '--add-forward-port=port=80:proto=tcp:toport=8080',
    '--add-forward-port port=80:proto=tcp:toport=8080',
    '--add-forward-port=port=80:proto=tcp:toaddr=10.0.0.1',
    '--add-forward-port=port=80:proto=tcp:toport=8080:toaddr=10.0.0.1',
    '--add-forward-port=toaddr=10.0.0.1:toport=8080:proto=tcp:port=80',
    '--add-forward-port=port=80:proto=tcp:toport=8080:toaddr=::1',
    '--add-forward-port=port=80:proto=tcp:toaddr=::1:toport=8080',
    '--add-forward-port=port=80:proto=tcp:toport=8080:toaddr=',
    '--add-forward-port=port=80:proto=tcp:toport=:toaddr=10.0.0.1',
    '--add-forward-port=port=80:proto=tcp',
    '--add-forward-port=port=80:toport=8080',
    '--add-forward-port=proto=tcp:toport=8080',
    '--add-forward-port=port=80:proto=TCP:toport=8080',
    '--add-forward-port=port=80:protocol=tcp:toport=8080',
    '--add-forward-port=port=80:proto=tcp:to-port=8080',
    '--add-forward-port=port=80:proto=tcp:toport=8080:toaddr=host',
    '--add-forward-port=port=80:proto=tcp:toport=8080:toaddr=10.0.0.0/8',
    '--add-forward-port=port=80:port=81:proto=tcp:toport=8080',
    '--add-forward-port=80:8080',
    '--add-forward-port=',
    '--add-forward-port=port=80,proto=tcp,toport=8080',
    '--add-forward-port=if=eth0:port=80:proto=tcp:toport=8080',
    '--direct --add-rule ipv4 filter INPUT 0 -p tcp --dport 80 -j ACCEPT',
    '--add-rule ipv4 filter INPUT 0 -p tcp --dport 80 -j ACCEPT',
    '--permanent --direct --add-rule ipv4 filter INPUT 0 -p tcp --add-port --reload -j ACCEPT',
    '--permanent --direct --passthrough ipv4 -A INPUT -p tcp --dport 80 -j ACCEPT',
    '-q --add-port=80/tcp',
    '-v --add-port=80/tcp',
  ].map((line): CommandCase => commandCase(line.split(' ')));
  const offline = [
    '--add-port=80/tcp',
    '--zone=public --add-port=80',
    '--port=80:tcp',
    '-p 80:tcp',
    '--port=80/tcp',
    '--port=80',
    '--port=80:esp',
    '--port=90-80:udp',
    '--port=22:tcp --port=80:tcp',
    '--forward-port=if=eth0:port=80:proto=tcp:toport=8080',
    '--forward-port=if=eth0:port=80:proto=tcp:toaddr=::1',
    '--forward-port=port=80:proto=tcp:toaddr=10.0.0.1',
    '--service=web --add-port=80/tcp',
    '--add-port=80/tcp --add-service=http',
    '--permanent --add-port=80/tcp',
    '--reload',
    '--policy=p --add-port=80/tcp',
  ].map(
    (line): CommandCase => ({ kind: 'command', program: 'firewall-offline-cmd', words: line.split(' ') }),
  );
  return [...cmd, ...offline, { ...commandCase(['--add-port=foo/tcp']), differs: names }];
}

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
