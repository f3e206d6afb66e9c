import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeActions, fixAll } from '../../server/features/code-actions';
import { type Inspection, Inspector } from '../../server/features/diagnostics/inspector';
import { together } from '../../server/features/together';
import type { Chart } from '../../server/model/chart';
import type { Edit, Fix } from '../../server/model/finding';
import type { Uri } from '../../server/model/snapshot';
import { noSurround } from '../../server/workspace/policy';
import { Workspace } from '../../server/workspace/workspace';
import { shippedBooks } from '../harness/books';

const books = shippedBooks();
type Texts = Readonly<Record<Uri, string>>;

describe('to ignore a finding', () => {
  for (const [what, uri, text, expected] of [
    [
      'a comment is put above the line, as far in as the line',
      'file:///compose.yaml',
      'services:\n  web:\n    ports:\n      - "70000:80"\n',
      'services:\n  web:\n    ports:\n      # portolan-ignore invalid-port: say why\n      - "70000:80"\n',
    ],
    [
      'it ends as the lines of the file end',
      'file:///Dockerfile',
      'FROM alpine\r\nEXPOSE 70000\r\n',
      'FROM alpine\r\n# portolan-ignore invalid-port: say why\r\nEXPOSE 70000\r\n',
    ],
    [
      'a line that goes on with another one cannot be parted: the comment is for the file',
      'file:///Dockerfile',
      '# syntax=docker/dockerfile:1\n# escape=`\nFROM alpine\nEXPOSE 80 `\n  70000\n',
      '# syntax=docker/dockerfile:1\n# escape=`\n# portolan-ignore-file invalid-port: say why\nFROM alpine\nEXPOSE 80 `\n  70000\n',
    ],
    [
      'it stands behind the line that names the interpreter',
      'file:///firewall.sh',
      '#!/bin/sh\niptables -A INPUT \\\n  -p tcp --dport 70000 -j ACCEPT\n',
      '#!/bin/sh\n# portolan-ignore-file invalid-port: say why\niptables -A INPUT \\\n  -p tcp --dport 70000 -j ACCEPT\n',
    ],
    [
      'in XML it is written as XML has it',
      'file:///etc/firewalld/zones/web.xml',
      '<?xml version="1.0"?>\n<zone>\n  <port port="70000" protocol="tcp"/>\n</zone>\n',
      '<?xml version="1.0"?>\n<zone>\n  <!-- portolan-ignore invalid-port: say why -->\n  <port port="70000" protocol="tcp"/>\n</zone>\n',
    ],
    [
      'within an XML tag there is no place for it',
      'file:///etc/firewalld/zones/web.xml',
      '<?xml version="1.0"?><zone>\n  <port\n    port="70000" protocol="tcp"/>\n</zone>\n',
      '<?xml version="1.0"?>\n<!-- portolan-ignore-file invalid-port: say why -->\n<zone>\n  <port\n    port="70000" protocol="tcp"/>\n</zone>\n',
    ],
    [
      'a file of one line has it above',
      'file:///compose.yaml',
      '\uFEFFservices: { web: { ports: ["70000:80"] } }',
      '\uFEFF# portolan-ignore invalid-port: say why\nservices: { web: { ports: ["70000:80"] } }',
    ],
  ] as const) {
    test(what, () => {
      const before = inspected({ [uri]: text });
      const [finding, ...more] = before.of(uri);
      assert.ok(finding !== undefined && more.length === 0, 'the text has one finding');
      const offered = codeActions(chartOf({ [uri]: text }), before, uri, finding.span).filter(
        ({ preferred }) => !preferred,
      );
      const after = applied({ [uri]: text }, offered.at(-1)?.fix)[uri];
      assert.equal(after, expected);
      assert.deepEqual(inspected({ [uri]: after ?? '' }).of(uri), []);
    });
  }

  test('is offered last, once a line, and never as the best thing to do', () => {
    const uri = 'file:///compose.yaml';
    const text = 'services: { web: { ports: [08080, 09090] } }\n';
    const actions = codeActions(chartOf({ [uri]: text }), inspected({ [uri]: text }), uri, {
      start: 0,
      end: text.length,
    });
    assert.deepEqual(
      actions.map(({ fix: { title }, preferred }) => [title, preferred]),
      [
        ['Put it in quotes', true],
        ['Put it in quotes', true],
        ['Fix all invalid-ports-value in this file', false],
        ['Ignore invalid-ports-value here', false],
      ],
    );
  });
});

