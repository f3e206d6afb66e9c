import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Inspector } from '../../server/features/diagnostics/inspector';
import type { NginxConfiguration } from '../../server/model/nginx-configuration';
import { UnitBook } from '../../server/units';
import { Workspace } from '../../server/workspace/workspace';
import { shippedBooks } from '../harness/books';

function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  const workspace = new Workspace({ read: () => undefined });
  for (const [name, text] of Object.entries(files)) workspace.update(`file:///p/${name}`, text);
  return workspace;
}

/** Each configuration as its id and its servers' names, in nginx's order. */
function told(configurations: readonly NginxConfiguration[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    configurations.map(({ id, servers }) => [
      id.slice('file:///p/'.length),
      servers
        .map(({ names, module }) => `${module} ${names.map(({ name }) => name.name).join(' ')}`)
        .join(', '),
    ]),
  );
}

function configurationsOf(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return told(new UnitBook().of(workspaceOf(files).snapshot).nginx);
}

function site(name: string): string {
  return `server { listen 80; server_name ${name}; root /srv; }\n`;
}

describe('a configuration of nginx is what it loads together', () => {
  test('a main file with all that it includes, in the order of the text and of the names', () => {
    assert.deepEqual(
      configurationsOf({
        'nginx.conf': `http {\n include conf.d/*.conf;\n ${site('main')} include last.conf;\n}\nstream { include tcp.conf; }\n`,
        'conf.d/b.conf': site('b'),
        'conf.d/a.conf': site('a'),
        'conf.d/.hidden.conf': site('hidden'),
        'last.conf': `${site('last')}include deeper.conf;\n`,
        'deeper.conf': site('deeper'),
        'tcp.conf': 'server { listen 53; proxy_pass 127.0.0.1:1; server_name tcp; }\n',
      }),
      {
        'nginx.conf': 'http a, http b, http main, http last, http deeper, stream tcp',
        'conf.d/.hidden.conf': 'http hidden',
      },
    );
  });

  test('the folders that the packages take whole, where nothing chooses among their files', () => {
    assert.deepEqual(
      configurationsOf({
        'etc/nginx/conf.d/a.conf': site('a'),
        'etc/nginx/conf.d/b.conf': site('b'),
        'etc/nginx/sites-enabled/default': site('default'),
        'etc/nginx/sites-available/c': site('c'),
        'etc/nginx/sites-available/d': site('d'),
        'compose/nginx/conf.d/e.conf': site('e'),
        'compose/nginx/conf.d/f.conf': site('f'),
        'compose/compose.yaml':
          'services:\n  web:\n    image: nginx\n    volumes: ["./nginx/conf.d/e.conf:/etc/nginx/conf.d/e.conf"]\n',
      }),
      {
        'etc/nginx/conf.d/*': 'http a, http b',
        'etc/nginx/sites-enabled/*': 'http default',
        'etc/nginx/sites-available/c': 'http c',
        'etc/nginx/sites-available/d': 'http d',
        'compose/nginx/conf.d/e.conf': 'http e',
        'compose/nginx/conf.d/f.conf': 'http f',
      },
    );
  });

  test('and what a server includes is its own', () => {
    const found = configurationsOf({
      'nginx.conf': 'http { server { include names.conf; listen 80; server_name b; } }\n',
      'names.conf': 'server_name a;\ninclude more.conf;\n',
      'more.conf': 'server_name c;\n',
    });
    assert.deepEqual(found, { 'nginx.conf': 'http a c b' });
  });

  test('which is the same object for as long as its files are', () => {
    const workspace = workspaceOf({
      'a/nginx.conf': `http { ${site('a')} }`,
      'b/nginx.conf': 'http { include c.conf; }',
    });
    const book = new UnitBook();
    const [a, b] = book.of(workspace.snapshot).nginx;
    workspace.update('file:///p/b/c.conf', site('c'));
    const [sameA, otherB, ...others] = book.of(workspace.snapshot).nginx;
    assert.equal(sameA, a);
    assert.notEqual(otherB, b);
    assert.equal(others.length, 0);
    workspace.update('file:///p/Dockerfile', 'FROM nginx\n');
    assert.deepEqual([...book.of(workspace.snapshot).nginx], [a, otherB]);
  });

  test('and takes time in proportion to what there is, whatever includes what', { timeout: 60_000 }, () => {
    const ranges = Array.from({ length: 3000 }, (_, at) => `listen ${at + 1}-${65535 - at};`).join('\n');
    const same =
      'server { listen 1-65535 default_server bind; listen unix:/a; server_name a .a *.a; root /; }\n'.repeat(
        3000,
      );
    const circle = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [
        `circle/${at}.conf`,
        `include *.conf;\ninclude *.conf;\n${site('a')}`,
      ]),
    );
    const workspace = workspaceOf({
      'ranges.conf': `http { server { ${ranges} root /; } }`,
      'same.conf': `http { ${same} }`,
      'circle/nginx.conf': 'http { include *.conf; }',
      ...circle,
    });
    const started = performance.now();
    const inspection = new Inspector({ books: shippedBooks() }).inspect(workspace.snapshot);
    assert.ok(inspection.uris.length > 0);
    const seconds = (performance.now() - started) / 1000;
    assert.ok(seconds < 20, `It took ${seconds} s`);
  });
});

describe('servers of stream that share a port are judged by the version of nginx', () => {
  const text = `stream {
  server { listen 53; proxy_pass 127.0.0.1:1; }
  server { listen 53; proxy_pass 127.0.0.1:2; }
}
`;
  const found = (nginxVersion: string | undefined): readonly string[] => {
    const context = { books: shippedBooks(), ...(nginxVersion !== undefined && { nginxVersion }) };
    const inspection = new Inspector(context).inspect(workspaceOf({ 'nginx.conf': text }).snapshot);
    return inspection.of('file:///p/nginx.conf').map(({ rule, severity }) => `${severity} ${rule}`);
  };

  test('up to 1.25.4 nginx refuses them', () => {
    assert.deepEqual(found('1.25.4'), ['error stream-duplicate-listen']);
    assert.deepEqual(found('1.22'), ['error stream-duplicate-listen']);
  });

  test('from 1.25.5 on the second one is never chosen', () => {
    assert.deepEqual(found('1.25.5'), ['warning conflicting-server-name']);
    assert.deepEqual(found('2.0.0'), ['warning conflicting-server-name']);
  });

  test('and where it is not told, both are said at once', () => {
    assert.deepEqual(found(undefined), ['warning stream-duplicate-listen']);
    assert.deepEqual(found('mainline'), ['warning stream-duplicate-listen']);
  });
});
