import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { type SecureContextOptions, connect as secure } from 'node:tls';
import { networkTrouble } from './network-trouble';
import { UpdateRefused } from './refused';

/** How the certificates of servers and proxies are judged. */
export interface Trust extends Pick<SecureContextOptions, 'ca'> {
  readonly rejectUnauthorized: boolean;
}

/**
 * Opens a way to `target` through an HTTP or HTTPS proxy, which passes on what it cannot read (RFC 9110 section 9.3.6).
 *
 * Node does the talking: it bounds the length of the proxy's answer, and a signal ends the call at any point. The
 * usual library, https-proxy-agent, does neither.
 *
 * @returns what begins TLS with the target; its connection ends with `signal`.
 * @throws UpdateRefused when the proxy cannot be reached or does not let the connection through.
 */
export async function tunnel(
  proxy: URL,
  target: URL,
  trust: Trust,
  signal: AbortSignal,
): Promise<() => Duplex> {
  const { request } = proxy.protocol === 'https:' ? https : http;
  const place = `${target.hostname}:${target.port || 443}`;
  const asked = request({
    ...trust,
    ...named(proxy),
    method: 'CONNECT',
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    path: place,
    headers: { host: place, ...credentials(proxy) },
    agent: false,
    signal,
  });
  const socket = await new Promise<Duplex>((resolve, reject) => {
    asked.on('error', (error) => reject(new UpdateRefused(networkTrouble(error, `the proxy ${proxy.host}`))));
    asked.on('connect', ({ statusCode = 0, statusMessage }, stream: Duplex, head: Buffer) => {
      // Errors come to whoever uses the connection; until somebody does, they may not end the program.
      stream.on('error', () => undefined);
      signal.addEventListener('abort', () => stream.destroy());
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) stream.unshift(head);
        resolve(stream);
      } else {
        stream.destroy();
        reject(new UpdateRefused(proxyRefusal(proxy, target, statusCode, statusMessage)));
      }
    });
    asked.end();
  });
  return () => secure({ ...trust, ...named(target), socket, ALPNProtocols: ['http/1.1'] });
}

/**
 * Whose certificate is wanted. The name is also sent, so that a server of many names can choose its certificate; an
 * address is no name (RFC 6066 section 3). Said outright, for Node would take it from the header `host`.
 */
function named({ hostname }: URL): { readonly host: string; readonly servername: string } {
  const host = bare(hostname);
  return { host, servername: isIP(host) === 0 ? host : '' };
}

/** A URL has an IPv6 address in brackets, a connection wants it without. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function credentials({ username, password }: URL): http.OutgoingHttpHeaders {
  if (username === '' && password === '') return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** What is no escape sequence, such as a bare per cent sign in a password, stands for itself. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
}

function proxyRefusal(proxy: URL, target: URL, status: number, message = ''): string {
  if (status !== 407) {
    const answer = `${status} ${message || (http.STATUS_CODES[status] ?? '')}`.trim();
    return `The proxy ${proxy.host} does not let the connection to ${target.host} through (${answer}).`;
  }
  const isKnown = proxy.username !== '' || proxy.password !== '';
  return isKnown
    ? `The proxy ${proxy.host} does not take the name and password that are set for it (407).`
    : `The proxy ${proxy.host} asks for a name and a password (407): they go into its address.`;
}
