import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fieldOf } from '../../server/features/free-ports/field';
import { findFree } from '../../server/features/free-ports/find-free';
import { freePorts } from '../../server/features/free-ports/free-ports';
import { groundOf } from '../../server/features/free-ports/ground';
import { habits } from '../../server/features/free-ports/habits';
import { whyNot } from '../../server/features/free-ports/reasons';
import type { Wish } from '../../server/features/free-ports/wish';
import { ipAddress } from '../../server/model/address';
import { type PortRange, portsText } from '../../server/model/port';
import { shippedBooks } from '../harness/books';
import { type ChartParts, chartOf } from '../harness/chart';

const books = shippedBooks();

/** A port and where people turn when it is taken, the best first. */
const turns: readonly (readonly [port: number, ...first: number[]])[] = [
  [5432, 5433, 15432, 5434, 5435, 25432],
  [3000, 3001, 13000, 3002, 3003, 23000],
  [80, 8080, 8081, 8082, 8083, 9080, 10080],
  [443, 8443, 8444, 8445, 8446, 9443, 10443],
  [22, 2222, 2223, 2224, 2225, 8022],
  [10, 8010, 9010, 10010],
  [1, 8001, 8002, 8003, 8004, 9001],
  [1023, 9023, 9024],
  [1024, 1025, 11024],
  [55536, 55537, 55538, 55539],
  [65534, 65535],
  [65535],
];

describe('the ports that people take in the place of', () => {
  for (const [port, ...first] of turns)
    test(`${port}: ${first.join(', ') || 'none'}`, () => {
      const found = habits(port);
      assert.deepEqual(found.slice(0, first.length), first);
      if (first.length === 0) assert.deepEqual(found, []);
    });

  test('every port are ports that need no privilege, each once and never the port itself', () => {
    for (let port = 1; port <= 65535; port += 1) {
      const found = habits(port);
      assert.equal(new Set(found).size, found.length, `${port}`);
      assert.ok(!found.includes(port), `${port}`);
      assert.ok(
        found.every((each) => each >= 1024 && each <= 65535),
        `${port}`,
      );
    }
  });
});

