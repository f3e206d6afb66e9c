import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Inspector } from '../../server/features/diagnostics/inspector';
import type { Finding } from '../../server/model/finding';
import { slice } from '../../server/model/span';
import { Workspace } from '../../server/workspace/workspace';
import { shippedBooks } from '../harness/books';

const uri = 'file:///project/compose.yaml';

/** What is found in a compose file of these services. */
function found(services: string): readonly Finding[] {
  const workspace = new Workspace({ read: () => undefined });
  workspace.update(uri, `services:\n${services}`);
  return new Inspector({ books: shippedBooks() }).inspect(workspace.snapshot).of(uri);
}

describe('a finding is as severe as it is certain', () => {
  const cases: readonly (readonly [services: string, told: string])[] = [
    ['  a: { image: a, scale: 2, ports: ["81:1"] }\n', 'error replicated-fixed-port'],
    ['  a: { image: a, scale: "${N:-2}", ports: ["81:1"] }\n', 'warning replicated-fixed-port'],
    ['  a: { image: a, scale: 2, ports: ["${P:-81}:1"] }\n', 'warning replicated-fixed-port'],
    ['  a: { image: a, ports: ["81-82:1", "81:2", "82:3"] }\n', 'error published-port-conflict'],
    ['  a: { image: a, ports: ["81-82:1", "81:2", "${P:-82}:3"] }\n', 'warning published-port-conflict'],
    [
      '  a: { image: a, ports: ["81-82:1", "81:2"] }\n  b: { image: b, profiles: [x], ports: ["82:3"] }\n',
      'warning published-port-conflict',
    ],
    // One variable gives both their port, whatever it is set to.
    [
      '  a: { image: a, ports: ["${P:-81}:1"] }\n  b: { image: b, ports: ["${P:-81}:2"] }\n',
      'error published-port-conflict',
    ],
    [
      '  a: { image: a, ports: ["${P:-81}:1"] }\n  b: { image: b, ports: ["${Q:-81}:2"] }\n',
      'warning published-port-conflict',
    ],
    [
      '  a: { image: a, ports: ["${P:-81}:1"] }\n  b: { image: b, ports: ["8${P:-1}:2"] }\n',
      'warning published-port-conflict',
    ],
    [
      '  a: { image: a, ports: ["${P:-81}:1"] }\n  b: { image: b, ports: ["81:2"] }\n',
      'warning published-port-conflict',
    ],
  ];
  for (const [services, told] of cases) {
    test(`${services.trim()}: ${told}`, () => {
      assert.deepEqual(
        found(services).map(({ rule, severity }) => `${severity} ${rule}`),
        [told],
      );
    });
  }
});

test('what two includes propose is for information, and a warning beside what the project says', () => {
  const workspace = new Workspace({ read: () => undefined });
  const files = {
    'compose.yaml':
      'include:\n  - { path: a/compose.yaml, env_file: a/a.env }\n  - { path: b/compose.yaml, env_file: b/b.env }\nservices:\n  c: { image: c, ports: ["82:1"] }\n',
    'a/compose.yaml': 'services:\n  a: { image: a, ports: ["${A}:1", "82:2"] }\n',
    'b/compose.yaml': 'services:\n  b: { image: b, ports: ["${B}:1", "${C}:2"] }\n',
    'a/a.env': 'A=81\n',
    'b/b.env': 'B=81\nC=82\n',
  };
  for (const [path, text] of Object.entries(files)) workspace.update(`file:///project/${path}`, text);
  const inspection = new Inspector({ books: shippedBooks() }).inspect(workspace.snapshot);
  assert.deepEqual(
    Object.keys(files).flatMap((path) =>
      inspection
        .of(`file:///project/${path}`)
        .map(({ severity, message }) => `${severity}: ${message.slice(0, 60)}`),
    ),
    [
      'error: Host port 82/tcp is already published by service "a" (Docker',
      'warning: Host port 82/tcp is already published by service "b", unless',
      'information: Host port 81/tcp is already published by service "a", unless',
      'warning: Host port 82/tcp is already published by service "a", unless',
    ],
  );
});

test('a place is named once, whatever comes to it there', () => {
  const services = `  a: &a { image: a, ports: ["81:1"] }\n  b: *a\n  c: *a\n  d: { image: d, ports: ["81:1"] }\n`;
  const finding = found(services).find(({ message }) => message.includes('"c"'));
  assert.match(finding?.message ?? '', /by service "a" and service "b" and service "c"/);
  const text = `services:\n${services}`;
  assert.deepEqual(
    finding?.related.map(({ span }) => slice(text, span)),
    ['81'],
  );
});
