/**
 * What nginx and Portolan must agree on: whole configurations, made from the grammar of each directive. None is taken
 * from anywhere; every one is valid or faulty for the reason of its own that the list it stands in is about.
 */
export const nginxCases: readonly string[] = [
  ...addresses().flatMap((address) => inEveryServer(`listen ${address};`)),
  ...parameters().flatMap((parameter) => inEveryServer(`listen 8080 ${parameter};`)),
  ...combinations().flatMap((listen) => [
    inHttpServer(`listen ${listen};`),
    inStreamServer(`listen ${listen};`),
  ]),
  ...placements(),
  ...peers().flatMap((peer) => [httpUpstream(`server ${peer};`), streamUpstream(`server ${peer};`)]),
  ...upstreamParameters().map((parameter) => httpUpstream(`server 127.0.0.1:8080 ${parameter};`)),
  ...httpProxies().map((url) => inLocation(`proxy_pass ${url};`)),
  ...peers().flatMap((peer) =>
    socketPasses().map((pass) => inLocation(`set $memcached_key a; ${pass} ${peer};`)),
  ),
  ...peers().map((peer) => streamServer(`listen 5000; proxy_pass ${peer};`)),
  ...schemes().map(inLocation),
  ...upstreamNames(),
  ...resolvers().flatMap((value) => [
    inHttp(`resolver ${value};`),
    inStreamServer(`listen 5000; resolver ${value};`),
  ]),
  ...logs().map(inHttp),
  ...mailAuths().map((value) => mailServer(`listen 2525; protocol smtp; auth_http ${value};`)),
  ...bindings().map((value) => inLocation(`proxy_bind ${value};`)),
  ...servers(),
  ...accesses().map(inLocation),
  ...harmless().map((text) => inHttpServer(`listen 8080; ${text}`)),
  ...syntax(),
];

/** What differs, and why. */
export interface KnownDifference {
  readonly reason: string;
  /** `words` are nginx's own, or tell how the ports differ. */
  readonly fits: (config: string, words: string, version: readonly number[]) => boolean;
}

export const knownDifferences: readonly KnownDifference[] = [
  {
    reason: 'A name may be known on the machine that the file is for; here there is no resolver.',
    fits: (_, nginx) => /^host not found .*"(?:a\.example|names?\.example|http|app)\b/.test(nginx),
  },
  {
    reason:
      'A server of http without listen binds port 80 (8000 without root), which stands nowhere in the text.',
    fits: (config, difference) =>
      difference === 'nginx binds 0.0.0.0 80; Portolan reads ' && !config.includes('listen'),
  },
  {
    reason:
      'Linux binds no mapped IPv4 address on an IPv6 socket; whether an address can be bound is up to the machine.',
    fits: (_, nginx) => nginx.startsWith('bind() to [::ffff:127.0.0.1]'),
  },
  {
    reason: 'A file without "events" is no whole configuration, but may be a part of one.',
    fits: (_, nginx) => nginx.startsWith('no "events" section in configuration'),
  },
  {
    reason: 'Before 1.25.0 there was no quic.',
    fits: (config, nginx, version) =>
      /\bquic\b/.test(config) && isBefore(version, 1, 25, 0) && nginx.includes('quic'),
  },
  {
    reason: 'Before 1.25.5 stream had no default_server, deferred, accept_filter and setfib.',
    fits: (config, nginx, version) =>
      /^invalid parameter "(?:default_server|deferred|accept_filter=httpready|setfib=1)"/.test(nginx) &&
      config.includes('stream') &&
      isBefore(version, 1, 25, 5),
  },
  {
    reason: 'Before 1.25.5 stream had no pass.',
    fits: (_, nginx, version) => nginx.includes('directive "pass"') && isBefore(version, 1, 25, 5),
  },
  {
    reason: 'Before 1.23.1 resolver had no ipv4.',
    fits: (_, nginx, version) => nginx.includes('"ipv4=') && isBefore(version, 1, 23, 1),
  },
  {
    reason: 'Before 1.29.7 there was no multipath.',
    fits: (config, _, version) => config.includes('multipath') && isBefore(version, 1, 29, 7),
  },
  {
    reason: 'FreeBSD has setfib; nobody knows which system a file is for.',
    fits: (_, nginx) => nginx.startsWith('invalid parameter "setfib='),
  },
  {
    reason:
      'Before 1.27.3 "resolve" was for the commercial version, and Portolan knows no parameters of relatives.',
    fits: (_, nginx) => /invalid parameter "(?:resolve|slow_start=3s|route=a|unknown=1)"/.test(nginx),
  },
];

