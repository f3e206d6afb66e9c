import type { Uri } from './uri';

/** The last segment of a URI's path, percent-decoded where that is possible. */
export function baseName(uri: Uri): string {
  const path = uri.replace(/[?#].*$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    // A stray percent sign is a legal file name; it then stands for itself.
    return name;
  }
}

/** One spelling for all URIs of the same file: editors differ in the characters that they encode. */
export function canonicalUri(uri: Uri): string {
  try {
    return decodeURIComponent(uri).replace(
      /^file:\/\/\/([A-Z]):/,
      (_, drive: string) => `file:///${drive.toLowerCase()}:`,
    );
  } catch {
    return uri;
  }
}

/** The canonical address of a folder, with a slash at the end: what begins with it lies in the folder. */
export function folderAddress(folder: Uri): string {
  return `${canonicalUri(folder).replace(/\/$/, '')}/`;
}

/** The folder that an address lies in: all up to its last slash, which is included. */
export function folderOf(address: string): string {
  return address.slice(0, address.lastIndexOf('/') + 1);
}

/** The folders that an address lies in, the nearest first, each with its slash. */
export function foldersAround(address: string): readonly string[] {
  const found: string[] = [];
  for (let folder = folderOf(address); folder !== ''; folder = folderOf(folder.slice(0, -1)))
    found.push(folder);
  return found;
}

/** An address and those of the folders around it, the nearest first, all without a slash at the end. */
export function pathsAround(address: string): readonly string[] {
  return [address, ...foldersAround(address).map((folder) => folder.slice(0, -1))];
}

/** A file's name for people: its path below the folder that holds it, or its base name. */
export function nameWithin(folders: readonly Uri[], uri: Uri): string {
  const path = canonicalUri(uri);
  const inside = folders.map(folderAddress).filter((folder) => path.startsWith(folder));
  const longest = Math.max(0, ...inside.map(({ length }) => length));
  return longest === 0 ? baseName(uri) : path.slice(longest);
}

/**
 * A file's path as somebody who sees the workspace's folders knows it: from the folder that holds it, which is named
 * where there are several. A folder within another one is a part of that; what lies in none is named with its own.
 */
export function nameSeen(folders: readonly Uri[], uri: Uri): string {
  const paths = [...new Set(folders.map(folderAddress))];
  const outer = paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(other)));
  const path = canonicalUri(uri);
  const holder = outer.find((each) => path.startsWith(each));
  if (holder === undefined) return path.split('/').slice(-2).join('/');
  const from = outer.length > 1 ? holder.lastIndexOf('/', holder.length - 2) + 1 : holder.length;
  return path.slice(from);
}

/** The URI of the file `name` in the same folder. */
export function siblingUri(uri: Uri, name: string): Uri {
  return folderOf(uri) + encodeURIComponent(name);
}

/** The environment file whose variables Compose puts into a file: the `.env` in the same folder. */
export function environmentUri(uri: Uri): Uri {
  return siblingUri(uri, '.env');
}

/** Tells whether two files lie in the same folder. */
export function isBeside(uri: Uri, other: Uri): boolean {
  return folderOf(uri) === folderOf(other);
}

/** The URI that a relative path leads to from the folder of a file; undefined where it leads out of all folders. */
export function pathUri(uri: Uri, path: string): Uri | undefined {
  if (/^(?:[/~\\]|[A-Za-z]:)/.test(path)) return undefined;
  const [, front = '', folders = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*\/|[a-z]+:\/)(.*)$/s.exec(uri) ?? [];
  const parts = folders.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') parts.push(encodeURIComponent(part));
  }
  return front + parts.join('/');
}

/** Tells whether a base name fits a pattern in which `*` stands for any characters; the case of letters is ignored. */
export function fitsPattern(name: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const lower = name.toLowerCase();
  const [head = '', ...rest] = parts;
  const tail = rest.pop();
  if (tail === undefined) return lower === head;
  if (!lower.startsWith(head) || !lower.endsWith(tail) || lower.length < head.length + tail.length)
    return false;
  let at = head.length;
  for (const part of rest) {
    const found = lower.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= lower.length - tail.length;
}
