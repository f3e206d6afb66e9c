import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nginx } from '../../server/dialects/nginx/nginx';
import { fitsPattern } from '../../server/model/file-name';

/** Beginnings and parts of files that are nginx's, as they stand in real trees. */
const own: Readonly<Record<string, string>> = {
  'a main file': 'user www-data;\nevents { worker_connections 768; }\nhttp { include mime.types; }',
  'a site': 'server {\n  listen 80 default_server;\n  root /var/www/html;\n}',
  'a site that is being typed': 'server {\n  listen \n}',
  'a site without its end': 'server {\n  listen 80;\n  server_name example.org',
  'an upstream block': 'upstream app { server 127.0.0.1:3000; }',
  'a location': 'location ^~ /app {\n  proxy_pass http://app:3000;\n}',
  'a location that only sets': 'location / { set $upstream_port 3000; return 404; }',
  'a stream file': 'stream { server { listen 53 udp; proxy_pass dns; } }',
  'directives alone': 'listen 8080;\nlisten [::]:8080;',
  'a snippet': 'proxy_set_header Host $host;\nproxy_pass http://127.0.0.1:3000;',
  'a Jinja template':
    '{% for s in sites %}\nserver {\n listen {{ s.port }};\n server_name {{ s.name }};\n}\n{% endfor %}',
  'a file of envsubst': 'server {\n listen ${PORT};\n location / { proxy_pass http://${APP}; }\n}',
  'one with a typing error': 'server {\n  listen = 80;\n  server_name a;\n  location / { root /srv; }\n}',
  'one of OpenResty': 'server { listen 80; location / { content_by_lua_block { ngx.say("x = 1") } } }',
};

const foreign: Readonly<Record<string, string>> = {
  'php-fpm':
    '; Start a new pool\n[www]\nuser = www-data\nlisten = /run/php-fpm.sock\nlisten.owner = www-data\n',
  supervisor: '[supervisord]\nnodaemon=true\n[program:nginx]\ncommand=nginx -g "daemon off;"\n',
  Apache: 'Listen 80\n<VirtualHost *:80>\n  ServerName a\n  ProxyPass / http://a:3000/\n</VirtualHost>\n',
  'Apache with braces': 'Listen 8080\nRewriteRule ^/a{2}$ /b [R=301]\nLogFormat "%{Host}i" x\n',
  HAProxy: 'frontend web\n  bind *:80\nbackend app\n  server a 127.0.0.1:3000 check\n',
  systemd: '[Service]\nExecStart=/usr/sbin/nginx\nEnvironment=PORT=8080\n',
  fail2ban: '[nginx-http-auth]\nenabled = true\nport = http,https\nlogpath = %(nginx_error_log)s\n',
  'a filter of fail2ban': '[Definition]\nfailregex = ^<HOST> - .* "GET {.*}"$\nignoreregex =\n',
  Caddy: 'example.org {\n  reverse_proxy localhost:3000\n}\n',
  lighttpd: 'server.port = 80\n$SERVER["socket"] == ":443" {\n  ssl.engine = "enable"\n}\n',
  keepalived: 'virtual_server 192.0.2.1 80 {\n  lb_algo rr\n  real_server 192.0.2.2 80 { weight 1 }\n}\n',
  BIND: 'options {\n  listen-on port 53 { any; };\n  forwarders { 192.0.2.1; };\n};\nzone "a" { type master; };\n',
  SRS: 'listen 1935;\nmax_connections 1000;\nhttp_server { enabled on; listen 8080; }\nvhost __defaultVhost__ { }\n',
  UnrealIRCd: 'listen {\n  ip *;\n  port 6697;\n  options { tls; }\n}\n',
  rspamd:
    'upstream "local" {\n  default = yes;\n  hosts = "localhost";\n}\nworker "normal" { bind_socket = "*:11333"; }\n',
  Dovecot: 'service imap-login {\n  inet_listener imap {\n    port = 143\n  }\n}\n',
  logrotate:
    '/var/log/nginx/*.log {\n  daily\n  postrotate\n    [ -f /run/nginx.pid ] && kill -USR1 `cat /run/nginx.pid`\n  endscript\n}\n',
  HOCON: 'http {\n  server {\n    port = 8080\n    host = "0.0.0.0"\n  }\n}\n',
  Logstash: 'input {\n  tcp {\n    port => 5000\n  }\n}\noutput { elasticsearch { hosts => ["a:9200"] } }\n',
  dhcpd:
    'subnet 192.0.2.0 netmask 255.255.255.0 {\n  range 192.0.2.10 192.0.2.20;\n  option routers 192.0.2.1;\n}\n',
  'syslog-ng': 'source s_net { tcp(ip(0.0.0.0) port(514)); };\ndestination d { file("/var/log/a"); };\n',
  'OpenBSD httpd': 'server "example.org" {\n  listen on * port 80\n  location "/a" { root "/b" }\n}\n',
  FreeRADIUS: 'listen {\n  type = auth\n  port = 0\n}\nserver default {\n  authorize { }\n}\n',
  Unbound: 'server:\n  interface: 0.0.0.0\n  port: 53\n',
  Bird: 'protocol bgp a {\n  neighbor 192.0.2.1 as 64512;\n  local as 64513;\n}\n',
  ntp: 'server 0.pool.ntp.org iburst\nserver 1.pool.ntp.org iburst\nlisten on *\n',
  shell: '#!/bin/sh\nif [ -f a ]; then\n  echo "listen 80;"\nfi\nserver() { nc -l 80; }\n',
  YAML: 'server:\n  listen: 80\n  upstream: { server: "a:80" }\n',
  prose: 'To proxy, write proxy_pass http://a; in a location block, and listen on a port.\n',
  'a page about nginx':
    '# Set-up\n\nPut this into the file, then restart nginx:\n\n```nginx\nserver {\n  listen 80;\n  server_name a;\n  location / { proxy_pass http://a; }\n}\n```\n\nThat is all.\n',
  nothing: '\n\n# a comment\n',
};