/** A wish in short: `8080`, `127.0.0.1:8080`, `[::1]:8080/udp`, `8080-8082`. */
function wishFrom(written: string): { readonly wish: Wish; readonly ports: PortRange } {
  const match = /^(?:\[?([0-9a-f.:]*[.:][0-9a-f.:]*?)\]?:)?(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(written);
  assert.ok(match !== null, `"${written}" is no wish`);
  const [, host, first, last = first, transport = 'tcp'] = match;
  const address = host === undefined ? undefined : ipAddress(host);
  assert.ok(host === undefined || address !== undefined, `"${host}" is no address`);
  const ports = { first: Number(first), last: Number(last) };
  const wish: Wish = {
    transport: transport as Wish['transport'],
    ...(address && { address }),
    width: ports.last - ports.first + 1,
    near: ports.first,
  };
  return { wish, ports };
}

/** What is in the way of a wish; `free` where nothing is. */
function said(parts: ChartParts, written: string, more: Partial<Wish> = {}): string {
  const { wish, ports } = wishFrom(written);
  const whole = { ...wish, ...more };
  const ground = groundOf(chartOf(books, parts));
  return whyNot(ground, fieldOf(ground, whole), whole, ports) ?? 'free';
}

function compose(...ports: readonly string[]): string {
  return `services:\n  web:\n    image: nginx\n    ports: [${ports.map((port) => `"${port}"`).join(', ')}]\n`;
}

const byWeb = 'taken: service "web" in compose.yaml';
const inNginx = 'taken: server block in nginx.conf';
const conf = 'events {}\nhttp {\n  server {\n    listen 8080;\n    listen [::1]:8081;\n  }\n}\n';

/** A workspace, and what becomes of wishes in it. */
const workspaces: readonly {
  readonly title: string;
  readonly parts: ChartParts;
  readonly wishes: Readonly<Record<string, string>>;
}[] = [
  { title: 'nothing', parts: {}, wishes: { '8080': 'free', '127.0.0.1:8080': 'free', '8080-8090': 'free' } },
  {
    title: 'a short entry',
    parts: { files: { 'compose.yaml': compose('8080:80') } },
    wishes: {
      '8080': byWeb,
      '127.0.0.1:8080': byWeb,
      '[::1]:8080': byWeb,
      '8080/udp': 'free',
      '8081': 'free',
      '80/tcp': 'a port that needs privilege (below 1024)',
      '8078-8082': `8080 is ${byWeb}`,
    },
  },
  {
    title: 'an entry with an address',
    parts: { files: { 'compose.yaml': compose('127.0.0.1:8080:80', '[::1]:8081:80') } },
    wishes: {
      '8080': byWeb,
      '0.0.0.0:8080': byWeb,
      '127.0.0.1:8080': byWeb,
      '127.0.0.2:8080': 'free',
      '[::]:8080': 'free',
      '8081': byWeb,
      '127.0.0.1:8081': 'free',
      '[::]:8081': byWeb,
      '[0:0:0:0:0:0:0:1]:8081': byWeb,
    },
  },
  {
    title: 'a range, one port for each of the container’s',
    parts: { files: { 'compose.yaml': compose('8080-8082:80-82') } },
    wishes: { '8079': 'free', '8080': byWeb, '8082': byWeb, '8083': 'free' },
  },
  {
    title: 'a range of which one port will do',
    parts: { files: { 'compose.yaml': compose('8080-8082:80') } },
    wishes: { '8080': byWeb, '8082': byWeb, '8083': 'free' },
  },
  {
    title: 'UDP and SCTP',
    parts: { files: { 'compose.yaml': compose('8080:80/udp', '8081:80/sctp') } },
    wishes: { '8080': 'free', '8080/udp': byWeb, '8081': 'free', '8081/sctp': byWeb },
  },
  {
    title: 'the long syntax',
    parts: {
      files: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx\n    ports:\n      - target: 80\n        published: "8080-8081"\n        host_ip: 127.0.0.1\n      - { target: 53, published: 5353, protocol: udp }\n',
      },
    },
    wishes: {
      '8080': byWeb,
      '8081': byWeb,
      '[::1]:8081': 'free',
      '5354/udp': 'free',
      '5353/udp': byWeb,
      '5353': 'free',
    },
  },
  {
    title: 'a host port that Docker picks',
    parts: { files: { 'compose.yaml': compose('8080', '0:8081', '127.0.0.1::8082') } },
    wishes: { '8080': 'free', '8081': 'free', '8082': 'free' },
  },
  {
    title: 'a default',
    parts: { files: { 'compose.yaml': compose('${A:-8080}:80', '${B-8081}:80', '${C}:80') } },
    wishes: { '8080': byWeb, '8081': byWeb, '8082': 'free' },
  },
  {
    title: 'a default where the environment file says something else',
    parts: { files: { 'compose.yaml': compose('${WEB_PORT:-8080}:80'), '.env': 'WEB_PORT=9090\n' } },
    wishes: { '8080': byWeb, '9090': byWeb, '9091': 'free' },
  },
  {
    title: 'a default that is a range, one in a default, and one that is a part of a port',
    parts: {
      files: {
        'compose.yaml': compose('${A:-8080-8082}:80', '${B:-${C:-8090}}:81', '70${D:-01}:82'),
        '.env': 'A=9090\nB=9091\nD=02\n',
      },
    },
    wishes: {
      ...{ '8080': byWeb, '8082': byWeb, '8083': 'free', '8090': byWeb, '9090': byWeb, '9091': byWeb },
      ...{ '7001': byWeb, '7002': byWeb, '7003': 'free' },
    },
  },
  {
    title: 'an environment file',
    parts: {
      files: { '.env': 'API_PORT=8080\nDB_URL=postgres://localhost:5433/x\nFAR=http://example.com:8081/\n' },
    },
    wishes: {
      '8080': 'taken: the environment file in .env',
      '5433': 'taken: the environment file in .env',
      '8081': 'free',
    },
  },
  {
    title: 'a profile that may be off',
    parts: {
      files: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx\n    profiles: [debug]\n    ports: ["8080:80"]\n',
      },
    },
    wishes: { '8080': byWeb },
  },
  {
    title: 'a file that goes over another one, and one for whoever names it',
    parts: {
      files: {
        'compose.yaml': compose('8080:80'),
        'compose.override.yaml': compose('8081:80'),
        'compose.prod.yaml': compose('8082:80'),
      },
    },
    wishes: {
      '8080': byWeb,
      '8081': 'taken: service "web" in compose.override.yaml',
      '8082': 'taken: service "web" in compose.prod.yaml',
    },
  },
  {
    title: 'another project',
    parts: { files: { 'a/compose.yaml': compose('8080:80'), 'b/docker-compose.yml': compose('8081:80') } },
    wishes: { '8080': byWeb, '8081': 'taken: service "web" in docker-compose.yml' },
  },
  {
    title: 'an nginx of the machine',
    parts: { files: { 'nginx.conf': conf } },
    wishes: { '8080': inNginx, '8081': inNginx, '127.0.0.1:8081': 'free', '8082': 'free' },
  },
  {
    title: 'an nginx in a container that mounts its configuration',
    parts: {
      files: {
        'nginx.conf': conf,
        'compose.yaml':
          'services:\n  web:\n    image: nginx\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n    ports: ["9080:8080"]\n',
      },
    },
    wishes: { '8080': 'free', '8081': 'free', '9080': byWeb },
  },
  {
    title: 'an nginx in an image that its configuration is copied into',
    parts: {
      files: { 'nginx.conf': conf, Dockerfile: 'FROM nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\n' },
    },
    wishes: { '8080': 'free', '8081': 'free' },
  },
  {
    title: 'an nginx in an image for the host’s network',
    parts: {
      files: {
        'nginx.conf': conf,
        Dockerfile: 'FROM nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\n',
        'compose.yaml': 'services:\n  web:\n    build: .\n    network_mode: host\n',
      },
    },
    wishes: { '8080': inNginx, '8081': inNginx },
  },
  {
    title: 'an nginx beside a Dockerfile that copies other things',
    parts: {
      files: { 'ops/nginx.conf': conf, 'web/Dockerfile': 'FROM node\nCOPY app/. /app\nCOPY . /srv\n' },
    },
    wishes: { '8080': inNginx, '8081': inNginx },
  },
  {
    title: 'an nginx in a container of the host’s network',
    parts: {
      files: {
        'nginx.conf': conf,
        'compose.yaml':
          'services:\n  web:\n    image: nginx\n    network_mode: host\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n',
      },
    },
    wishes: { '8080': inNginx, '8081': inNginx },
  },
  {
    title: 'a service in the host’s network, whose own ports are the machine’s',
    parts: {
      files: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx\n    network_mode: host\n    expose: ["8080"]\n    ports: ["9090:8081"]\n',
      },
    },
    wishes: { '8080': byWeb, '8081': byWeb, '8082': 'free' },
  },
  {
    title: 'another worktree',
    parts: {
      files: { 'compose.yaml': compose('8080:80') },
      worktrees: {
        one: { 'compose.yaml': compose('8080:80', '${WEB_PORT:-8081}:81'), '.env': 'WEB_PORT=8082\n' },
        two: { 'nginx.conf': 'events {}\nhttp { server { listen 8083; } }\n' },
      },
    },
    wishes: {
      '8080': byWeb,
      '8081': `${byWeb} of worktree one`,
      '8082': `${byWeb} of worktree one`,
      '8083': `${inNginx} of worktree two`,
      '8084': 'free',
    },
  },
  {
    title: 'listeners',
    parts: {
      listening: [
        'tcp 0.0.0.0 8080 node 4711',
        'tcp 127.0.0.1 8081',
        'tcp :: 8082',
        'tcp fe80::1%eth0 8083',
        'udp 127.0.0.1 8084',
        'tcp ::ffff:127.0.0.1 8085',
        'tcp * 8086',
        'tcp ::1 8087',
      ],
    },
    wishes: {
      '8080': 'taken: node (4711) listens there now',
      '127.0.0.1:8080': 'taken: node (4711) listens there now',
      '[::1]:8080': 'free',
      '8081': 'taken: something listens there now',
      '127.0.0.1:8081': 'taken: something listens there now',
      '0.0.0.0:8081': 'taken: something listens there now',
      '192.168.0.1:8081': 'free',
      '[::]:8081': 'free',
      '8082': 'taken: something listens there now',
      '127.0.0.1:8082': 'taken: something listens there now',
      '[::1]:8082': 'taken: something listens there now',
      '8083': 'taken: something listens there now',
      '[::]:8083': 'taken: something listens there now',
      '[fe80::1]:8083': 'taken: something listens there now',
      '[fe80::2]:8083': 'free',
      '127.0.0.1:8083': 'free',
      '8084': 'free',
      '8084/udp': 'taken: something listens there now',
      '127.0.0.1:8085': 'taken: something listens there now',
      '[::1]:8085': 'free',
      '8086': 'taken: something listens there now',
      '127.0.0.1:8086': 'taken: something listens there now',
      '[::1]:8087': 'taken: something listens there now',
      '127.0.0.1:8087': 'free',
      '8080-8082': '8080 is taken: node (4711) listens there now',
    },
  },
  {
    title: 'numbers that speak against themselves',
    parts: { system: 'linux' },
    wishes: {
      '0': 'not a port: whoever binds 0 gets another one',
      '1': 'refused by browsers (ERR_UNSAFE_PORT)',
      '1/udp': 'a port that needs privilege (below 1024)',
      '1023': 'a port that needs privilege (below 1024)',
      '1024': 'free',
      '6000': 'refused by browsers (ERR_UNSAFE_PORT)',
      '6000/udp': 'free',
      '5000': 'free',
      '7000': 'free',
      '32767': 'free',
      '32768': 'in the range that this machine takes automatic ports from (32768-60999)',
      '60999': 'in the range that this machine takes automatic ports from (32768-60999)',
      '61000': 'free',
      '65535': 'free',
    },
  },
  {
    title: 'macOS',
    parts: { system: 'macos' },
    wishes: {
      '5000': 'taken: macOS listens here itself since version 12, while the AirPlay Receiver is on.',
      '7000': 'taken: macOS listens here itself since version 12, while the AirPlay Receiver is on.',
      '5000/udp': 'free',
      '32768': 'free',
      '49151': 'free',
      '49152': 'in the range that this machine takes automatic ports from (49152-65535)',
    },
  },
  {
    title: 'Windows',
    parts: { system: 'windows' },
    wishes: {
      '5000': 'free',
      '49151': 'free',
      '65535': 'in the range that this machine takes automatic ports from (49152-65535)',
    },
  },
  {
    title: 'a machine that was told from where to take automatic ports',
    parts: { ephemeral: { first: 20000, last: 29999 } },
    wishes: {
      '20000': 'in the range that this machine takes automatic ports from (20000-29999)',
      '32768': 'free',
    },
  },
];

