import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry, type StateStack } from 'vscode-textmate';

const root = join(__dirname, '../..');
const folder = join(root, 'syntaxes');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.tmLanguage.json'))
  .map((file) => file.replace('.tmLanguage.json', ''));

/** Enough of Lua's own grammar, which VS Code brings along, to see where it is at work. */
const lua = JSON.stringify({
  scopeName: 'source.lua',
  patterns: [
    { match: '--.*$', name: 'comment.line.double-dash.lua' },
    { begin: '"', end: '"', name: 'string.quoted.double.lua' },
    { begin: "'", end: "'", name: 'string.quoted.single.lua' },
    { match: '\\b(?:local|if|then|end|return)\\b', name: 'keyword.control.lua' },
  ],
});

const registry = new Registry({
  onigLib: loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))).then(() => ({
    createOnigScanner,
    createOnigString,
  })),
  loadGrammar: async (scope) => {
    if (scope === 'source.lua') return parseRawGrammar(lua, 'lua.json');
    const file = `${scope.split('.')[1]}.tmLanguage.json`;
    return parseRawGrammar(readFileSync(join(folder, file), 'utf8'), file);
  },
});

async function grammar(name: string): Promise<IGrammar> {
  const loaded = await registry.loadGrammar(`source.${name}.portolan`);
  assert.ok(loaded !== null, name);
  return loaded;
}

/** One line's scopes, character by character. */
function tokenize(used: IGrammar, line: string, before: StateStack) {
  const { tokens, ruleStack } = used.tokenizeLine(line, before);
  const scopes = tokens.flatMap(({ startIndex, endIndex, scopes: each }) =>
    Array.from({ length: Math.min(endIndex, line.length) - startIndex }, () => each.slice(1)),
  );
  return { scopes, ruleStack };
}

/**
 * Texts with the scopes drawn under them: `>` begins a line of the text, and under it `^^^` and a scope, of which a
 * beginning is enough; `!` in front of it says that no character has it.
 */
