import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completion } from '../../server/features/completion/completion';
import { Inspector } from '../../server/features/diagnostics/inspector';
import { fieldOf } from '../../server/features/free-ports/field';
import { groundOf } from '../../server/features/free-ports/ground';
import { whyNot } from '../../server/features/free-ports/reasons';
import type { Transport } from '../../server/model/port';
import { shippedBooks } from '../harness/books';
import { chartOf, type Texts } from '../harness/chart';
import { caret } from '../harness/drawing';

const books = shippedBooks();

/** Workspaces with a service in the network of the machine, and what of the machine's ports is free in them. */
const workspaces: Readonly<
  Record<
    string,
    { readonly files: Texts; readonly taken: readonly string[]; readonly free: readonly string[] }
  >
> = {
  'an image listens where it usually does': {
    files: { 'compose.yaml': 'services:\n  db:\n    image: postgres:16\n    network_mode: host\n' },
    taken: ['5432'],
    free: ['5433', '5432/udp'],
  },
  'without the network of the machine it stays in its container': {
    files: { 'compose.yaml': 'services:\n  db:\n    image: postgres:16\n' },
    taken: [],
    free: ['5432'],
  },
  'a network that hangs on something unknown may be that of the machine': {
    files: { 'compose.yaml': 'services:\n  db:\n    image: postgres:16\n    network_mode: ${MODE}\n' },
    taken: ['5432'],
    free: [],
  },
  'a network of the project can be that of the machine, and so can the one of another service': {
    files: {
      'compose.yaml': [
        'networks:\n  h: { external: true, name: host }\n  own: { name: host }\n  other: { external: true, name: lan }\n',
        'services:\n',
        '  list: { image: postgres, networks: [h] }\n',
        '  map: { image: redis, networks: { h: {} } }\n',
        '  behind: { image: mysql, network_mode: "service:front", environment: [PORT=4000], expose: ["4001"] }\n',
        '  front: { image: nginx, network_mode: "service:base" }\n',
        '  base: { image: example/base, network_mode: host }\n',
        '  away: { image: mongo, networks: [own, other] }\n',
        '  beside: { image: rabbitmq, network_mode: "service:away" }\n',
      ].join(''),
    },
    taken: ['5432', '6379', '3306', '4000', '4001', '80'],
    free: ['27017', '5672'],
  },
  'a network can be that of the machine by its key, in the first formats, and by a name that is not known': {
    files: {
      'a/compose.yaml':
        'networks: { host: { external: true } }\nservices: { a: { image: postgres, networks: [host] } }\n',
      'b/compose.yaml':
        'networks: { h: { external: { name: host } } }\nservices: { b: { image: redis, networks: [h] } }\n',
      'c/compose.yaml':
        'networks: { default: { external: true, name: "${NET}" } }\nservices: { c: { image: mysql } }\n',
      'd/compose.yaml':
        'networks: { host: { external: false } }\nservices: { d: { image: mongo, networks: [host] } }\n',
      'e/compose.yaml': 'networks:\n  h: { external: true, name: host }\nservices: {}\n',
      'e/compose.override.yaml': 'services: { e: { image: rabbitmq, networks: [h] } }\n',
    },
    taken: ['5432', '6379', '3306', '5672'],
    free: ['27017'],
  },
  'what is built listens where its Dockerfile says, with the arguments of the build': {
    files: {
      'compose.yaml':
        'services:\n  app:\n    build: { context: app, args: { APP: 4100 } }\n    network_mode: host\n',
      'app/Dockerfile': 'FROM redis:7\nARG APP=4000\nENV PORT=$APP\nEXPOSE $APP 4200/udp\n',
    },
    taken: ['4100', '4200/udp', '6379'],
    free: ['4000', '4200'],
  },
  'settings give ports, but for those that are dialled at a host': {
    files: {
      'compose.yaml': [
        'services:\n  app:\n    image: example/app\n    network_mode: host\n',
        '    command: app --listen 0.0.0.0:4003\n',
        '    environment: { PORT: 4000, METRICS_PORT: "4001", DB_HOST: localhost, DB_PORT: 4002, SIZE: 4004 }\n',
      ].join(''),
    },
    taken: ['4000', '4001', '4003'],
    free: ['4002', '4004'],
  },
  'an override puts the ports of the base there': {
    files: {
      'compose.yaml':
        'services:\n  app:\n    image: redis\n    ports: ["18080:4000"]\n    expose: ["4001"]\n    environment: ["PORT=4002"]\n',
      'compose.override.yaml': 'services:\n  app:\n    network_mode: host\n',
    },
    taken: ['4000', '4001', '4002', '6379'],
    free: ['4003'],
  },
  'a base that is there stays there for whoever leaves the override out': {
    files: {
      'compose.yaml': 'services:\n  app:\n    image: redis\n    network_mode: host\n',
      'compose.override.yaml': 'services:\n  app:\n    network_mode: bridge\n',
    },
    taken: ['6379'],
    free: [],
  },
  'a service of another folder is extended there': {
    files: {
      'base/common.yaml': 'services:\n  base:\n    image: memcached\n    expose: ["4000"]\n',
      'base/compose.yaml': 'services: {}\n',
      'compose.yaml':
        'services:\n  app:\n    extends: { file: base/common.yaml, service: base }\n    network_mode: host\n',
    },
    taken: ['4000', '11211'],
    free: [],
  },
  'what is built from a Dockerfile within the file listens where that says': {
    files: {
      'compose.yaml':
        'services:\n  app:\n    network_mode: host\n    build:\n      dockerfile_inline: |\n        FROM redis:7\n        EXPOSE 4100\n',
    },
    taken: ['4100', '6379'],
    free: ['4101'],
  },
  'a file of its environment gives ports as well, whichever file puts it there': {
    files: {
      'compose.yaml': 'services:\n  app:\n    image: example/app\n    env_file: [app.env]\n',
      'compose.override.yaml': 'services:\n  app:\n    network_mode: host\n',
      'app.env': 'PORT=4000\n',
    },
    taken: ['4000'],
    free: ['4001'],
  },
};

