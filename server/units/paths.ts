import { canonicalUri, pathUri } from '../model/file-name';
import type { SourceFile } from '../model/snapshot';

/** What paths count from: the folder that the address lies in. */
export type Place = Pick<SourceFile, 'uri'>;

/** The address that a relative path in a file leads to; undefined for an absolute path and for one out of all folders. */
export function addressFrom(from: Place, path: string): string | undefined {
  const uri = pathUri(from.uri, path);
  return uri === undefined ? undefined : canonicalUri(uri);
}

/** The address without `.`, `..` and doubled slashes; what stands in front of its path stays. */
export function normal(address: string): string {
  const [, front = '', path = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*\/|\/?)(.*)$/s.exec(address) ?? [];
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return front + parts.join('/');
}
