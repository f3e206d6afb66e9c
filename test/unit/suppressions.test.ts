import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { suppressionsIn } from '../../server/features/diagnostics/suppressions';
import { type CommentStyle, hashComments, hashLines, xmlComments } from '../../server/model/comments';

describe('a comment that has findings ignored', () => {
  test('is about its own line behind code, and about the line below when it is alone', () => {
    const text = 'one # portolan-ignore a\n# portolan-ignore b\n two\n';
    assert.deepEqual(told(text), ['a: one # portolan-ignore a', 'b:  two']);
  });

  test('is about the file where it says so, wherever it stands', () => {
    assert.deepEqual(told('one\n  # portolan-ignore-file a: why\n'), ['a: (file) because why']);
    assert.deepEqual(told('one # portolan-ignore-file a\n'), ['a: (file)']);
    // The words that a quick fix puts there until somebody has others are no reason.
    assert.deepEqual(told('one # portolan-ignore-file a: say why\n'), ['a: (file)']);
  });

  test('names rules with commas or blanks between, and a reason behind a colon', () => {
    const text = '# portolan-ignore a, b c : for 80:8080 alone \nnext\n';
    assert.deepEqual(
      told(text),
      ['a', 'b', 'c'].map((rule) => `${rule}: next because for 80:8080 alone`),
    );
  });

  test('can stand above others that are about the same line', () => {
    const text = '# portolan-ignore a\n# portolan-ignore-file b\n\t# portolan-ignore c\nnext\n';
    assert.deepEqual(told(text), ['a: next', 'b: (file)', 'c: next']);
  });

  test('is about nothing at the end of the text', () => {
    assert.deepEqual(told('# portolan-ignore a'), ['a: ']);
  });

  test('counts lines that end in CRLF, and no byte order mark', () => {
    assert.deepEqual(told('\uFEFF# portolan-ignore a\r\nnext\r\n'), ['a: next']);
    assert.deepEqual(told('one # portolan-ignore a\r\n'), ['a: one # portolan-ignore a']);
  });
});

describe('no such comment', () => {
  for (const [why, text] of [
    ['stands in quotation marks', 'labels: ["# portolan-ignore a"]'],
    ['stands in quotation marks, behind escaped ones', 'label: "\\" # portolan-ignore a"'],
    ['stands in single quotation marks', "echo '# portolan-ignore a'"],
    ['begins in the middle of a word', 'port#portolan-ignore a'],
    ['has other words in front', '# see portolan-ignore a'],
    ['is a longer word', '# portolan-ignored a'],
    ['is no comment at all', 'portolan-ignore a'],
    ['is in another language', '// portolan-ignore a'],
  ] as const) {
    test(why, () => assert.deepEqual(told(text), []));
  }

  test('stands behind code where a comment needs a line for itself', () => {
    assert.deepEqual(told('EXPOSE 80 # portolan-ignore a\n', hashLines), []);
    assert.deepEqual(told('# portolan-ignore a\nEXPOSE 80\n', hashLines), ['a: EXPOSE 80']);
  });
});

test('an apostrophe opens no quotation', () => {
  assert.deepEqual(told("note: it's # portolan-ignore a"), ["a: note: it's # portolan-ignore a"]);
});

describe('in XML', () => {
  test('the comment ends where XML has it end', () => {
    const text = '<zone> <!-- portolan-ignore a: why --> <port/>\n<!-- portolan-ignore b-->\n<x/>\n';
    assert.deepEqual(told(text, xmlComments), [
      'a: <zone> <!-- portolan-ignore a: why --> <port/> because why',
      'b: <x/>',
    ]);
  });

  test('a hash is none', () => assert.deepEqual(told('<a/> # portolan-ignore a', xmlComments), []));
});

describe('what has to go', () => {
  for (const [text, ...left] of [
    ['a\n  # portolan-ignore x: why\nb\n', 'a\nb\n'],
    ['a  # portolan-ignore x\nb\n', 'a\nb\n'],
    ['a # portolan-ignore x, y: why', 'a # portolan-ignore y: why', 'a # portolan-ignore x: why'],
    ['a\n# portolan-ignore', 'a\n'],
  ]) {
    test(JSON.stringify(text), () => {
      const removed = suppressionsIn(`${text}`, hashComments).map(({ removal: { start, end } }) => {
        return text?.slice(0, start) + (text?.slice(end) ?? '');
      });
      assert.deepEqual(removed, left);
    });
  }
});

test('very long texts are read in linear time', () => {
  const lines = 100_000;
  for (const text of [
    '# portolan-ignore a\n'.repeat(lines),
    '# portolan-ignore a '.repeat(lines),
    `"${'portolan-ignore '.repeat(lines)}`,
    `x #${' '.repeat(lines)}portolan-ignore`.repeat(10),
    `# portolan-ignore ${','.repeat(lines)}`,
    `<!-- portolan-ignore ${'-'.repeat(lines)}`.repeat(10),
  ]) {
    for (const style of [hashComments, hashLines, xmlComments]) {
      const start = performance.now();
      suppressionsIn(text, style);
      assert.ok(performance.now() - start < 1_500, `${text.slice(0, 30)} takes too long`);
    }
  }
});

/** Each suppression as its rule, the line that it is about and its reason. */
function told(text: string, style: CommentStyle = hashComments): readonly string[] {
  return suppressionsIn(text, style).map(({ rule, scope, reason }) => {
    const about = scope === undefined ? '(file)' : text.slice(scope.start, scope.end);
    return `${rule}: ${about}${reason === undefined ? '' : ` because ${reason}`}`;
  });
}
