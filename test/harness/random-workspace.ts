import type { Texts } from './chart';
import type { Random } from './random';

/** The texts of a small workspace of compose projects, environment files, nginx configurations and Dockerfiles. */
export function randomWorkspace(random: Random): Texts {
  const folders = random.pick([[''], ['', 'a/'], ['a/', 'b/'], [''], ['']]);
  return Object.assign({}, ...folders.map((folder) => filesOf(random, folder)));
}

/** Few ports close to each other, so that they often meet. */
export function randomPort(random: Random): number {
  return random.pick([8080, 8080, 5432, 3000, 80, 443, 53, 15432, 18080]) + random.below(4);
}

/** An address with a colon behind it, or nothing. */
export function randomAddress(random: Random): string {
  return random.pick(['', '', '', '127.0.0.1', '0.0.0.0', '192.168.0.1', '[::1]', '[::]']);
}

function filesOf(random: Random, folder: string): Texts {
  const files: Record<string, string> = {};
  const put = (name: string, text: string): void => {
    files[folder + name] = text;
  };
  put(random.pick(['compose.yaml', 'docker-compose.yml']), compose(random));
  if (random.chance(20)) put(`${random.pick(['compose', 'docker-compose'])}.override.yml`, compose(random));
  if (random.chance(15)) put('compose.dev.yaml', compose(random));
  if (random.chance(35)) put('.env', environment(random));
  if (random.chance(20)) put('app.env', environment(random));
  if (random.chance(35)) put('nginx.conf', nginx(random));
  if (random.chance(10)) put('conf.d/site.conf', server(random));
  if (random.chance(15))
    put('Dockerfile', `FROM nginx\nCOPY ${random.pick(['nginx.conf', '.', 'conf.d', 'app'])} /etc/nginx/\n`);
  return files;
}

function compose(random: Random): string {
  const services = ['web', 'api', 'db']
    .slice(0, 1 + random.below(random.pick([1, 2, 3])))
    .map((name) => service(random, name));
  const shared = random.chance(10) ? `x-ports: &shared\n  - ${short(random)}\n` : '';
  return `${shared}services:\n${shared === '' ? services.join('') : services.map(sharing).join('')}`;
}

/** A service with the list of ports that all of them use. */
function sharing(service: string): string {
  const [own = ''] = service.split(/^ {4}ports:/m);
  return `${own}    ports: *shared\n`;
}

function service(random: Random, name: string): string {
  const lines = [`  ${name}:`, `    image: ${random.pick(['nginx', 'postgres:16', 'redis', 'example/app'])}`];
  if (random.chance(10))
    lines.push(`    network_mode: ${random.pick(['host', 'none', 'service:web', '${MODE}'])}`);
  if (random.chance(15)) lines.push(`    profiles: [${random.pick(['debug', 'test'])}]`);
  if (random.chance(15)) lines.push(`    deploy: { replicas: ${random.below(4)} }`);
  if (random.chance(15))
    lines.push(`    volumes: ["${random.pick(['./nginx.conf', '.', './conf.d'])}:/etc/nginx/x"]`);
  if (random.chance(10)) lines.push(`    expose: ["${randomPort(random)}"]`);
  if (random.chance(10)) lines.push(`    env_file: ${random.pick(['.env', 'app.env', '[.env, app.env]'])}`);
  if (random.chance(15))
    lines.push(
      `    environment: ${random.pick(['[WEB_PORT, API_PORT]', '{ PORT: "${WEB_PORT}" }', '["PORT=${API_PORT}"]'])}`,
    );
  if (random.chance(85)) lines.push(...ports(random));
  return `${lines.join('\n')}\n`;
}

function ports(random: Random): readonly string[] {
  const tag = random.pick(['', '', '', '', '', ' !override']);
  return [
    `    ports:${tag}`,
    ...Array.from({ length: 1 + random.below(2) }, () =>
      random.chance(20) ? long(random) : `      - ${short(random)}`,
    ),
  ];
}

function short(random: Random): string {
  if (random.chance(12))
    return random.pick([
      '""',
      ...['":80"', '"8"', '', '"80', '"808:80"', '"8080-:80"', '"127.0.0.1::80"', '8080-', '"8080-8081"'],
      ...['"${WEB_PORT:-}"', '${API_PORT:-80}', '"${WEB_PORT:-', '"127.0.0.1:${API_PORT:-54}"'],
    ]);
  const address = randomAddress(random);
  const transport = random.pick(['', '', '', '/tcp', '/udp', '/sctp']);
  const mapping = `${address === '' ? '' : `${address}:`}${host(random)}`;
  const text = mapping.replace('…', `${random.pick([80, 5432, 8080])}`) + transport;
  return random.pick([`"${text}"`, `"${text}"`, `'${text}'`]);
}

/** The host's side and the container's, as they fit each other. */
function host(random: Random): string {
  const port = randomPort(random);
  const width = 1 + random.below(3);
  return random.pick([
    `${port}:…`,
    `${port}:…`,
    `${port}-${port + width}:…`,
    `${port}-${port + width}:80-${80 + width}`,
    `\${${variable(random)}:-${port}}:…`,
    `\${${variable(random)}-${port}}:…`,
    `\${${variable(random)}}:…`,
    `\${${variable(random)}:-${port}-${port + width}}:…`,
    `0:…`,
  ]);
}

function long(random: Random): string {
  const port = randomPort(random);
  const lines = [
    `      - target: ${random.pick([80, 5432])}`,
    `        published: ${random.pick([`${port}`, `"${port}"`, `"${port}-${port + 1}"`, `"\${${variable(random)}:-${port}}"`, ''])}`,
  ];
  if (random.chance(30)) lines.push(`        protocol: ${random.pick(['tcp', 'udp'])}`);
  if (random.chance(30)) lines.push(`        host_ip: ${random.pick(['127.0.0.1', '"::1"'])}`);
  return lines.join('\n');
}

function variable(random: Random): string {
  return random.pick(['WEB_PORT', 'API_PORT', 'OTHER']);
}

function environment(random: Random): string {
  const value = (): string =>
    random.pick([`${randomPort(random)}`, `"${randomPort(random)}"`, '', `${randomPort(random)} # why`]);
  return `WEB_PORT=${value()}\n${random.chance(50) ? `API_PORT=${value()}\n` : ''}`;
}

function nginx(random: Random): string {
  const inside = random.chance(30) ? '  include conf.d/*.conf;\n' : '';
  const stream = random.chance(20)
    ? `stream { server { listen ${randomPort(random)}${random.pick(['', ' udp'])}; proxy_pass 10.0.0.1:1; } }\n`
    : '';
  return `events {}\nhttp {\n${inside}${server(random)}${random.chance(50) ? server(random) : ''}}\n${stream}`;
}

function server(random: Random): string {
  const listens = Array.from({ length: 1 + random.below(2) }, () => {
    const address = randomAddress(random);
    return `  listen ${address === '' ? '' : `${address}:`}${randomPort(random)};\n`;
  });
  return `server {\n${listens.join('')}}\n`;
}