describe('nginx is known by its text', () => {
  for (const [title, text] of Object.entries(own)) test(title, () => assert.ok(looks(text)));
});

describe('other programs are not taken for nginx', () => {
  for (const [title, text] of Object.entries(foreign)) test(title, () => assert.ok(!looks(text)));
});

test('a file that bears the name and is another program’s is not read', () => {
  for (const title of ['supervisor', 'logrotate', 'systemd', 'fail2ban', 'php-fpm', 'YAML']) {
    const { references, faults } = nginx.read(foreign[title] ?? '', {
      name: 'nginx.conf',
      variables: new Map(),
    });
    assert.deepEqual([references, faults], [[], []], title);
  }
});

test('names and places prove the kind where no other program has them', () => {
  const proves = (uri: string) =>
    nginx.files.some((pattern) => fitsPattern(uri.slice(uri.lastIndexOf('/') + 1), pattern)) ||
    (nginx.paths ?? []).some((pattern) => fitsPattern(uri, pattern));
  const shares = (uri: string) =>
    (nginx.shared?.files ?? []).some(
      (pattern) => fitsPattern(uri.slice(uri.lastIndexOf('/') + 1), pattern) || fitsPattern(uri, pattern),
    );
  for (const uri of ['nginx.conf', 'a.nginx', 'etc/nginx/conf.d/a.conf', 'docker/nginx/conf.d/a.conf'])
    assert.ok(proves(`file:///project/${uri}`), uri);
  for (const uri of [
    'a.conf',
    'a.vhost',
    'etc/nginx/mime.types',
    'php-fpm.d/www.conf',
    'sites-available/default',
  ])
    assert.ok(!proves(`file:///project/${uri}`), uri);
  for (const uri of [
    'a.conf',
    'a.conf.template',
    'a.vhost',
    'a.subdomain.conf.sample',
    'sites-enabled/default',
  ])
    assert.ok(shares(`file:///project/${uri}`), uri);
  assert.deepEqual(nginx.languages, []);
  assert.deepEqual(nginx.shared?.languages, ['nginx', 'NGINX']);
});

function looks(text: string): boolean {
  return nginx.looksLike?.(text) === true;
}
