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