describe('of a service in the network of the machine,', () => {
  for (const [title, { files, taken, free }] of Object.entries(workspaces))
    test(title, () => {
      const chart = chartOf(books, { files });
      const standing = (written: string): string => {
        const [digits, transport = 'tcp'] = written.split('/');
        const port = Number(digits);
        const wish = { transport: transport as Transport, width: 1, near: port };
        const ground = groundOf(chart);
        return whyNot(ground, fieldOf(ground, wish), wish, { first: port, last: port }) ?? 'free';
      };
      for (const each of taken) assert.match(standing(each), /^taken: service "/, each);
      for (const each of free) assert.equal(standing(each), 'free', each);
      // Nobody knows that an image listens where it usually does: it is nothing to warn of.
      const inspection = new Inspector({ books }).inspect(chart.snapshot);
      const findings = Object.keys(files).flatMap((name) => inspection.of(`file:///${name}`));
      assert.deepEqual(
        findings.filter(({ rule }) => rule.includes('conflict')),
        [],
      );
    });
});

test('a configuration is offered the port that the image which loads it usually listens on', () => {
  const compose = (mounts: string) =>
    `services:\n  web:\n    image: nginx\n    network_mode: host\n    volumes: ["${mounts}"]\n`;
  const drawn = `server {\n  listen ${caret};\n}\n`;
  const offered = (mounts: string): readonly string[] => {
    const files = { 'compose.yaml': compose(mounts), 'conf.d/site.conf': drawn.replace(caret, '') };
    return completion(chartOf(books, { files }), 'file:///conf.d/site.conf', drawn.indexOf(caret)).map(
      ({ label }) => label,
    );
  };
  assert.equal(offered('./conf.d:/etc/nginx/conf.d')[0], '80');
  assert.ok(!offered('./other.d:/etc/nginx/conf.d').includes('80'));
});
