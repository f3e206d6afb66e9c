import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { knowledgeFiles } from '../../scripts/knowledge-files';
import { compileKnowledge, type KnowledgeFiles } from '../../server/knowledge/compile';
import { imageName } from '../../server/knowledge/image-name';
import { openKnowledge } from '../../server/knowledge/knowledge';
import type { Knowledge } from '../../server/model/knowledge';

const files = knowledgeFiles(join(__dirname, '../../data'));
const shipped = compileKnowledge(files);
const { practice, images, notes, meanings } = shipped.knowledge;

const head = {
  practice: 'port,transport,software,certainty,as_registered,images,exposure,note,source\n',
  images: 'image,software,port,transport,part,exposure,source\n',
  variants: 'kind,text,meaning,source\n',
  numbers: 'kind,first,last,transport,platform,meaning,source\n',
};

const story = `---
ports: 7-9/udp 20
kind: dormant
summary: Nobody is there.
---
# A name

The first \`line\`.

The second.

## Sources

- [A page](https://example.org/a)
`;

describe('the tables of data/', () => {
  test('hold what the programs need', () => {
    assert.ok(practice.length >= 450, `${practice.length} rows of what runs in practice`);
    assert.ok(new Set(practice.map(({ ports }) => ports.first)).size >= 450, 'too few different ports');
    assert.ok(images.length >= 200, `${images.length} images`);
    assert.ok(notes.length >= 80, `${notes.length} stories`);
  });

  test('tell the same thing once', () => {
    const programs = practice.map(({ ports, transports, software }) =>
      [ports.first, ports.last, transports.join('+'), software].join(' '),
    );
    assert.deepEqual(doubles(programs), []);
    const imagePorts = images.flatMap(({ image, ports }) =>
      ports.map(({ port, transport }) => `${image} ${port}/${transport}`),
    );
    assert.deepEqual(doubles(imagePorts), []);
  });

  test('tell no port in two stories', () => {
    const told = notes.flatMap(({ id, ports }) =>
      ports.flatMap(({ ports: { first, last }, transport }) =>
        Array.from({ length: last - first + 1 }, (_, index) =>
          (transport === undefined ? ['tcp', 'udp'] : [transport]).map((each) => ({
            id,
            port: `${first + index}/${each}`,
          })),
        ).flat(),
      ),
    );
    assert.deepEqual(doubles(told.map(({ port }) => port)), []);
  });

  test('say of each of the three ranges what it means and how a number is assigned', () => {
    for (const port of [0, 1023, 1024, 49151, 49152, 65535]) {
      const kinds = openKnowledge(shipped.knowledge, () => shipped.stories)
        .meanings(port)
        .map(({ kind }) => kind);
      assert.ok(kinds.includes('range') && kinds.includes('assignment'), `${port}: ${kinds}`);
    }
  });

  test('have every port that browsers refuse', () => {
    // The list of the Fetch standard, section "port blocking", has these at its ends and 83 in all.
    const blocked = meanings.filter(({ kind }) => kind === 'browser-blocked').map(({ ports }) => ports.first);
    assert.equal(new Set(blocked).size, 83);
    for (const port of [0, 1, 25, 6000, 6665, 10080]) assert.ok(blocked.includes(port), `${port}`);
    for (const port of [80, 443, 8080]) assert.ok(!blocked.includes(port), `${port}`);
  });
});

describe('a table that is wrong is refused with its place', () => {
  const row = '7,tcp,Echo,default,yes,,internal,,https://example.org/\n';
  const cases: readonly (readonly [
    string,
    Partial<Record<Exclude<keyof KnowledgeFiles, 'notes'>, string>>,
    RegExp,
  ])[] = [
    ['columns', { practice: 'port,software\n' }, /^in-practice\.csv: its columns are not port/],
    ['port', { practice: head.practice + row.replace('7', '70000') }, /^in-practice\.csv, row 2: "70000"/],
    ['range', { practice: head.practice + row.replace('7', '9-8') }, /row 2: "9-8" is no port/],
    ['transport', { practice: head.practice + row + row.replace('tcp', 'icmp') }, /row 3: "icmp" is none of/],
    ['source', { practice: head.practice + row.replace('https:', 'see') }, /is no web address/],
    ['quote', { practice: `${head.practice}"7` }, /^in-practice\.csv: /],
    [
      'image',
      { images: `${head.images}redis,,6379,tcp,,data,https://example.org/\n` },
      /^images\.csv, row 2: "software" is empty/,
    ],
    [
      'rule',
      { variants: `${head.variants}prefix,x,,\n` },
      /^image-variants\.csv, row 2: "prefix" is none of/,
    ],
    ['meaning', { numbers: `${head.numbers}range,9,8,,,m,https://example.org/\n` }, /row 2: "9-8"/],
  ];
  for (const [name, given, message] of cases) {
    test(name, () => assert.throws(() => compileKnowledge({ ...empty(), ...given }), { message }));
  }
});

