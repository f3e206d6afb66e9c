import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Registry } from '../model/registry';
import { openRegistry } from './registry';

/** Where a downloaded registry is kept, and whom to tell when it cannot be used. */
export interface StoredPlace {
  readonly folder: string;
  report(message: string): void;
}

/** What is known of a downloaded registry beside its data. */
export interface StoredFacts {
  /** The address or path that it came from. */
  readonly from: string;
  /** When it came, as an ISO date with time. */
  readonly fetched: string;
  readonly rows: number;
  /** Of the compiled bytes, as hexadecimal digits: what does not agree with it is not used. */
  readonly sha256: string;
  /** What the server said of the file. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** The date of the bundled registry that the user has put this one in place of although it is older. */
  readonly insteadOf?: string;
}

/** A downloaded registry, read and whole. */
export interface StoredRegistry {
  readonly facts: StoredFacts;
  readonly bytes: Uint8Array;
}

/** The registry that look-ups are answered from. */
export interface RegistryInUse {
  readonly registry: Registry;
  readonly bytes: Uint8Array;
  readonly bundledDate: string;
  /** Absent when it is the bundled one. */
  readonly facts?: StoredFacts;
}

/**
 * The registry in the compiled file `bundled`, or the downloaded one where there is one that is whole and not older.
 * Nothing is read before the first look-up, so a session that asks nothing pays nothing. A newly downloaded one is
 * noticed within `pause` milliseconds, without a restart.
 *
 * @throws Error, from a look-up, when the bundled file is asked and cannot be read or is no compiled registry; never
 *   for the downloaded one, whose faults are told once to `stored.report`.
 */
export function lazyRegistry(bundled: string, stored?: StoredPlace, pause = 2000): Registry {
  const told = new Set<string>();
  const report = (message: string): void => {
    if (!told.has(message)) stored?.report(message);
    told.add(message);
  };
  let opened: Registry | undefined;
  let isBundled = true;
  let seen: string | undefined;
  let looked = Number.NEGATIVE_INFINITY;
  const current = (): Registry => {
    if (stored !== undefined && performance.now() - looked >= pause) {
      looked = performance.now();
      const stamp = stampOf(storedFile(stored.folder));
      if (stamp !== seen) opened = undefined;
      seen = stamp;
    }
    if (opened === undefined) {
      const inUse = registryInUse(bundled, stored && { folder: stored.folder, report });
      opened = inUse.registry;
      isBundled = inUse.facts === undefined;
    }
    return opened;
  };
  const ask = <T>(question: (registry: Registry) => T): T => {
    const registry = current();
    if (isBundled) return question(registry);
    try {
      return question(registry);
    } catch (error) {
      report(unusable((error as Error).message));
      opened = openRegistry(bundledBytes(bundled));
      isBundled = true;
      return question(opened);
    }
  };
  return {
    get date() {
      return ask(({ date }) => date);
    },
    byPort: (port, transport) => ask((registry) => registry.byPort(port, transport)),
    byName: (name) => ask((registry) => registry.byName(name)),
    byPrefix: (prefix, limit) => ask((registry) => registry.byPrefix(prefix, limit)),
    // Rows are decoded as they are taken: those of a downloaded file here, where a fault is still caught.
    named: () => ask((registry) => (isBundled ? registry.named() : [...registry.named()])),
  };
}

/** The compiled registry that comes with the program; the package has it compressed, which takes it 3 ms to undo. */
function bundledBytes(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
}

/**
 * The downloaded registry if there is one that is whole, of the format that this program reads, and not older than
 * the bundled one; else the bundled one, and `stored.report` is told why.
 *
 * @throws Error when the bundled file cannot be read or is no compiled registry.
 */
export function registryInUse(bundled: string, stored: StoredPlace | undefined): RegistryInUse {
  const bytes = bundledBytes(bundled);
  const registry = openRegistry(bytes);
  const own = { registry, bytes, bundledDate: registry.date };
  if (stored === undefined) return own;
  try {
    const found = readStored(stored.folder);
    if (found === undefined) return own;
    const downloaded = openRegistry(found.bytes);
    if (downloaded.date >= own.bundledDate || found.facts.insteadOf === own.bundledDate)
      return { ...found, registry: downloaded, bundledDate: own.bundledDate };
    stored.report(
      `The downloaded port registry of ${downloaded.date} is older than the one that comes with this version, ` +
        `of ${own.bundledDate}, which is used instead.`,
    );
  } catch (error) {
    stored.report(unusable((error as Error).message));
  }
  return own;
}

/** The file in `folder` that holds the downloaded registry. One file, so that no half of it can be of another download. */
export function storedFile(folder: string): string {
  return join(folder, 'port-registry.bin');
}

/** The bytes of that file: a line of JSON with the facts, then the compiled registry. */
export function storedBytes({ facts, bytes }: StoredRegistry): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ ...facts, form })}\n`), bytes]);
}

/** The hash by which a downloaded registry is known to be whole. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const form = 'Portolan port registry 1';

/** No registry is longer, and a foreign file that is may not be read whole only to be refused. */
const longestFile = 64 * 1024 * 1024;

/** Undefined when there is none. Throws when it cannot be read, is damaged or of another program. */
function readStored(folder: string): StoredRegistry | undefined {
  const path = storedFile(folder);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isFile() || stats.size > longestFile)
    throw new Error(`${path} is not what Portolan has stored.`);
  const file = readFileSync(path);
  const end = file.indexOf('\n');
  const facts = factsIn(file.toString('utf8', 0, Math.max(end, 0)));
  // A copy, which begins on a whole word as the tables in it must.
  const bytes = new Uint8Array(file.subarray(end + 1));
  if (facts === undefined || hashOf(bytes) !== facts.sha256) throw new Error(`${path} is damaged.`);
  return { facts, bytes };
}

function factsIn(line: string): StoredFacts | undefined {
  try {
    const { form: said, ...facts } = JSON.parse(line);
    const { from, fetched, rows, sha256, etag = '', lastModified = '', insteadOf = '' } = facts;
    const texts = [from, fetched, sha256, etag, lastModified, insteadOf];
    const isWhole =
      said === form && Number.isInteger(rows) && texts.every((text) => typeof text === 'string');
    return isWhole ? facts : undefined;
  } catch {
    return undefined;
  }
}

function unusable(reason: string): string {
  return `The downloaded port registry is not used, the one that comes with Portolan is: ${reason}`;
}

/** What changes when the file does: an update puts another file in its place. */
function stampOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats && `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
  } catch (error) {
    return String(error);
  }
}
