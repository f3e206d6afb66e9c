/** A configuration: the main file, and the files that it includes. */
export interface RuleCase {
  readonly main: string;
  readonly files?: Readonly<Record<string, string>>;
  /** The first version that knows its directives. */
  readonly since?: readonly [number, number, number];
}

/**
 * Whole configurations whose servers get along or do not, for the rules to be held against nginx: none is taken from
 * anywhere.
 */
export const ruleCases: readonly RuleCase[] = [
  ...oneServer().map((listens) => http(server(listens, 'a.example'))),
  ...twoServers().map(([one, other]) => http(server(one, 'a.example') + server(other, 'b.example'))),
  ...names().map((servers) => http(servers.map((each) => `server { listen 8080; ${each} }`).join(' '))),
  ...unwritten().map(http),
  ...streams().map((servers) => stream(servers)),
  ...mails().map((servers) => mail(servers)),
  ...across().map(([web, other]) => ({ main: whole(`http { ${web} } ${other}`) })),
  ...included(),
  ...later(),
];

function oneServer(): readonly string[] {
  return [
    ...['8080; listen 8080', '8080; listen *:8080', '8080; listen 0.0.0.0:8080', '8080; listen 08080'],
    ...['8080; listen 127.0.0.1:8080', '8080; listen [::]:8080', '8080; listen 8081'],
    ...[
      '[::]:8080; listen [0:0::0]:8080',
      '[::1]:8080; listen [0:0:0:0:0:0:0:1]:8080',
      '127.0.0.1; listen 127.0.0.1:80',
    ],
    ...[
      '8000-8005; listen 8005',
      '8000-8005; listen 8004-8009',
      '8000-8005; listen 8006',
      '8000-8000; listen 8000',
    ],
    ...['127.0.0.1:8000-8001; listen 127.0.0.1:8001', '8080 default_server; listen 8080 default_server'],
    ...[
      '8080 reuseport; listen 8080 reuseport',
      '8080 default_server default',
      'unix:/tmp/portolan-a.sock; listen unix:/tmp/portolan-a.sock',
    ],
    ...[
      'unix:/tmp/portolan-a.sock; listen unix:/tmp/portolan-b.sock',
      '"8080"; listen \'8080\'',
      '8443 ssl; listen 8443',
    ],
    ...['[2001:db8:0:0:1:0:0:1]:8080; listen [2001:db8::1:0:0:1]:8080', '[1::]:80; listen [1:0::]:80'],
    // What nginx -t lets through.
    ...[
      '8080; listen 127.0.0.1:8080 bind',
      '8080; listen 127.0.0.1:8080 backlog=9',
      '127.0.0.1:8080 bind; listen 8080',
    ],
    ...['8080; listen 127.0.0.1:8080 reuseport', '8080 reuseport; listen 127.0.0.1:8080 reuseport'],
    ...[
      '8080; listen [::]:8080 ipv6only=off',
      '127.0.0.1:8080; listen [::]:8080 ipv6only=off',
      '8080; listen [::]:8080 ipv6only=on',
    ],
    ...[
      '[::]:8080; listen [::1]:8080 bind',
      '[::]:8080; listen [::1]:8080',
      '127.0.0.1:8080 bind; listen 127.0.0.2:8080 bind',
    ],
    ...[
      '8000-8010; listen 127.0.0.1:8005 so_keepalive=on',
      '127.0.0.1:8000-8010 bind; listen 8010',
      '[::1]:8080 ipv6only=off; listen 127.0.0.1:8080',
    ],
  ];
}

function twoServers(): readonly (readonly [string, string])[] {
  return [
    ['8080', '8080'],
    ['8080 default_server', '8080 default_server'],
    ['8080 default_server', '8080 default'],
    ['8080 default_server', '8080'],
    ['8080 default_server', '127.0.0.1:8080 default_server'],
    ['8080 default_server', '[::]:8080 default_server'],
    ['8000-8005 default_server', '8003 default_server'],
    ['8000-8005 default_server', '8006-8009 default_server'],
    ['unix:/tmp/portolan-a.sock default_server', 'unix:/tmp/portolan-a.sock default_server'],
    ['8080 reuseport', '8080 reuseport'],
    ['8080 reuseport', '8080 backlog=511'],
    ['8080 bind', '8080 bind'],
    ['8080 deferred', '8080 so_keepalive=on'],
    ['8080 rcvbuf=8k', '8080 sndbuf=8k'],
    ['8080 fastopen=3', '8080 bind'],
    ['[::]:8080 ipv6only=on', '[::]:8080 ipv6only=on'],
    ['[::]:8080 ipv6only=on', '[::]:8080'],
    ['8080 reuseport', '8080'],
    ['8080 reuseport', '127.0.0.1:8080 backlog=511'],
    ['8443 ssl', '8443 ssl'],
    ['8443 ssl', '8443'],
    ['8080 proxy_protocol', '8080 proxy_protocol'],
    ['8000-8005 reuseport', '8005 reuseport'],
    ['8080', '127.0.0.1:8080 bind'],
    ['8080', '[::]:8080 ipv6only=off'],
    ['[::]:8080 ipv6only=off', '[::1]:8080 bind'],
    ['127.0.0.1:8080 bind', '127.0.0.1:8080; listen 8080'],
  ];
}