function isBefore(
  [a = 0, b = 0, c = 0]: readonly number[],
  major: number,
  minor: number,
  patch: number,
): boolean {
  return a * 1e6 + b * 1e3 + c < major * 1e6 + minor * 1e3 + patch;
}

function socketPasses(): readonly string[] {
  return ['fastcgi_pass', 'scgi_pass', 'memcached_pass'];
}

function whole(text: string): string {
  return `events {}\n${text}\n`;
}

function inHttp(text: string): string {
  return whole(`http { ${text} server { listen 8099; } }`);
}

function inHttpServer(text: string): string {
  return whole(`http { server { ${text} server_name example.org; ssl_reject_handshake on; } }`);
}

function inLocation(text: string): string {
  return whole(`http { server { listen 8099; location / { ${text} } } }`);
}

function httpUpstream(text: string): string {
  return whole(
    `http { upstream app { ${text} } server { listen 8099; location / { proxy_pass http://app; } } }`,
  );
}

function streamUpstream(text: string): string {
  return whole(`stream { upstream app { ${text} } server { listen 8099; proxy_pass app; } }`);
}

function streamServer(text: string): string {
  return whole(`stream { server { ${text} } }`);
}

/** A certificate that is looked up when a connection comes needs no file. */
function inStreamServer(text: string): string {
  const certificate = 'ssl_certificate $ssl_server_name.crt; ssl_certificate_key $ssl_server_name.key;';
  return streamServer(`${text} ${certificate} proxy_pass 127.0.0.1:9;`);
}

function mailServer(text: string): string {
  return whole(`mail { server { ${text} } }`);
}

function inEveryServer(listen: string): readonly string[] {
  return [
    inHttpServer(listen),
    inStreamServer(listen),
    mailServer(`${listen} protocol smtp; auth_http 127.0.0.1/a;`),
  ];
}

function addresses(): readonly string[] {
  const hosts = [
    '127.0.0.1',
    '*',
    '[::1]',
    '[::]',
    'localhost',
    '10.1.2.3',
    '010.1.2.3',
    '[::ffff:127.0.0.1]',
  ];
  const ports = ['8080', '08080', '1', '65535', '8000-8003', '8000-8000'];
  const faulty = [
    '',
    '0',
    '65536',
    String.raw`8\080`,
    '99999999999999999999',
    '80x',
    '+80',
    'http',
    '8003-8000',
    '8000-',
    '-8000',
    '8000-70000',
    '0-80',
  ];
  return [
    ...ports,
    ...hosts,
    ...hosts.flatMap((host) => ports.slice(0, 1).map((port) => `${host}:${port}`)),
    ...ports.map((port) => `127.0.0.2:${port}`),
    ...ports.slice(2).map((port) => `[::1]:${port}`),
    ...faulty.flatMap((port) => [...(port === '' || port === 'http' ? [] : [port]), `127.0.0.1:${port}`]),
    ...faulty.slice(0, 4).map((port) => `[::1]:${port}`),
    ...['unix:/tmp/portolan-cases.sock', 'UNIX:/tmp/portolan-cases.sock', 'unix:'],
    ...[`unix:/${'a'.repeat(120)}`],
    ...['::1:80', '[::1', '[::1]80', '[::1]:80/', '[]:80', '[::1::2]:80', '[12345::]:80', '[1.2.3.4]:80'],
    ...[':8080', '""'],
    ...['127.0.0.1/8', 'http://127.0.0.1', '8000-8001-8002', '80,81', '$port', '127.0.0.1:$port'],
    ...['127.0.0.1:80:81'],
    ...['127.1:8080', '"8080"', "'127.0.0.1:8080'", '127.0.0.1:80\\80', 'a.example:8080', '256.0.0.1:80'],
    ...['1.2.3.4.5:80'],
  ];
}

