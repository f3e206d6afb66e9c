import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { RegistryRecord } from '../../server/model/registry';
import { compileRegistry } from '../../server/registry/compile';
import { rangeOf } from '../../server/registry/ranges';
import { openRegistry } from '../../server/registry/registry';
import { readTable, writeTable } from '../../server/registry/table';

const data = new URL('../../data/', import.meta.url);
const { date } = JSON.parse(readFileSync(new URL('sources.json', data), 'utf8'));
const compiled = compileRegistry(readFileSync(new URL('service-names-port-numbers.csv', data)), date);
const registry = openRegistry(compiled);

/** `http tcp` for a row of the port itself, `x11 tcp 6000-6063` for a row of a range, `- udp reserved` without a name. */
function brief({ name = '-', transport, ports, status }: RegistryRecord): string {
  const range = ports !== undefined && ports.first !== ports.last ? ` ${ports.first}-${ports.last}` : '';
  return `${name} ${transport ?? 'any'}${range}${status === 'assigned' ? '' : ` ${status}`}`;
}

function byPort(...asked: Parameters<typeof registry.byPort>): readonly string[] {
  return registry.byPort(...asked).map(brief);
}

describe('by port', () => {
  test('one name on one transport', () => {
    assert.deepEqual(registry.byPort(5432, 'tcp'), [
      {
        name: 'postgresql',
        ports: { first: 5432, last: 5432 },
        transport: 'tcp',
        description: 'PostgreSQL Database',
        assignee: 'Tom Lane',
        contact: 'Tom Lane',
        status: 'assigned',
      },
    ]);
  });

  test('a port that several names share: the one that people mean comes first, all are there', () => {
    assert.deepEqual(byPort(80, 'tcp'), ['http tcp', 'www tcp', 'www-http tcp']);
    assert.deepEqual(byPort(465, 'tcp'), ['submissions tcp', 'urd tcp']);
    assert.deepEqual(byPort(631, 'tcp'), ['ipp tcp', 'ipps tcp']);
    assert.deepEqual(byPort(2049, 'tcp'), ['nfs tcp', 'shilp tcp']);
    assert.deepEqual(byPort(3000, 'tcp'), ['hbci tcp', 'remoteware-cl tcp']);
    assert.deepEqual(byPort(3478, 'udp'), ['stun udp', 'turn udp', 'stun-behavior udp']);
    assert.deepEqual(byPort(9100, 'tcp'), ['pdl-datastream tcp', 'hp-pdl-datastr tcp']);
  });

  test('without a transport: every transport, TCP first', () => {
    assert.deepEqual(byPort(443), ['https tcp', 'https udp', 'https sctp']);
  });

  test('the transports of one port can have different services', () => {
    assert.deepEqual(byPort(514), ['shell tcp', 'syslog udp']);
    assert.deepEqual(byPort(514, 'udp'), ['syslog udp']);
  });

  test('an assigned name comes before a reserved transport, TCP or not', () => {
    assert.deepEqual(byPort(4789), ['vxlan udp', '- tcp reserved']);
  });

  test('UDP-Lite has the ports of UDP', () => {
    assert.deepEqual(byPort(514, 'udplite'), ['syslog udp']);
  });

  test('an alias comes after the name it stands for', () => {
    assert.deepEqual(byPort(3396, 'tcp'), ['printer-agent tcp', 'printer_agent tcp alias']);
  });

  test('a historic name', () => {
    assert.deepEqual(byPort(18, 'tcp'), ['msp tcp historic']);
  });

  test('reserved: the other transport, a released name, and a port nobody may have', () => {
    assert.deepEqual(byPort(143, 'udp'), ['- udp reserved']);
    assert.deepEqual(byPort(47, 'tcp'), ['- tcp reserved']);
    assert.deepEqual(byPort(0, 'tcp'), ['- tcp reserved']);
    assert.equal(registry.byPort(585)[0]?.description, 'De-registered');
    assert.deepEqual(byPort(585), ['- any reserved']);
  });

  test('unassigned: a port of its own, and a port within a range', () => {
    assert.deepEqual(byPort(4, 'tcp'), ['- tcp unassigned']);
    const [record] = registry.byPort(33010);
    assert.equal(record?.status, 'unassigned');
    assert.ok(record.ports !== undefined && record.ports.first <= 33010 && record.ports.last >= 33010);
  });

  test('a range holds the ports inside it, and says that it is a range', () => {
    assert.deepEqual(byPort(6006, 'tcp'), ['x11 tcp 6000-6063']);
    assert.deepEqual(byPort(6063, 'tcp'), ['x11 tcp 6000-6063']);
    assert.equal(
      byPort(6064, 'tcp').some((row) => row.startsWith('x11')),
      false,
    );
  });

  test('a row without a transport holds the port for all of them', () => {
    assert.deepEqual(byPort(4200, 'tcp'), ['vrml-multi-use any 4200-4299']);
    assert.deepEqual(byPort(27009, 'udp'), ['flex-lm any 27000-27009']);
    assert.deepEqual(byPort(6400, 'tcp'), ['boe-cms any']);
  });

  test('no row from 49152 on, for IANA assigns none of these', () => {
    assert.notDeepEqual(byPort(49151), []);
    assert.deepEqual(byPort(49152), []);
    assert.deepEqual(byPort(65535), []);
    assert.deepEqual(byPort(70000), []);
  });

  test('every registrable port has a row', () => {
    const bare = Array.from({ length: 49152 }, (_, port) => port).filter((port) => byPort(port).length === 0);
    assert.deepEqual(bare, []);
  });
});

