import { readFile, stat } from 'node:fs/promises';
import { decode } from '../registry/format';
import { hashOf, type RegistryInUse, registryInUse, type StoredFacts } from '../registry/load';
import { publicAddress, type Source, sourceAt } from './addresses';
import { type CheckedRegistry, checkedRegistry } from './check';
import { type Downloaded, type DownloadOptions, download } from './download';
import { fileTrouble, UpdateRefused } from './refused';
import { store } from './store';

/** What is asked for. */
export interface UpdateRequest {
  /** An https: URL (http: only for this machine itself: loopback), or a file's path; default: IANA's CSV. */
  readonly from?: string;
  /** The folder that keeps the downloaded registry; made when it is not there. */
  readonly folder: string;
  /** The compiled registry that comes with the program: new data must not be older, nor much shorter. */
  readonly bundled: string;
  /** The editor's proxy settings; without them the usual environment variables count. */
  readonly proxy?: { readonly url?: string; readonly strictSSL?: boolean };
  readonly signal?: AbortSignal;
}

/** What has come of it: the date and the rows of the data in use, and where they were asked for. */
export interface UpdateOutcome {
  readonly state: 'updated' | 'unchanged';
  readonly date: string;
  readonly rows: number;
  readonly from: string;
  /** The date of the data that it took the place of. */
  readonly before: string;
}

/** IANA's own file, as its page of the registry links it. */
export const ianaAddress =
  'https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.csv';

/** What a test makes smaller, or its own. */
export type UpdateMeans = Pick<DownloadOptions, 'limits' | 'environment' | 'authorities'>;

/** The file has 1.1 MB; a line as slow as 10 kB/s still gets it. */
export const usualMeans: UpdateMeans = {
  limits: { bytes: 16 * 1024 * 1024, redirects: 5, idle: 20_000, overall: 180_000 },
  environment: process.env,
};

/**
 * Fetches the registry, checks it and stores it for every running Portolan. Only ever called because the user has
 * asked for it.
 *
 * @throws UpdateRefused with one clear sentence when the data cannot be had or is not the registry; the old data stays.
 */
export async function updateRegistry(
  request: UpdateRequest,
  means: UpdateMeans = usualMeans,
): Promise<UpdateOutcome> {
  const { folder, bundled, signal } = request;
  const source = sourceAt(request.from ?? ianaAddress);
  const from = 'url' in source ? publicAddress(source.url) : source.path;
  const inUseNow = () => registryInUse(bundled, { folder, report: () => undefined });
  const before = inUseNow();
  // The server is asked only for changes when what it gave is what is used.
  const known = before.facts?.from === from ? before.facts : undefined;
  const file = await read(source, { ...request, ...means, known });
  // Another window may have updated while this download went on.
  const inUse = file === undefined ? before : inUseNow();
  const { rowCount } = decode(inUse.bytes);
  if (file === undefined)
    return {
      state: 'unchanged',
      date: inUse.registry.date,
      rows: rowCount,
      from,
      before: inUse.registry.date,
    };
  const checked = checkedRegistry(file.bytes, rowCount, new Date());
  checkAge(checked.date, inUse.registry.date, 'path' in source || request.from === undefined);
  if (signal?.aborted) throw new UpdateRefused('The update was cancelled.');
  const facts = factsOf(checked, file, from, inUse.bundledDate);
  if (!isSame(facts, inUse)) await store(folder, { facts, bytes: checked.compiled });
  const isNew = facts.sha256 !== hashOf(inUse.bytes);
  return {
    state: isNew ? 'updated' : 'unchanged',
    date: checked.date,
    rows: checked.rows,
    from,
    before: inUse.registry.date,
  };
}

async function read(source: Source, options: DownloadOptions): Promise<Downloaded | undefined> {
  if ('url' in source) return download(source.url, options);
  return { bytes: await readBounded(source.path, options.limits.bytes) };
}

/** Only a file is read: a pipe or a device may never end, or never begin. */
async function readBounded(path: string, limit: number): Promise<Uint8Array> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw new UpdateRefused(`${path} is no file.`);
    if (stats.size > limit) throw new UpdateRefused(`${path} has more than ${limit} bytes.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof UpdateRefused) throw error;
    throw new UpdateRefused(`${path} cannot be read: ${fileTrouble(error)}.`);
  }
}

/**
 * A server's copy that is older has not been kept up to date. Who names a file knows what is in it, and what stands at
 * IANA's own address is the registry, although its newest row can be older than the data that a package was made of.
 */
function checkAge(date: string, dateNow: string, isTrusted: boolean): void {
  if (date >= dateNow || isTrusted) return;
  throw new UpdateRefused(`The registry there is of ${date}, and the one in use is newer: of ${dateNow}.`);
}

function factsOf(checked: CheckedRegistry, file: Downloaded, from: string, bundledDate: string): StoredFacts {
  return {
    from,
    fetched: new Date().toISOString(),
    rows: checked.rows,
    sha256: hashOf(checked.compiled),
    ...(file.etag !== undefined && { etag: file.etag }),
    ...(file.lastModified !== undefined && { lastModified: file.lastModified }),
    ...(checked.date < bundledDate && { insteadOf: bundledDate }),
  };
}

/** Nothing has to be written when only the hour of the download is another. */
function isSame(facts: StoredFacts, { facts: now }: RegistryInUse): boolean {
  return (['from', 'sha256', 'etag', 'lastModified', 'insteadOf'] as const).every(
    (key) => now !== undefined && now[key] === facts[key],
  );
}
