import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nginx } from '../../server/dialects/nginx/nginx';
import type { NginxListen, NginxServers } from '../../server/model/nginx-server';
import { portsText } from '../../server/model/port';
import { slice } from '../../server/model/span';

function serversOf(text: string, within?: readonly string[], name = 'nginx.conf'): NginxServers {
  const inputs = { name, variables: new Map<string, string | undefined>(), ...(within && { within }) };
  const { nginx: servers } = nginx.read(text, inputs);
  assert.ok(servers !== undefined);
  return servers;
}

function told(text: string, { addressSpan, socket, parameters }: NginxListen): string {
  const words = parameters.map(({ span }) => slice(text, span)).join(',');
  const ports = socket?.ports === undefined ? '' : `:${portsText(socket.ports)}`;
  const bound = socket === undefined ? '?' : `${socket.family} ${socket.host}${ports}/${socket.transport}`;
  return `${slice(text, addressSpan)} = ${bound} [${words}]`;
}

function listensIn(text: string, within?: readonly string[], name?: string): readonly string[] {
  return serversOf(text, within, name).servers.flatMap(({ listens }) =>
    listens.map((each) => told(text, each)),
  );
}

describe('the servers of a file are told with the characters that they came from', () => {
  test('each with its block, its directives and the blocks around it', () => {
    const text =
      'http {\n  server { listen 80; server_name a.example; }\n}\nstream { server\n{ listen 53 udp; } }\n';
    const { servers } = serversOf(text);
    assert.deepEqual(
      servers.map(({ span, nameSpan, within, module, listens }) => [
        slice(text, span),
        slice(text, nameSpan),
        ...within,
        module,
        ...listens.map((each) => slice(text, each.span)),
      ]),
      [
        ['server { listen 80; server_name a.example; }', 'server', 'http', 'http', 'listen 80;'],
        ['server\n{ listen 53 udp; }', 'server', 'stream', 'stream', 'listen 53 udp;'],
      ],
    );
  });

  test('with what is bound, however it is written, and the parameters', () => {
    const listens = [
      ...[
        '80 default_server',
        '*:80',
        '"8080" ssl',
        '[::1]:81 ipv6only=on',
        '[::]',
        '127.0.0.1',
        'localhost:82',
      ],
      ...['8000-8002 reuseport', '443 quic', 'unix:/run/a.sock', '08 bind backlog=5'],
    ];
    const text = `http { server { ${listens.map((each) => `listen ${each};`).join(' ')} } }`;
    assert.deepEqual(listensIn(text), [
      '80 = ipv4 0.0.0.0:80/tcp [default_server]',
      '*:80 = ipv4 0.0.0.0:80/tcp []',
      '"8080" = ipv4 0.0.0.0:8080/tcp [ssl]',
      '[::1]:81 = ipv6 0:0:0:0:0:0:0:1:81/tcp [ipv6only=on]',
      '[::] = ipv6 0:0:0:0:0:0:0:0:80/tcp []',
      '127.0.0.1 = ipv4 127.0.0.1:80/tcp []',
      'localhost:82 = name localhost:82/tcp []',
      '8000-8002 = ipv4 0.0.0.0:8000-8002/tcp [reuseport]',
      '443 = ipv4 0.0.0.0:443/udp [quic]',
      'unix:/run/a.sock = unix /run/a.sock/tcp []',
      '08 = ipv4 0.0.0.0:8/tcp [bind,backlog=5]',
    ]);
  });

  test('but nothing is said of what something else fills in, or nginx refuses', () => {
    const text =
      'http { server { listen ${PORT}; listen 80 ${SSL}; listen {{ port }}; listen 70000; listen 80 x; listen; } }';
    assert.deepEqual(listensIn(text), [
      '${PORT} = ? []',
      '80 = ? [${SSL}]',
      '{{ port }} = ? []',
      '70000 = ? []',
      '80 = ? [x]',
    ]);
    assert.deepEqual(listensIn('server { listen $port; }', undefined, 'site.conf.template'), [
      '$port = ? []',
    ]);
  });

  test('nor of files in which whole directives come and go, or whose braces do not fit', () => {
    for (const text of [
      'http { {% if a %} server { listen 80; } {% endif %} }',
      'http { server { listen 80; } ${MORE}\n}',
      'http { server { listen 80; }',
      'server { listen 80; root /srv }',
    ])
      assert.deepEqual(serversOf(text).servers, [], text);
  });

  test('with their names, of which regular expressions are marked', () => {
    const text =
      'server { listen 80; server_name A.example *.b "~^c\\d" ${NAME} $hostname $x ""; server_name d; }';
    const [server] = serversOf(text).servers;
    assert.deepEqual(
      server?.names.map(({ span, name, isRegex }) => [slice(text, span), name, isRegex]),
      [
        ['A.example', 'a.example', false],
        ['*.b', '*.b', false],
        ['"~^c\\d"', '~^c\\d', true],
        ['${NAME}', undefined, false],
        ['$hostname', '$hostname', false],
        ['$x', undefined, false],
        ['""', '', false],
        ['d', 'd', false],
      ],
    );
  });

  test('and a fragment tells what it brings to the server that includes it', () => {
    const text = 'listen 80;\nserver_name a;\ninclude more.conf;\nlocation / { include not.conf; }\n';
    const { loose, servers } = serversOf(text, ['http', 'server']);
    assert.equal(servers.length, 0);
    assert.deepEqual(
      loose.listens.map((each) => told(text, each)),
      ['80 = ipv4 0.0.0.0:80/tcp []'],
    );
    assert.deepEqual(
      [loose.names.map(({ name }) => name), loose.includes.map(({ pattern }) => pattern), loose.isOpen],
      [['a'], ['more.conf'], false],
    );
    assert.equal(serversOf('listen 80;\n${MORE};\n').loose.isOpen, true);
  });
});
