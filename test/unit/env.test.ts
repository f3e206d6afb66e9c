import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { couldBeOurs, dialectOf } from '../../server/dialects';
import { env } from '../../server/dialects/env/env';
import { readVariables } from '../../server/syntax/docker/dotenv';

describe('an environment file is told', () => {
  const ours = [
    '.env',
    '.env.local',
    '.env.production.local',
    '.env.example',
    'prod.env',
    '.env.nodejs',
    '.ENV',
  ];
  const others = ['.envrc', '.env.local.js', '.env.json', '.env.d.ts', 'env', 'env.ts', 'my.environment'];

  for (const name of ours) {
    test(`by its name: ${name}`, () => assert.equal(kindOf(name), 'env'));
  }

  for (const name of others) {
    test(`from ${name}, which is another kind of file`, () => {
      assert.equal(kindOf(name), undefined);
      assert.equal(couldBeOurs(`file:///project/${name}`), false);
    });
  }

  test('from a Dockerfile that is for an environment', () => {
    assert.equal(kindOf('Dockerfile.env'), 'dockerfile');
  });

  test('by what the editor says of it', () => {
    assert.equal(dialectOf('file:///project/settings', 'dotenv', 'PORT=80\n')?.id, 'env');
  });
});

describe('variables have the values that Compose gives them', () => {
  const cases: readonly (readonly [text: string, value: string | undefined])[] = [
    ['A= x # y', 'x'],
    ['A=x#y', 'x#y'],
    ['A="x \\"y\\" \\\\n \\q"', 'x "y" \\n \\q'],
    ["A='x \\'y\\' $B'", "x 'y' $B"],
    ['A="\\$B"', '$B'],
    ['A="one\r\ntwo"', 'one\ntwo'],
    ['A=', ''],
    ['A=""', ''],
    ['A="x', undefined],
    ['A=$B', undefined],
    ['B=1\nA=$B$B', '11'],
    ['\uFEFFA=x\r\n', 'x'],
  ];
  for (const [text, value] of cases) {
    test(JSON.stringify(text), () => assert.equal(readVariables(text).get('A'), value));
  }
});

test('a long file is read in time in proportion to it, whatever it says', () => {
  const lines = [
    'A="x\n',
    "A='\n",
    'A=${',
    'A_PORT=\n',
    'A=$A$A$A\n',
    'A="\\\n',
    'A=x://:1,',
    'A=\\"',
    ' ',
    'A',
  ];
  for (const line of lines) {
    const text = line.repeat(Math.ceil(200_000 / line.length));
    const begun = process.cpuUsage();
    env.read(text, { name: '.env', variables: new Map() });
    // The processor's time, not the clock's: other tests run at the same time.
    const taken = process.cpuUsage(begun).user / 1_000;
    assert.ok(taken < 5_000, `${JSON.stringify(line)} takes ${taken} ms`);
  }
});

function kindOf(name: string): string | undefined {
  return dialectOf(`file:///project/${name}`, undefined, 'PORT=80\n')?.id;
}
