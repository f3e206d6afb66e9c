import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readNftCommand } from '../../server/syntax/nftables/nft-command';
import { NftMemory } from '../../server/syntax/nftables/nft-known';
import {
  literalText,
  type SourcedText,
  SourcedTextBuilder,
  unknownText,
} from '../../server/syntax/sourced-text';
import { faultTold, referenceTold } from '../harness/told';

/** Words as a shell splits a line: quotation marks keep words together, and what stands in `$…` is unknown. */
function words(line: string): readonly SourcedText[] {
  return [...line.matchAll(/'[^']*'|\S+/g)].map(({ index, 0: word }) => {
    if (word.startsWith("'")) return literalText(word.slice(1, -1), index + 1);
    const builder = new SourcedTextBuilder();
    for (const { index: at, 0: part } of word.matchAll(/\$\w+|[^$]+/g)) {
      const span = { start: index + at, end: index + at + part.length };
      if (!part.startsWith('$')) builder.literal(part, span.start);
      else builder.replaced(unknownText, span, { name: part.slice(1), span, from: 'unknown' });
    }
    return builder.text();
  });
}

describe('a command in a shell', () => {
  const commandPorts = (line: string): string[] =>
    readNftCommand(words(line), line).references.map((reference) => referenceTold(reference, line));
  const commandFaults = (line: string): string[] =>
    readNftCommand(words(line), line).faults.map((fault) => faultTold(fault, line));

  test('its words are joined', () => {
    for (const line of [
      'add rule inet filter input tcp dport 22 accept',
      "'add rule inet filter input tcp dport 22 accept'",
      "-a add rule inet filter input 'tcp dport 22' accept",
    ]) {
      assert.deepEqual(commandPorts(line), ['22/tcp allow «22»'], line);
      assert.deepEqual(commandFaults(line), [], line);
    }
  });

  test('elements are ports when the set of an earlier command has ports', () => {
    const memory = new NftMemory();
    const portsIn = (line: string): string[] =>
      readNftCommand(words(line), line, memory).references.map((reference) => referenceTold(reference, line));
    const add = "add element inet filter web '{ 80, 443 }'";
    assert.deepEqual(portsIn(add), []);
    portsIn("add set inet filter web '{ type inet_service; }'");
    assert.deepEqual(portsIn(add), ['80 declare «80»', '443 declare «443»']);
    assert.deepEqual(portsIn("delete element inet filter web '{ 80 }'"), ['80 match «80»']);
    assert.deepEqual(portsIn("add element ip filter web '{ 80 }'"), []);
    assert.deepEqual(portsIn('add rule inet filter input tcp dport @web accept'), ['?/tcp allow «@web»']);
    portsIn("add set inet filter web '{ type mark; }'");
    assert.deepEqual(portsIn(add), []);
  });

  test('what is deleted by its handle or listed has no ports', () => {
    assert.deepEqual(commandPorts('delete rule inet filter input handle 22'), []);
    assert.deepEqual(commandPorts('list ruleset'), []);
  });

  test('a file that it loads is another text', () => {
    assert.deepEqual(commandPorts('-f /etc/nftables.conf'), []);
    assert.deepEqual(commandFaults('-f /etc/nftables.conf'), []);
  });

  test('what a variable puts in is not guessed, and no fault', () => {
    for (const [line, ...expected] of [
      ['add rule inet filter input tcp dport $port accept', '?/tcp allow «$port»'],
      ['add rule inet filter input tcp dport 80$port accept', '?/tcp allow «80$port»'],
      ['add rule inet filter input tcp dport $from-$to accept', '?/tcp allow «$from-$to»'],
      ['add rule inet filter input $proto dport 22 accept', '22 allow «22»'],
      ['add rule $family $table $chain tcp dport 22 accept', '22/tcp allow «22»'],
      ['add rule inet filter input $match accept'],
      ['$verb rule inet filter input handle 22'],
      ['$all'],
    ] as const) {
      assert.deepEqual(commandPorts(line), expected, line);
      assert.deepEqual(commandFaults(line), [], line);
    }
    const line = 'add rule inet filter input tcp dport $port accept';
    const [reference] = readNftCommand(words(line), line).references;
    assert.equal(reference?.variables?.[0]?.name, 'port');
  });

  test('what is wrong is told at its characters', () => {
    assert.deepEqual(commandFaults('add rule inet filter input tcp dport 70000 accept'), [
      'invalid-port «70000»',
    ]);
    assert.deepEqual(commandFaults("add rule inet filter input 'tcp dport 90-80' accept"), [
      'invalid-port «90-80»',
    ]);
  });
});