describe('by name', () => {
  test('case does not matter', () => {
    assert.deepEqual(registry.byName('PostgreSQL'), registry.byName('postgresql'));
    assert.deepEqual(registry.byName('postgresql').map(brief), ['postgresql tcp', 'postgresql udp']);
  });

  test('a name can hold several ports; rows without a port come last', () => {
    const ports = registry.byName('https').map(({ ports }) => ports?.first);
    assert.deepEqual(ports, [443, 443, 443, undefined]);
  });

  test('the name of a range', () => {
    assert.deepEqual(registry.byName('x11').map(brief), ['x11 tcp 6000-6063', 'x11 udp 6000-6063']);
  });

  test('an alias is found and says what it stands for', () => {
    const [record] = registry.byName('printer_agent');
    assert.equal(record?.status, 'alias');
    assert.match(record.notes ?? '', /^This entry is an alias to "printer-agent"\./);
  });

  test('nothing for a part of a name, or for no name', () => {
    assert.deepEqual(registry.byName('postgre'), []);
    assert.deepEqual(registry.byName(''), []);
  });
});

describe('by prefix', () => {
  test('rows with a port, by name', () => {
    assert.deepEqual(registry.byPrefix('Postg', 10).map(brief), ['postgresql tcp', 'postgresql udp']);
  });

  test('no more than asked for', () => {
    assert.equal(registry.byPrefix('http', 3).length, 3);
    assert.equal(registry.byPrefix('', 5).length, 5);
    assert.deepEqual(registry.byPrefix('http', 0), []);
  });

  test('sorted, and none without a port', () => {
    const records = registry.byPrefix('s', 1000);
    const names = records.map(({ name = '' }) => name.toLowerCase());
    assert.deepEqual(names, [...names].sort());
    assert.ok(records.every(({ ports }) => ports !== undefined));
  });
});

