import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { iptables } from '../../server/dialects/iptables/iptables';
import type { Reading } from '../../server/model/reading';
import { slice } from '../../server/model/span';
import { shellScript } from '../../server/syntax/commands/shell-script';
import { readIptablesScript } from '../../server/syntax/iptables/iptables-script';
import { faultTold, portsTold } from '../harness/told';

function read(lines: string): Reading {
  return readIptablesScript(shellScript(`#!/bin/sh\n${lines}\n`));
}

function ports(lines: string): string[] {
  const text = `#!/bin/sh\n${lines}\n`;
  return read(lines).references.map((reference) => {
    const { role, owner, portSpan } = reference;
    return `${portsTold(reference)} ${role} ${owner} «${slice(text, portSpan)}»`;
  });
}

function faults(lines: string): string[] {
  const text = `#!/bin/sh\n${lines}\n`;
  return read(lines).faults.map((fault) => faultTold(fault, text));
}

/** Commands with their ports; none of them has a fault. */
const calls: readonly (readonly [lines: string, ...ports: string[]])[] = [
  ['iptables -A INPUT -p tcp --dport 22 -j ACCEPT', '22/tcp allow chain INPUT «22»'],
  ['  sudo /sbin/ip6tables -w -I INPUT 1 -p udp --dport 53 -j ACCEPT', '53/udp allow chain INPUT «53»'],
  ['ip netns exec web iptables-legacy -A INPUT -p tcp --dport 80 -j DROP', '80/tcp deny chain INPUT «80»'],
  [
    'iptables -C INPUT -p tcp --dport 80 || iptables -A INPUT -p tcp --dport 80 -j ACCEPT',
    '80/tcp match chain INPUT «80»',
    '80/tcp allow chain INPUT «80»',
  ],
  [
    'iptables -t nat -A PREROUTING -p tcp --dport 80 \\\n  -j REDIRECT --to-port 8080',
    '80/tcp match chain PREROUTING of nat «80»',
    '8080/tcp forward chain PREROUTING of nat «8080»',
  ],
  ['iptables -A INPUT -p tcp --dport "22" -j ACCEPT 2>/dev/null', '22/tcp allow chain INPUT «22»'],
  ['f() { iptables -A INPUT -p tcp --dport "$1" -j ACCEPT; }', '?/tcp allow chain INPUT «$1»'],
  [
    'for p in 80 443; do iptables -A INPUT -p tcp --dport $p -j ACCEPT; done',
    '80/tcp allow chain INPUT «$p»',
    '443/tcp allow chain INPUT «$p»',
  ],
  [
    'for p in 80 $MORE; do iptables -A INPUT -p tcp --dport $p -j ACCEPT; done',
    '?/tcp allow chain INPUT «$p»',
  ],
  ['iptables -A INPUT -p $PROTO --dport 80 -j ACCEPT', '80 allow chain INPUT «80»'],
  ['iptables -A $CHAIN -p tcp --dport 80:$LAST -j $ACTION', '?/tcp match chain $CHAIN «80:$LAST»'],
  [
    'iptables -t $TABLE -A PREROUTING -p tcp --dport 80 -j REDIRECT',
    '80/tcp match chain PREROUTING of $TABLE «80»',
  ],
  // What the variables hold may be anything: nothing behind them is judged.
  [
    'iptables -A INPUT $OPTIONS --dport 80 --dports 99999 -j ACCEPT',
    '80 allow chain INPUT «80»',
    '? allow chain INPUT «99999»',
  ],
  ['iptables "$@"'],
  ['iptables -A INPUT -p tcp -m geoip --src-cc NO --dport 22 -j ACCEPT', '22/tcp allow chain INPUT «22»'],
  ['iptables -A INPUT -p tcp --dport 22 -j TARPIT --honeypot', '22/tcp match chain INPUT «22»'],
  // The program behind a variable.
  ['IPT=/sbin/iptables\n$IPT -A INPUT -p tcp --dport 22 -j ACCEPT', '22/tcp allow chain INPUT «22»'],
  [
    'ipt="iptables -t nat"\n$ipt -A PREROUTING -p tcp --dport 80 -j REDIRECT',
    '80/tcp match chain PREROUTING of nat «80»',
  ],
  ['IPT=$(which iptables)\n"$IPT" -A INPUT -p tcp --dport 22 -j ACCEPT', '22/tcp allow chain INPUT «22»'],
  ['$IPTABLES -A PREROUTING -p tcp --dport 80 -j REDIRECT', '80/tcp match chain PREROUTING «80»'],
  ['$SUDO iptables -A INPUT -p tcp --dport 22 -j ACCEPT', '22/tcp allow chain INPUT «22»'],
  // No commands of iptables.
  ['echo iptables -A INPUT -p tcp --dport 22 -j ACCEPT'],
  ['# iptables -A INPUT -p tcp --dport 22 -j ACCEPT'],
  ['apt-get install iptables -y'],
  ['command -v iptables >/dev/null || exit 1'],
  ['$SCRIPT -A INPUT -p tcp --dport 22'],
  ['cat <<EOF > help.txt\niptables -A INPUT -p tcp --dport 22\nEOF'],
];

