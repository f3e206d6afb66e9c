import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nftables } from '../../server/dialects/nftables/nftables';
import type { Reading } from '../../server/model/reading';
import { readNftText } from '../../server/syntax/nftables/nft-text';
import { literalText, unknownText } from '../../server/syntax/sourced-text';
import { assertWithin } from '../harness/told';

function read(text: string): Reading {
  return nftables.read(text, { name: 'x.nft', variables: new Map() });
}

/** A chain of the family inet with these rules. */
function chain(rules: string, above = ''): string {
  return `${above}table inet filter {\n  chain input {\n    type filter hook input priority 0;\n    ${rules}\n  }\n}\n`;
}

/** Texts that nobody writes. */
const hostile: Readonly<Record<string, (size: number) => string>> = {
  'open braces': (size) => '{'.repeat(size),
  'closed braces': (size) => '}'.repeat(size),
  'open brackets': (size) => '('.repeat(size),
  'open tables': (size) => 'table inet t {\n'.repeat(size / 15),
  'open chains': (size) => `table t {\n${'chain c {\n'.repeat(size / 10)}`,
  'open blocks of rules': (size) => chain('jump {\n'.repeat(size / 7)),
  'one word without its port': (size) => chain('tcp dport '.repeat(size / 10)),
  'one list': (size) => chain(`tcp dport { ${'22, '.repeat(size / 4)}} accept`),
  'ranges that overlap': (size) =>
    `table t {\n set s { type inet_service; flags interval; elements = { ${'80-65535, '.repeat(size / 10)}}\n}\n}\n`,
  'variables that stand for variables': (size) =>
    Array.from({ length: size / 20 }, (_, index) => `define a${index + 1} = $a${index}\n`).join(''),
  'a variable that doubles': () =>
    Array.from({ length: 200 }, (_, index) => `define a${index + 1} = { $a${index}, $a${index} }\n`).join(
      '',
    ) + chain('tcp dport $a200 accept', 'define a0 = 22\n'),
  'one set, named often': (size) =>
    `table t {\n set s { type inet_service; elements = { ${'80, '.repeat(size / 16)}}; }\n chain c {\n${'tcp dport @s accept\n'.repeat(size / 32)}}\n}\n`,
  'an open quotation mark': (size) => chain(`tcp dport "${'a'.repeat(size)}`),
  'marks of comments': (size) => '#'.repeat(size),
  backslashes: (size) => '\\'.repeat(size),
  'line breaks': (size) => '\n'.repeat(size),
  'NUL characters': (size) => '\0'.repeat(size),
  'lone surrogates': (size) => '\ud800'.repeat(size),
  'unknown texts': (size) => unknownText.repeat(size),
  'one number': (size) => chain(`tcp dport ${'2'.repeat(size)}`),
};

describe('hostile texts are read in linear time', () => {
  for (const [name, text] of Object.entries(hostile)) {
    test(name, () => {
      read(text(2000));
      const start = performance.now();
      const long = text(200_000);
      const reading = read(long);
      const time = performance.now() - start;
      assert.ok(time < 2500, `it takes ${Math.round(time)} ms`);
      assertWithin(reading, long.length);
      assert.ok(!/\uE000|undefined|NaN/.test(reading.faults.map(({ message }) => message).join()));
    });
  }

  test('every beginning and every end of a ruleset', () => {
    const text = chain(
      'tcp dport { 22, $web } accept # x\n    ip saddr . tcp dport vmap { 10.0.0.1 . 22 : jump "x" }',
      'define web = { 80-90, "https" }\ninclude "/etc/x.nft"\n',
    );
    for (let at = 0; at <= text.length; at += 1) {
      read(text.slice(0, at));
      read(text.slice(at));
      readNftText(literalText(text.slice(at), at));
    }
  });
});
