import type { ChartParts, Texts } from '../harness/chart';

/** A worktree, what else there is on the machine, and what becomes of it. */
export interface WorktreeCase {
  readonly title: string;
  readonly files: Texts;
  /** What the other worktree has; the same files where it is not said. */
  readonly other?: Texts;
  readonly listening?: ChartParts['listening'];
  /** The files that change, as they are then. */
  readonly after: Texts;
  readonly ports: readonly string[];
  readonly left?: readonly string[];
  /** True where Compose refuses the files, which stay as they are. */
  readonly isRefused?: true;
}

function web(...ports: readonly string[]): string {
  return service('web', ...ports);
}

function service(name: string, ...ports: readonly string[]): string {
  return `services:\n  ${name}:\n    image: nginx\n    ports:\n${ports.map((port) => `      - ${port}\n`).join('')}`;
}

export const worktreeCases: readonly WorktreeCase[] = [
  {
    title: 'entries in quotes',
    files: { 'compose.yaml': web('"8080:80" # the site', "'9090:90'") },
    after: {
      'compose.yaml': web('"${WEB_PORT:-8080}:80" # the site', "'${WEB_PORT_90:-9090}:90'"),
      '.env': 'WEB_PORT=8081\nWEB_PORT_90=9091\n',
    },
    ports: ['WEB_PORT 8080 → 8081', 'WEB_PORT_90 9090 → 9091'],
  },
  {
    title: 'an entry without quotes',
    files: { 'compose.yaml': web('8080:80  # the site', '127.0.0.1:9090:90/tcp') },
    after: {
      'compose.yaml': web('"${WEB_PORT:-8080}:80"  # the site', '"127.0.0.1:${WEB_PORT_90:-9090}:90/tcp"'),
      '.env': 'WEB_PORT=8081\nWEB_PORT_90=9091\n',
    },
    ports: ['WEB_PORT 8080 → 8081', 'WEB_PORT_90 9090 → 9091'],
  },
  {
    title: 'entries with a variable in another place, with quotes and without',
    files: {
      'compose.yaml': web(
        '"${IP:-127.0.0.1}:8088:83"',
        '8089:${T:-80}',
        '8090:81/${P:-tcp}',
        "'${IP6:-[::1]}:8091:84'",
        '${IP:-127.0.0.1}:8092:85 # the site',
        '${ADDRESS}:8093:86',
        '&x ${IP:-127.0.0.1}:8094:87',
      ),
      '.env': 'ADDRESS=127.0.0.2\n',
    },
    other: {},
    after: {
      'compose.yaml': web(
        '"${IP:-127.0.0.1}:${WEB_PORT:-8088}:83"',
        '"${WEB_PORT_80:-8089}:${T:-80}"',
        '"${WEB_PORT_81:-8090}:81/${P:-tcp}"',
        "'${IP6:-[::1]}:${WEB_PORT_84:-8091}:84'",
        '"${IP:-127.0.0.1}:${WEB_PORT_85:-8092}:85" # the site',
        '"${ADDRESS}:${WEB_PORT_86:-8093}:86"',
        '&x "${IP:-127.0.0.1}:${WEB_PORT_87:-8094}:87"',
      ),
      '.env':
        'ADDRESS=127.0.0.2\nWEB_PORT=8088\nWEB_PORT_80=8089\nWEB_PORT_81=8090\nWEB_PORT_84=8091\nWEB_PORT_85=8092\nWEB_PORT_86=8093\nWEB_PORT_87=8094\n',
    },
    ports: [
      'WEB_PORT 8088',
      'WEB_PORT_80 8089',
      'WEB_PORT_81 8090',
      'WEB_PORT_84 8091',
      'WEB_PORT_85 8092',
      'WEB_PORT_86 8093',
      'WEB_PORT_87 8094',
    ],
  },
  {
    title:
      'quotation marks and backslashes within entries without quotes, and values that are variables beside',
    files: {
      'compose.yaml': web(
        '8088:${A:-"}',
        '8089:${B:-\\}',
        '8090:${A:-"\'}',
        '{ published: 8091, target: "${C:-83}", host_ip: "${IP:-127.0.0.1}" }',
        'host_ip: ${IP:-127.0.0.1}\n        published: 8092\n        target: 84',
      ),
      '.env': 'A=80\nB=81\n',
    },
    other: {},
    after: {
      'compose.yaml': web(
        "'${WEB_PORT:-8088}:${A:-\"}'",
        "'${WEB_PORT_81:-8089}:${B:-\\}'",
        '8090:${A:-"\'}',
        '{ published: "${WEB_PORT_83:-8091}", target: "${C:-83}", host_ip: "${IP:-127.0.0.1}" }',
        'host_ip: ${IP:-127.0.0.1}\n        published: "${WEB_PORT_84:-8092}"\n        target: 84',
      ),
      '.env': 'A=80\nB=81\nWEB_PORT=8088\nWEB_PORT_81=8089\nWEB_PORT_83=8091\nWEB_PORT_84=8092\n',
    },
    ports: ['WEB_PORT 8088', 'WEB_PORT_81 8089', 'WEB_PORT_83 8091', 'WEB_PORT_84 8092'],
    left: ['8090: its port is not written in plain digits'],
  },
  {
    title: 'entries between brackets',
    files: { 'compose.yaml': 'services: { web: { image: nginx, ports: [8080:80, "8443:443"] } }\n' },
    after: {
      'compose.yaml':
        'services: { web: { image: nginx, ports: ["${WEB_PORT:-8080}:80", "${WEB_PORT_443:-8443}:443"] } }\n',
      '.env': 'WEB_PORT=8081\nWEB_PORT_443=8444\n',
    },
    ports: ['WEB_PORT 8080 → 8081', 'WEB_PORT_443 8443 → 8444'],
  },
  {
    title: 'the long syntax, with quotes and without',
    files: {
      'compose.yaml': web(
        'target: 80\n        published: 8080 # the site\n        mode: host',
        '{ target: 53, published: "5353", protocol: udp, host_ip: 127.0.0.1 }',
        "{ published: '9000-9001', target: 90 }",
      ),
    },
    after: {
      'compose.yaml': web(
        'target: 80\n        published: "${WEB_PORT:-8080}" # the site\n        mode: host',
        '{ target: 53, published: "${WEB_PORT_53:-5353}", protocol: udp, host_ip: 127.0.0.1 }',
        "{ published: '${WEB_PORT_90:-9000-9001}', target: 90 }",
      ),
      '.env': 'WEB_PORT=8081\nWEB_PORT_53=5354\nWEB_PORT_90=19000-19001\n',
    },
    ports: ['WEB_PORT 8080 → 8081', 'WEB_PORT_53 5353 → 5354', 'WEB_PORT_90 9000-9001 → 19000-19001'],
  },
  {
    title: 'ranges',
    files: { 'compose.yaml': web('"8080-8082:80-82"', '"9000-9001:90/udp"') },
    after: {
      'compose.yaml': web('"${WEB_PORT:-8080-8082}:80-82"', '"${WEB_PORT_90:-9000-9001}:90/udp"'),
      '.env': 'WEB_PORT=18080-18082\nWEB_PORT_90=19000-19001\n',
    },
    ports: ['WEB_PORT 8080-8082 → 18080-18082', 'WEB_PORT_90 9000-9001 → 19000-19001'],
  },
  {
    title: 'one port with two transports, of which the other worktree wants one',
    files: { 'compose.yaml': service('dns', '"5353:53"', '"5353:53/udp"') },
    other: { 'compose.yaml': web('"5353:53/udp"') },
    after: {
      'compose.yaml': service('dns', '"${DNS_PORT:-5353}:53"', '"${DNS_PORT:-5353}:53/udp"'),
      '.env': 'DNS_PORT=5354\n',
    },
    ports: ['DNS_PORT 5353 → 5354'],
  },
  {
    title: 'one port at two addresses',
    files: { 'compose.yaml': web('"127.0.0.1:8080:80"', '"[::1]:8080:80"') },
    other: { 'compose.yaml': web('"[::1]:8080:80"', '"127.0.0.1:8081:80"') },
    after: {
      'compose.yaml': web('"127.0.0.1:${WEB_PORT:-8080}:80"', '"[::1]:${WEB_PORT:-8080}:80"'),
      '.env': 'WEB_PORT=18080\n',
    },
    ports: ['WEB_PORT 8080 → 18080'],
  },
  {
    title: 'several host ports for one container port',
    files: { 'compose.yaml': web('"8080:80"', '"9090:80"', '"9091:80"') },
    after: {
      'compose.yaml': web(
        '"${WEB_PORT:-8080}:80"',
        '"${WEB_PORT_80:-9090}:80"',
        '"${WEB_PORT_80_2:-9091}:80"',
      ),
      '.env': 'WEB_PORT=8081\nWEB_PORT_80=19090\nWEB_PORT_80_2=9092\n',
    },
    ports: ['WEB_PORT 8080 → 8081', 'WEB_PORT_80 9090 → 19090', 'WEB_PORT_80_2 9091 → 9092'],
  },
  {
    title: 'names with dashes, dots, digits and letters that come to the same',
    files: {
      'compose.yaml': [
        'services:\n',
        ...['web-1', 'web.1', '9to5', '_x', 'Web'].map(
          (name, index) => `  ${name}:\n    image: nginx\n    ports: ["808${index}:80"]\n`,
        ),
      ].join(''),
    },
    other: {},
    after: {
      'compose.yaml': [
        'services:\n',
        ...[
          'web-1 WEB_1_PORT',
          'web.1 WEB_1_HOST_PORT',
          '9to5 P_9TO5_PORT',
          '_x P_X_PORT',
          'Web WEB_PORT',
        ].map((each, index) => {
          const [name, variable] = each.split(' ');
          return `  ${name}:\n    image: nginx\n    ports: ["\${${variable}:-808${index}}:80"]\n`;
        }),
      ].join(''),
      '.env': 'WEB_1_PORT=8080\nWEB_1_HOST_PORT=8081\nP_9TO5_PORT=8082\nP_X_PORT=8083\nWEB_PORT=8084\n',
    },
    ports: ['WEB_1_PORT 8080', 'WEB_1_HOST_PORT 8081', 'P_9TO5_PORT 8082', 'P_X_PORT 8083', 'WEB_PORT 8084'],
  },
  {
    title: 'a variable with a default, and one with a value in the environment file',
    files: {
      'compose.yaml': web('"${SITE:-8080}:80"', '"${OTHER-9090}:90"', '"$MORE:91"'),
      '.env': '# Ports\nMORE=9190\n',
    },
    after: { '.env': '# Ports\nMORE=9191\nSITE=8081\nOTHER=9091\n' },
    ports: ['SITE 8080 → 8081', 'OTHER 9090 → 9091', 'MORE 9190 → 9191'],
  },
  {
    title: 'a variable that nobody sets',
    files: { 'compose.yaml': web('"${SITE}:80"') },
    after: {},
    ports: [],
    left: ['?: its port is not known'],
  },
  {
    title: 'a variable that is a part of a port, or the port in the container as well',
    files: { 'compose.yaml': web('"80${A:-80}:80"', '"${B:-9090}:${B:-9090}"') },
    after: {},
    ports: [],
    left: [
      '8080: its port is made of several parts',
      '9090: its variable gives the port in the container as well',
    ],
  },
  {
    title: 'a variable with two defaults',
    files: { 'compose.yaml': web('"${A:-8080}:80"', '"${A:-8081}:81"') },
    after: {},
    ports: [],
    left: ['8080: its variable has several defaults', '8081: its variable has several defaults'],
  },
  {
    title: 'what stays as it is, and takes its place before what moves',
    files: { 'compose.yaml': web('"8080:80"', '"80${A:-81}:81"', '"8082:82"') },
    other: { 'compose.yaml': web('"8080:80"') },
    after: {
      'compose.yaml': web('"${WEB_PORT:-8080}:80"', '"80${A:-81}:81"', '"${WEB_PORT_82:-8082}:82"'),
      '.env': 'WEB_PORT=18080\nWEB_PORT_82=8082\n',
    },
    ports: ['WEB_PORT 8080 → 18080', 'WEB_PORT_82 8082'],
    left: ['8081: its port is made of several parts'],
  },
  {
    title: 'a file that goes over another one and says the same entry',
    files: { 'compose.yaml': web('"8080:80"'), 'compose.override.yaml': web('8080:80', '"8090:80"') },
    after: {
      'compose.yaml': web('"${WEB_PORT:-8080}:80"'),
      'compose.override.yaml': web('"${WEB_PORT:-8080}:80"', '"${WEB_PORT_80:-8090}:80"'),
      '.env': 'WEB_PORT=8081\nWEB_PORT_80=8091\n',
    },
    ports: ['WEB_PORT 8080 → 8081', 'WEB_PORT_80 8090 → 8091'],
  },
  {
    title: 'an entry with an anchor, and what goes by its name',
    files: {
      'compose.yaml':
        'x-ports: &ports\n  - "8080:80"\nservices:\n  web:\n    image: nginx\n    ports: *ports\n  api:\n    image: nginx\n    profiles: [api]\n    ports: *ports\n',
    },
    after: {
      'compose.yaml':
        'x-ports: &ports\n  - "${WEB_PORT:-8080}:80"\nservices:\n  web:\n    image: nginx\n    ports: *ports\n  api:\n    image: nginx\n    profiles: [api]\n    ports: *ports\n',
      '.env': 'WEB_PORT=8081\n',
    },
    ports: ['WEB_PORT 8080 → 8081'],
  },
  {
    title: 'an anchor in front of an entry',
    files: { 'compose.yaml': web('&site 8080:80', '*site') },
    after: {
      'compose.yaml': web('&site "${WEB_PORT:-8080}:80"', '*site'),
      '.env': 'WEB_PORT=8081\n',
    },
    ports: ['WEB_PORT 8080 → 8081'],
  },
  {
    title: 'entries over several lines, and digits that are no plain ones',
    files: { 'compose.yaml': web('|-\n        8080:80', '"8\\u0030\\u00390:90"') },
    after: {},
    ports: [],
    left: ['8080: its port is not written in plain digits', '8090: its port is not written in plain digits'],
  },
  {
    title: 'an environment file with comments, export, quotes and CRLF',
    files: {
      'compose.yaml': web('"${SITE:-8080}:80"', '"${A:-9090}:90"', '"${B:-9190}:91"', '"7000:70"').replaceAll(
        '\n',
        '\r\n',
      ),
      '.env':
        '# Ports\r\nexport SITE=8080 # the site\r\nA="9090"\r\n\r\nB=1\r\nB: \'9190\'\r\nTEXT="\r\nA=9\r\n"\r\n',
    },
    after: {
      'compose.yaml': web(
        '"${SITE:-8080}:80"',
        '"${A:-9090}:90"',
        '"${B:-9190}:91"',
        '"${WEB_PORT_70:-7000}:70"',
      ).replaceAll('\n', '\r\n'),
      '.env':
        '# Ports\r\nexport SITE=8081 # the site\r\nA="9091"\r\n\r\nB=1\r\nB: \'9191\'\r\nTEXT="\r\nA=9\r\n"\r\nWEB_PORT_70=7001\r\n',
    },
    ports: ['SITE 8080 → 8081', 'A 9090 → 9091', 'B 9190 → 9191', 'WEB_PORT_70 7000 → 7001'],
  },
  {
    title: 'an environment file without an end of its last line, and a value made of others',
    files: {
      'compose.yaml': web('"${SITE:-1}:80"', '"9090:90"'),
      '.env': 'BASE=80\nSITE=${BASE}80',
    },
    after: {
      'compose.yaml': web('"${SITE:-1}:80"', '"${WEB_PORT_90:-9090}:90"'),
      '.env': 'BASE=80\nSITE=${BASE}80\nSITE=8081\nWEB_PORT_90=9091\n',
    },
    ports: ['SITE 8080 → 8081', 'WEB_PORT_90 9090 → 9091'],
  },
  {
    title: 'names that mean something else already',
    files: {
      'compose.yaml': `${web('"8080:80"')}    environment:\n      WEB_HOST_PORT: "1"\n`,
      '.env': 'WEB_PORT=3000\n',
    },
    after: {
      'compose.yaml': `${web('"${WEB_PORT_80:-8080}:80"')}    environment:\n      WEB_HOST_PORT: "1"\n`,
      '.env': 'WEB_PORT=3000\nWEB_PORT_80=8081\n',
    },
    ports: ['WEB_PORT_80 8080 → 8081'],
  },
  {
    title: 'ports that others listen on, and settings of other programs',
    files: { 'compose.yaml': web('"8080:80"'), 'api/.env': 'PORT=8081\n', '.env': 'METRICS_PORT=18080\n' },
    other: {},
    listening: ['tcp 127.0.0.1 8080 node 1'],
    after: {
      'compose.yaml': web('"${WEB_PORT:-8080}:80"'),
      '.env': 'METRICS_PORT=18080\nWEB_PORT=8082\n',
    },
    ports: ['WEB_PORT 8080 → 8082'],
  },
  {
    title:
      'ports that a container engine listens on, or somebody who is not seen: its own containers may run',
    files: { 'compose.yaml': web('"8080:80"', '"8443:443"', '"127.0.0.1:9090:90"', '"7000:70"') },
    other: { 'compose.yaml': web('"7000:70"') },
    listening: [
      'tcp 0.0.0.0 8080 docker-proxy 7',
      'tcp :: 8080 docker-proxy 8',
      'tcp 0.0.0.0 8443',
      'tcp 127.0.0.1 9090 node 9',
      'tcp 127.0.0.1 9091 docker-proxy 10',
      'tcp 0.0.0.0 7000',
    ],
    after: {
      'compose.yaml': web(
        '"${WEB_PORT:-8080}:80"',
        '"${WEB_PORT_443:-8443}:443"',
        '"127.0.0.1:${WEB_PORT_90:-9090}:90"',
        '"${WEB_PORT_70:-7000}:70"',
      ),
      '.env': 'WEB_PORT=8080\nWEB_PORT_443=8443\nWEB_PORT_90=19090\nWEB_PORT_70=7001\n',
    },
    ports: [
      'WEB_PORT 8080 (docker-proxy (7) listens there now, and it cannot be seen whether for this project)',
      'WEB_PORT_443 8443 (something listens there now, and it cannot be seen whether for this project)',
      'WEB_PORT_90 9090 → 19090',
      'WEB_PORT_70 7000 → 7001',
    ],
  },
  {
    title: 'ports that need privilege, or lie where the machine takes automatic ones, and nobody else wants',
    files: { 'compose.yaml': web('"80:80"', '"50051:50051"', '"6000:6000"') },
    other: {},
    after: {
      'compose.yaml': web(
        '"${WEB_PORT:-80}:80"',
        '"${WEB_PORT_50051:-50051}:50051"',
        '"${WEB_PORT_6000:-6000}:6000"',
      ),
      '.env': 'WEB_PORT=80\nWEB_PORT_50051=50051\nWEB_PORT_6000=6000\n',
    },
    ports: ['WEB_PORT 80', 'WEB_PORT_50051 50051', 'WEB_PORT_6000 6000'],
  },
  {
    title: 'ports of Docker’s choosing, and what it does not publish',
    files: {
      'compose.yaml': `${web('"80"', '"0:81"', '"127.0.0.1::82"')}  host:\n    image: nginx\n    network_mode: host\n    ports: ["8080:80"]\n`,
    },
    after: {},
    ports: [],
    left: [
      '80: its image or its settings have its program listen on it in the host’s network, where nothing is published',
      '443: its image or its settings have its program listen on it in the host’s network, where nothing is published',
    ],
  },
  {
    title: 'what images and settings say of programs in the host’s network',
    files: {
      'compose.yaml':
        'services:\n  redis:\n    image: redis\n    network_mode: host\n  api:\n    image: example/api\n    network_mode: host\n    environment: { PORT: "4000" }\n',
    },
    after: {},
    ports: [],
    left: [
      '6379: its image or its settings have its program listen on it in the host’s network, where nothing is published',
      '4000: its image or its settings have its program listen on it in the host’s network, where nothing is published',
    ],
  },
  {
    title: 'nothing where Compose refuses the environment file',
    files: { 'compose.yaml': web('"8080:80"'), '.env': 'NAME="open\n' },
    after: {},
    ports: [],
    left: ['8080: a quotation mark in its environment file is never closed'],
    isRefused: true,
  },
  {
    title: 'what programs in the host’s network listen on, by a configuration that they mount or a command',
    files: {
      'compose.yaml': `${web('"7000:70"')}    volumes: ["./own.conf:/etc/nginx/conf.d/default.conf"]\n  host:\n    image: nginx\n    network_mode: host\n    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf"]\n  api:\n    image: python\n    network_mode: host\n    command: gunicorn -b 0.0.0.0:9000 app\n`,
      'site.conf': 'server { listen 8080; listen [::]:8081; }\n',
      'own.conf': 'server { listen 8082; }\n',
    },
    other: {},
    after: {
      'compose.yaml': `${web('"${WEB_PORT:-7000}:70"')}    volumes: ["./own.conf:/etc/nginx/conf.d/default.conf"]\n  host:\n    image: nginx\n    network_mode: host\n    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf"]\n  api:\n    image: python\n    network_mode: host\n    command: gunicorn -b 0.0.0.0:9000 app\n`,
      '.env': 'WEB_PORT=7000\n',
    },
    ports: ['WEB_PORT 7000'],
    left: [
      '8080: its program listens on it in the host’s network, where nothing is published',
      '8081: its program listens on it in the host’s network, where nothing is published',
      '9000: its program listens on it in the host’s network, where nothing is published',
    ],
  },
  {
    title: 'projects in several folders, each with its own environment file',
    files: { 'a/compose.yaml': web('"8080:80"'), 'b/compose.yaml': web('"9080:80"') },
    after: {
      'a/compose.yaml': web('"${WEB_PORT:-8080}:80"'),
      'a/.env': 'WEB_PORT=8081\n',
      'b/compose.yaml': web('"${WEB_PORT:-9080}:80"'),
      'b/.env': 'WEB_PORT=9081\n',
    },
    ports: ['WEB_PORT 8080 → 8081', 'WEB_PORT 9080 → 9081'],
  },
  {
    title: 'a file that is extended from another folder, whose environment file it does not read',
    files: {
      'compose.yaml': 'services:\n  web:\n    extends: { file: common/base.compose.yaml, service: web }\n',
      'common/base.compose.yaml': web('"8080:80"', '"${SITE:-9080}:81"'),
      'common/.env': 'SITE=1\n',
    },
    after: {
      'common/base.compose.yaml': web('"${WEB_PORT:-8080}:80"', '"${SITE:-9080}:81"'),
      '.env': 'WEB_PORT=8081\nSITE=9081\n',
    },
    ports: ['WEB_PORT 8080 → 8081', 'SITE 9080 → 9081'],
  },
  {
    title: 'an include with environment files of its own, the later over the earlier',
    files: {
      'compose.yaml': 'include: [{ path: a/web.compose.yaml, env_file: [x.env, y.env] }]\n',
      'x.env': 'SITE_PORT=1\nOTHER_PORT=9090\n',
      'y.env': 'SITE_PORT=8080\n',
      'a/web.compose.yaml': web('"${SITE_PORT}:80"', '"${OTHER_PORT}:90"', '"7000:70"'),
    },
    after: {
      'x.env': 'SITE_PORT=1\nOTHER_PORT=9091\nWEB_PORT_70=7001\n',
      'y.env': 'SITE_PORT=8081\n',
      'a/web.compose.yaml': web('"${SITE_PORT}:80"', '"${OTHER_PORT}:90"', '"${WEB_PORT_70:-7000}:70"'),
    },
    ports: ['SITE_PORT 8080 → 8081', 'OTHER_PORT 9090 → 9091', 'WEB_PORT_70 7000 → 7001'],
  },
  {
    title: 'an include with an environment file of its own, and its folder as a project by itself',
    files: {
      'compose.yaml': 'include: [{ path: a/compose.yaml, env_file: x.env }]\n',
      'x.env': 'SITE=8080\nOTHER=1\n',
      'a/compose.yaml': web('"${SITE:-8080}:80"', '"9090:90"', '"${OTHER:-7000}:70"'),
    },
    after: {
      'x.env': 'SITE=8081\nOTHER=1\nWEB_PORT_90=9091\n',
      'a/compose.yaml': web('"${SITE:-8080}:80"', '"${WEB_PORT_90:-9090}:90"', '"${OTHER:-7000}:70"'),
      'a/.env': 'SITE=8081\nWEB_PORT_90=9091\n',
    },
    ports: ['SITE 8080 → 8081', 'WEB_PORT_90 9090 → 9091'],
    left: ['1: its variable has another value in another project'],
  },
  {
    title: 'an include without an environment file, and one with the folder of the project',
    files: {
      'compose.yaml':
        'include:\n  - { path: a/web.compose.yaml, env_file: /dev/null }\n  - { path: b/api.compose.yaml, project_directory: . }\n',
      'a/web.compose.yaml': web('"8080:80"'),
      'b/api.compose.yaml': service('api', '"9090:90"'),
    },
    after: {
      'a/web.compose.yaml': web('"${WEB_PORT:-8080}:80"'),
      'b/api.compose.yaml': service('api', '"${API_PORT:-9090}:90"'),
      '.env': 'WEB_PORT=8081\nAPI_PORT=9091\n',
    },
    ports: ['WEB_PORT 8080 → 8081', 'API_PORT 9090 → 9091'],
  },
  {
    title: 'files that the environment file names, in its folder and in others',
    files: {
      '.env': 'COMPOSE_FILE=compose.yaml:over/compose.dev.yaml\nDEV=9090\n',
      'compose.yaml': web('"8080:80"'),
      'over/compose.dev.yaml': web('"${DEV:-1}:90"', '"7000:70"'),
    },
    after: {
      '.env': 'COMPOSE_FILE=compose.yaml:over/compose.dev.yaml\nDEV=9091\nWEB_PORT=8081\nWEB_PORT_70=7001\n',
      'compose.yaml': web('"${WEB_PORT:-8080}:80"'),
      'over/compose.dev.yaml': web('"${DEV:-1}:90"', '"${WEB_PORT_70:-7000}:70"'),
    },
    ports: ['WEB_PORT 8080 → 8081', 'DEV 9090 → 9091', 'WEB_PORT_70 7000 → 7001'],
  },
  {
    title: 'an environment file that names files of another folder, which has one as well',
    files: {
      '.env': 'COMPOSE_FILE=app/compose.yaml\nSITE=8080\n',
      'app/compose.yaml': web('"${SITE:-8080}:80"', '"9090:90"'),
      'app/.env': 'SITE=8080\n',
    },
    after: {
      '.env': 'COMPOSE_FILE=app/compose.yaml\nSITE=8081\n',
      'app/compose.yaml': web('"${SITE:-8080}:80"', '"${WEB_PORT_90:-9090}:90"'),
      'app/.env': 'SITE=8081\nWEB_PORT_90=9091\n',
    },
    ports: ['SITE 8080 → 8081', 'WEB_PORT_90 9090 → 9091'],
  },
  {
    title: 'an included folder, whose variables the folder above gives first',
    files: {
      'compose.yaml': `include: [db/compose.yaml]\n${web('"8080:80"')}`,
      'db/compose.yaml': service('db', '"${WEB_PORT:-9080}:80"', '"5432:5432"'),
    },
    after: {
      'compose.yaml': `include: [db/compose.yaml]\n${web('"${WEB_HOST_PORT:-8080}:80"')}`,
      '.env': 'WEB_HOST_PORT=8081\n',
      'db/compose.yaml': service('db', '"${WEB_PORT:-9080}:80"', '"${DB_PORT_5432:-5432}:5432"'),
      'db/.env': 'WEB_PORT=9081\nDB_PORT_5432=5433\n',
    },
    ports: ['WEB_HOST_PORT 8080 → 8081', 'WEB_PORT 9080 → 9081', 'DB_PORT_5432 5432 → 5433'],
  },
  {
    title: 'an included folder that has a variable of the folder above',
    files: {
      'compose.yaml': `include: [db/compose.yaml]\n${web('"${SITE:-8080}:80"')}`,
      'db/compose.yaml': service('db', '"${SITE:-9080}:80"', '"${DB:-5432}:5432"'),
    },
    after: { 'db/.env': 'DB=5433\n' },
    ports: ['DB 5432 → 5433'],
    left: ['8080: its variable has several defaults', '9080: its variable has several defaults'],
  },
];
