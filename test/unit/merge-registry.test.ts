import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeRegistry } from '../../scripts/merge-registry';
import { readTable, type TableRow, writeTable } from '../../server/registry/table';

/** Rows from their CSV lines; trailing empty columns may be left out. */
function rows(...lines: string[]): readonly TableRow[] {
  const padded = lines.map((line) => `${line}${','.repeat(11 - (line.match(/,/g)?.length ?? 0))}\n`);
  return readTable(writeTable([]) + padded.join(''));
}

/** The merged lines of port 7, or those that `shown` fits, without trailing empty columns. */
function merged(
  current: Record<string, [string, string]>,
  {
    earlier = rows(),
    extract = rows(),
    kept = () => false,
  }: Partial<Omit<Parameters<typeof mergeRegistry>[0], 'current'>> = {},
  shown = /^[^,]*,7,/,
): readonly string[] {
  const lines = writeTable(mergeRegistry({ current, earlier, extract, kept })).split('\n');
  return lines.filter((line) => shown.test(line)).map((line) => line.replace(/,+$/, ''));
}

test('the newest source gives name and description, the older one the rest', () => {
  const earlier = rows('echo,7,tcp,Echo,[Jon_Postel],[Jon_Postel],,,[RFC862]');
  assert.deepEqual(merged({ '7/tcp': ['echo', 'Echo'] }, { earlier }), [
    'echo,7,tcp,Echo,[Jon_Postel],[Jon_Postel],,,[RFC862]',
  ]);
});

test('where the description is another one, whose the row is now is not taken from the older copy', () => {
  const earlier = rows('echo,7,tcp,Echo,[Jon_Postel],[Jon_Postel],2001-01,2002-02,[RFC862]');
  assert.deepEqual(merged({ '7/tcp': ['echo', 'Sound'] }, { earlier }), [
    'echo,7,tcp,Sound,,,2001-01,,[RFC862]',
  ]);
});

test('the newest source has the last of several names: the older names before it stand', () => {
  const earlier = rows('http,7,tcp,Web', 'www,7,tcp,Web', 'www-http,7,tcp,Web');
  assert.deepEqual(merged({ '7/tcp': ['www-http', 'Web'] }, { earlier }), [
    'http,7,tcp,Web',
    'www,7,tcp,Web',
    'www-http,7,tcp,Web',
  ]);
});

test('a name that the older copy lacks replaces its names, unless they are known to stand', () => {
  const earlier = rows('urd,7,tcp,Old');
  const current = { '7/tcp': ['submissions', 'New'] } satisfies Record<string, [string, string]>;
  assert.deepEqual(merged(current, { earlier }), ['submissions,7,tcp,New']);
  assert.deepEqual(merged(current, { earlier, kept: ({ name }) => name === 'urd' }), [
    'urd,7,tcp,Old',
    'submissions,7,tcp,New',
  ]);
});

test("the extract of IANA's page is younger than the copy", () => {
  const earlier = rows('enc,7,tcp,Old,[A]', 'echo,7,udp,Echo,[B]');
  const extract = rows('dof,7,tcp,New,[C]', 'echo,7,udp,Echo,[D]');
  const current = { '7/tcp': ['dof', 'New'], '7/udp': ['echo', 'Echo'] } satisfies Record<
    string,
    [string, string]
  >;
  assert.deepEqual(merged(current, { earlier, extract }), ['dof,7,tcp,New,[C]', 'echo,7,udp,Echo,[D]']);
});

test('a transport that was released is Reserved; a port that was released altogether too', () => {
  const earlier = rows('imap,7,udp,Mail,[A]', 'balour,9,tcp,Game,[A]');
  const all = merged({ '7/udp': ['', 'Reserved'] }, { earlier }, /^,[79],/);
  assert.deepEqual(all, [',7,udp,Reserved', ',9,,Reserved']);
});

test('a range stands while nothing newer lies inside it', () => {
  const earlier = rows('x11,6-8,tcp,Windows');
  assert.deepEqual(merged({ '7/udp': ['echo', 'Echo'] }, { earlier }, /^x11/), ['x11,6-8,tcp,Windows']);
  assert.deepEqual(merged({ '7/tcp': ['echo', 'Echo'] }, { earlier }, /^x11/), []);
});

test('an unassigned range is what the newest source leaves of it, and every other gap is one', () => {
  const earlier = rows(',5-9,,Unassigned,,,,2001-02-03,,,5 is used');
  const all = merged({ '7/tcp': ['echo', 'Echo'] }, { earlier }, /./);
  assert.deepEqual(all.slice(1), [
    ',0-4,,Unassigned',
    ',5-6,,Unassigned',
    'echo,7,tcp,Echo',
    ',8-9,,Unassigned',
    ',10-49151,,Unassigned',
  ]);
});

test('names without a port come last', () => {
  const earlier = rows('printer,,tcp,Bonjour', ',4,,Unassigned');
  assert.equal(merged({}, { earlier }, /./).at(-1), 'printer,,tcp,Bonjour');
});
