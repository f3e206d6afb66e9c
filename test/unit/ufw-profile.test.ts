import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ufwProfile } from '../../server/dialects/ufw-profile/ufw-profile';
import type { Reading } from '../../server/model/reading';
import { slice } from '../../server/model/span';
import { readConfigParser } from '../../server/syntax/ini/config-parser';
import { assertWithin, portsTold } from '../harness/told';

const head = '[App]\ntitle=An app\ndescription=Some words\n';

/** Values of `ports` with what comes of them. */
const values: readonly (readonly [ports: string, ...outcome: string[]])[] = [
  ['80', '80'],
  ['80/tcp', '80/tcp'],
  ['80/any', '80'],
  ['80/tcp|53', '80/tcp', '53'],
  ['137,138/udp|139,445/tcp', '137/udp', '138/udp', '139/tcp', '445/tcp'],
  ['6881:6891/tcp', '6881-6891/tcp'],
  ['ssh', '22'],
  ['http,https/tcp', '80/tcp', '443/tcp'],
  ['foo/tcp', '?/tcp'],
  ['any/tcp'],
  ['80/tcp\n  |53/udp', 'ignored «tcp\n  »'],
  ['80|\n  53', 'ignored «\n  53»'],
  ['80/tcp, 53', 'ignored «tcp, 53»'],
  ['80/tcp | 53', 'ignored «tcp »'],
  ['80/tcp|', 'ignored «80/tcp|»'],
  ['80/TCP', 'ignored «TCP»'],
  ['80/sctp', 'ignored «sctp»'],
  ['80/gre', 'ignored «gre»'],
  ['80,443', 'ignored «80,443»'],
  ['80:90', 'ignored «80:90»'],
  ['80-90/tcp', 'ignored «80-90»'],
  ['90:80/tcp', 'ignored «90:80»'],
  ['0', 'ignored «0»'],
  ['70000', 'ignored «70000»'],
  ['546,547/udp,546,547/tcp', 'ignored «udp,546,547/tcp»'],
  ['1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16/tcp', 'ignored «1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16»'],
  ['010', '8/tcp', '10/udp', 'octal-port «010»'],
];

test('ports', () => {
  for (const [ports, ...outcome] of values) {
    const text = `${head}ports=${ports}\n`;
    const reading = read(text);
    const ignored = reading.faults.filter(({ rule }) => rule === 'ignored-profile');
    const found = [
      ...(ignored.length > 0 ? [] : reading.references.map(portsTold)),
      ...reading.faults.map(({ rule, span }) => `${rule.replace('-profile', '')} «${slice(text, span)}»`),
    ];
    assert.deepEqual(found, outcome, ports);
    for (const { role, owner, isRefused } of reading.references) {
      assert.deepEqual([role, owner, isRefused === true], ['declare', 'profile "App"', ignored.length > 0]);
    }
  }
});

test('a mend makes a profile that ufw takes', () => {
  for (const [ports, mended] of [
    ['80/TCP', '80/tcp'],
    ['80/tcp | 443/tcp', '80/tcp|443/tcp'],
    ['80/tcp|', '80/tcp'],
    ['6000-6007/tcp', '6000:6007/tcp'],
    ['546,547/udp,546,547/tcp', '546,547/udp|546,547/tcp'],
    ['80,443', undefined],
    ['70000', undefined],
  ]) {
    const text = `${head}ports=${ports}\n`;
    const fix = read(text).faults[0]?.fixes?.[0];
    assert.equal(fix?.text, mended);
    if (fix !== undefined) {
      const healed = text.slice(0, fix.span.start) + fix.text + text.slice(fix.span.end);
      assert.deepEqual(read(healed).faults, []);
    }
  }
});

test('a port can be typed into each place of the value', () => {
  const text = `${head}ports=80,4/tcp|8000:|\n`;
  const found = read(text).slots.map(({ span, names, transport, above }) => [
    slice(text, span),
    names,
    transport,
    above,
  ]);
  assert.deepEqual(found, [
    ['80', false, 'tcp', undefined],
    ['4', false, 'tcp', undefined],
    ['8000', false, undefined, undefined],
    ['', false, undefined, 8000],
    ['', true, undefined, undefined],
  ]);
  const empty = `${head}ports=`;
  assert.deepEqual(
    read(empty).slots.map(({ span }) => span.start),
    [empty.length],
  );
});

test('what ufw does not read has no ports', () => {
  for (const name of ['.hidden', 'app.dpkg-old', 'app.rpmsave', 'app~', 'README.md']) {
    assert.deepEqual(read(`${head}ports=80\n`, name).references, [], name);
  }
});

test('a template is not judged', () => {
  const text = '[{{ name }}]\ntitle={{ title }}\n{% if port %}\nports={{ port }}/tcp|70000\n{% endif %}\n';
  assert.deepEqual(read(text).faults, []);
});