describe('a story', () => {
  test('has ports, a kind, a summary, paragraphs and sources', () => {
    const knowledge = opened({ notes: new Map([['7', story]]) });
    assert.deepEqual(
      knowledge.notes(8, 'udp').map(({ id, kind, title, summary }) => [id, kind, title, summary]),
      [['7', 'dormant', 'A name', 'Nobody is there.']],
    );
    const [note] = knowledge.notes(20);
    assert.ok(note !== undefined);
    assert.deepEqual(knowledge.story(note), {
      paragraphs: ['The first `line`.', 'The second.'],
      sources: [{ title: 'A page', url: 'https://example.org/a' }],
    });
    assert.deepEqual([knowledge.notes(8, 'tcp'), knowledge.notes(10)], [[], []]);
  });

  test('is refused with the name of its file', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      [story.replace('summary: Nobody is there.\n', ''), /^notes\/7\.md: its front matter has no "summary"/],
      [story.replace('dormant', 'asleep'), /"asleep" is none of/],
      [story.replace('7-9/udp 20', '8'), /its name is not its first port/],
      [story.replace('## Sources', ''), /no "## Sources"/],
      [story.replace('- [A page]', 'A page'), /this is no source/],
      [story.replace(/- .*\n/, ''), /names no source/],
      [story.replace('Nobody', 'N'.repeat(200)), /summary is longer/],
    ];
    for (const [text, message] of cases) {
      assert.throws(() => opened({ notes: new Map([['7', text]]) }), { message });
    }
  });
});

describe('an image', () => {
  test('is known without registry, library, tag and digest', () => {
    const names = {
      postgres: 'postgres',
      'postgres:16-alpine': 'postgres',
      'docker.io/library/postgres:16': 'postgres',
      'localhost:5000/grafana/grafana': 'grafana/grafana',
      'registry.example.org:5000/team/app:1.2@sha256:0123': 'team/app',
      'grafana/grafana@sha256:0123': 'grafana/grafana',
      'ghcr.io/Home-Assistant/home-assistant:stable': 'home-assistant/home-assistant',
      'localhost/app': 'app',
      '': '',
    };
    for (const [reference, name] of Object.entries(names)) assert.equal(imageName(reference), name);
  });

  test('is matched by rule, and no other program is taken for it', () => {
    const source = 'https://example.org/';
    const knowledge = opened({
      images: `${head.images}postgres,PostgreSQL,5432,tcp,,data,${source}\nbitnami/nginx,nginx,8080,tcp,,web,${source}\nnginx,nginx,80,tcp,,web,${source}\n`,
      variants: `${head.variants}republisher,amd64,library,\nrepublisher,bitnamilegacy,bitnami,\nsuffix,-alpine,,\nsuffix,-ce,,\nsynonym,bitnami/postgresql,postgres,\n`,
    });
    const matched = (reference: string) => {
      const match = knowledge.image(reference);
      return match && [match.record.image, match.isExact, match.record.ports[0]?.port];
    };
    assert.deepEqual(matched('postgres:16'), ['postgres', true, 5432]);
    assert.deepEqual(matched('amd64/postgres'), ['postgres', false, 5432]);
    assert.deepEqual(matched('bitnami/postgresql:16'), ['postgres', false, 5432]);
    assert.deepEqual(matched('bitnamilegacy/postgresql:16'), ['postgres', false, 5432]);
    assert.deepEqual(matched('bitnamilegacy/nginx'), ['bitnami/nginx', false, 8080]);
    assert.deepEqual(matched('postgres-alpine'), ['postgres', false, 5432]);
    assert.deepEqual(matched('postgres-ce-alpine'), ['postgres', false, 5432]);
    assert.deepEqual(matched('bitnami/nginx'), ['bitnami/nginx', true, 8080]);
    for (const other of [
      'postgres-exporter',
      'someone/postgres',
      'nginx-ui',
      '-alpine',
      'alpine',
      'constructor',
      '',
    ]) {
      assert.equal(matched(other), undefined, other);
    }
  });

  test('is known in the shipped tables by the names that people write', () => {
    const knowledge = openKnowledge(shipped.knowledge, () => shipped.stories);
    const ports = (reference: string) =>
      knowledge.image(reference)?.record.ports.map(({ port }) => port) ?? [];
    assert.deepEqual(ports('postgres:16-alpine'), [5432]);
    assert.deepEqual(ports('docker.io/bitnami/postgresql:16'), [5432]);
    assert.ok(ports('grafana/grafana:11.2.0').includes(3000));
    assert.ok(ports('quay.io/keycloak/keycloak').includes(8080));
    assert.ok(ports('bitnami/nginx').includes(8080) && !ports('bitnami/nginx').includes(80));
    assert.deepEqual(ports('prometheuscommunity/postgres-exporter').includes(5432), false);
  });
});

function opened(given: Partial<KnowledgeFiles>): Knowledge {
  const { knowledge, stories } = compileKnowledge({ ...empty(), ...given });
  return openKnowledge(knowledge, () => stories);
}

function empty(): KnowledgeFiles {
  return { ...head, notes: new Map() };
}

function doubles(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}
