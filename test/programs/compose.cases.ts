/** The files of one project. */
export type Project = Readonly<Record<string, string>>;

const bases = [
  '["8080:80"]',
  '["8080:80", "8443:443"]',
  '["127.0.0.1:8080:80"]',
  '["8080:80/udp"]',
  '["80"]',
  '["8080-8082:80-82"]',
  '["8080-8082:80"]',
  '[{ target: 80, published: "8080" }]',
  '[]',
];
const overrides = [
  '["8080:80"]',
  '["8081:80"]',
  '["8080:81"]',
  '["127.0.0.1:8080:80"]',
  '["0.0.0.0:8080:80"]',
  '["8080:80/tcp", "8080:80/udp"]',
  '["08080:80"]',
  '["8081:81", "8080:80/TCP"]',
  '!override ["8081:80"]',
  '!reset ["8081:80"]',
  '[{ target: 80, published: "8080", protocol: udp }]',
];

const service = (name: string, body: string): string => `services:\n  ${name}:\n    image: nginx\n${body}`;
const ports = (list: string): string => `    ports: ${list}\n`;

/** Every base with every override. */
const merged: readonly Project[] = bases.flatMap((base) =>
  overrides.map((override) => ({
    'compose.yaml': service('web', ports(base)),
    'compose.override.yaml': service('web', ports(override)),
  })),
);

