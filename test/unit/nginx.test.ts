import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nginx } from '../../server/dialects/nginx/nginx';
import type { Fault } from '../../server/model/fault';
import type { PortReference } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { slice } from '../../server/model/span';
import { faultTold, portsTold } from '../harness/told';

/** What stands in a block, with what comes of it: ports, or the rule, the characters and nginx's words. */
type Outcomes = readonly (readonly [text: string, ...outcome: string[]])[];

const httpListens: Outcomes = [
  ['80', '80/tcp 0.0.0.0'],
  ['8000-8002', '8000-8002/tcp 0.0.0.0'],
  ['*:080', '80/tcp *'],
  ['127.0.0.1', '80/tcp 127.0.0.1'],
  ['010.0.0.1:80', '80/tcp 010.0.0.1'],
  ['[::]:80', '80/tcp ::'],
  ['[::1]', '80/tcp ::1'],
  ['127.1:80', '80/tcp 127.1'],
  ['unix:/run/a.sock'],
  ['"80"', '80/tcp 0.0.0.0'],
  ['80 backlog=511', '80/tcp 0.0.0.0'],
  ['443 quic', '443/udp 0.0.0.0'],
  ['443 ssl multipath', '443/tcp 0.0.0.0'],
  ['$PORT', '?/tcp'],
  ['${PORT}', '?/tcp'],
  ['${PORT:-8080}', '8080/tcp'],
  ['{{ port | default(8080) }}', '8080'],
  ['{{ port }}', '?'],
  ['80 {{ parameters }}', '80 0.0.0.0'],
  ['127.0.0.1:__PORT__', '?/tcp 127.0.0.1'],
  ['0', 'invalid-port «0» invalid port in "0" of the "listen" directive'],
  ['127.0.0.1:', 'invalid-port «:» invalid port in "127.0.0.1:" of the "listen" directive'],
  ['10-5', 'invalid-port «10-5» invalid port range in "10-5" of the "listen" directive'],
  [
    '8000-8001-8002',
    'invalid-port «8000-8001-8002» host not found in "8000-8001-8002" of the "listen" directive',
  ],
  ['+80', 'invalid-port «+80» host not found in "+80" of the "listen" directive'],
  ['$port', 'invalid-port «$port» host not found in "$port" of the "listen" directive'],
  ['127.0.0.1:$port', 'invalid-port «$port» invalid port in "127.0.0.1:$port" of the "listen" directive'],
  [
    '1.2.3.4.5:80',
    '80/tcp 1.2.3.4.5',
    'invalid-address «1.2.3.4.5» host not found in "1.2.3.4.5:80" of the "listen" directive',
  ],
  ['80 81', '80/tcp 0.0.0.0', 'unknown-parameter «81» invalid parameter "81"'],
  [
    '80 ipv6only=maybe',
    '80/tcp 0.0.0.0',
    'unknown-parameter «ipv6only=maybe» invalid parameter "ipv6only=maybe"',
  ],
  ['https', '80/tcp https', 'port-as-host «https»'],
  ['0x50', '80/tcp 0x50', 'port-as-host «0x50»'],
  ['somewhere', '80/tcp somewhere'],
];

describe('listen in http', () => {
  for (const [text, ...outcome] of httpListens) {
    test(text, () => {
      const config = `http { server { listen ${text}; location / {} } }`;
      assert.deepEqual(outcomes(config, read(config)), outcome);
    });
  }
});

test('what a fragment may be included in is not held against it', () => {
  const accepted = ['80 default_server', '80 udp', '443 quic', '80 http2', '143 proxy_protocol', '127.0.0.1'];
  for (const listen of accepted) assert.deepEqual(read(`listen ${listen};`).faults, [], listen);
  const refused = ['80 81', '70000', '80 udp http2', '443 quic ssl', '53 udp ssl', '80 nonsense'];
  for (const listen of refused) assert.equal(read(`listen ${listen};`).faults.length, 1, listen);
  assert.deepEqual(read('server 127.0.0.1:80;').faults, []);
  assert.deepEqual(read('server { listen 80; proxy_pass app:80; }').faults, []);
});