describe('to move a port that two services publish', () => {
  const uri = 'file:///compose.yaml';
  const titles = (text: string): readonly string[] =>
    codeActions(chartOf({ [uri]: text }), inspected({ [uri]: text }), uri, { start: 0, end: text.length })
      .map(({ fix }) => fix.title)
      .filter((title) => title.startsWith('Use'));

  test('either of them may go, the later one first', () => {
    const text = 'services: { web: { ports: ["8080:80"] }, api: { ports: ["8080:81"] } }\n';
    assert.deepEqual(titles(text), ['Use 8081', 'Use 8081 for service "web"']);
    const texts = { [uri]: text };
    const other = codeActions(chartOf(texts), inspected(texts), uri, { start: 0, end: text.length })
      .map(({ fix }) => fix)
      .find(({ title }) => title === 'Use 8081 for service "web"');
    const after = applied(texts, other);
    assert.deepEqual(after, {
      [uri]: 'services: { web: { ports: ["8081:80"] }, api: { ports: ["8080:81"] } }\n',
    });
    assert.deepEqual(inspected(after).of(uri), []);
  });

  test('the earlier one stays where others would go along, and where the port would still be taken', () => {
    const anchored =
      'services: { web: { ports: &p ["8080:80"] }, too: { ports: *p, profiles: [a] }, api: { ports: ["8080:81"] } }\n';
    // The one that shares the earlier entry gets an entry of its own.
    assert.deepEqual(titles(anchored), ['Use 8081 for service "too"', 'Use 8081']);
    const three =
      'services: { a: { ports: ["8080:80"] }, b: { ports: ["127.0.0.1:8080:80"] }, c: { ports: ["8080:81"] } }\n';
    // Titles that are the same otherwise say whose port goes.
    assert.deepEqual(titles(three), [
      'Use 8081 in "127.0.0.1:8080:80" of service "b"',
      'Use 8081 for service "a"',
      'Use 8081 in "8080:81" of service "c"',
    ]);
  });

  test('one that mends two findings is offered once, with both', () => {
    const texts = {
      [uri]:
        'services: { web: { image: nginx, ports: ["6000:80"] }, api: { image: nginx, ports: ["6000:80"] } }\n',
    };
    const text = texts[uri] ?? '';
    const at = text.lastIndexOf('6000');
    const actions = codeActions(chartOf(texts), inspected(texts), uri, { start: at, end: at });
    const uses = actions.filter(({ fix }) => fix.title.startsWith('Use'));
    assert.deepEqual(
      uses.map(({ fix, findings, preferred }) => [fix.title, findings.map(({ rule }) => rule), preferred]),
      [
        ['Use 6001', ['published-port-conflict', 'browser-blocked-port'], true],
        ['Use 6001 for service "web"', ['published-port-conflict'], false],
      ],
    );
    assert.deepEqual(
      inspected(applied(texts, uses[0]?.fix))
        .of(uri)
        .map(({ span }) => span.start),
      [text.indexOf('6000')],
    );
  });
});