const samples: Readonly<Record<string, string>> = {
  nginx: String.raw`
> # the whole site
  ^^^^^^^^^^^^^^^^ comment.line.number-sign
> http {
  ^^^^ storage.type.context
       ^ punctuation.section.block.begin
>   upstream app { server 10.0.0.1:8080 weight=5; server [::1]:81; }
    ^^^^^^^^ storage.type.context
             ^^^ !keyword
                   ^^^^^^ keyword.other.directive
                          ^^^^^^^^ string.unquoted.host
                                   ^^^^ constant.numeric.port
                                        ^^^^^^ variable.parameter
                                               ^ constant.numeric
                                                         ^^^^^ string.unquoted.host
                                                               ^^ constant.numeric.port
>   server {
    ^^^^^^ storage.type.context
>     listen 80 default_server; listen 8000-8010; listen [::]:443 ssl;
      ^^^^^^ keyword.other.directive
             ^^ constant.numeric.port
                ^^^^^^^^^^^^^^ constant.language
                              ^ punctuation.terminator
                                       ^^^^^^^^^ constant.numeric.port
                                                              ^^^ constant.numeric.port
                                                                  ^^^ constant.language
>     server_name a#81 "b c"; # a comment
      ^^^^^^^^^^^ keyword.other.directive
                   ^^^ !comment
                       ^^^^^ string.quoted.double
                              ^^^^^^^^^^^ comment.line.number-sign
>     location ~ ^/a(b|c)$ { proxy_pass http://app:8080$uri; }
      ^^^^^^^^ storage.type.context
               ^ keyword.operator
                             ^^^^^^^^^^ keyword.other.directive
                                        ^^^^^^^ string.unquoted.scheme
                                               ^^^ string.unquoted.host
                                                   ^^^^ constant.numeric.port
                                                       ^^^^ variable.other
>     set $port 8080; return 301 https://$host:\${port}/x;
      ^^^ keyword.other.directive
          ^^^^^ variable.other
                ^^^^ constant.numeric
                             ^^^ constant.numeric
                                         ^^^^^ variable.other
>     add_header X "never 'mind' \" $host"; gzip on;
                   ^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double
                                 ^^ constant.character.escape
                                    ^^^^^ variable.other
                                            ^^^^ keyword.other.directive
                                                 ^^ constant.language.boolean
>     content_by_lua_block {
      ^^^^^^^^^^^^^^^^^^^^ keyword.other.directive
>       local t = { a = "}" } -- }
        ^^^^^ keyword.control.lua
        ^^^^^ meta.embedded.block.lua
                        ^^^ string.quoted.double.lua
                              ^^^^ comment.line.double-dash.lua
>     }
      ^ punctuation.section.block.end
>   }
> }
> map $http_upgrade $connection { default upgrade; '' close; listen 80; }
  ^^^ storage.type.context
      ^^^^^^^^^^^^^ variable.other
                                  ^^^^^^^ keyword.other.directive
                                                   ^^ string.quoted.single
                                                             ^^^^^^ !keyword.other.directive
> worker_processes 4;
  ^^^^^^^^^^^^^^^^ keyword.other.directive
                   ^ constant.numeric
`,
  iptables: `
> # made by hand
  ^^^^^^^^^^^^^^ comment.line.number-sign
> *filter
   ^^^^^^ entity.name.section.table
> :INPUT DROP [137:139]
   ^^^^^ entity.name.function.chain
         ^^^^ keyword.control.verdict
              ^^^^^^^^^ comment.block.counters
              ^^^^^^^^^ !constant.numeric
> [5:300] -A INPUT -p tcp -m multiport ! --dports 80,443,8000:8010 -j ACCEPT
  ^^^^^^^ comment.block.counters
          ^^ keyword.other.command
             ^^^^^ entity.name.function.chain
                   ^^ keyword.other.option
                      ^^^ support.type
                             ^^^^^^^^^ support.type
                                       ^ keyword.operator.logical
                                         ^^^^^^^^ keyword.other.option
                                                  ^^^^^^^^^^^^^^^^ constant.numeric.port
                                                                   ^^ keyword.other.option
                                                                      ^^^^^^ keyword.control.verdict
> -A INPUT -s 10.0.0.0/8 -p udp --dport ssh -m comment --comment "port 80 # no" -j web
              ^^^^^^^^^^ constant.other.address
                                        ^^^ constant.numeric.port
                                                                 ^^^^^^^^^^^^^^ string.quoted.double
                                                                                   ^^^ entity.name.function.chain
> -A PREROUTING -t nat -p tcp -j DNAT --to-destination 10.0.0.5:8080
                                 ^^^^ keyword.control.verdict
                                                       ^^^^^^^^ constant.other.address
                                                                ^^^^ constant.numeric.port
> COMMIT
  ^^^^^^ keyword.other.commit
`,
  ufw: `
> *filter
   ^^^^^^ entity.name.section.table
> ### RULES ###
  ^^^^^^^^^^^^^ entity.name.section
> ### tuple ### allow tcp 22 0.0.0.0/0 any 10.0.0.0/8 in_eth0 comment=6f6b
  ^^^ punctuation.definition.tuple
      ^^^^^ keyword.other.tuple
                ^^^^^ keyword.control.verdict
                      ^^^ support.type.protocol
                          ^^ constant.numeric.port
                             ^^^^^^^^^ constant.other.address
                                       ^^^ constant.numeric.port
                                           ^^^^^^^^^^ constant.other.address
                                                      ^^^^^^^ storage.modifier.direction
                                                              ^^^^^^^^ variable.parameter
> ### tuple ### route:deny_log any 80:90,443 ::/0 any ::/0 Nginx%20Full - in_eth0!out_eth1
                ^^^^^^ storage.modifier.route
                      ^^^^ keyword.control.verdict
                          ^^^^ storage.modifier.log
                                   ^^^^^^^^^ constant.numeric.port
                                                           ^^^^^^^^^^^^ string.unquoted.profile
                                                                          ^^^^^^^^^^^^^^^^ storage.modifier.direction
> -A ufw-user-input -p tcp --dport 22 -j ACCEPT
     ^^^^^^^^^^^^^^ entity.name.function.chain
                                   ^^ constant.numeric.port
                                         ^^^^^^ keyword.control.verdict
> # only a comment
  ^^^^^^^^^^^^^^^^ comment.line.number-sign
`,
  'ufw-profile': `
> ; web servers
  ^^^^^^^^^^^^^ comment.line.number-sign
> [Nginx Full]
   ^^^^^^^^^^ entity.name.section
> title=Web Server (Nginx, HTTP + HTTPS)
  ^^^^^ keyword.other.property
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted
> ports=80,443,8000:8010/tcp|53/udp|ssh
  ^^^^^ keyword.other.property
       ^ keyword.operator.assignment
        ^^ constant.numeric.port
           ^^^ constant.numeric.port
                         ^^^ support.type.protocol
                            ^ punctuation.separator
                             ^^ constant.numeric.port
                                    ^^^ constant.numeric.port
> [Open
   ^^^^ entity.name.section
> ports=22
        ^^ constant.numeric.port
`,
  nft: `
> #!/usr/sbin/nft -f
  ^^^^^^^^^^^^^^^^^^ comment.line.number-sign
> define web_ports = { 80, 443, 8000-8010 }
  ^^^^^^ keyword.other.directive
         ^^^^^^^^^ variable.other.definition
                     ^ punctuation.section.block.begin
                       ^^ constant.numeric
                                ^^^^^^^^^ constant.numeric
> include "/etc/nftables/*.nft"
  ^^^^^^^ keyword.control.import
          ^^^^^^^^^^^^^^^^^^^^^ string.quoted.double
> table inet filter {
  ^^^^^ storage.type
        ^^^^ support.type.family
             ^^^^^^ entity.name.section.table
>   set bad { type ipv4_addr; elements = { 10.0.0.0/8, 2001:db8::1 } }
    ^^^ storage.type
        ^^^ entity.name.function.chain
              ^^^^ keyword.other.directive
                   ^^^^^^^^^ support.type
                                           ^^^^^^^^^^ constant.other.address
                                                       ^^^^^^^^^^^ constant.other.address
>   chain input {
    ^^^^^ storage.type
          ^^^^^ entity.name.function.chain
>     type filter hook input priority 0; policy drop;
      ^^^^ keyword.other.directive
                       !keyword
                                      ^ constant.numeric
                                         ^^^^^^ keyword.other.directive
                                                ^^^^ keyword.control.verdict
>     iifname "lo" accept # in
              ^^^^ string.quoted.double
                   ^^^^^^ keyword.control.verdict
                          ^^^^ comment.line.number-sign
>     ip saddr @bad tcp dport 22 drop
      ^^ support.type
               ^^^^ variable.other.set
                    ^^^ support.type
                        ^^^^^ support.variable.field
                              ^^ constant.numeric.port
                                 ^^^^ keyword.control.verdict
>     tcp dport $web_ports counter packets 80 bytes 443 jump web
                ^^^^^^^^^^ variable.other
                           ^^^^^^^ keyword.other.directive
                                                        ^^^^ keyword.control.verdict
                                                             ^^^ entity.name.function.chain
>     udp sport != 1024-65535 dnat to 10.0.0.5:8080
          ^^^^^ support.variable.field
                ^^ keyword.operator
                   ^^^^^^^^^^ constant.numeric.port
                              ^^^^ keyword.control.verdict
`,
  pf: String.raw`
> # all that comes in \
  ^^^^^^^^^^^^^^^^^^^^^ comment.line.number-sign
> still the comment
  ^^^^^^^^^^^^^^^^^ comment.line.number-sign
> web_ports = "{ 80, 443 }"
  ^^^^^^^^^ variable.other.definition
            ^ keyword.operator.assignment
              ^^^^^^^^^^^^^ string.quoted.double
                 ^^ constant.numeric
> table <bad> persist { 10.0.0.0/8, ::1 }
  ^^^^^ storage.type
         ^^^ entity.name.section.table
              ^^^^^^^ keyword.other.directive
                        ^^^^^^^^^^ constant.other.address
> set skip on lo
  ^^^ keyword.other.directive
> block return in quick on egress proto tcp from <bad> to any port { 22, 8000:8010 }
  ^^^^^ keyword.control.verdict
        ^^^^^^ keyword.control.verdict
               ^^ keyword.other.directive
                                        ^^^ support.type.protocol
                                                  ^^^ variable.other.table
                                                              ^^^^ keyword.other.directive
                                                                     ^^ constant.numeric
                                                                         ^^^^^^^^^ constant.numeric
> pass in proto tcp to port $web_ports rdr-to 10.0.0.5 port 8080:*
  ^^^^ keyword.control.verdict
                            ^^^^^^^^^^ variable.other
                                       ^^^^^^ keyword.control.translation
                                              ^^^^^^^^ constant.other.address
                                                            ^^^^^^ constant.numeric.port
> pass out proto udp to port >= ssh label "port 80" # in
                             ^^ keyword.operator.comparison
                                ^^^ constant.numeric.port
                                          ^^^^^^^^^ string.quoted.double
                                                    ^^^^ comment.line.number-sign
> anchor "web/*" in on em0 {
  ^^^^^^ keyword.other.directive
         ^^^^^^^ string.quoted.double
                           ^ punctuation.section.block.begin
`,
};