test('the blocks of the including file count', () => {
  const rulesIn = (text: string, ...within: string[]) => read(text, within).faults.map(({ rule }) => rule);
  assert.deepEqual(rulesIn('listen 80;', 'http', 'server'), []);
  assert.deepEqual(rulesIn('listen 80;', 'http'), ['misplaced-directive']);
  assert.deepEqual(rulesIn('listen 80;', 'http', 'server', 'location'), ['misplaced-directive']);
  assert.deepEqual(rulesIn('listen 80;', 'http', 'map'), []);
  assert.deepEqual(rulesIn('listen 80;', 'rtmp', 'server'), []);
  assert.deepEqual(rulesIn('listen 80 http2;', 'stream', 'server'), ['unknown-parameter']);
  assert.deepEqual(rulesIn('listen 127.0.0.1;', 'stream', 'server'), ['random-port']);
  assert.deepEqual(rulesIn('server app;', 'stream', 'upstream'), ['missing-port']);
  assert.deepEqual(rulesIn('server app;', 'http', 'upstream'), []);
  assert.deepEqual(rulesIn('proxy_pass app:80;', 'http', 'server', 'location'), ['invalid-address']);
  assert.deepEqual(rulesIn('proxy_pass app:80;', 'stream', 'server'), []);
  const [reference] = read('listen 127.0.0.1;', ['http', 'server']).references;
  assert.deepEqual(reference?.ports, { first: 80, last: 80 });
});

test('includes are told with the blocks around them', () => {
  const config = `
    include modules/*.conf;
    http {
      include mime.types;
      server { include snippets/listen.conf; location / { include "proxy params"; } }
      map $a $b { include names.map; }
    }`;
  const told = (text: string, within?: readonly string[]) =>
    read(text, within).includes?.map((each) => [each.pattern, ...each.within].join(' '));
  assert.deepEqual(told(config), [
    'modules/*.conf',
    'mime.types http',
    'snippets/listen.conf http server',
    'proxy params http server location',
    'names.map http map',
  ]);
  assert.deepEqual(told('server { include a; }', ['http']), ['a server']);
  assert.deepEqual(told('http { include /etc/nginx/sites/*; include /srv/*.conf; }'), [
    'sites/* http',
    '/srv/*.conf http',
  ]);
});

test('a variable is known where the blocks around it set it once', () => {
  const portOf = (text: string) => {
    const { references } = read(`server { ${text} }`);
    const [found] = references.filter(({ role }) => role === 'connect');
    return found?.ports?.first ?? found?.variables?.[0]?.from;
  };
  assert.equal(portOf('set $p 3000; location / { proxy_pass http://a:$p; }'), 3000);
  assert.equal(portOf('location / { set $p 3000; proxy_pass http://a:${p}/x; }'), 3000);
  assert.equal(portOf('set $p 1; location / { set $p 3000; proxy_pass http://a:$p; }'), 3000);
  assert.equal(portOf('set $p 1; set $p 3000; location / { proxy_pass http://a:$p; }'), 'unknown');
  assert.equal(portOf('location / { set $p 1; if ($a) { set $p 2; } proxy_pass http://a:$p; }'), 'unknown');
  assert.equal(portOf('location /a { set $p 1; } location / { proxy_pass http://a:$p; }'), 'unknown');
  assert.equal(portOf('set $p $q; location / { proxy_pass http://a:$p; }'), 'unknown');
  assert.equal(portOf('location / { proxy_pass http://a:$server_port; }'), 'unknown');
});

test('the peers of a stream server have the transport of its listeners', () => {
  const transportOf = (listens: string) =>
    read(`stream { server { ${listens} proxy_pass a:1; } }`).references.at(-1)?.transport;
  assert.equal(transportOf('listen 1;'), 'tcp');
  assert.equal(transportOf('listen 1 udp;'), 'udp');
  assert.equal(transportOf('listen 1; listen 1 udp;'), undefined);
  assert.equal(transportOf('listen 1; include more;'), undefined);
});

test('a host without a port is judged where every upstream block is known', () => {
  const rulesOf = (text: string) => read(text).faults.map(({ rule }) => rule);
  const whole = (http: string) => `events {} http { ${http} server { location / { fastcgi_pass php; } } }`;
  assert.deepEqual(rulesOf(whole('')), ['missing-port']);
  assert.deepEqual(rulesOf(whole('include mime.types;')), ['missing-port']);
  assert.deepEqual(rulesOf(whole('include conf.d/*.conf;')), []);
  assert.deepEqual(rulesOf(whole('upstream PHP { server 127.0.0.1:9000; }')), []);
  assert.deepEqual(rulesOf('location / { fastcgi_pass php; }'), []);
  assert.deepEqual(rulesOf('location / { fastcgi_pass 127.0.0.1; }'), ['missing-port']);
  const twice = 'location /a { fastcgi_pass 127.0.0.1:9000; } location /b { fastcgi_pass 127.0.0.1; }';
  assert.deepEqual(rulesOf(twice), [], 'nginx takes the port of the first for the second');
});

