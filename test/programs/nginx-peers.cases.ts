/**
 * What nginx and Portolan must agree on beside `nginx.cases.ts`: directives about peers with a word too many or too
 * few, in a block that does not take them, or twice; upstream blocks and mail servers as a whole. Made from nginx's
 * own code, as those are.
 */
export const nginxPeerCases: readonly string[] = [
  ...serverParameters().flatMap((parameter) => [
    upstream('http', `server 10.0.0.1:80 ${parameter};`),
    upstream('stream', `server 10.0.0.1:80 ${parameter};`),
  ]),
  ...upstreamBlocks().flatMap((block) => [upstream('http', block), upstream('stream', block)]),
  ...locations().flatMap((location) => proxied().map((url) => server(`${location} { proxy_pass ${url}; }`))),
  ...['if ($host)', 'limit_except GET'].flatMap((block) =>
    proxied().map((url) => server(`location / { ${block} { proxy_pass ${url}; } }`)),
  ),
  ...nested(),
  ...resolvers().map((value) => `http { resolver ${value}; }`),
  ...logs().flatMap((value) => [
    `http { access_log syslog:${value}; }`,
    `http { error_log syslog:${value}; }`,
    `error_log syslog:${value} warn;`,
  ]),
  ...bindings(),
  ...withoutValues(),
  ...twice(),
  ...misplaced(),
  ...mails(),
].map((text) => `events {}\n${text}\n`);

function upstream(module: string, block: string): string {
  return `${module} { upstream app { ${block} } }`;
}

function server(text: string): string {
  return `http { server { listen 8099; ${text} } }`;
}

function serverParameters(): readonly string[] {
  return [
    ...[
      'foo',
      'ssl',
      'Backup',
      'BACKUP',
      'backup=1',
      'down=',
      'weight',
      'weight = 5',
      'max_fails',
      'Weight=5',
    ],
    ...['""', '10.0.0.2:80', ':80', '80', 'weight=-1', 'weight=1 weight=2', 'weight=2 foo', 'foo weight=x'],
    ...['max_conns=1 fail_timeout=1s max_fails=0', 'down', '=5', 'proxy_protocol', 'backup', 'down backup'],
  ];
}

function upstreamBlocks(): readonly string[] {
  return [
    ...['', 'least_conn;', 'hash $remote_addr consistent;', 'random two;', 'server;', '10.0.0.1:80;'],
    ...['server 10.0.0.1:80 backup; server 10.0.0.2:80 backup;', 'least_conn; server 10.0.0.1:80 backup;'],
    ...[
      'server 10.0.0.1:80; server 10.0.0.2:80 backup;',
      'server 10.0.0.1:80 backup; server 10.0.0.2:80 down;',
    ],
    ...['server *:80;', 'server 10.0.0.1:80; server 10.0.0.1:80;', 'server 10.0.0.1:80, 10.0.0.2:80;'],
    ...['server 10.0.0.1 :80;', 'app.example:80;', '[::1]:80;', 'listen 80;'],
  ];
}

function locations(): readonly string[] {
  return [
    ...['/', '/a', '= /a', '^~ /a', '=/a', '^~/a', '~ a', '~* a', '~a', '~*a', '"~a"', '@a', '~ ^/a/(.*)$'],
  ].map((pattern) => `location ${pattern}`);
}

function proxied(): readonly string[] {
  return [
    ...['http://127.0.0.1', 'http://127.0.0.1/', 'https://127.0.0.1:8443/a', 'http://127.0.0.1?a', '$host/a'],
    ...[
      'http://[::1]:80',
      'http://[::1]/',
      'http://127.0.0.1/$uri',
      'http://unix:/tmp/a',
      'http://unix:/tmp/a:/',
    ],
  ];
}

function nested(): readonly string[] {
  const pass = 'proxy_pass http://127.0.0.1/a;';
  return [
    server(`location /a { location ~ b { ${pass} } }`),
    server(`location /a { location /ab { ${pass} } }`),
    server(`location ~ a { location ~ b { ${pass} } }`),
    server(`location /a { ${pass} if ($host) { proxy_pass http://127.0.0.1; } }`),
    server(`location /a { ${pass} limit_except GET { ${pass} } }`),
  ];
}

function resolvers(): readonly string[] {
  return [
    ...['1.1.1.1, 8.8.8.8', '1.1.1.1,8.8.8.8', '1.1.1.1:53,8.8.8.8', '1.1.1.1 8.8.8.8,', '[::1],1.1.1.1'],
    ...['ipv6=off', 'valid=30s', 'valid=30s ipv6=off', '1.1.1.1 1.1.1.1:53', '*', '*:53', 'https://1.1.1.1'],
  ];
}

