import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firewallScript } from '../../server/dialects/firewall-script/firewall-script';

/** The ports that a script opens, and the text that gives each. */
function opened(text: string): readonly string[] {
  const { references } = firewallScript.read(text, { name: 'setup.sh', variables: new Map() });
  return references.map(({ ports, variables }) => {
    const definition = variables?.[0]?.definition;
    return `${ports?.first ?? '?'}${definition ? ` by ${text.slice(definition.start, definition.end)}` : ''}`;
  });
}

test('a value that stands in the script once is the variable’s', () => {
  assert.deepEqual(opened('P=2222\nufw allow $P/tcp\n'), ['2222 by 2222']);
  assert.deepEqual(opened('P="2222" # way in\nufw allow "${P}/tcp"\n'), ['2222 by 2222']);
  assert.deepEqual(opened('readonly P=2222\nnft add rule t c tcp dport $P\n'), ['2222 by 2222']);
  assert.deepEqual(opened('P=22; Q=23\nufw allow $P/tcp\n'), ['22 by 22']);
  assert.deepEqual(opened('P=22\r\nufw allow $P/tcp\r\n'), ['22 by 22']);
  assert.deepEqual(opened('P=22\nexport P\nf() {\n  ufw allow $P/tcp\n}\n'), ['22 by 22']);
});

test('what may be another value is not known', () => {
  for (const script of [
    'ufw allow $P/tcp\nP=22\n',
    'P=22\nP=23\nufw allow $P/tcp\n',
    'P=22\nfor P in 1 2; do ufw allow $P/tcp; done\n',
    'P=22\nf() { P=23; }\nufw allow $P/tcp\n',
    'P=22\nread P\nufw allow $P/tcp\n',
    'P=22\nlocal P\nufw allow $P/tcp\n',
    'P=22\nexport P=23\nufw allow $P/tcp\n',
    'P=22\n: ${P:=23}\nufw allow $P/tcp\n',
    'P=22\n((P+=1))\nufw allow $P/tcp\n',
    'P=22\nufw allow $((P++))/tcp\nufw deny $P/tcp\n',
    'P=22\n. ./settings\nufw allow $P/tcp\n',
    'P=22\n[ -r s ] && source s\nufw allow $P/tcp\n',
    'P=22\neval "$1"\nufw allow $P/tcp\n',
    'if x; then\nP=22\nfi\nufw allow $P/tcp\n',
    'x ||\nP=22\nufw allow $P/tcp\n',
    '  P=22\nufw allow $P/tcp\n',
    'P=22 true\nufw allow $P/tcp\n',
    'P=22 &\nufw allow $P/tcp\n',
    'P=$1\nufw allow $P/tcp\n',
    'P=(22 23)\nufw allow $P/tcp\n',
    'P="22 23"\nufw allow $P/tcp\n',
    'P=2*\nufw allow $P/tcp\n',
    'for P in 22 $Q; do ufw allow $P/tcp; done\n',
    'for P in 22 23; do true; done\nufw allow $P/tcp\n',
    'for P in 22 23; do ufw allow $P/tcp\n',
    'IFS=,\nL="22,23"\nfor P in $L; do ufw allow $P/tcp; done\n',
    'L="22 23"\nfor P in "$L"; do ufw allow $P/tcp; done\n',
  ]) {
    assert.ok(
      opened(script).every((port) => port === '?'),
      script,
    );
  }
});

test('a loop gives each of its values, with the place where it stands', () => {
  const list = 'L="80 443"\nfor p in $L 22; do ufw allow proto tcp to any port $p; done\n';
  assert.deepEqual(opened(list), ['80 by 80', '443 by 443', '22 by 22']);
  const nested = 'for p in 1 2; do for q in 3 4; do ufw allow $p/tcp; ufw allow $q/tcp; done; done\n';
  assert.deepEqual(opened(nested), ['1 by 1', '2 by 2', '3 by 3', '4 by 4']);
});

test('what is the same in every round is told once', () => {
  const script = 'for s in 10.0.0.1 10.0.0.2; do ufw allow from $s to any port 99999; done\n';
  const { faults } = firewallScript.read(script, { name: 'setup.sh', variables: new Map() });
  assert.equal(faults.length, 1);
});

test('long scripts of loops and variables are read in good time', () => {
  const loops = 'for p in 1 2 3; do\n'.repeat(5000) + 'ufw allow $p/tcp\n'.repeat(5000);
  const variables = Array.from({ length: 5000 }, (_, n) => `V${n}=${n}\nufw allow $V${n}/tcp\n`).join('');
  for (const script of [loops, variables, '${P:='.repeat(20_000), 'P=22\n'.repeat(20_000)]) {
    const start = performance.now();
    opened(script);
    assert.ok(performance.now() - start < 3000);
  }
});
