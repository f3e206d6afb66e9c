import type { Role, Transport } from '../../model/port';

/** What is known of a program's arguments. Only flags whose meaning leaves no doubt stand here. */
export interface Program {
  /** One-letter flags whose value is a port. */
  readonly ports?: string;
  /** One-letter flags whose value is an address with a port, to listen on. */
  readonly binds?: string;
  /** What the program does with a port that it is given. */
  readonly role: Role;
  readonly transport?: Transport;
  /** Plain arguments `host:port` that it dials: any host, or this machine's own names alone. */
  readonly dials?: 'any' | 'own';
}

const webServer: Program = { role: 'listen', transport: 'tcp', ports: 'p' };
const webClient: Program = { role: 'connect', transport: 'tcp', dials: 'own' };
const client: Program = { role: 'connect', transport: 'tcp' };

/** Programs by name, as their manuals describe them. */
export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ...['flask', 'http-server', 'next', 'rails', 'puma', 'thin', 'rackup'].map(of(webServer)),
  ...['json-server', 'live-server', 'gatsby', 'nuxt', 'hugo', 'memcached', 'sshd'].map(of(webServer)),
  ...['mosquitto', 'dropbear'].map(of(webServer)),
  ['serve', { ...webServer, ports: 'pl', binds: 'l' }],
  ...['gunicorn', 'hypercorn'].map(of({ role: 'listen', transport: 'tcp', binds: 'b' })),
  ['php', { role: 'listen', transport: 'tcp', binds: 'S' }],
  ...['curl', 'wget', 'http', 'https', 'ab', 'wrk', 'hey', 'siege'].map(of(webClient)),
  ...['wait-for-it', 'wait-for', 'wait-port'].map(of({ ...client, dials: 'any' })),
  ...['redis-cli', 'pg_isready'].map(of({ ...client, ports: 'p' })),
  ...['mysqladmin', 'mysql', 'mariadb-admin', 'mariadb'].map(of({ ...client, ports: 'P' })),
  ...['psql', 'mongosh', 'mongo', 'cqlsh', 'clickhouse-client', 'grpc_health_probe'].map(of(client)),
]);

/** Programs whose arguments are text to print or to look for. */
export const silentPrograms: ReadonlySet<string> = new Set([
  ...['echo', 'printf', 'test', '[', '[[', 'grep', 'egrep', 'fgrep', 'sed', 'awk', 'export', ':'],
]);

const prefixes = 'http|https|server|listen|bind|proxy|rpc|grpc|web|api|admin|metrics|management|debug';
const camelCasePort = new RegExp(`^(?:${prefixes})Port$`);

/** Tells whether a long flag's name says that its value is a port: `port`, `http-port`, `server.port`. */
export function isPortFlag(name: string): boolean {
  return /(?:^|[-_.])port$/i.test(name) || camelCasePort.test(name);
}

/** Long flags whose value is an address to listen on, whatever it is. */
export function isBindFlag(name: string): boolean {
  return /^(?:bind|listen)(?:[-_.](?:addr|address|on|urls?|uri|client-urls|peer-urls))?$/.test(name);
}

/** Long flags whose value is listened on where it stands for every address; else it may be a peer's. */
export function mayBind(name: string): boolean {
  return (
    /(?:^|[-_.])(?:addr|address|bind|listen|urls?|https?|socket|endpoint)$/.test(name) &&
    !/adverti[sz]e/.test(name)
  );
}

function of(program: Program): (name: string) => [string, Program] {
  return (name) => [name, program];
}