describe('to fix all findings', () => {
  const texts: Texts = {
    'file:///a/compose.yaml': 'services: { web: { ports: [08080, "99999"], expose: 3000 } }\n',
    'file:///b/compose.yaml': 'services: { web: { ports: [09090] } }\n',
  };
  const [uri = '', other = ''] = Object.keys(texts);

  test('of a rule in the workspace edits all files that have them', () => {
    const inspection = inspected(texts);
    const fix = codeActions(chartOf(texts), inspection, other, { start: 0, end: 99 })
      .map((action) => action.fix)
      .find(({ title }) => title === 'Fix all invalid-ports-value in the workspace');
    assert.deepEqual(applied(texts, fix), {
      [uri]: 'services: { web: { ports: ["08080", "99999"], expose: ["3000"] } }\n',
      [other]: 'services: { web: { ports: ["09090"] } }\n',
    });
  });

  test('that is safe to fix leaves the others alone', () => {
    assert.deepEqual(applied(texts, fixAll(inspected(texts), uri)), {
      ...texts,
      [uri]: 'services: { web: { ports: ["08080", "99999"], expose: ["3000"] } }\n',
    });
  });

  for (const [what, text, expected] of [
    [
      'two ports of one line go together',
      'FROM a\nEXPOSE 80 443\nEXPOSE 80 81 443\n',
      'FROM a\nEXPOSE 80 443\nEXPOSE 81\n',
    ],
    [
      'the last words of an instruction go with the line breaks before them',
      'FROM a\nEXPOSE 80 443\nEXPOSE 81 \\\n  80 \\\n  # secure\n\n  443\nUSER root\n',
      'FROM a\nEXPOSE 80 443\nEXPOSE 81\nUSER root\n',
    ],
    [
      'the first ones leave the rest continued',
      'FROM a\nEXPOSE 80 443\nEXPOSE 80 \\\n  443 \\\n  81\n',
      'FROM a\nEXPOSE 80 443\nEXPOSE \\\n  81\n',
    ],
    [
      'an instruction goes whole where no port is left',
      'FROM a\nEXPOSE 80 443\n  expose 80 \\\n# secure\n  443\nUSER root\n',
      'FROM a\nEXPOSE 80 443\nUSER root\n',
    ],
    [
      'the lines end as they ended',
      'FROM a\r\nEXPOSE 80 443\r\nEXPOSE 81 \\\r\n  443\r\nEXPOSE 80 \\\r\n 443\r\nUSER root\r\n',
      'FROM a\r\nEXPOSE 80 443\r\nEXPOSE 81\r\nUSER root\r\n',
    ],
    [
      'the escape token may be another one',
      '# escape=`\nFROM a\nEXPOSE 80\nEXPOSE 81 `\n  80 `\n  82 `\n  80\nUSER root\n',
      '# escape=`\nFROM a\nEXPOSE 80\nEXPOSE 81 `\n  82\nUSER root\n',
    ],
    [
      'a text may end in the middle of an instruction',
      'FROM a\nEXPOSE 80\nEXPOSE 81\\\n 80 \\\n# more\n',
      'FROM a\nEXPOSE 80\nEXPOSE 81 \\\n# more\n',
    ],
  ] as const) {
    test(`repeated ports: ${what}`, () => {
      const dockerfile = 'file:///Dockerfile';
      const before = { [dockerfile]: text };
      const after = applied(before, fixAll(inspected(before), dockerfile));
      assert.deepEqual(after, { [dockerfile]: expected });
      assert.deepEqual(inspected(after).of(dockerfile), []);
    });
  }

  test('is not offered where nothing is safe to fix', () => {
    const twice = 'FROM alpine\nEXPOSE 90-80\nEXPOSE 91-81\n';
    const dockerfiles = { 'file:///Dockerfile': twice };
    const inspection = inspected(dockerfiles);
    assert.equal(fixAll(inspection, 'file:///Dockerfile'), undefined);
    const titles = codeActions(chartOf(dockerfiles), inspection, 'file:///Dockerfile', {
      start: 0,
      end: twice.length,
    }).map(({ fix }) => fix.title);
    assert.ok(titles.length > 0 && !titles.some((title) => title.startsWith('Fix all')), `${titles}`);
  });
});

describe('fixes that are applied together', () => {
  const edit = (start: number, end: number, text = ''): Edit => ({ uri: 'a', span: { start, end }, text });
  const spans = (...fixes: (readonly Edit[])[]) =>
    together(fixes.map((edits) => ({ edits }))).map(({ span: { start, end } }) => [start, end]);

  test('stand in the order of the text, side by side', () => {
    assert.deepEqual(spans([edit(4, 6)], [edit(2, 4)], [edit(0, 1)]), [
      [0, 1],
      [2, 4],
      [4, 6],
    ]);
  });

  test('are left out whole where one of their edits overlaps', () => {
    assert.deepEqual(spans([edit(2, 4)], [edit(8, 9), edit(3, 5)], [edit(6, 7)]), [
      [2, 4],
      [6, 7],
    ]);
  });

  test('are made once where two say the same, and one only where two begin at one place', () => {
    assert.deepEqual(spans([edit(2, 2, 'x')], [edit(2, 2, 'x'), edit(5, 6)], [edit(2, 2, 'y')]), [
      [2, 2],
      [5, 6],
    ]);
  });
});

function inspected(texts: Texts): Inspection {
  return new Inspector({ books }).inspect(chartOf(texts).snapshot);
}

function chartOf(texts: Texts): Chart {
  const workspace = new Workspace({ read: () => undefined });
  workspace.settle({ ...noSurround, folders: ['file:///'] });
  for (const [uri, text] of Object.entries(texts)) workspace.update(uri, text);
  return { snapshot: workspace.snapshot, books, machine: { system: 'linux', now: 0 } };
}

function applied(texts: Texts, fix: Fix | undefined): Texts {
  assert.ok(fix !== undefined, 'nothing is offered');
  const changed = { ...texts };
  for (const { uri, span, text } of fix.edits.toSorted((a, b) => b.span.start - a.span.start)) {
    const before = changed[uri] ?? '';
    changed[uri] = before.slice(0, span.start) + text + before.slice(span.end);
  }
  return changed;
}