function parameters(): readonly string[] {
  const sizes = ['8k', '1M', '4096', '8x', '', '-1'];
  return [
    ...['default_server', 'default', 'bind', 'deferred', 'reuseport', 'proxy_protocol', 'http2', 'udp'],
    ...['quic'],
    ...['ipv6only=on', 'ipv6only=off', 'ipv6only=maybe', 'ipv6only=only', 'ipv6only', 'multipath'],
    ...['setfib=1'],
    ...['backlog=511', 'backlog=0', 'backlog=x', 'backlog=', 'fastopen=3', 'fastopen=x'],
    ...['accept_filter=httpready'],
    ...sizes.flatMap((size) => [`rcvbuf=${size}`, `sndbuf=${size}`]),
    ...['on', 'off', '30m::10', '1h30m', '::', ':1s', '::5', 'x', '1m1h', '', '5:6:7', '1y2M3w4d5h6m7s'].map(
      (value) => `so_keepalive=${value}`,
    ),
    ...['8081', '127.0.0.1:8081', 'SSL', 'spdy', 'http3', 'default_server=1', 'tcp', 'x', '""'],
  ];
}

function combinations(): readonly string[] {
  const tcpOnly = [
    'ssl',
    'http2',
    'backlog=5',
    'fastopen=5',
    'deferred',
    'so_keepalive=on',
    'proxy_protocol',
  ];
  return [
    ...['8443 ssl', '8443 quic', '8443 quic reuseport', '53 udp', '53 udp reuseport'],
    ...['127.0.0.1:53 udp bind'],
    ...tcpOnly.flatMap((parameter) => [`8443 ${parameter} quic`, `53 udp ${parameter}`]),
    ...['8443 ssl http2 default_server backlog=10', '8000-8003 reuseport', '[::1]:8443 ssl ipv6only=on'],
    ...['53 udp ssl backlog=5', '8443 quic proxy_protocol so_keepalive=on', '8080 x 99999', '99999 x'],
  ];
}

function placements(): readonly string[] {
  return [
    whole('listen 80;'),
    whole('http { listen 80; }'),
    whole('http { server { location / { listen 80; } } }'),
    whole('http { server { if ($host) { listen 80; } } }'),
    whole('http { upstream a { server 127.0.0.1; listen 80; } }'),
    whole('stream { listen 80; }'),
    whole('stream { upstream a { listen 80; } }'),
    whole('mail { listen 25; }'),
    'events { listen 80; }\n',
    whole('http { server { } }'),
    whole('http { server { listen 8080; proxy_pass http://127.0.0.1; } }'),
    whole('http { proxy_pass http://127.0.0.1; }'),
    whole('http { server { fastcgi_pass 127.0.0.1:9000; } }'),
    whole('http { server { listen 8080; location / { proxy_pass http://127.0.0.1:1; } } }'),
    whole('http { server { location / { if ($host) { proxy_pass http://127.0.0.1:1; } } } }'),
    whole('http { server { location / { limit_except GET { proxy_pass http://127.0.0.1:1; } } } }'),
    whole('http { server { listen 8080; if ($host) { proxy_pass http://127.0.0.1:1; } } }'),
    whole('stream { proxy_pass 127.0.0.1:1; }'),
    whole('http { map $host $port { default 80; listen 90; } server { listen 8080; } }'),
    whole('http { geo $geo { default 80; 127.0.0.1 listen; } server { listen 8080; } }'),
    whole('http { types { listen 80; } server { listen 8080; } }'),
    whole('http { split_clients $host $v { 50% listen; * 70000; } server { listen 8080; } }'),
    whole('http { server { listen 8080; server { listen 8081; } } }'),
    whole('http { server { listen 8080; location / { server { listen 8081; } } } }'),
    whole('http { server { listen 8080; stream { server { listen 8081; proxy_pass 127.0.0.1:1; } } } }'),
    whole('http { http { server { listen 8080; } } }'),
  ];
}

function peers(): readonly string[] {
  return [
    ...['127.0.0.1:8080', '127.0.0.1', 'localhost:8080', '[::1]:8080', '[::1]', 'unix:/tmp/a.sock', 'unix:'],
    ...['127.0.0.1:0', '127.0.0.1:65536', '127.0.0.1:', '127.0.0.1:http', '127.0.0.1:80-90'],
    ...['127.0.0.1:80x', ':80'],
    ...['http://127.0.0.1:8080', '127.0.0.1:8080/', '127.0.0.1/a', '127.0.0.1?a', '[::1]:0', '[::1]x'],
    ...['[::1', '[x]:80'],
    ...['8080', '127.1:80', '"127.0.0.1:8080"', '127.0.0.1:08080', 'a.example:80', '::1:80', '""'],
  ];
}

