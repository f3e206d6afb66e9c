import { type ChartParts, composeWith } from '../harness/chart';

const byWeb = 'taken: service "web" in compose.yaml';
const inNginx = 'taken: server block in nginx.conf';
const conf = 'events {}\nhttp {\n  server {\n    listen 8080;\n    listen [::1]:8081;\n  }\n}\n';

/** A workspace, and what becomes of wishes in it. */
export const obstacleCases: readonly {
  readonly title: string;
  readonly parts: ChartParts;
  readonly wishes: Readonly<Record<string, string>>;
}[] = [
  { title: 'nothing', parts: {}, wishes: { '8080': 'free', '127.0.0.1:8080': 'free', '8080-8090': 'free' } },
  {
    title: 'a short entry',
    parts: { files: { 'compose.yaml': composeWith('8080:80') } },
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
    parts: { files: { 'compose.yaml': composeWith('127.0.0.1:8080:80', '[::1]:8081:80') } },
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
    title: 'an nginx that asks for IPv4 beside IPv6',
    parts: {
      files: {
        'nginx.conf': 'events {}\nhttp { server { listen [::]:8080 ipv6only=off; listen [::]:8081; } }\n',
      },
    },
    wishes: {
      '8080': inNginx,
      '0.0.0.0:8080': inNginx,
      '[::1]:8080': inNginx,
      '0.0.0.0:8081': 'free',
      '[::1]:8081': inNginx,
    },
  },
  {
    title: 'a range, one port for each of the container’s',
    parts: { files: { 'compose.yaml': composeWith('8080-8082:80-82') } },
    wishes: { '8079': 'free', '8080': byWeb, '8082': byWeb, '8083': 'free' },
  },
  {
    title: 'a range of which one port will do',
    parts: { files: { 'compose.yaml': composeWith('8080-8082:80') } },
    wishes: { '8080': byWeb, '8082': byWeb, '8083': 'free' },
  },
  {
    title: 'UDP and SCTP',
    parts: { files: { 'compose.yaml': composeWith('8080:80/udp', '8081:80/sctp') } },
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
    parts: { files: { 'compose.yaml': composeWith('8080', '0:8081', '127.0.0.1::8082') } },
    wishes: { '8080': 'free', '8081': 'free', '8082': 'free' },
  },
  {
    title: 'a default',
    parts: { files: { 'compose.yaml': composeWith('${A:-8080}:80', '${B-8081}:80', '${C}:80') } },
    wishes: { '8080': byWeb, '8081': byWeb, '8082': 'free' },
  },
  {
    title: 'a default where the environment file says something else',
    parts: { files: { 'compose.yaml': composeWith('${WEB_PORT:-8080}:80'), '.env': 'WEB_PORT=9090\n' } },
    wishes: { '8080': byWeb, '9090': byWeb, '9091': 'free' },
  },
  {
    title: 'a default that is a range, one in a default, and one that is a part of a port',
    parts: {
      files: {
        'compose.yaml': composeWith('${A:-8080-8082}:80', '${B:-${C:-8090}}:81', '70${D:-01}:82'),
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
        'compose.yaml': composeWith('8080:80'),
        'compose.override.yaml': composeWith('8081:80'),
        'compose.prod.yaml': composeWith('8082:80'),
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
    parts: {
      files: { 'a/compose.yaml': composeWith('8080:80'), 'b/docker-compose.yml': composeWith('8081:80') },
    },
    wishes: {
      '8080': 'taken: service "web" in a/compose.yaml',
      '8081': 'taken: service "web" in b/docker-compose.yml',
    },
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
    wishes: { '8080': 'taken: server block in ops/nginx.conf', '8082': 'free' },
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
    title: 'an nginx in a container that joins one of the host’s network',
    parts: {
      files: {
        'nginx.conf': conf,
        'compose.yaml':
          'services:\n  web:\n    image: nginx\n    network_mode: service:base\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n  base: { image: example/base, network_mode: host }\n',
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
      files: { 'compose.yaml': composeWith('8080:80') },
      worktrees: {
        one: { 'compose.yaml': composeWith('8080:80', '${WEB_PORT:-8081}:81'), '.env': 'WEB_PORT=8082\n' },
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
