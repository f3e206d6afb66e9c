import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hasPlaceholders,
  maskedPlaceholders,
  type PlaceholderForms,
  withPlaceholders,
} from '../../server/syntax/placeholders';
import { literalText } from '../../server/syntax/sourced-text';

/** The text with an ellipsis for each placeholder. */
function shown(text: string, forms?: PlaceholderForms): string {
  return withPlaceholders(literalText(text, 0), forms).value.replaceAll('\uE000', '…');
}

test('marks of template engines and names for sed are placeholders', () => {
  for (const text of ['{{ port }}', '{{1360 - x}}', '<%= port %>', '@PORT@', '@@web.port@@', '%PORT%'])
    assert.equal(shown(`--dport ${text} -j ACCEPT`), '--dport … -j ACCEPT');
  for (const text of ['__PORT__', '__A_1__', '!!web.node-1.port!!', '%%port%%'])
    assert.equal(shown(`a:${text},80`), 'a:…,80');
  assert.equal(shown('{{ a }}-{{ b | default("9") }}'), '…-…');
  assert.equal(shown('{{ range_start }} {{ end_port }} {{ iface }}'), '… … …');
});

test('some signs are placeholders in some languages alone', () => {
  assert.equal(shown('<PORT> <your ip>', { angle: true }), '… …');
  assert.equal(shown('<PORT> <your ip>'), '<PORT> <your ip>');
  assert.equal(shown('<a b="<PORT>"/>', { angle: 'in quotes' }), '<a b="…"/>');
  assert.equal(shown('$PORT ${PORT:-80}', { dollar: true }), '… …');
  assert.equal(shown('$PORT ${PORT:-80}'), '$PORT ${PORT:-80}');
});

test('statements that begin a line leave nothing behind', () => {
  assert.equal(shown('{% if a %}\n  {% for x in y %}80{% endfor %}\n'), ' \n   80…\n');
  assert.equal(shown('{{ if .A }}-A INPUT{{ end }}'), ' -A INPUT…');
});

test('what other languages write alike is no placeholder', () => {
  const texts = [
    ...['{{22, 23}, 80}', '{{22}}', '${#NAME} {{', '{{\n}}', '$__PORT__', '${__PORT__}', '__PORT__=22'],
    ...['a__b', '"$@" x "$@"', 'date +%Y-%m', 'me@example.org', '@set, @other', '!!', '<<EOF>', '80 % 443 %'],
    ...['__name__', '%1%', '%%REJECT%%', '{% never closed', '{{ never closed\n}}'],
  ];
  for (const text of texts) assert.equal(hasPlaceholders(text, { angle: true }), false, text);
});

test('a masked text is as long as before', () => {
  assert.equal(maskedPlaceholders('a @B@ c').replaceAll('\uE000', '.'), 'a ... c');
});

test('no text takes longer than its length', () => {
  for (const part of ['{{', '{{ ', '{%', '<%', '__A_', '@a', '%a', '!!a', '<a', '${', '$', '{#', '@', '__'])
    withPlaceholders(literalText(part.repeat(200_000), 0), { angle: true, dollar: true });
});