function upstreamParameters(): readonly string[] {
  return [
    ...['weight=5', 'weight=0', 'weight=x', 'max_fails=3', 'max_fails=0', 'max_fails=x', 'max_conns=9'],
    ...['max_conns='],
    ...['fail_timeout=10s', 'fail_timeout=10', 'fail_timeout=x', 'fail_timeout=1m30s', 'fail_timeout=10ms'],
    ...['down; server 127.0.0.1:1', 'backup; server 127.0.0.1:1', '8081', '127.0.0.1:8081', 'weight=5 8081'],
    ...['resolve', 'slow_start=3s', 'route=a', 'unknown=1'],
  ];
}

function httpProxies(): readonly string[] {
  return [
    ...['http://127.0.0.1', 'https://127.0.0.1', 'http://127.0.0.1:8080', 'HTTP://127.0.0.1:8080'],
    ...['http://[::1]:8080'],
    ...['http://127.0.0.1:8080/path', 'http://127.0.0.1:8080?a=1:2', 'http://127.0.0.1/a:99999'],
    ...['http://localhost:1/'],
    ...['http://unix:/tmp/a.sock:/uri', 'http://unix:/tmp/a.sock', 'http://unix:', 'http://[::1]/a'],
    ...['http://127.0.0.1/'],
    ...['http://127.0.0.1:0', 'http://127.0.0.1:70000', 'http://127.0.0.1:', 'http://127.0.0.1:/'],
    ...['http://127.0.0.1:x/'],
    ...['http://127.0.0.1:80-81', 'http://:80', 'http://', 'http:///a', 'http://[::1', 'http://[::g]'],
    ...['http://127.0.0.1:80:81/'],
    ...['127.0.0.1:8080', 'localhost:8080', 'ftp://127.0.0.1', '8080', 'http:/127.0.0.1'],
    ...['"http://127.0.0.1:8080"'],
    ...['http://$host:8080', 'http://127.0.0.1:8080$request_uri', '$scheme://$host:$server_port'],
    ...['http://$host:99999'],
    ...['http://127.0.0.1:8080 http://127.0.0.1:8081', 'http://127.0.0.1 8080', '$host', 'http://8080'],
    ...['http://127.1:80'],
  ];
}

function schemes(): readonly string[] {
  return [
    ...['grpc://127.0.0.1:50051', 'grpcs://127.0.0.1:50051', '127.0.0.1:50051', 'grpc://127.0.0.1'],
    ...['grpc://127.0.0.1:0'],
    ...['grpc://127.0.0.1:1/a', 'http://127.0.0.1:1', 'grpc://[::1]:1', 'unix:/tmp/a', '$host:50051'],
  ]
    .map((value) => `grpc_pass ${value};`)
    .concat(
      [
        'uwsgi://127.0.0.1:3031',
        'suwsgi://127.0.0.1:3031',
        '127.0.0.1:3031',
        'uwsgi://127.0.0.1',
        'uwsgi://[::1]:x',
      ].map((value) => `uwsgi_pass ${value};`),
    );
}