function names(): readonly (readonly string[])[] {
  return [
    ['server_name a.example;', 'server_name a.example;'],
    ['server_name a.example;', 'server_name A.EXAMPLE b.example;'],
    ['server_name a.example b.example;', 'server_name b.example a.example;'],
    ['server_name a.example;', 'server_name b.example;'],
    ['server_name _;', 'server_name _;'],
    ['server_name "";', ''],
    ['', ''],
    ['', '', 'server_name a.example;', ''],
    ['server_name .a.example;', 'server_name a.example;'],
    ['server_name .a.example;', 'server_name *.a.example;'],
    ['server_name *.a.example;', 'server_name .a.example;'],
    ['server_name a.example;', 'server_name .a.example;', 'server_name *.a.example;'],
    ['server_name *.a.example;', 'server_name *.a.example;'],
    ['server_name *.a.example;', 'server_name a.example;'],
    ['server_name a.*;', 'server_name a.*;'],
    ['server_name a.*;', 'server_name a;'],
    ['server_name ~^a$;', 'server_name ~^a$;'],
    ['server_name ~^a$ a.example;', 'server_name a.example;'],
    ['server_name a.example a.example;', 'server_name b.example;'],
    ['server_name a.example a.example;'],
    ['server_name $hostname;', 'server_name $hostname;'],
    ['server_name a.example; server_name b.example;', 'server_name b.example;'],
    ['server_name "a.example";', "server_name 'a.example';"],
  ];
}

function unwritten(): readonly string[] {
  return [
    'server { root /srv; } server { root /var; }',
    'server { server_name a.example; } server { server_name a.example; }',
    'server { server_name a.example; } server { server_name b.example; }',
  ];
}

function streams(): readonly string[] {
  return [
    'listen 8080; | listen 8081;',
    'listen 8080; | listen 8080;',
    'listen 8080; | listen 8080 udp;',
    'listen 8080 udp; | listen *:8080 udp;',
    'listen 8080; | listen 127.0.0.1:8080;',
    'listen 8080; | listen 127.0.0.1:8080 bind;',
    'listen 8080 udp; | listen 127.0.0.1:8080 udp bind;',
    'listen 8080 reuseport; | listen 8080 reuseport;',
    'listen 8080; listen 8080;',
    'listen 8080; listen 8080 udp;',
    'listen 8000-8003; listen 8003-8004;',
    'listen 8000-8003; | listen 8003;',
    'listen 8080; | listen [::]:8080 ipv6only=off;',
    'listen unix:/tmp/portolan-a.sock; | listen unix:/tmp/portolan-a.sock;',
  ];
}

function mails(): readonly string[] {
  return [
    'listen 2525; | listen 2526;',
    'listen 2525; | listen 2525;',
    'listen 2525; listen 2525;',
    'listen 2525; | listen 127.0.0.1:2525;',
    'listen 2525; | listen 127.0.0.1:2525 backlog=9;',
    'listen 2525; | listen [::]:2525 ipv6only=off;',
  ];
}

function across(): readonly (readonly [string, string])[] {
  const web = (listen: string): string => server(listen, 'a.example');
  return [
    [web('8080'), streamBlock('listen 8080;')],
    [web('8080'), streamBlock('listen 127.0.0.1:8080;')],
    [web('127.0.0.1:8080'), streamBlock('listen 8080;')],
    [web('127.0.0.1:8080'), streamBlock('listen 127.0.0.2:8080;')],
    [web('8080'), streamBlock('listen 8080 udp;')],
    [web('8080'), streamBlock('listen [::]:8080;')],
    [web('8080'), streamBlock('listen [::]:8080 ipv6only=off;')],
    [web('8080 reuseport'), streamBlock('listen 8080 reuseport;')],
    [web('8080 reuseport'), streamBlock('listen 8080;')],
    [web('8000-8010'), streamBlock('listen 8010-8011;')],
    [web('8080; listen 127.0.0.1:8081'), mailBlock('listen 8081;')],
    [web('8080'), `${streamBlock('listen 8081;')} ${mailBlock('listen 8081;')}`],
    [web('8080'), `${streamBlock('listen 8081;')} ${mailBlock('listen 8082;')}`],
  ];
}

