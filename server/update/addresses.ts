import { fileURLToPath } from 'node:url';
import { UpdateRefused } from './refused';

/** Where the registry is to come from. */
export type Source = { readonly url: URL } | { readonly path: string };

/**
 * Reads an address: a URL, or else a file's path. A drive letter (`C:\…`) makes no URL.
 *
 * @throws UpdateRefused for a URL that nothing is fetched from.
 */
export function sourceAt(address: string): Source {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(address)) return { path: address };
  if (!URL.canParse(address)) throw new UpdateRefused('The address is no valid URL.');
  const url = new URL(address);
  if (url.protocol === 'file:') return { path: pathOf(url) };
  checkProtocol(url);
  return { url };
}

/**
 * @throws UpdateRefused for anything but https: and, on this machine itself, http:. What comes unencrypted can be
 * changed by anybody on its way.
 */
export function checkProtocol(url: URL): void {
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return;
  const scheme = url.protocol.slice(0, -1);
  throw new UpdateRefused(
    scheme === 'http'
      ? `${url.host} is asked for over http:, and only https: is safe (http: is for this machine itself).`
      : `Nothing is fetched over ${scheme}:, only over https:.`,
  );
}

/** Whether a URL's host is this machine itself. URLs write every IPv4 address in its full form. */
export function isLoopback(hostname: string): boolean {
  return /^(?:(?:.*\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(hostname);
}

/** The address without the password that it may hold: to be shown and kept. */
export function publicAddress(url: URL): string {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare.href;
}

function pathOf(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw new UpdateRefused('The file: address names no file on this machine.');
  }
}