function upstreamNames(): readonly string[] {
  const upstream = 'upstream app { server 127.0.0.1:8080; }';
  const http = (before: string, pass: string, after = '') =>
    whole(`http { ${before} server { listen 8099; location / { ${pass} } } ${after} }`);
  return [
    http(upstream, 'proxy_pass http://app;'),
    http(upstream, 'proxy_pass http://APP;'),
    http(upstream, 'proxy_pass http://app:80;'),
    http(upstream, 'proxy_pass https://app:8443/a;'),
    http('', 'proxy_pass http://app:80;', upstream),
    http('', 'proxy_pass http://app;', upstream),
    http(upstream, 'fastcgi_pass app;'),
    http(upstream, 'fastcgi_pass app:9000;'),
    http(upstream, 'grpc_pass grpc://app;'),
    http(upstream, 'grpc_pass grpcs://app:1;'),
    http(upstream, 'proxy_pass http://$host:80;'),
    http('', 'fastcgi_pass 127.0.0.1:9000; } location /a { fastcgi_pass 127.0.0.1;'),
    http('', 'fastcgi_pass 127.0.0.1; } location /a { fastcgi_pass 127.0.0.1:9000;'),
    http('', 'proxy_pass http://127.0.0.1; } location /a { fastcgi_pass 127.0.0.1;'),
    http('', 'fastcgi_pass [::1]:9000; } location /a { scgi_pass [::1];'),
    http('', 'fastcgi_pass localhost;'),
    http('', 'fastcgi_pass 9000;'),
    whole(`stream { ${upstream} server { listen 5000; proxy_pass app; } }`),
    whole(`stream { ${upstream} server { listen 5000; proxy_pass app:80; } }`),
    whole(`stream { server { listen 5000; proxy_pass app:80; } ${upstream} }`),
    whole(
      `stream { server { listen 5000; proxy_pass 127.0.0.1:80; } server { listen 5001; proxy_pass 127.0.0.1; } }`,
    ),
    whole(`http { ${upstream} } stream { server { listen 5000; proxy_pass 127.0.0.1:80; } }`),
    whole('stream { server { listen 5000; proxy_pass $remote_addr:80; } }'),
    whole('stream { server { listen 5000; pass 127.0.0.1:80; } }'),
    whole('stream { server { listen 5000; pass 127.0.0.1; } }'),
    whole('stream { server { listen 5000; pass localhost:80; } }'),
    whole('stream { server { listen 5000; pass 127.0.0.1:x; } }'),
  ];
}

function resolvers(): readonly string[] {
  return [
    ...['127.0.0.1', '127.0.0.1:53', '[::1]:5353', '127.0.0.1 127.0.0.2:54 valid=30s', '127.0.0.1 ipv6=off'],
    ...['127.0.0.1:0', '127.0.0.1:70000', '127.0.0.1:', '127.0.0.1:dns', '127.0.0.1:53-54', '[::1', ':53'],
    ...['127.0.0.1/8'],
    ...['127.0.0.1 valid=x', '127.0.0.1 ipv6=no', '127.0.0.1 ipv4=on', '127.0.0.1 [::1]:0', '$dns'],
    ...['localhost:53'],
  ];
}

function logs(): readonly string[] {
  return [
    ...['server=127.0.0.1', 'server=127.0.0.1:5514', 'server=[::1]:5514', 'server=unix:/tmp/log'],
    ...['server=127.0.0.1:0'],
    ...['server=127.0.0.1:x', 'server=127.0.0.1:', 'facility=local1,server=127.0.0.1:70000'],
    ...['server=127.0.0.1/8'],
    ...['server=127.0.0.1:5514,severity=info,tag=a', 'nohostname,server=localhost:5514', 'server=[::1'],
  ].flatMap((value) => [`access_log syslog:${value};`, `error_log syslog:${value} warn;`]);
}

function mailAuths(): readonly string[] {
  return [
    ...['127.0.0.1', '127.0.0.1:9000', 'http://127.0.0.1:9000/auth', 'localhost/a', '[::1]:9000/a'],
    ...['http://[::1]/a'],
    ...['127.0.0.1:0', '127.0.0.1:70000/a', '127.0.0.1:/a', 'https://127.0.0.1:443/a', 'http://', ':80/a'],
    ...['127.0.0.1/a:0'],
    ...['unix:/tmp/a:/auth', '127.0.0.1:80?a'],
  ];
}

function bindings(): readonly string[] {
  return [
    ...['127.0.0.1', '127.0.0.1:5000', '[::1]:5000', '::1', 'off', '$remote_addr'],
    ...['$remote_addr:$remote_port transparent'],
    ...['127.0.0.1:0', '127.0.0.1:70000', '127.0.0.1:x', 'localhost', '127.0.0.1:', '127.1', '[::1]'],
    ...['5000', '127.0.0.1 transparent'],
  ];
}

