import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slice } from '../../server/model/span';
import { readXml, type XmlReading } from '../../server/syntax/xml/xml';

/** Texts with what a parser tells: the elements it hands over, and why it stops, at which characters. */
const grammar: readonly (readonly [text: string, told: string, fault?: string])[] = [
  ['<a/>', '+a -a'],
  ['<a></a>', '+a -a'],
  ['\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<a/>', '+a -a'],
  ['<!-- x --><!DOCTYPE a [<!ENTITY b "<c>">]><a/><?p x?>\n', '+a -a'],
  ['<a b="1" c=\'2\'/>', '+a b=1 c=2 -a'],
  ['<a\n\tb = "1"\r\n/>', '+a b=1 -a'],
  ['<a b="&lt;&amp;&#65;&#x42;&quot;&apos;&gt;"/>', '+a b=<&AB"\'> -a'],
  ['<a b="1\n2\t3\r\n4"/>', '+a b=1 2 3 4 -a'],
  ['<a>x&amp;y</a>', '+a "x&y" -a'],
  ['<a>x<![CDATA[<b>&amp;]]></a>', '+a "x" "<b>&amp;" -a'],
  ['<a>\r\n</a>', '+a "\n" -a'],
  ['<a><b/>x<c>y</c></a>', '+a +b -b "x" +c "y" -c -a'],
  ['', '', 'no element found «»'],
  ['text', '', 'syntax error «text»'],
  [' <?xml version="1.0"?><a/>', '+a -a', 'XML or text declaration not at start of entity «<?xml»'],
  ['<?xml version=1?><a/>', '+a -a', 'XML declaration not well-formed «<?xml version=1?>»'],
  ['<a>', '+a', 'no element found «a»'],
  ['<a><b></a>', '+a +b -b -a', 'mismatched tag «a»'],
  ['<a></b></a>', '+a -a', 'mismatched tag «b»'],
  ['<a/><b/>', '+a -a +b -b', 'junk after document element «<b»'],
  ['<a/>x', '+a -a', 'junk after document element «x»'],
  ['<a b=1/>', '+a? b=1 -a', 'not well-formed (invalid token) «1»'],
  ['<a b/>', '+a? -a', 'not well-formed (invalid token) «b»'],
  ['<a b="1"c="2"/>', '+a? b=1 c=2 -a', 'not well-formed (invalid token) «c»'],
  ['<a b="1" b="2"/>', '+a? b=1 b=2 -a', 'duplicate attribute «b»'],
  ['<a b="<"/>', '+a? b= "\\"/>"', 'not well-formed (invalid token) «<»'],
  ['<a b="1/>\n<c d="2"/>', '+a? b=1 -a +c d=2 -c', 'not well-formed (invalid token) «<»'],
  ['<a b="1', '+a? b=1', 'unclosed token «"»'],
  ['<a ', '+a?', 'unclosed token «<a»'],
  ['<a>&b;</a>', '+a "\uE000" -a', 'undefined entity «&b;»'],
  ['<a>& b</a>', '+a "& b" -a', 'not well-formed (invalid token) «&»'],
  ['<a>&#0;</a>', '+a "\uE000" -a', 'reference to invalid character number «&#0;»'],
  ['<a>]]></a>', '+a "]]>" -a', 'not well-formed (invalid token) «]]>»'],
  ['<a><!-- -- --><b/></a>', '+a +b -b -a', 'not well-formed (invalid token) «--»'],
  ['<a><!-- \n<b/></a>', '+a "\n" +b -b -a', 'unclosed token «<!--»'],
  ['<a><![CDATA[x\n</a>', '+a "x" "\n" -a', 'unclosed CDATA section «<![CDATA[»'],
  ['<a>\u0001</a>', '+a "\u0001" -a', 'not well-formed (invalid token) «\u0001»'],
  ['<a><1/></a>', '+a "1/>" -a', 'not well-formed (invalid token) «<1»'],
  ['<a/ ><b/>', '+a? +b -b', 'not well-formed (invalid token) «/»'],
];

for (const [text, told, fault] of grammar) {
  test(`XML ${JSON.stringify(text)}`, () => {
    const reading = readXml(text);
    assert.equal(shown(reading), told);
    const found = reading.fault && `${reading.fault.expat} «${slice(text, reading.fault.span)}»`;
    assert.equal(found, fault);
  });
}

test('a value knows the characters that it came from', () => {
  const text = '<port port="8&#48;&amp;" x = \'\'/>';
  const { events } = readXml(text);
  const [start] = events;
  assert.ok(start?.kind === 'start');
  const [port, empty] = start.element.attributes;
  assert.ok(port !== undefined && empty !== undefined);
  assert.equal(slice(text, port.valueSpan), '8&#48;&amp;');
  assert.deepEqual(
    port.value.pieces.map(({ span }) => slice(text, span)),
    ['8', '&#48;', '&amp;'],
  );
  assert.equal(slice(text, start.element.nameSpan), 'port');
  assert.deepEqual(empty.valueSpan, { start: text.indexOf("''") + 1, end: text.indexOf("''") + 1 });
});

/** As long as a file may be: the limit ends a hang, it is no measurement. */
test('no text takes longer than its length', { timeout: 30_000 }, () => {
  const beginnings = [
    '<a>',
    '<a ',
    '<a b="',
    "<a b='x",
    '<!-- ',
    '<!-- -- ',
    '<![CDATA[',
    '<?x ',
    '<!DOCTYPE [',
    '</a>',
  ];
  const pieces = [
    ...beginnings,
    '&',
    '&a',
    '&#49;',
    '<',
    '>',
    '"',
    '/',
    '=',
    '\r',
    '\0',
    '\uD800',
    ' ',
    '<a></b>',
    ']]>',
  ];
  for (const before of ['', '<a>', '<a b="']) {
    for (const piece of pieces) {
      const text = before + piece.repeat(30_000);
      const { fault } = readXml(text);
      assert.ok(fault === undefined || fault.span.end <= text.length);
    }
  }
});

function shown({ events }: XmlReading): string {
  return events
    .map((event) => {
      if (event.kind === 'text')
        return JSON.stringify(event.text.value).replace('\\n', '\n').replace('\\u0001', '\u0001');
      const { name, attributes, isWhole } = event.element;
      if (event.kind === 'end') return `-${name}`;
      const values = attributes.map(({ name: key, value }) => `${key}=${value.value}`);
      return [`+${name}${isWhole ? '' : '?'}`, ...values].join(' ');
    })
    .join(' ');
}
