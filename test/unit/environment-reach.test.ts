import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fieldOf } from '../../server/features/free-ports/field';
import { groundOf } from '../../server/features/free-ports/ground';
import { whyNot } from '../../server/features/free-ports/reasons';
import { shippedBooks } from '../harness/books';
import { chartOf, type Texts } from '../harness/chart';

const books = shippedBooks();

/** Workspaces with environment files, and what of the machine's ports is free in them. */
const workspaces: Readonly<
  Record<
    string,
    { readonly files: Texts; readonly taken?: readonly number[]; readonly free?: readonly number[] }
  >
> = {
  'what nobody uses is wanted': { files: { '.env': 'PORT=4000\n' }, taken: [4000] },
  'what a compose file does not name is wanted': {
    files: { '.env': 'PORT=4000\n', 'compose.yaml': service('environment: [PORT=5000]') },
    taken: [4000],
  },
  'a setting of a container is none of the machine': {
    files: {
      '.env': 'PORT=4000\nOTHER_PORT=4001\n',
      'compose.yaml': service('environment: { PORT: "${PORT}" }'),
    },
    taken: [4001],
    free: [4000],
  },
  'nor is one that is passed on': {
    files: {
      '.env': 'PORT=4000\nMORE_PORT=4001\n',
      'compose.yaml': service('environment: [PORT, MORE_PORT]'),
    },
    free: [4000, 4001],
  },
  'nor is a container port, or one that is dialled there': {
    files: {
      '.env': 'A_PORT=4000\nB_PORT=4001\nC_PORT=4002\n',
      'compose.yaml': service(
        'ports: ["9000:${A_PORT}"]',
        'expose: ["${B_PORT-1}"]',
        'environment: { C_PORT: "${C_PORT}", U: "http://localhost:${C_PORT}/ http://web:${C_PORT}" }',
      ),
    },
    free: [4000, 4001, 4002],
  },
  'what is published as well is wanted': {
    files: {
      '.env': 'PORT=4000\n',
      'compose.yaml': service('ports: ["${PORT}:${PORT}"]', 'environment: [PORT]'),
    },
    taken: [4000],
  },
  'so is what another file beside publishes, or uses for nobody knows what': {
    files: {
      '.env': 'PORT=4000\nX_PORT=4001\n',
      'compose.yaml': service('environment: { PORT: "${PORT}", X_PORT: "${X_PORT}" }'),
      'compose.dev.yaml': service('ports: ["${PORT:-3000}:80"]', 'labels: ["about=${X_PORT}"]'),
    },
    taken: [4000, 4001],
  },
  'a comment that names it leaves it wanted, and two dollar signs name nothing': {
    files: {
      '.env': 'PORT=4000\nX_PORT=4001\n',
      'compose.yaml': `# listens on \${PORT}\n${service(
        'environment: [PORT, X_PORT]',
        'command: run $$X_PORT',
      )}`,
    },
    taken: [4000],
    free: [4001],
  },
  'a file of another folder may be read with it, by `--env-file`': {
    files: {
      '.env': 'PORT=4000\n',
      'compose.yaml': service('environment: [PORT]'),
      'other/compose.yaml': service('ports: ["${PORT:-5000}:80"]'),
    },
    taken: [4000],
  },
  'a file that names its compose files is used by them': {
    files: {
      '.env': 'COMPOSE_FILE=compose.yaml\nPORT=4000\n',
      'compose.yaml': service('environment: [PORT]'),
    },
    taken: [4000],
  },
  'a service in the network of the machine listens there': {
    files: {
      '.env': 'PORT=4000\n',
      'compose.yaml': service('environment: [PORT]', 'network_mode: host'),
    },
    taken: [4000],
  },
  'the file of a service is that of its container': {
    files: {
      'app.env': 'PORT=4000\nDATABASE_URL=postgres://localhost:4001\n',
      'compose.yaml': service('env_file: app.env'),
    },
    free: [4000, 4001],
  },
  'wherever it lies, whatever it is called': {
    files: {
      'config/app': 'PORT=4000\n',
      'compose.yaml': service('env_file: [{ path: ./config/app, required: false }]'),
    },
    free: [4000],
  },
  'the file that Compose reads is not': {
    files: { '.env': 'PORT=4000\n', 'compose.yaml': service('env_file: .env') },
    taken: [4000],
  },
  'nor is one that it reads for what is included': {
    files: {
      'app.env': 'PORT=4000\n',
      'compose.yaml': `include:\n  - path: sub/compose.yaml\n    env_file: app.env\n${service('env_file: app.env')}`,
      'sub/compose.yaml': 'services: {}\n',
    },
    taken: [4000],
  },
  'nor is one that a service in the network of the machine is given as well': {
    files: {
      'app.env': 'PORT=4000\nX_PORT=4001\n',
      'compose.yaml': `${service('env_file: app.env')}  other:\n    image: x\n    network_mode: host\n    env_file: app.env\n`,
    },
    taken: [4000, 4001],
  },
  'a variable that is published as well may be given by any file': {
    files: {
      'app.env': 'PORT=4000\nOTHER_PORT=4001\n',
      'compose.yaml': service('env_file: app.env', 'ports: ["${PORT}:80"]'),
    },
    taken: [4000],
    free: [4001],
  },
  'what a service in the network of the machine is passed on is its port there': {
    files: {
      '.env': 'WEB_PORT=4000\n',
      'compose.yaml': service('network_mode: host', 'environment: [WEB_PORT]'),
    },
    taken: [4000],
  },
  "a file that no service is given is the machine's": {
    files: { 'app.env': 'PORT=4000\n', 'compose.yaml': service('env_file: other.env') },
    taken: [4000],
  },
};

function service(...lines: readonly string[]): string {
  return `services:\n  web:\n    image: example/app\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

describe('of the ports in environment files,', () => {
  for (const [title, { files, taken = [], free = [] }] of Object.entries(workspaces))
    test(title, () => {
      const ground = groundOf(chartOf(books, { files }));
      const standing = (port: number): string => {
        const wish = { transport: 'tcp', width: 1, near: port } as const;
        return whyNot(ground, fieldOf(ground, wish), wish, { first: port, last: port }) ?? 'free';
      };
      for (const each of taken) assert.match(standing(each), /^taken: /, `${each}`);
      for (const each of free) assert.equal(standing(each), 'free', `${each}`);
    });
});
