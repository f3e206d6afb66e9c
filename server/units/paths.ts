import { canonicalUri, pathUri } from '../model/file-name';
import type { SourceFile, Uri } from '../model/snapshot';

/** The folder of a file: its canonical address up to the last slash, which is included. */
export function folderOf(uri: Uri): string {
  const path = canonicalUri(uri);
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Files by their canonical address. */
export type FilesByAddress = ReadonlyMap<string, SourceFile>;

/** The file that a relative path in another one leads to, where it is known. */
export function fileAt(known: FilesByAddress, from: SourceFile, path: string): SourceFile | undefined {
  const uri = pathUri(from.uri, path);
  return uri === undefined ? undefined : known.get(canonicalUri(uri));
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