function logs(): readonly string[] {
  return [
    ...['127.0.0.1:514', '127.0.0.1', 'server=127.0.0.1,server=127.0.0.2', 'facility=local7', '', 'server='],
    ...['server=127.0.0.1,port=514', 'server=127.0.0.1,', ',server=127.0.0.1', 'server=127.0.0.1,level=warn'],
    ...['server=127.0.0.1, tag=a', 'server=127.0.0.1,facility=foo', 'server=127.0.0.1,facility=local7'],
    ...[
      'server=127.0.0.1,facility=LOCAL7',
      'server=127.0.0.1,severity=foo',
      'server=127.0.0.1,severity=debug',
    ],
    ...['server=127.0.0.1,tag=a_1', 'nohostname,server=127.0.0.1', 'server=127.0.0.1,nohostname=1'],
    ...['server=udp://127.0.0.1:514', 'server=*:514', 'foo=a,server=127.0.0.1:0'],
    ...['kern', 'clock', 'intern', 'authpriv', 'audit', 'alert', 'cron', 'security'].map(
      (facility) => `server=127.0.0.1,facility=${facility}`,
    ),
    ...['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'err', 'warning'].map(
      (severity) => `server=127.0.0.1,severity=${severity}`,
    ),
  ];
}

function bindings(): readonly string[] {
  const values = ['127.0.0.1 foo', '127.0.0.1 transparent', 'off', 'off foo', 'off transparent', '$a foo'];
  const more = ['127.0.0.1 transparent on', '$remote_addr transparent'];
  return [...values, ...more].flatMap((value) => [
    ...['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc', 'memcached'].map((module) =>
      server(`set $a 127.0.0.1; ${module}_bind ${value};`),
    ),
    `stream { proxy_bind ${value === '$a foo' ? '$remote_addr foo' : value}; }`,
  ]);
}

function withoutValues(): readonly string[] {
  const passes = ['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc', 'memcached'].map((module) => `${module}_pass`);
  return [
    ...passes.map((name) => server(`location / { ${name}; }`)),
    ...['resolver', 'proxy_bind', 'fastcgi_bind'].map((name) => `http { ${name}; }`),
    'stream { server { listen 5000; proxy_pass; } }',
    'stream { resolver; }',
    'stream { proxy_bind; }',
    'mail { resolver; }',
  ];
}

function twice(): readonly string[] {
  const passes = ['fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'];
  const block = (name: string) => `upstream ${name} { server 10.0.0.1:80; }`;
  return [
    ...passes.map((name) =>
      server(`location / { set $memcached_key a; ${name} 127.0.0.1:1; ${name} 127.0.0.1:2; }`),
    ),
    server('location / { proxy_pass http://127.0.0.1; proxy_pass http://127.0.0.1; }'),
    server('location / { proxy_pass http://127.0.0.1; fastcgi_pass 127.0.0.1:1; }'),
    server('location / { proxy_pass http://127.0.0.1; if ($host) { proxy_pass http://127.0.0.1; } }'),
    server('resolver 1.1.1.1; location / { resolver 1.1.1.1; }'),
    server('resolver 1.1.1.1; resolver 8.8.8.8;'),
    'http { resolver 1.1.1.1; resolver 8.8.8.8; }',
    'stream { resolver 1.1.1.1; resolver 8.8.8.8; }',
    'mail { resolver 1.1.1.1; resolver 8.8.8.8; }',
    'http { proxy_bind 127.0.0.1; proxy_bind off; }',
    'http { grpc_bind 127.0.0.1; grpc_bind 127.0.0.2; }',
    'stream { proxy_bind 127.0.0.1; proxy_bind 127.0.0.2; }',
    'stream { server { listen 5000; proxy_pass 127.0.0.1:1; proxy_pass 127.0.0.1:2; } }',
    `http { ${block('a')} ${block('a')} }`,
    `http { ${block('a')} ${block('A')} }`,
    `http { ${block('a')} ${block('b')} }`,
    `stream { ${block('a')} ${block('a')} }`,
    `http { ${block('a')} } stream { ${block('a')} }`,
  ];
}

function misplaced(): readonly string[] {
  const block = 'upstream a { server 10.0.0.1:80; }';
  return [
    block,
    'server { listen 5000; }',
    'server { }',
    `http { server { listen 8099; ${block} } }`,
    `http { server { listen 8099; location / { ${block} } } }`,
    `stream { server { listen 5000; ${block} proxy_pass 127.0.0.1:1; } }`,
    'http { server 10.0.0.1:80; }',
    'stream { server 10.0.0.1:80; }',
    'server 10.0.0.1:80;',
    'http { server { listen 8099; server 10.0.0.1:80; } }',
    'http { server { listen 8099; location / { server 10.0.0.1:80; } } }',
  ];
}

function mails(): readonly string[] {
  const mail = (text: string) => `mail { server { listen 25; ${text} } }`;
  return [
    ...[
      'smtp',
      'pop3',
      'imap',
      'smtps',
      'imaps',
      'pop3s',
      'SMTP',
      'pop',
      'http',
      '25',
      '""',
      'smtp imap',
    ].map((value) => mail(`protocol ${value}; auth_http 127.0.0.1;`)),
    ...['protocol; auth_http 127.0.0.1;', 'auth_http;', 'auth_http 127.0.0.1 127.0.0.2;', ''].map(mail),
    mail('protocol smtp; protocol smtp; auth_http 127.0.0.1; auth_http 127.0.0.2;'),
    mail('smtp_auth none; timeout 60s; starttls off; proxy_pass_error_message on;'),
    'mail { auth_http 127.0.0.1; server { listen 25; } server { listen 143; } }',
    'mail { server { listen 25; auth_http 127.0.0.1; } server { listen 143; } }',
    'mail { protocol smtp; auth_http 127.0.0.1; server { listen 25; } }',
  ];
}