describe('what is in the way of a port, in a workspace with', () => {
  for (const { title, parts, wishes } of workspaces)
    test(title, () => {
      const found = Object.fromEntries(Object.keys(wishes).map((written) => [written, said(parts, written)]));
      assert.deepEqual(found, wishes);
    });

  test('nothing: what a wish asks for is in its own way no more', () => {
    assert.equal(said({}, '80', { mayBePrivileged: true }), 'free');
    assert.equal(said({}, '6000', { isNotForWeb: true }), 'free');
    assert.equal(said({}, '22', { isNotForWeb: true, mayBePrivileged: true }), 'free');
  });
});

const ended = 'not used in this workspace, not asked what listens';

/** What is found for a wish, each with its reason, and why there is not more. */
function told(parts: ChartParts, wish: Partial<Wish>, count: number): readonly string[] {
  const { found, shortage } = findFree(chartOf(books, parts), { transport: 'tcp', width: 1, ...wish }, count);
  const lines = found.map(({ ports, reason }) => `${portsText(ports)} ${reason}`);
  return shortage === undefined ? lines : [...lines, `short: ${shortage}`];
}

/** The ports alone. */
function numbers(parts: ChartParts, wish: Partial<Wish>, count: number): string {
  const { found } = findFree(chartOf(books, parts), { transport: 'tcp', width: 1, ...wish }, count);
  return found.map(({ ports }) => portsText(ports)).join(' ');
}