describe('every grammar tokenizes its sample with the scopes that are drawn under it', () => {
  test('each grammar has a sample', () => assert.deepEqual(Object.keys(samples).sort(), [...names].sort()));
  for (const [name, sample] of Object.entries(samples)) {
    test(name, async () => {
      const used = await grammar(name);
      let state = INITIAL;
      let scopes: string[][] = [];
      let line = '';
      for (const row of sample.replaceAll('\\${', '${').split('\n')) {
        if (row.startsWith('> ')) {
          line = row.slice(2);
          const tokenized = tokenize(used, line, state);
          scopes = tokenized.scopes;
          state = tokenized.ruleStack;
        } else if (row.trim() !== '') {
          const [, indent = '', carets = '', not = '', scope = ''] = /^( +)(\^*) ?(!?)(\S+)$/.exec(row) ?? [];
          for (let at = indent.length - 2; at < indent.length - 2 + Math.max(1, carets.length); at += 1) {
            const has = (scopes[at] ?? []).some((each) => each === scope || each.startsWith(`${scope}.`));
            const where = `${line}\n${row.slice(2)}\nat "${line[at]}": ${scopes[at]?.join(' ')}`;
            assert.equal(has, not === '', where);
          }
        }
      }
    });
  }
});

/** Lines with something left open, and a line that has to be read after each of them as if nothing had been. */
const broken: Readonly<Record<string, { readonly lines: readonly string[]; readonly good: string }>> = {
  nginx: {
    lines: [
      'server_name "a b;',
      "add_header X 'y;",
      'root /srv',
      '}',
      '{',
      'map $a $b { a "b',
      'server { listen 80; # "',
      'types { text/html html;',
    ],
    good: 'server { listen 80; }',
  },
  iptables: {
    lines: ['-A INPUT --comment "open', '# "', '[1:', ':', "-A INPUT -m comment --comment 'x", '*'],
    good: '-A INPUT -p tcp --dport 80 -j ACCEPT',
  },
  ufw: {
    lines: ['### tuple ###', '### tuple ### allow', '-A INPUT --comment "open', '###'],
    good: '### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in',
  },
  'ufw-profile': { lines: ['[Open', 'title="x', 'ports=', 'ports=80,', '='], good: 'ports=80/tcp' },
  nft: {
    lines: ['comment "open', 'set a { elements = {', '}}', 'tcp dport {', 'define', '$', 'include "x'],
    good: 'tcp dport 80 accept',
  },
  pf: {
    lines: ['label "open', "x = 'open", 'pass in proto tcp to port { 80', '}', 'table <a', '$', 'from <'],
    good: 'pass in proto tcp from any to any port 80',
  },
};