describe('what a record says', () => {
  const header = writeTable([]);
  const one = (line: string) =>
    openRegistry(compileRegistry(`${header}${line}\n`, '2026-01-01')).byPort(7)[0];

  test('keys of people become names, also several and numbered ones', () => {
    assert.equal(one('a,7,tcp,,[Moon_Ho_Chung],,,,,,,')?.assignee, 'Moon Ho Chung');
    assert.equal(one('a,7,tcp,,,[Adam_Ernst_2][IESG],,,,,,')?.contact, 'Adam Ernst, IESG');
  });

  test('references stay as they are written', () => {
    assert.equal(one('a,7,tcp,,,,,,[RFC6335][RFC9260],,,')?.reference, '[RFC6335][RFC9260]');
  });

  test('empty fields are absent', () => {
    const ports = { first: 7, last: 7 };
    assert.deepEqual(one('a,7,tcp,,,,,,,,,'), { name: 'a', ports, transport: 'tcp', status: 'assigned' });
  });

  test('line breaks and quotes inside a field', () => {
    assert.equal(one('a,7,tcp,,,,,,,,,"first\n  second, ""third"""')?.notes, 'first second, "third"');
  });

  test('which malformed name it replaces is a note, not a part of the description', () => {
    const record = one(
      'a-b,7,tcp,"Ab\nIANA assigned this well-formed service name as a replacement for ""a_b"".",,,,,,,,',
    );
    assert.equal(record?.description, 'Ab');
    assert.equal(record.notes, 'IANA assigned this well-formed service name as a replacement for "a_b".');
  });

  test('the date of the data: told, or the newest in the rows', () => {
    const csv = `${header}a,7,tcp,,,,2001-02-03,2004-05-06,,,,\nb,8,tcp,,,,2026-01,,,,,\n`;
    assert.equal(openRegistry(compileRegistry(csv)).date, '2004-05-06');
    assert.equal(openRegistry(compileRegistry(csv, '2026-07-07')).date, '2026-07-07');
    assert.equal(registry.date, date);
  });
});

describe('a file that is not what it should be', () => {
  const header = writeTable([]);
  const compileLines = (lines: string) => () => compileRegistry(lines, '2026-01-01');

  test('another table', () => {
    assert.throws(compileLines('Value,Name\n1,a\n'), /not the header of IANA's port number registry/);
    assert.throws(compileLines(''), /not the header/);
  });

  test('a port or transport nobody knows', () => {
    assert.throws(
      compileLines(`${header}a,70000,tcp,,,,,,,,,\n`),
      /"a,70000,tcp".*neither a port nor a range/,
    );
    assert.throws(compileLines(`${header}a,9-7,tcp,,,,,,,,,\n`), /neither a port nor a range/);
    assert.throws(compileLines(`${header}a,7,ipx,,,,,,,,,\n`), /no transport "ipx"/);
  });

  test('a row with too few columns, or a quote that never ends', () => {
    assert.throws(compileLines(`${header}a,7,tcp\n`));
    assert.throws(compileLines(`${header}a,7,tcp,"open,,,,,,,,\n`));
  });

  test('a compiled registry that is empty, foreign, cut short or of another format', () => {
    const changed = (word: number, value: number) => {
      const bytes = compiled.slice();
      new Uint32Array(bytes.buffer)[word] = value;
      return bytes;
    };
    assert.throws(() => openRegistry(new Uint8Array()), /cannot be read: it has only 0 bytes/);
    assert.throws(() => openRegistry(new Uint8Array(4096)), /cannot be read: it does not begin like one/);
    assert.throws(() => openRegistry(compiled.slice(0, -4)), /it should have \d+ bytes and has \d+/);
    assert.throws(() => openRegistry(changed(1, 99)), /it has format 99 and this program reads format 1/);
    assert.throws(() => openRegistry(changed(3, 0xffffffff)), /it is damaged/);
  });

  test('a compiled registry whose tables point past their end', () => {
    const bytes = compiled.slice();
    bytes.fill(0xff, 64);
    assert.throws(() => openRegistry(bytes).byName('http'), /it is damaged/);
  });

  test('a compiled registry at an odd place of a larger buffer opens all the same', () => {
    const shifted = new Uint8Array(compiled.length + 1);
    shifted.set(compiled, 1);
    assert.equal(openRegistry(shifted.subarray(1)).byName('postgresql').length, 2);
  });
});

test('a table reads back as it was written', () => {
  const rows = readTable(readFileSync(new URL('extract-2025-10-22.csv', data)));
  assert.deepEqual(readTable(writeTable(rows)), rows);
});

test('the three ranges of port numbers', () => {
  const names = [0, 1023, 1024, 49151, 49152, 65535].map((port) => rangeOf(port).name);
  assert.deepEqual(names, ['System', 'System', 'User', 'User', 'Dynamic', 'Dynamic']);
});