function included(): readonly RuleCase[] {
  const site = 'server { listen 8080 default_server; server_name a.example; }';
  const other = 'server { listen 8080 default_server; server_name b.example; }';
  const plain = 'server { listen 8080; server_name a.example; }';
  const httpWith = (text: string): string => whole(`http { ${text} }`);
  return [
    { main: httpWith('include sites/*;'), files: { 'sites/a.conf': site, 'sites/b.conf': other } },
    { main: httpWith('include sites/*;'), files: { 'sites/a.conf': site, 'sites/a.conf.copy': site } },
    { main: httpWith('include sites/?.conf;'), files: { 'sites/a.conf': site, 'sites/b.conf': other } },
    { main: httpWith('include sites/[!a].conf;'), files: { 'sites/a.conf': site, 'sites/b.conf': other } },
    { main: httpWith('include sites/[a-c].conf;'), files: { 'sites/a.conf': site, 'sites/b.conf': other } },
    { main: httpWith('include sites/*.conf;'), files: { 'sites/a.conf': site, 'sites/a.conf.bak': site } },
    { main: httpWith('include sites/*;'), files: { 'sites/a.conf': site, 'sites/.b.conf': other } },
    { main: httpWith('include sites/*.conf; include sites/a.conf;'), files: { 'sites/a.conf': plain } },
    { main: httpWith('include sites/*.conf; include sites/a.conf;'), files: { 'sites/a.conf': site } },
    {
      main: httpWith('server { include parts/listen.conf; listen 8080; server_name a.example; }'),
      files: { 'parts/listen.conf': 'listen 8080;' },
    },
    {
      main: httpWith(
        'server { include parts/listen.conf; server_name a.example; } server { include parts/listen.conf; server_name b.example; }',
      ),
      files: { 'parts/listen.conf': 'listen 8080 default_server;' },
    },
    {
      main: httpWith(
        'server { include parts/listen.conf; server_name a.example; } server { include parts/listen.conf; server_name b.example; }',
      ),
      files: { 'parts/listen.conf': 'listen 8080;' },
    },
    {
      main: httpWith(
        'server { listen 8080; include parts/name.conf; } server { listen 8080; include parts/name.conf; }',
      ),
      files: { 'parts/name.conf': 'server_name a.example;' },
    },
    {
      main: httpWith(
        'server { listen 8080; include parts/*.conf; } server { listen 8080; server_name deep.example; }',
      ),
      files: {
        'parts/one.conf': 'add_header A b; include parts/two.inc;',
        'parts/two.inc': 'server_name deep.example;',
      },
    },
    {
      main: `${httpWith('include web/*.conf;')} stream { include tcp/*.conf; }`,
      files: { 'web/a.conf': plain, 'tcp/a.conf': 'server { listen 8080; proxy_pass 127.0.0.1:1; }' },
    },
    {
      main: whole('include parts/*.conf;'),
      files: { 'parts/http.conf': `http { ${plain} }`, 'parts/stream.conf': streamBlock('listen 8081;') },
    },
  ];
}

/** HTTP/3, and servers of stream that share a port. */
function later(): readonly RuleCase[] {
  const stream1255 = [
    'listen 8443; server_name a.example; | listen 8443; server_name a.example;',
    'listen 8443; server_name a.example; | listen 8443; server_name b.example;',
    'listen 8443 default_server; server_name a.example; | listen 8443 default_server; server_name b.example;',
  ];
  const quic = (listens: string, name: string): string =>
    `server { listen ${listens}; server_name ${name}; ssl_protocols TLSv1.3; ssl_reject_handshake on; }`;
  return [
    ...stream1255.map((servers): RuleCase => ({ ...stream(servers), since: [1, 25, 5] })),
    ...[
      `http { ${quic('8443 quic', 'a.example')} ${quic('8443 ssl', 'a.example')} }`,
      `http { ${quic('8443 quic', 'a.example')} ${quic('8443 quic', 'a.example')} }`,
      `http { ${quic('8443 quic reuseport', 'a.example')} ${quic('8443 quic reuseport', 'b.example')} }`,
      `http { ${quic('8443 quic default_server; listen 8443 ssl default_server', 'a.example')} }`,
      `http { ${quic('8443 quic', 'a.example')} } ${streamBlock('listen 8443 udp;')}`,
      `http { ${quic('8443 quic', 'a.example')} } ${streamBlock('listen 8443;')}`,
    ].map((text): RuleCase => ({ main: whole(text), since: [1, 25, 0] })),
  ];
}

function whole(text: string): string {
  return `events {}\n${text}\n`;
}

function http(servers: string): RuleCase {
  return { main: whole(`http { ${servers} }`) };
}

function stream(servers: string): RuleCase {
  return { main: whole(streamBlock(servers)) };
}

function mail(servers: string): RuleCase {
  return { main: whole(mailBlock(servers)) };
}

function streamBlock(servers: string): string {
  return `stream { ${each(servers, 'proxy_pass 127.0.0.1:1;')} }`;
}

function mailBlock(servers: string): string {
  return `mail { ${each(servers, 'protocol smtp; auth_http 127.0.0.1/a;')} }`;
}

/** What stands in servers, parted by `|`. */
function each(servers: string, rest: string): string {
  return servers
    .split('|')
    .map((text) => `server { ${text} ${rest} }`)
    .join(' ');
}

function server(listens: string, name: string): string {
  return `server { listen ${listens}; server_name ${name}; ssl_reject_handshake on; } `;
}