describe('a search for free ports', () => {
  test('begins with the port that is asked for, then with those that people take in its place', () => {
    assert.equal(numbers({}, { near: 5432 }, 4), '5432 5433 15432 5434');
    const files = { 'compose.yaml': compose('5432:5432', '5434:80') };
    assert.equal(numbers({ files }, { near: 5432 }, 4), '5433 15432 5435 25432');
    assert.equal(numbers({}, { near: 80 }, 3), '8080 8081 8082');
    assert.equal(numbers({}, { near: 80, mayBePrivileged: true }, 2), '80 8080');
    assert.equal(numbers({}, { near: 65535 }, 1), '65535');
    assert.equal(numbers({}, {}, 2), '8080 8081');
  });

  test('goes on from near to far, with what IANA has given to nobody before the rest', () => {
    const [near, turn] = [3000, habits(3000)];
    const all = numbers({}, { near }, 40)
      .split(' ')
      .map(Number)
      .slice(1 + turn.length);
    const isOpen = (port: number): boolean =>
      books.registry.byPort(port, 'tcp').every(({ status }) => status === 'unassigned');
    assert.ok(all.every(isOpen));
    const distances = all.map((port) => Math.abs(port - near));
    assert.deepEqual(
      distances,
      distances.toSorted((a, b) => a - b),
    );
  });

  test('says why a port is believed to be free', () => {
    assert.deepEqual(told({}, { near: 5432 }, 2), [
      `5432 free: registered for postgresql, ${ended}`,
      `5433 free: registered for pyrrho, ${ended}`,
    ]);
    assert.deepEqual(told({ listening: [] }, { near: 15432 }, 1), [
      '15432 free: unassigned, not used in this workspace, nothing listens',
    ]);
    assert.deepEqual(told({ isPartial: true }, { near: 15432 }, 1), [
      '15432 free: unassigned, not used in what was read of this workspace, not asked what listens',
    ]);
    assert.deepEqual(told({ worktrees: { one: {} } }, { near: 15432 }, 1), [
      '15432 free: unassigned, not used in this workspace and its worktrees, not asked what listens',
    ]);
    assert.deepEqual(told({}, { near: 1024, within: { first: 1024, last: 1024 } }, 1), [
      `1024 free: reserved by IANA, ${ended}`,
    ]);
  });

  test('keeps to its bounds and finds all of them, from wherever it begins', () => {
    const within = { first: 9000, last: 9003 };
    for (const near of [undefined, 1, 80, 8999, 9000, 9001, 9003, 9004, 65535]) {
      const found = numbers({}, { within, ...(near !== undefined && { near }) }, 5).split(' ');
      assert.deepEqual(found.toSorted(), ['9000', '9001', '9002', '9003'], `near ${near}`);
    }
  });

  test('finds ports side by side, no two of which share a port', () => {
    const files = { 'compose.yaml': compose('8083:80') };
    assert.equal(numbers({ files }, { near: 8080, width: 3 }, 1), '8080-8082');
    const found = numbers({ files }, { near: 8080, width: 3 }, 3).split(' ');
    assert.equal(found[0], '8080-8082');
    const starts = found.map((each) => Number(each.split('-')[0])).toSorted((a, b) => a - b);
    assert.ok(starts.every((start, index) => index === 0 || start - (starts[index - 1] ?? 0) >= 3));
    assert.ok(starts.every((start) => start > 8083 || start + 2 < 8083));
    assert.equal(numbers({}, { within: { first: 9000, last: 9004 }, width: 2 }, 5).split(' ').length, 2);
    assert.deepEqual(told({}, { near: 15430, width: 3 }, 1), [`15430-15432 free: unassigned, ${ended}`]);
    assert.match(told({}, { near: 5431, width: 3 }, 1)[0] ?? '', /^5431-5433 free: 5431 is registered for/);
  });

  test('reaches to the highest port and not beyond', () => {
    assert.equal(numbers({}, { near: 65534, width: 2 }, 1), '65534-65535');
    assert.match(numbers({}, { near: 65535, width: 2 }, 1), /^65532-65533$|^65533-65534$|^65534-65535$/);
  });

  test('says what became of the ports where too few are free', () => {
    const files = { 'compose.yaml': compose('9000-9001:80-81') };
    assert.deepEqual(
      told({ files, listening: ['tcp 127.0.0.1 9002'] }, { within: { first: 9000, last: 9003 } }, 2),
      [
        `9003 free: unassigned, not used in this workspace, nothing listens`,
        'short: of the 4 ports from 9000 to 9003, 2 are wanted by files, 1 is listened on now, 1 is free',
      ],
    );
    assert.deepEqual(told({ files }, { within: { first: 9000, last: 9000 } }, 1), [
      'short: of port 9000, 1 is wanted by files, 0 are free; what listens was not asked',
    ]);
    assert.deepEqual(told({ files, listening: [] }, { within: { first: 8999, last: 9002 }, width: 2 }, 1), [
      'short: of the 4 ports from 8999 to 9002, 2 are wanted by files, 2 are free, too few of them side by side',
    ]);
    assert.deepEqual(told({ listening: [], system: 'macos' }, { within: { first: 1, last: 3 } }, 1), [
      'short: of the 3 ports from 1 to 3, 1 is refused by browsers, 2 are below 1024, 0 are free',
    ]);
  });

  test('ends where all ports are taken, and where a range is wider than what is free', () => {
    const files = { 'compose.yaml': compose('1-65535:1-65535') };
    assert.deepEqual(told({ files, listening: [] }, {}, 1), [
      'short: of the 65535 ports from 1 to 65535, 65535 are wanted by files, 0 are free',
    ]);
    const [short, ...more] = told({ listening: [] }, { width: 40_000 }, 1);
    assert.match(short ?? '', /^short: .* are free, too few of them side by side$/);
    assert.deepEqual(more, []);
    assert.match(told({}, { width: 65_536 }, 1)[0] ?? '', /^short: /);
  });

  test('tells every port that is free, each once', () => {
    const { found, shortage } = findFree(chartOf(books, {}), { transport: 'udp', width: 1 }, 65535);
    assert.equal(found.length, 65535 - 1023 - (60999 - 32768 + 1));
    assert.equal(new Set(found.map(({ ports }) => ports.first)).size, found.length);
    assert.match(shortage ?? '', /1023 are below 1024/);
  });

  test('never takes up a port that is not free', () => {
    const parts = { files: { 'compose.yaml': compose('8000-8999:8000-8999') }, listening: ['tcp :: 9000'] };
    const chart = chartOf(books, parts);
    const wish: Wish = { transport: 'tcp', width: 2, near: 8080 };
    const ground = groundOf(chart);
    const field = fieldOf(ground, wish);
    let count = 0;
    for (const ports of freePorts(books.registry, field, wish)) {
      count += 1;
      assert.equal(whyNot(ground, field, wish, ports), undefined, portsText(ports));
    }
    assert.ok(count > 10_000);
  });
});
