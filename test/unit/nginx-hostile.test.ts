import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { nginx } from '../../server/dialects/nginx/nginx';
import { assertWithin } from '../harness/told';

/** How long the texts are; a reader that needs quadratic time would need minutes for them. */
const long = 100_000;

/** Texts that have no end, no beginning, or no measure. */
const parts: readonly string[] = [
  ...['{', '}', '"', "'", ';', '#', '\\', '$', 'a', 'a ', 'a\n', '\0', '\ud800', '\r', '${', '${A', '[', ':'],
  ...['{{', '{{ ', '{% ', '{# ', '<% ', '"{{ ', '"{{ }} ', '@a', '%a', '<a', '[[', '#{', 'PORT_', '${X}\n'],
  ...[
    'listen 80\n',
    'listen 80;\n',
    'listen ${A ;\n',
    'listen [::',
    'listen "',
    'server a:80\n',
    'include a\n',
  ],
  ...['server {\n', 'server { }\n', 'http {', 'location / {', 'location ~ ^/a{2}$ {', '2} y {', 'map a b {'],
  ...[
    '"\n',
    '"x"y',
    '\'"\n',
    '"a\n"b',
    'x_by_lua_block {',
    'x_by_lua_block { [[',
    'x_by_lua_block { }',
    '--[[',
  ],
  ...['proxy_pass http://a:80;', 'proxy_pass http://$a:80$b;', 'set $port 80;', 'return 301 http://a:1;'],
  ...['server_name a:1;', 'upstream a { server b:1; }', 'fastcgi_pass a;', 'set $a 1; location / {', 'if {'],
];

const wholes: Readonly<Record<string, string>> = {
  'servers in deep blocks': 'location / {'.repeat(10_000) + 'server { }'.repeat(10_000),
  'main blocks in deep blocks': 'x {'.repeat(10_000) + 'http { }'.repeat(10_000),
  'long words': `http { server { listen ${'8'.repeat(long)}; listen 80 ${'x'.repeat(long)}; } }`,
  'words of marks': [':', '$a', '${A', '{{', 'PORT', 'http://', '%a', ':1', '.', '0']
    .map((mark) => `return 301 ${mark.repeat(900)};\nproxy_pass http://${mark.repeat(900)};\n`.repeat(20))
    .join(''),
};

describe('a text without measure is read in good time, with spans inside it', () => {
  for (const part of parts) {
    test(JSON.stringify(part), () => assertRead(part.repeat(Math.ceil(long / part.length))));
  }
  for (const [title, text] of Object.entries(wholes)) test(title, () => assertRead(text));
});

test('an open quotation mark or brace does not spoil the rest', () => {
  const portsOf = (text: string) =>
    nginx.read(text, { name: '', variables: new Map() }).references.map(({ ports }) => ports?.first);
  assert.deepEqual(portsOf('server { root "/srv;\n listen 80;\n}\nserver { listen 81; }'), [80, 81]);
  assert.deepEqual(portsOf("server { root '/srv;\n listen 80; }"), [80]);
  assert.deepEqual(portsOf('server { listen 80; location / {\n}\nserver { listen 81; }'), [80, 81]);
  assert.deepEqual(portsOf('}\n}\nserver { listen 80; }'), [80]);
  assert.deepEqual(
    portsOf('server { listen 80; location ~ a{2} { proxy_pass http://a:81; } listen 82; }'),
    [80, 81, 82],
  );
});

function assertRead(text: string): void {
  const work = () => {
    nginx.looksLike?.(text);
    assertWithin(nginx.read(text, { name: 'nginx.conf', variables: new Map() }), text.length);
  };
  // The limit is no measurement: it ends what would never end.
  runInNewContext('work()', { work }, { timeout: 10_000 });
}