test('a template by name or by content is not judged', () => {
  const named = (text: string, name: string) => nginx.read(text, { name, variables: new Map() }).faults;
  assert.deepEqual(named('server { listen $port; location / {} }', 'default.conf.template'), []);
  assert.deepEqual(named('server { listen 127.0.0.1:$port $options; }', 'site.conf.j2'), []);
  assert.equal(named('server { listen 70000; }', 'default.conf.template').length, 1);
  for (const text of [
    '{% if a %}server {{% else %}server {{% endif %} listen 80; }',
    'server { {{ if .A }}listen 80;{{ end }} ',
    '<% if a %> } <% end %>',
    'server {\n ${EXTRA}\n listen 80;\n}\n${MORE}\n',
    '__HEADER__\nserver { listen 80; }\n@FOOTER@\n',
  ])
    assert.deepEqual(read(text).faults, [], text);
});

test('an escape in a port keeps its place', () => {
  const text = 'http { server { listen "80\\"80"; listen "127.0.0.1:8080"; } }';
  const { references, faults } = read(text);
  assert.deepEqual(
    faults.map(({ span }) => slice(text, span)),
    ['80\\"80'],
  );
  assert.deepEqual(
    references.map(({ portSpan }) => slice(text, portSpan)),
    ['8080'],
  );
});

test('slots stand where a port may be typed, whatever else is missing', () => {
  const slots = (text: string) =>
    read(text).slots.map(({ span, role, before = '', above = '' }) =>
      `${role} ${span.start} «${slice(text, span)}»${before && ' before'}${above && ` above ${above}`}`.trim(),
    );
  assert.deepEqual(slots('listen'), ['listen 6 «» before']);
  assert.deepEqual(slots('listen '), ['listen 7 «»']);
  assert.deepEqual(slots('listen ;'), ['listen 7 «»']);
  assert.deepEqual(slots('server {\n  listen \n  server_name a;\n}'), ['listen 18 «»']);
  assert.deepEqual(slots('server {\n  listen 80\n  location / { }\n}'), ['listen 18 «80»']);
  assert.deepEqual(slots('listen 127.0.0.1:;'), ['listen 17 «»']);
  assert.deepEqual(slots('listen [::]:80;'), ['listen 12 «80»']);
  assert.deepEqual(slots('listen 80-;'), ['listen 7 «80»', 'listen 10 «» above 80']);
  assert.deepEqual(slots('listen 127.0.0.1;'), []);
  assert.deepEqual(slots('upstream a { server b: }'), ['connect 22 «»']);
  assert.deepEqual(slots('location / { proxy_pass http://a:80/b; }'), ['connect 33 «80»']);
  assert.deepEqual(slots('location / { proxy_pass http://a; }'), ['connect 31 «a»']);
  assert.deepEqual(slots('set $upstream_port ;'), ['declare 19 «»']);
});

test('a byte order mark is what nginx takes it for', () => {
  const [fault] = read('\uFEFFserver { listen 80; }').faults;
  assert.equal(fault?.rule, 'syntax-error');
  assert.deepEqual(fault?.span, { start: 0, end: 1 });
  assert.equal(read('\uFEFFserver { listen 80; }').references.length, 1);
});

function read(text: string, within?: readonly string[]): Reading {
  return nginx.read(text, { name: 'a.conf', variables: new Map(), ...(within && { within }) });
}

function outcomes(text: string, { references, faults }: Reading): readonly string[] {
  return [...references.map(port), ...faults.map((fault) => told(text, fault))];
}

function port(reference: PortReference): string {
  return `${portsTold(reference)} ${reference.address?.text ?? ''}`.trim();
}

function told(text: string, fault: Fault): string {
  const words = /\(nginx: (.*)\)\.$/.exec(fault.message)?.[1] ?? '';
  return `${faultTold(fault, text)} ${words}`.trim();
}
