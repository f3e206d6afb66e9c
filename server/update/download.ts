import * as http from 'node:http';
import * as https from 'node:https';
import * as tls from 'node:tls';
import { version } from '../version';
import { checkProtocol } from './addresses';
import { type Deadlines, deadlines, type Patience } from './deadlines';
import { networkTrouble } from './network-trouble';
import { type Environment, proxyFor } from './proxy';
import { UpdateRefused } from './refused';
import { type Trust, tunnel } from './tunnel';

/** What a download must keep to. */
export interface Limits extends Patience {
  /** The longest body, in bytes. */
  readonly bytes: number;
  readonly redirects: number;
}

/** What a server tells of a file, so that it can be asked later whether the file has changed (RFC 9110 section 8.8). */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** What came. */
export interface Downloaded extends Validators {
  readonly bytes: Uint8Array;
}

/** What a download needs beside its address. */
export interface DownloadOptions {
  readonly limits: Limits;
  readonly environment: Environment;
  /** The editor's settings: `http.proxy` and `http.proxyStrictSSL`, which VS Code applies without a proxy as well. */
  readonly proxy?: { readonly url?: string; readonly strictSSL?: boolean } | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The validators of the copy that is there already. */
  readonly known?: Validators | undefined;
  /** The authorities that are trusted, PEM; by default Node's and, where Node can tell them, the system's. */
  readonly authorities?: readonly string[];
}

/**
 * Fetches a file over HTTPS, or over HTTP from this machine itself.
 *
 * @returns what came; undefined when the copy that is there is still the newest.
 * @throws UpdateRefused for everything else: no answer, another answer, a cut connection, too much, too slow.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Downloaded | undefined> {
  const { limits, known = {} } = options;
  const by = proxyFor(url, options.proxy?.url, options.environment);
  const partner = by === undefined ? url.host : `${url.host} through the proxy ${by.host}`;
  const watch = deadlines(limits, partner, options.signal);
  try {
    const response = await finalAnswer(url, options, watch);
    if (response.statusCode === 304 && Object.keys(conditions(known)).length > 0) {
      response.destroy();
      return undefined;
    }
    checkAnswer(response, url.host, limits);
    const { etag, 'last-modified': lastModified } = response.headers;
    return {
      bytes: await body(response, url.host, limits.bytes, watch),
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
    };
  } catch (error) {
    if (watch.signal.aborted) throw watch.signal.reason;
    throw error instanceof UpdateRefused ? error : new UpdateRefused(networkTrouble(error, url.host));
  } finally {
    watch.done();
  }
}

/** Follows redirects; never from https: to http:, not even on this machine. */
async function finalAnswer(
  start: URL,
  options: DownloadOptions,
  watch: Deadlines,
): Promise<http.IncomingMessage> {
  let url = start;
  for (let redirects = 0; redirects <= options.limits.redirects; redirects += 1) {
    checkProtocol(url);
    const response = await answer(url, options, watch);
    watch.alive();
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0)) return response;
    response.destroy();
    const { location = '' } = response.headers;
    const next = location !== '' && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (next === undefined) throw new UpdateRefused(`${url.host} redirects, and does not say where to.`);
    if (url.protocol === 'https:' && next.protocol !== 'https:')
      throw new UpdateRefused(
        `${url.host} redirects to ${next.protocol}//${next.host}, where nothing is encrypted.`,
      );
    url = next;
  }
  throw new UpdateRefused(`${start.host} redirects more than ${options.limits.redirects} times.`);
}

/** One request's answer, its body not yet read. */
async function answer(url: URL, options: DownloadOptions, { signal }: Deadlines) {
  const { proxy, environment, known = {} } = options;
  const trust: Trust = { rejectUnauthorized: proxy?.strictSSL ?? true, ...authorities(options.authorities) };
  const by = proxyFor(url, proxy?.url, environment);
  const throughProxy = by && (await tunnel(by, url, trust, signal));
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise<http.IncomingMessage>((resolve, reject) => {
    const asked = request(url, {
      ...trust,
      // An agent would make the connection itself.
      ...(throughProxy ? { createConnection: throughProxy } : { agent: false }),
      signal,
      headers: {
        accept: 'text/csv, */*;q=0.1',
        // A compressed answer has another length than the file's, and can be a bomb; the file is a small one.
        'accept-encoding': 'identity',
        'user-agent': `Portolan/${version}`,
        ...conditions(known),
      },
    });
    asked.on('error', (error) => reject(new UpdateRefused(networkTrouble(error, url.host))));
    asked.on('response', resolve);
    asked.end();
  });
}

/** RFC 9110 section 13.1.3: a date is only asked after where there is no tag. */
function conditions({ etag, lastModified }: Validators): http.OutgoingHttpHeaders {
  if (etag !== undefined) return { 'if-none-match': etag };
  return lastModified === undefined ? {} : { 'if-modified-since': lastModified };
}

/**
 * Where a company's proxy reads along, the system knows its authority and Node's own list does not. Node tells the
 * system's since 22.15; before, and where it cannot tell its own, NODE_EXTRA_CA_CERTS has to do.
 */
function authorities(told: readonly string[] | undefined): Pick<Trust, 'ca'> {
  if (told !== undefined) return { ca: [...told] };
  const { getCACertificates: list } = tls as { getCACertificates?(kind: string): readonly string[] };
  const own = list?.('default') ?? [];
  return list === undefined || own.length === 0 ? {} : { ca: [...own, ...list('system')] };
}

function checkAnswer({ statusCode = 0, headers }: http.IncomingMessage, host: string, limits: Limits): void {
  if (statusCode !== 200) throw new UpdateRefused(`${host} ${statusTrouble(statusCode)}.`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new UpdateRefused(`${host} sends the file compressed (${encoding}), which was not asked for.`);
  if (headers['content-type']?.startsWith('text/html'))
    throw new UpdateRefused(`${host} answers with a web page and not with the registry.`);
  // Only a length or chunks tell a whole file from the beginning of one (RFC 9112 section 8).
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined)
    throw new UpdateRefused(
      `${host} does not say how long the file is, so that a cut connection could not be told from its end.`,
    );
  if (Number(headers['content-length'] ?? 0) > limits.bytes) throw tooLong(host, limits.bytes);
}

async function body(
  response: http.IncomingMessage,
  host: string,
  limit: number,
  watch: Deadlines,
): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of response) {
      watch.alive();
      length += part.length;
      if (length > limit) throw tooLong(host, limit);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof UpdateRefused || watch.signal.aborted) throw error;
    const said = response.headers['content-length'];
    const of = said === undefined ? '' : ` of ${said}`;
    throw new UpdateRefused(`The connection to ${host} was cut after ${length}${of} bytes.`);
  }
  return Buffer.concat(parts, length);
}

function tooLong(host: string, limit: number): UpdateRefused {
  return new UpdateRefused(`${host} sends more than ${limit} bytes; the registry has about a million.`);
}

function statusTrouble(status: number): string {
  const name = http.STATUS_CODES[status];
  const code = name === undefined ? String(status) : `${status} ${name}`;
  if (status === 401 || status === 403) return `denies access to the file (${code})`;
  if (status === 404 || status === 410) return `has no such file (${code})`;
  if (status === 407) return `stands behind a proxy that asks for a name and a password (${code})`;
  if (status === 429) return `was asked too often; try again later (${code})`;
  if (status >= 500) return `has trouble of its own; try again later (${code})`;
  return `does not answer with the file but with ${code}`;
}