const others: readonly Project[] = [
  // Names: the first of each list counts, whatever else is there.
  { 'compose.yml': service('a', ports('["1:1"]')), 'docker-compose.yml': service('b', ports('["2:2"]')) },
  {
    'docker-compose.yaml': service('a', ports('["1:1"]')),
    'docker-compose.yml': service('b', ports('["2:2"]')),
  },
  {
    'docker-compose.yml': service('a', ports('["1:1"]')),
    'compose.override.yaml': service('a', ports('["2:2"]')),
    'docker-compose.override.yml': service('a', ports('["3:3"]')),
  },
  { 'compose.yaml': service('a', ports('["1:1"]')), 'compose.prod.yaml': service('a', ports('["2:2"]')) },
  {
    '.env': 'COMPOSE_FILE=base.yaml:more/prod.yaml\n',
    'base.yaml': service('a', ports('["1:1"]')),
    'more/prod.yaml': service('a', ports('["2:2"]')),
    'compose.yaml': service('b', ports('["3:3"]')),
  },
  // Values: `.env`, defaults, and what a merge key brings in.
  { '.env': 'P=8080\n', 'compose.yaml': service('a', ports('["${P}:80", "${Q:-8081}:81"]')) },
  {
    'compose.yaml': `x-base: &base\n  image: nginx\n  ports: ["1:1"]\nservices:\n  a:\n    <<: *base\n  b:\n    <<: *base\n    ports: ["2:2"]\n`,
  },
  { 'compose.yaml': `x-ports: &ports ["1:1", "2:2/udp"]\nservices:\n  a: { image: nginx, ports: *ports }\n` },
  // extends: in the file, from another one, over several steps.
  {
    'compose.yaml': `services:\n  a: { image: nginx, ports: ["1:1"] }\n  b: { extends: a, ports: ["2:2"] }\n  c: { extends: { service: b }, ports: ["1:1", "3:3"] }\n`,
  },
  {
    'compose.yaml': `services:\n  a: { extends: { file: parts/base.yml, service: base }, ports: ["2:2"] }\n`,
    'parts/base.yml': `services:\n  base: { image: nginx, extends: deep, ports: ["1:1"] }\n  deep: { image: nginx, ports: ["4:4"] }\n`,
  },
  {
    'compose.yaml': `services:\n  a: { extends: { file: base.yml, service: base }, ports: !override ["2:2"] }\n`,
    'base.yml': `services:\n  base: { image: nginx, ports: ["1:1"] }\n`,
  },
  // include: a file of its own, one with an override, one inside the other.
  {
    'compose.yaml': `include: [parts/metrics.yaml]\n${service('a', ports('["1:1"]'))}`,
    'parts/metrics.yaml': service('b', ports('["2:2"]')),
  },
  {
    'compose.yaml': `include:\n  - path: [one.yaml, two.yaml]\n${service('a', ports('["1:1"]'))}`,
    'one.yaml': service('b', ports('["2:2"]')),
    'two.yaml': service('b', ports('["3:3"]')),
  },
  {
    'compose.yaml': `include: [one.yaml]\n${service('a', ports('["1:1"]'))}`,
    'one.yaml': `include: [sub/two.yaml]\n${service('b', ports('["2:2"]'))}`,
    'sub/two.yaml': `include: [../three.yaml]\n${service('c', ports('["3:3"]'))}`,
    'three.yaml': service('d', ports('["4:4"]')),
  },
  // What is included has the variables of the project, then of its own folder or of the files that are named for it.
  {
    'compose.yaml': 'include:\n  - path: inc/c.yaml\n    env_file: inc/dev.env\n',
    'inc/c.yaml': service('b', ports('["${P}:80", "${Q:-1}:81", "${R:-2}:82"]')),
    'inc/dev.env': 'P=8080\nR=99\n',
    'inc/.env': 'Q=7\n',
    '.env': 'R=55\n',
  },
  {
    'compose.yaml': 'include:\n  - path: inc/c.yaml\n    env_file: [one.env, /dev/null, two.env]\n',
    'inc/c.yaml': `include: [d.yaml]\n${service('b', ports('["${P}:80", "${Q:-1}:81"]'))}`,
    'inc/d.yaml': service('d', ports('["${Q}:82"]')),
    'one.env': 'P=8080\nQ=8081\n',
    'two.env': 'Q=8082\n',
  },
  {
    'compose.yaml': 'include: [inc/c.yaml]\n',
    'inc/c.yaml': service('b', ports('["${P}:80"]')),
    'inc/.env': 'P=7\n',
  },
  // Another folder for what is included: its environment, and the paths in it.
  {
    'compose.yaml': 'include:\n  - path: inc/c.yaml\n    project_directory: pd\n',
    'inc/c.yaml':
      'include: [compose.n.yaml]\nservices:\n  b: { image: nginx, extends: { file: compose.e.yaml, service: e }, ports: ["${P}:80"] }\n',
    'inc/.env': 'P=11\n',
    'inc/compose.n.yaml': service('wrong', ports('["1:1"]')),
    'inc/compose.e.yaml': service('e', ports('["2:2"]')),
    'pd/.env': 'P=13\n',
    'pd/compose.n.yaml': service('n', ports('["${P}:81"]')),
    'pd/compose.e.yaml': service('e', ports('["${P}1:1"]')),
  },
  // The environment of the folder that Compose is called in, then that of the first file; all paths count from there.
  {
    '.env': 'COMPOSE_FILE=sub/base.yaml:more/prod.yaml\nP=5\n',
    'sub/.env': 'P=6\nQ=7\n',
    'more/.env': 'P=8\nR=9\n',
    'sub/base.yaml': service('a', ports('["${P}:1", "${Q:-0}:2", "${R:-3}:3"]')),
    'more/prod.yaml': `include: [compose.x.yaml]\n${service('a', ports('["1${P}:1", "1${Q:-0}:2", "1${R:-3}:3"]'))}`,
    'more/compose.x.yaml': service('wrong', ports('["1:1"]')),
    'sub/compose.x.yaml': service('x', ports('["2${P}:1"]')),
  },
  // An extended file has the variables of the one that extends it, whatever lies beside it.
  {
    '.env': 'P=1\n',
    'compose.yaml': 'services:\n  a: { extends: { file: sub/e.yaml, service: e } }\n',
    'sub/.env': 'P=2\nQ=3\n',
    'sub/e.yaml': service('e', ports('["${P}:1", "${Q:-4}:2"]')),
  },
  // A file that goes over what an earlier one includes.
  {
    'compose.yaml': 'include: [inc.yaml]\n',
    'inc.yaml': service('a', ports('["1:1"]')),
    'compose.override.yaml': service('a', ports('["2:1"]')),
  },
  // What a later file takes away or replaces whole, whatever the earlier ones say of it.
  {
    'compose.yaml': `${service('a', ports('["1:1"]'))}  b: { image: nginx, ports: ["2:2"] }\n`,
    'compose.override.yaml': `services:\n  a: !override { image: nginx, ports: ["3:3"] }\n  b: { ports: ["4:4"] }\n`,
  },
  {
    'compose.yaml': `${service('a', ports('["1:1"]'))}  b: { image: nginx, ports: ["2:2"] }\n`,
    'compose.override.yaml': `services: !override\n  a: { image: nginx, ports: ["3:3"] }\n`,
  },
  {
    'compose.yaml': `services:\n  a: { image: nginx, ports: ["1:1"] }\n  q: { image: nginx, ports: ["4:4"] }\n`,
    'compose.override.yaml': `services:\n  a: !override { extends: q, ports: ["3:3"] }\n  q: { image: nginx }\n`,
  },
  {
    'compose.yaml': 'include:\n  - path: [one.yaml, two.yaml]\n',
    'one.yaml': service('a', ports('["1:1"]')),
    'two.yaml': `services:\n  a: !override { image: nginx, ports: ["3:3"] }\n`,
  },
  {
    '.env': 'COMPOSE_FILE=one.yaml:two.yaml:three.yaml\n',
    'one.yaml': service('a', ports('["1:1"]')),
    'two.yaml': 'services:\n  a: !reset null\n  b: { image: nginx }\n',
    'three.yaml': service('a', ports('["2:2"]')),
  },
  {
    'compose.yaml': `${service('a', ports('["1:1"]'))}---\nservices:\n  a: !override { image: nginx, ports: ["2:2"] }\n`,
  },
  // Profiles add up, and a service that is off is still part of the project.
  {
    'compose.yaml': `services:\n  a: { image: nginx, profiles: [x], ports: ["1:1"] }\n  b: { image: nginx, ports: ["2:2"] }\n`,
  },
  // Several documents in one file go over each other.
  { 'compose.yaml': `${service('a', ports('["1:1"]'))}---\n${service('a', ports('["2:2"]'))}` },
  // The long form, addresses of both families, and host ports that Docker picks.
  {
    'compose.yaml': service(
      'a',
      ports(
        '["[::1]:8080:80", "127.0.0.1::82", ":83", "0:84", { target: 85, host_ip: 127.0.0.2, published: 8085 }]',
      ),
    ),
  },
];

export const composeCases: readonly Project[] = [...merged, ...others];
