import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type VerdictKind, verdict } from '../../server/knowledge/verdict';
import type { Note, PracticeRecord } from '../../server/model/knowledge';
import type { RegistryRecord } from '../../server/model/registry';

const registered: RegistryRecord = { name: 'hbci', status: 'assigned' };
const specified: RegistryRecord = { ...registered, reference: '[RFC4165][RFC9000]' };
const dormant: Note = { id: '1', ports: [], kind: 'dormant', title: '', summary: '' };

function program(software: string, isAsRegistered = false): PracticeRecord {
  const transports = ['tcp' as const];
  const source = 'https://example.org/';
  const ports = { first: 1, last: 1 };
  return {
    ports,
    transports,
    software,
    certainty: 'default',
    isAsRegistered,
    images: [],
    exposure: 'web',
    source,
  };
}

interface Case {
  readonly kind: VerdictKind;
  readonly records?: readonly RegistryRecord[];
  readonly practice?: readonly PracticeRecord[];
  readonly notes?: readonly Note[];
  readonly isDynamic?: boolean;
  readonly words: string;
  readonly evidence: RegExp;
}

const cases: Readonly<Record<string, Case>> = {
  'a program speaks what is registered': {
    kind: 'in-use',
    records: [registered],
    practice: [program('Redis', true)],
    words: 'in use as registered',
    evidence: /^Used as registered by Redis\.$/,
  },
  'some speak it and others do not': {
    kind: 'in-use-and-other',
    records: [registered],
    practice: [program('JetDirect', true), program('node_exporter')],
    words: 'in use as registered, and for other things',
    evidence: /^Used as registered by JetDirect; for something else by node_exporter\.$/,
  },
  'those who use it speak something else': {
    kind: 'other-use',
    records: [registered],
    practice: ['Grafana', 'Gitea', 'Rails', 'Express', 'Metabase'].map((name) => program(name)),
    words: 'used for something else in practice',
    evidence:
      /^Used by Grafana, Gitea, Rails and 2 more, for something else than what "hbci" is registered for\.$/,
  },
  'the registry names a specification, and nobody is known': {
    kind: 'specified',
    records: [specified],
    words: 'with a public specification',
    evidence: /RFC4165, RFC9000; no program that uses it is in our tables/,
  },
  'the registry names none, and nobody is known': {
    kind: 'unspecified',
    records: [registered],
    words: 'no public specification is named in our copy of the registry',
    evidence: /^Its row has no reference/,
  },
  'the registry names none, and there is a story of a plan that stalled': {
    kind: 'unspecified',
    records: [registered],
    notes: [dormant],
    words: 'dormant: no public specification is named in our copy of the registry',
    evidence: /no program that uses it is in our tables\.$/,
  },
  'the name is an alias': {
    kind: 'historic',
    records: [{ name: 'printer_agent', status: 'alias' }],
    words: 'an alias',
    evidence: /"printer_agent" an alias of another name/,
  },
  'the name is historic': {
    kind: 'historic',
    records: [{ name: 'old', status: 'historic' }],
    words: 'a historic name',
    evidence: /"old" historic/,
  },
  'the registry keeps it back': {
    kind: 'reserved',
    records: [{ status: 'reserved' }],
    words: 'reserved',
    evidence: /reserves it without a service name\.$/,
  },
  'the registry says that it is unassigned, and somebody uses it': {
    kind: 'unassigned',
    records: [{ status: 'unassigned' }],
    practice: [program('Home Assistant')],
    words: 'unassigned',
    evidence: /^The registry calls it unassigned\. In practice it is used by Home Assistant\.$/,
  },
  'the registry has no row': { kind: 'unassigned', words: 'unassigned', evidence: /has no row for it\.$/ },
  'it is a Dynamic Port': {
    kind: 'dynamic',
    practice: [program('WireGuard')],
    isDynamic: true,
    words: 'dynamic, never registered',
    evidence: /^IANA assigns no Dynamic Port\. In practice it is used by WireGuard\.$/,
  },
};

for (const [
  name,
  { kind, records = [], practice = [], notes = [], isDynamic = false, words, evidence },
] of Object.entries(cases)) {
  test(`the label when ${name}`, () => {
    const judged = verdict(records, practice, notes, isDynamic);
    assert.deepEqual([judged.kind, judged.words], [kind, words]);
    assert.match(judged.evidence, evidence);
  });
}
