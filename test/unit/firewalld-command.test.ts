import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shellCommands } from '../../server/syntax/commands/shell-commands';
import { readFirewallCmd } from '../../server/syntax/firewalld/firewall-cmd';
import { pythonSplit } from '../../server/syntax/firewalld/python-split';
import { literalText } from '../../server/syntax/sourced-text';
import { assertWithin, faultTold, portsTold } from '../harness/told';

/** What stands behind `firewall-cmd`, with the ports it names and the faults it has. */
const commands: readonly (readonly [line: string, ...outcome: string[]])[] = [
  ['--add-port=80/tcp', '80/tcp allow the default zone'],
  ['--zone=public --add-port 80-90/udp', '80-90/udp allow zone "public"'],
  ['--policy=web --add-source-port=53/udp', '53/udp source policy "web"'],
  ['--remove-port=80/tcp', '80/tcp match the default zone'],
  ['--permanent --service=web --add-port=8080/tcp', '8080/tcp declare service "web"'],
  ['--permanent --helper=h --add-port=21/tcp', '21/tcp declare helper "h"'],
  ['--ipset=s --add-entry=10.0.0.1,tcp:80', '80/tcp declare ipset "s"'],
  ['--add-port="$PORT"/tcp', '?/tcp allow the default zone'],
  ['--add-port=$PORTS', '? allow the default zone'],
  ['--add-port={80,443}/tcp', '?/tcp allow the default zone'],
  ['$OPTIONS --add-port=80/tcp', '80/tcp allow the default zone'],
  [
    '--add-forward-port=port=80:proto=tcp:toport=8080:toaddr=10.0.0.1',
    '80/tcp match the default zone',
    '8080/tcp forward the default zone to 10.0.0.1',
  ],
  [
    '--add-rich-rule=\'rule family="ipv4" source address="10.0.0.0/8" port port="443" protocol="tcp" reject\'',
    '443/tcp deny the default zone',
  ],
  ['--add-rich-rule="rule port port=$P protocol=tcp accept"', '?/tcp allow the default zone'],
  ['--add-rich-rule="rule $FAMILY port port=80 protocol=tcp"', '80/tcp match the default zone'],
  ['--add-port=90-80/tcp', '80-90/tcp allow the default zone', 'swapped-range «90-80»'],
  ['--add-port=80', '80 allow the default zone refused', 'missing-transport «80»'],
  ['--add-port=80:tcp', 'missing-transport «80:tcp»'],
  ['--add-port=80/TCP', '80 allow the default zone refused', 'invalid-transport «TCP»'],
  ['--add-port=80,443/tcp', 'invalid-port «80,443»'],
  ['--add-port=', 'missing-port «»'],
  ['--add-port', 'missing-port «--add-port»'],
  ['--add-port=80/tcp 443/tcp', '80/tcp allow the default zone refused', 'unknown-parameter «443/tcp»'],
  ['--add-ports=80/tcp', 'unknown-parameter «--add-ports»'],
  [
    '--add-port=80/tcp --add-service=http',
    '80/tcp allow the default zone refused',
    'unknown-parameter «--add-service»',
  ],
  ['--permanent --reload', 'unknown-parameter «--reload»'],
  [
    '--service=web --add-port=80/tcp',
    '80/tcp declare service "web" refused',
    'unknown-parameter «--service»',
  ],
  ['--service=web --add-port=80/tcp $PERMANENT', '80/tcp declare service "web"'],
  [
    '--add-forward-port=port=80:port=81:proto=tcp:toport=8080',
    '81/tcp match the default zone',
    '8080/tcp forward the default zone',
    'repeated-port «port=81»',
  ],
  [
    '--add-forward-port=port=80:proto=tcp',
    '80/tcp match the default zone refused',
    'missing-port «port=80:proto=tcp»',
  ],
  [
    "--add-rich-rule='rule port port=80 protocol=tcp'",
    '80/tcp match the default zone refused',
    'invalid-rule «rule»',
  ],
  [
    "--add-rich-rule='rule port port=80 protocol=tcp allow'",
    '80/tcp match the default zone refused',
    'invalid-rule «allow»',
  ],
  [
    "--add-rich-rule='port port=80 protocol=tcp accept'",
    '80/tcp allow the default zone refused',
    'invalid-rule «port»',
  ],
  ['--direct --add-rule ipv4 filter INPUT 0 -p tcp --dport 80 -j ACCEPT'],
  ['--reload'],
];

for (const [line, ...outcome] of commands) {
  test(`firewall-cmd ${line}`, () => {
    const text = `firewall-cmd ${line}`;
    const [words = []] = shellCommands(literalText(text, 0));
    const { references, faults } = readFirewallCmd(words.slice(1), text, 'firewall-cmd');
    assert.deepEqual(
      [
        ...references.map((reference) => {
          const { role, owner, address, isRefused } = reference;
          const rest = [...(address ? [`to ${address.text}`] : []), ...(isRefused ? ['refused'] : [])];
          return [portsTold(reference), role, owner, ...rest].join(' ');
        }),
        ...faults.map((fault) => faultTold(fault, text)),
      ],
      outcome,
    );
  });
}

test('firewall-offline-cmd has options of its own', () => {
  const read = (program: 'firewall-cmd' | 'firewall-offline-cmd' | undefined) =>
    readFirewallCmd([literalText('--port=80:tcp', 0)], '--port=80:tcp', program);
  assert.deepEqual(read('firewall-offline-cmd').faults, []);
  assert.deepEqual(read(undefined).faults, []);
  assert.equal(read('firewall-cmd').faults[0]?.rule, 'unknown-parameter');
  assert.equal(read('firewall-offline-cmd').references[0]?.ports?.first, 80);
});

describe('words as Python splits them', () => {
  const cases: readonly (readonly [text: string, ...words: string[]])[] = [
    ['a b', 'a', 'b'],
    ['  a\t"b c" \'d\'e ', 'a', 'b c', 'de'],
    ['a\\ b "c\\"d\\e" \'f\\\'', 'a b', 'c"d\\e', 'f\\'],
    ['"" a=""', '', 'a='],
    ['"a', '! No closing quotation', 'a'],
    ['a\\', '! No escaped character', 'a'],
  ];
  for (const [text, ...words] of cases) {
    test(JSON.stringify(text), () => {
      const split = pythonSplit(literalText(text, 0));
      const told = split.refusal === undefined ? [] : [`! ${split.refusal}`];
      assert.deepEqual([...told, ...split.words.map(({ value }) => value)], words);
    });
  }
});

/** The limit ends a hang, it is no measurement. */
test('endless commands are read to their end', { timeout: 60_000 }, () => {
  const rules = ['rule ', 'port port=1 ', '"', "'a", '\\a', '\n a', 'limit ', '='];
  const values = ['1-', '/', 'port=80:', '=', ':', ',tcp:1'];
  const words = [
    ...rules.map((piece) => ['--add-rich-rule', piece.repeat(10_000)]),
    ...values.flatMap((piece) => [
      ['--add-port', piece.repeat(10_000)],
      ['--add-forward-port', piece.repeat(10_000)],
      ['--add-entry', piece.repeat(10_000)],
    ]),
    new Array<string>(5_000).fill('--add-port=80/tcp'),
    new Array<string>(5_000).fill('--nothing'),
    new Array<string>(5_000).fill('80/tcp'),
  ];
  for (const list of words) {
    let at = 0;
    const texts = list.map((word) => {
      at += word.length + 1;
      return literalText(word, at - word.length - 1);
    });
    assertWithin(readFirewallCmd(texts, list.join(' ')), at);
  }
});