describe('what a line leaves open does not colour the rest of the file', () => {
  for (const [name, { lines, good }] of Object.entries(broken)) {
    test(name, async () => {
      const used = await grammar(name);
      const expected = tokenize(used, good, INITIAL).scopes;
      for (const line of lines) {
        const state = tokenize(used, line, INITIAL).ruleStack;
        assert.deepEqual(tokenize(used, good, state).scopes, expected, line);
      }
    });
  }
});

test('a string of nginx may go on over lines', async () => {
  const used = await grammar('nginx');
  let state = INITIAL;
  for (const line of [
    'add_header Content-Security-Policy "default-src none;',
    '  img-src self;"; gzip on;',
  ]) {
    const { scopes, ruleStack } = tokenize(used, line, state);
    state = ruleStack;
    const at = line.indexOf('src');
    assert.ok(
      scopes[at]?.some((scope) => scope.startsWith('string.quoted')),
      line,
    );
  }
  assert.ok(tokenize(used, 'gzip on;', state).scopes[0]?.some((scope) => scope.startsWith('keyword.other')));
});

test('every language has a configuration with its comments, and brackets that come in pairs', () => {
  for (const name of names) {
    const text = readFileSync(join(folder, `${name}.language-configuration.json`), 'utf8');
    const { comments, brackets, autoClosingPairs } = JSON.parse(text);
    assert.equal(comments.lineComment, '#');
    for (const pair of brackets) assert.equal(pair.length, 2);
    for (const { open, close } of autoClosingPairs) assert.ok(open !== '' && close !== '');
  }
});