function servers(): readonly string[] {
  return [
    whole('stream { server { proxy_pass 127.0.0.1:1; } }'),
    whole('mail { server { protocol smtp; auth_http 127.0.0.1; } }'),
    ...[25, 465, 587, 110, 995, 143, 993, 2525, 80].map((port) =>
      mailServer(`listen ${port}; auth_http 127.0.0.1;`),
    ),
    mailServer('listen 2525; listen 25; auth_http 127.0.0.1;'),
    mailServer('listen 25-26; auth_http 127.0.0.1;'),
    mailServer('listen 24-25; auth_http 127.0.0.1;'),
    mailServer('listen unix:/tmp/portolan-cases.sock; auth_http 127.0.0.1;'),
    mailServer('listen 2525; auth_http 127.0.0.1; protocol imap;'),
    mailServer('listen 127.0.0.1; auth_http 127.0.0.1; protocol imap;'),
  ];
}

function accesses(): readonly string[] {
  const values = ['127.0.0.1', '127.0.0.1:80', '[::1]:80', '::1', '10.0.0.0/8', 'all'];
  return [
    ...values.flatMap((value) => [`allow ${value};`, `deny ${value};`]),
    'set_real_ip_from 127.0.0.1:80;',
  ];
}

/** Numbers that are no ports, and ports in mere texts. */
function harmless(): readonly string[] {
  return [
    ...['keepalive_timeout 70000;', 'client_max_body_size 99999;'],
    ...['error_page 404 =200 http://127.0.0.1:99999/;'],
    ...['return 301 https://$host:99999$request_uri;', 'rewrite ^ http://a:70000/ permanent;'],
    ...['set $upstream_port 99999;'],
    ...['add_header Location http://a:0/;', 'server_name a:8080 *.b:90;'],
    ...['location ~ ^/\\d+:99999$ { return 404; }'],
    ...['root /srv/listen/80:99999;', 'if ($server_port = 99999) { return 404; }'],
    ...['location / { proxy_redirect http://a:99999/ /; }'],
  ];
}

function syntax(): readonly string[] {
  const server = (text: string) => whole(`http { server { ${text} } }`);
  return [
    ...['', '\n\n', '# nothing', 'events{}', 'events {} # end', '"events" {}', 'events\n{\n}\n'],
    ...['events {', 'events }', 'events {}}', 'events {};', 'events', 'events;', '{}', ';', '}'],
    ...['events {} {'],
    ...[
      'listen 8080',
      'listen 8080;;',
      'listen 8080; ;',
      'listen "8080;',
      "listen '8080;",
      'listen "8080"x;',
    ].map(server),
    ...[
      '"listen" 8080;',
      'listen\n8080;',
      'listen # comment\n 8080;',
      'listen 8080# none\n;',
      'listen 8080 ;',
    ].map(server),
    ...[
      'listen 8080;server_name a#b;',
      'server_name "a;b{c}";listen 8080;',
      'listen\t8080;',
      'listen 8080;}{',
    ].map(server),
    ...[
      "listen '8080' ;",
      'listen "8080"{}',
      'listen 8080 {}',
      'listen {8080}',
      'listen;',
      'server_name ${host}x; listen 8080;',
    ].map(server),
    ...[
      'listen 8080\n server_name a;',
      'listen 8080\n location / { }',
      'listen 8080; root /a\n index b;',
    ].map(server),
    ...[
      'location / { proxy_pass http://127.0.0.1:1\n proxy_set_header A b; }',
      'listen 8080; location /',
    ].map(server),
    ...[
      'listen 8080; return 200 "a\\"b";',
      "listen 8080; return 200 'a\"b';",
      'listen 8080; return 200 a\\;b;',
    ].map(server),
    ...[
      'listen 8080; return 200 "{{";',
      'listen 8080; return 200 {;',
      'listen 8080; location ~ "^/a{2}$" { }',
    ].map(server),
    ...[
      'listen 8080; location ~ ^/a{2}$ { }',
      'listen 80\\80;',
      'listen "80\\t";',
      'listen 8080; set $a "${host}";',
    ].map(server),
    whole('http { server { listen 8080; }'),
    whole('http { server { listen 8080; } } }'),
    whole('http { server { listen 8080; } server { listen 8081; }'),
    whole('http { server { listen 8080; location / { } server { listen 8081; } }'),
    whole('http { upstream a { server 127.0.0.1:1\n server 127.0.0.1:2; } }'),
    '\uFEFFevents {}\n',
    'events {}\r\nhttp {\r\n  server {\r\n    listen 8080;\r\n  }\r\n}\r\n',
    `events {}\nhttp { server { listen 8080; return 200 ${'a'.repeat(4000)}; } }\n`,
  ];
}
