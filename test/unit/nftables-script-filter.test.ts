import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firewallScript } from '../../server/dialects/firewall-script/firewall-script';
import type { PacketFilter } from '../../server/model/packet-filter';
import { slice } from '../../server/model/span';
import { filterWords } from '../harness/filter-words';

const base = "'{ type filter hook input priority 0; policy drop; }'";

function read(text: string): PacketFilter | undefined {
  return firewallScript.read(text, { name: 'fw.sh', variables: new Map() }).filter;
}

function assertWords(text: string, words: readonly string[]): void {
  assert.deepEqual(filterWords(read(text)), words);
}

test('the commands of a script make one filter', () => {
  assertWords(
    `nft flush ruleset\nnft add table inet t\nnft add chain inet t c ${base}\nnft add rule inet t c tcp dport 22 accept\nnft insert rule inet t c ip ttl 1 drop\n`,
    ['inet t c (input, policy drop)', '  ipv4 [ip ttl 1] -> drop', '  tcp dport 22 -> accept'],
  );
});

test('a chain that was not emptied may have other rules', () => {
  assertWords('nft add rule inet t c tcp dport 22 accept\n', [
    'inet t c (partial)',
    '  tcp dport 22 -> accept',
  ]);
});

test('a table, a chain and a family that were emptied have none', () => {
  for (const first of ['flush table ip t', 'delete table ip t', 'flush chain ip t c', 'flush ruleset ip'])
    assertWords(`nft ${first}\nnft add chain ip t c '{ }'\nnft add rule ip t c drop\n`, [
      'ip t c',
      '  ipv4 -> drop',
    ]);
});

test('what runs under a condition, in a loop or in a function is not told', () => {
  for (const line of [
    'if x; then nft add rule ip t c accept; fi',
    'x && nft add rule ip t c accept',
    'x || nft add rule ip t c accept',
    'for p in 1 2; do nft add rule ip t c tcp dport $p accept; done',
    'while read p; do\n  nft add rule ip t c accept\ndone',
    'open() {\n  nft add rule ip t c accept\n}',
    'function open {\n  nft add rule ip t c accept\n}',
    'case "$1" in\n  a) nft add rule ip t c accept ;;\n  *) nft add rule ip t c return ;;\nesac',
    '(nft add rule ip t c accept)',
  ])
    assertWords(`nft flush ruleset\nnft add chain ip t c\n${line}\nnft add rule ip t c drop\n`, [
      'ip t c (partial)',
      '  ipv4 -> drop',
    ]);
});

test('what is taken away under a condition leaves nothing certain', () => {
  assertWords('nft add rule ip t c drop\nif x; then nft flush ruleset; fi\n', ['no filter']);
});

test('a chain or table without a name that is known leaves nothing certain', () => {
  assertWords('nft add rule ip t c drop\nnft add rule ip t "$1" drop\n', ['no filter']);
});

test('a file that is loaded takes away what was there', () => {
  assertWords('nft add rule ip t c drop\nnft -f /etc/nftables.conf\nnft add rule ip t d drop\n', [
    'ip t d (partial)',
    '  ipv4 -> drop',
  ]);
});

test('a variable with one value is that value, and any other is not understood', () => {
  assertWords('P=22\nnft add rule ip t c tcp dport $P accept\nnft add rule ip t c tcp dport $Q accept\n', [
    'ip t c (partial)',
    '  ipv4 tcp dport 22 -> accept',
    '  ipv4 tcp <tcp dport $> -> accept',
  ]);
});

test('the set of another command may have any elements', () => {
  assertWords("nft add set ip t s '{ type inet_service; }'\nnft add rule ip t c tcp dport @s accept\n", [
    'ip t c (partial)',
    '  ipv4 tcp <tcp dport @s> -> accept',
  ]);
});

test('the span of a rule is its command, and its part of a call that says more', () => {
  const text =
    'sudo nft add rule ip t c accept || true\nnft "add rule ip t c drop"\nnft "add rule ip t c return; add rule ip t c continue"\n';
  const spans = (read(text)?.rules ?? []).map(({ span }) => slice(text, span));
  assert.deepEqual(spans, [
    'sudo nft add rule ip t c accept',
    'nft "add rule ip t c drop"',
    'add rule ip t c return',
    'add rule ip t c continue',
  ]);
});