describe('calls of iptables in a script', () => {
  for (const [lines, ...expected] of calls) {
    test(lines, () => {
      assert.deepEqual(ports(lines), expected);
      assert.deepEqual(faults(lines), []);
    });
  }
});

test('a variable that is a port is told by its name', () => {
  const [reference] = read('iptables -A INPUT -p tcp --dport ${PORT:-22} -j ACCEPT').references;
  assert.deepEqual(
    reference?.variables?.map(({ name, from }) => `${name} ${from}`),
    ['PORT unknown'],
  );
  assert.equal(reference?.ports, undefined);
});

test('what does not depend on variables is judged', () => {
  assert.deepEqual(faults('iptables -A $CHAIN -s $NET -p tcp --dport 70000 -j ACCEPT'), [
    'invalid-port «70000»',
  ]);
  assert.deepEqual(faults('iptables -A INPUT -p $PROTO --dport 80-90'), ['invalid-port «80-90»']);
  assert.deepEqual(faults('iptables -A INPUT -p $PROTO --dport 70000'), []);
  assert.deepEqual(faults('iptables -A INPUT --dport 80 -p tcp'), ['missing-transport «--dport»']);
  assert.deepEqual(faults('iptables -t natt -A INPUT -p tcp --dport 80'), ['unknown-parameter «natt»']);
  assert.deepEqual(faults('iptables -6 -A INPUT -p tcp --dport 80'), ['unknown-parameter «-6»']);
});

test('a save file in a heredoc is read as one', () => {
  const lines = [
    'ip6tables-restore <<-EOF',
    '\t*filter',
    '\t-A INPUT -p tcp --dport $PORT -j ACCEPT',
    '\t-A INPUT -p tcp --dport 99999 -j ACCEPT',
    '\tCOMMIT',
    '\tEOF',
    'cat > /etc/iptables/rules.v4 <<"END"',
    '*filter',
    ':INPUT DROP [0:0]',
    '-A INPUT -p tcp --dport 22 -j ACCEPT',
    'END',
  ].join('\n');
  assert.deepEqual(ports(lines), [
    '?/tcp allow chain INPUT «$PORT»',
    '?/tcp allow chain INPUT «99999»',
    '22/tcp allow chain INPUT «22»',
  ]);
  assert.deepEqual(faults(lines), ['invalid-port «99999»', 'syntax-error «*filter»']);
  assert.deepEqual(
    read(lines).references.map(({ rule }) => rule?.family),
    ['ipv6', 'ipv6', 'ipv4'],
  );
});

test('under the names of save files stand scripts as well', () => {
  const text = 'iptables -F\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n';
  const reading = iptables.read(text, { name: 'iptables.rules', variables: new Map() });
  assert.equal(reading.references.length, 1);
  assert.deepEqual(reading.faults, []);
});