test('a profile is told from other INI files', () => {
  const looksLike = ufwProfile.looksLike ?? (() => false);
  assert.ok(looksLike(`${head}ports=80/tcp\n`));
  assert.ok(looksLike('# x\n[a]\nports: 80\nDescription: x\nTitle: x\n'));
  for (const text of [
    '',
    'title=x\ndescription=x\nports=80\n',
    '[program:x]\ncommand=y\n',
    '[service]\ntitle=x\ndescription=y\nport=80\n',
    '[a]\ntitle=x\ndescription=y\nports=\n',
    '### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n',
  ]) {
    assert.ok(!looksLike(text), text);
  }
});

describe('the reader of INI files is that of Python', () => {
  const files: readonly (readonly [text: string, ...told: string[]])[] = [
    ['[a]\nk=v\n', '[a] k=v'],
    ['[a]\nK : v\n', '[a] k=v'],
    ['[a]\nk=v=w:x\n', '[a] k=v=w:x'],
    ['[a]\nk=v\n  w\n\n  x\n\n', '[a] k=v⏎w⏎⏎x'],
    ['[a]\nk=\n  w\n', '[a] k=⏎w'],
    ['[a]\nk=v # w ; x\n', '[a] k=v # w ; x'],
    ['[a]\n# k=v\n; l=w\n', '[a]'],
    ['[a]\nk=v\n # w\n x\n', '[a] k=v⏎x'],
    ['  [a]\n  k=v\n  l=w\n', '[a] k=v l=w'],
    ['[a]\n k=v\n l=w\n', '[a] k=v l=w'],
    ['[a] x\nk=v\n', '[a] k=v'],
    ['[a]b]\nk=v\n', '[a]b] k=v'],
    ['[a]\r\nk=v\r\n', '[a] k=v'],
    ['[a]\rk=v\r', '[a] k=v'],
    ['k=v\n[a]\n', '[a]', 'MissingSectionHeaderError «k=v»'],
    ['\uFEFF[a]\nk=v\n', 'MissingSectionHeaderError «\uFEFF[a]»'],
    ['[a]\nk=v\n[a]\nk=w\n', '[a] k=v', '[a] k=w', 'DuplicateSectionError «a»'],
    ['[a]\nk=v\nK=w\n', '[a] k=v k=w', 'DuplicateOptionError «K»'],
    ['[a]\nk\n[b]\nl=w\n', '[a]', '[b] l=w', 'ParsingError «k»'],
    ['[]\n', 'MissingSectionHeaderError «[]»'],
    ['[a]\n=v\n w\n', '[a] =v', 'ParsingError «=v»'],
  ];
  for (const [text, ...told] of files) {
    test(JSON.stringify(text), () => {
      const { sections, fault } = readConfigParser(text);
      const found = sections.map(({ name, options }) =>
        [`[${name}]`, ...options.map(({ key, value }) => `${key}=${value.value.replaceAll('\n', '⏎')}`)].join(
          ' ',
        ),
      );
      const error = fault === undefined ? [] : [`${fault.error} «${slice(text, fault.span)}»`];
      assert.deepEqual([...found, ...error], told);
    });
  }

  test('everything knows its place', () => {
    const text = '[App]\r\ntitle = A\r\n  b\r\n';
    const [section] = readConfigParser(text).sections;
    const [option] = section?.options ?? [];
    assert.ok(section !== undefined && option !== undefined);
    assert.equal(slice(text, section.nameSpan), 'App');
    assert.equal(slice(text, option.keySpan), 'title');
    assert.deepEqual(
      option.value.pieces.map(({ span }) => slice(text, span)),
      ['A', '\r\n  ', 'b'],
    );
  });
});

describe('hostile texts are read to their end, in time in proportion to them', { timeout: 60_000 }, () => {
  const many = 100_000;
  const texts: Readonly<Record<string, string>> = {
    'many items': `${head}ports=${'80/tcp|'.repeat(many)}`,
    'many lines of a value': `${head}ports=80\n${' |80\n'.repeat(many / 4)}`,
    'many empty lines': `${head}ports=80${'\n'.repeat(many)}`,
    'many sections': '[a]\nports=80\n'.repeat(many / 8),
    'many profiles': Array.from({ length: many / 20 }, (_, index) => `[a${index}]\n`).join(''),
    'many keys': `[${'n'.repeat(many)}]\n${Array.from({ length: many / 10 }, (_, index) => `k${index}=v`).join('\n')}`,
    'many defaults': `[DEFAULT]\n${Array.from({ length: many / 10 }, (_, index) => `k${index}=v`).join('\n')}\n${Array.from({ length: many / 20 }, (_, index) => `[a${index}]\n`).join('')}`,
    'open brackets': '[a\n'.repeat(many),
    'long name': `[${'é'.repeat(many)}]\ntitle=x\n`,
    'long value': `${head}ports=${'9'.repeat(many)}\n`,
    blanks: `${head}ports=${' '.repeat(many)}x\n`,
    binary: `${head}ports=${'\0\uD800\uDFFF\u0085\u001C'.repeat(many / 8)}`,
  };
  for (const [title, text] of Object.entries(texts)) {
    test(title, () => {
      const reading = read(text);
      ufwProfile.looksLike?.(text);
      assertWithin(reading, text.length);
      for (const { message } of reading.faults) assert.ok(message.length < 1500);
    });
  }
});

function read(text: string, name = 'app'): Reading {
  return ufwProfile.read(text, { name, variables: new Map() });
}
