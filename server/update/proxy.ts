import { isLoopback } from './addresses';
import { UpdateRefused } from './refused';

/** The variables of a process, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy through which `target` is to be reached; undefined where it is reached directly.
 *
 * The order is that of VS Code for its extensions (createProxyResolver of @vscode/proxy-agent): this machine itself
 * never, then NO_PROXY, then the editor's setting, then the environment.
 *
 * @throws UpdateRefused when the proxy that is set is of a kind that is not known here.
 */
export function proxyFor(
  target: URL,
  setting: string | undefined,
  environment: Environment,
): URL | undefined {
  if (isLoopback(target.hostname) || isExempt(target, variable(environment, 'no_proxy'))) return undefined;
  const said = setting?.trim() || environmentProxies.map((name) => variable(environment, name)).find(Boolean);
  return said ? proxyAt(said) : undefined;
}

/** HTTPS without a proxy of its own goes through the one for HTTP: npm and VS Code do so, too. */
const environmentProxies = ['https_proxy', 'all_proxy', 'http_proxy'] as const;

/** Programs look for the small letters first (curl, Go, Python). */
function variable(environment: Environment, name: string): string {
  return (environment[name] || environment[name.toUpperCase()] || '').trim();
}

/** A proxy without a scheme is an HTTP proxy: curl(1), `--proxy`. */
function proxyAt(said: string): URL {
  const address = said.includes('://') ? said : `http://${said}`;
  const proxy = URL.canParse(address) ? new URL(address) : undefined;
  // What was said is not repeated: it may hold a password.
  if (proxy === undefined || proxy.hostname === '')
    throw new UpdateRefused('The proxy that is set is no valid address.');
  if (proxy.protocol === 'http:' || proxy.protocol === 'https:') return proxy;
  const kind = proxy.protocol.slice(0, -1);
  throw new UpdateRefused(
    `The proxy ${proxy.host} is set with ${kind}:, and only http: and https: proxies can be used.`,
  );
}

/**
 * Whether NO_PROXY names the host: `*`, a name, with or without a port, which also stands for the names below it
 * (curl(1), NO_PROXY; Go's x/net/http/httpproxy, where `.name` and `*.name` are known as well).
 */
function isExempt({ hostname, port }: URL, list: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((item) => {
      if (item === '*') return true;
      const [name = '', itsPort] = hostAndPort(item);
      if (name === '' || (itsPort !== undefined && itsPort !== (port || '443'))) return false;
      return host === name || host.endsWith(`.${name}`);
    });
}

/** A URL has an IPv6 address in brackets; the list may leave them away where no port follows. */
function hostAndPort(item: string): readonly (string | undefined)[] {
  if (item.split(':').length > 2 && !item.startsWith('[')) return [`[${item}]`];
  return /^(?:\*?\.)?(.+?)(?::(\d+))?$/.exec(item)?.slice(1) ?? [];
}
