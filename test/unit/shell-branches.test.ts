import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shellBranches } from '../../server/syntax/commands/shell-branches';
import { signedCommands } from '../../server/syntax/commands/shell-commands';
import { steadyVariables } from '../../server/syntax/commands/steady-variables';
import { literalText } from '../../server/syntax/sourced-text';

/** Each command `a`, `b`, … with its branch; `-` runs for sure, and commands with one number run together. */
const scripts: readonly (readonly [script: string, branches: string])[] = [
  ['a; b\nc', 'a- b- c-'],
  ['a | b', 'a- b-'],
  ['a && b; c', 'a- b1 c-'],
  ['a || b || c\nd', 'a- b1 c2 d-'],
  ['a > file || b', 'a- b1'],
  ['a 2>/dev/null; b', 'a- b-'],
  ['if a; then b; c; else d; fi; e', 'a1 b2 c2 d3 e-'],
  ['if a\nthen b\nelif c\nthen d\nfi\ne', 'a1 b2 c3 d4 e-'],
  ['for x in 1 2; do a; b; done; c', 'a2 b2 c-'],
  ['while a; do b; done; c', 'a1 b2 c-'],
  ['case $1 in\n x|y) a; b ;;\n *) c ;;\nesac\nd', 'a2 b2 c3 d-'],
  ['f() { a; b; }\nc', 'a1 b1 c-'],
  ['f ()\n{\n a\n}\nc', 'a1 c-'],
  ['function f { a; b; }; c', 'a1 b1 c-'],
  ['{ a; b; }; c', 'a- b- c-'],
  ['z && { a; b; }; c', 'a1 b1 c-'],
  ['z && (a; b); c', 'a1 b1 c-'],
  ['if z; then a; if y; then b; fi; c; fi; d', 'a2 b4 c2 d-'],
  ['# if this; then that || other\na', 'a-'],
  ['echo "if a; then" || b', 'b1'],
  ['fi; done; }; a', 'a-'],
  ['if a; then b', 'a1 b2'],
];

for (const [script, expected] of scripts) {
  test(`when each command runs: ${JSON.stringify(script)}`, () => {
    let last = 0;
    const commands = signedCommands(literalText(script, 0));
    const places = shellBranches(commands, () => {
      last += 1;
      return last;
    });
    const told = commands.flatMap(({ words }, index) => {
      const name = words.map(({ value }) => value).find((value) => /^[a-e]$/.test(value));
      return name === undefined ? [] : [`${name}${places[index]?.branch ?? '-'}`];
    });
    assert.equal(told.join(' '), expected);
  });
}

test('a command in a function and a redirection are told', () => {
  const commands = signedCommands(literalText('f() { a > b; }; c', 0));
  const places = shellBranches(commands, () => 1);
  const told = commands.map(({ words }, index) => {
    const { isInFunction, isTarget } = places[index] ?? {};
    return `${words.map(({ value }) => value).join(' ')}${isInFunction ? ' in f' : ''}${isTarget ? ', a target' : ''}`;
  });
  // The target stands before its command, which is whole only behind it.
  assert.deepEqual(told, ['f', 'b, a target', '{ a in f', '}', 'c']);
});

/** Whether `$X` at the end of the script holds what it held whenever it was used before. */
const variables: readonly (readonly [script: string, isSteady: boolean])[] = [
  ['', true],
  ['X=1\n', true],
  ['X=1\nX=2\n', false],
  ['X=1\nX+=2\n', false],
  ['export X=1\n', true],
  ['for X in 1 2; do\n', false],
  ['read -r X\n', false],
  ['f() { local X; }\n', false],
  ['((X++))\n', false],
  ['XY=1\nXY=2\nY.X=1\n', true],
];

test('a variable that gets one value at most is steady', () => {
  for (const [script, isSteady] of variables) {
    assert.equal(steadyVariables(script)('X', script.length), isSteady, script);
  }
  assert.equal(steadyVariables('\n\nX=1')('X', 0), false, 'It gets its value later.');
  assert.equal(steadyVariables('')('', 0), false, 'What is no plain variable is not steady.');
});
