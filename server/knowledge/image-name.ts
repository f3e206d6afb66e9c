import type { ImageMatch, ImagePort, ImageRecord } from '../model/knowledge';
import type { Variants } from './format';

/**
 * The name of an image without what does not tell the software: the registry host, `library/`, tag and digest.
 * A first segment is a host when it has a dot or a colon or is `localhost`
 * (github.com/distribution/reference, normalize.go, splitDockerDomain).
 */
export function imageName(reference: string): string {
  const segments = reference.trim().replace(/@.*$/s, '').toLowerCase().split('/');
  const [host = ''] = segments;
  if (segments.length > 1 && (/[.:]/.test(host) || host === 'localhost')) segments.shift();
  if (segments.length > 1 && segments[0] === 'library') segments.shift();
  // A colon behind the last slash begins the tag.
  return segments.join('/').replace(/:[^/]*$/, '');
}

/** The tag of an image reference; empty when it names none. */
export function imageTag(reference: string): string {
  return /:([^/:@]*)(?:@.*)?$/s.exec(reference.trim().toLowerCase())?.[1] ?? '';
}

/**
 * Finds the record of an image reference: by its very name, or as another build of the same software, whose name the
 * variant rules trace back. A name with a variable in it is matched as far as it is written.
 */
export function matchImage(
  reference: string,
  records: ReadonlyMap<string, ImageRecord>,
  variants: Variants,
): ImageMatch | undefined {
  const name = imageName(reference);
  const exact = records.get(name);
  const tag = imageTag(reference);
  if (exact !== undefined) return { record: taggedRecord(exact, tag), isExact: true };
  for (const other of otherNames(name, variants)) {
    const record = records.get(other);
    if (record !== undefined) return { record: taggedRecord(record, tag), isExact: false };
  }
  return undefined;
}

/**
 * The record without the ports that other tags have: `in management tags` is said of those whose tag has that word, and
 * an fpm tag has nothing but PHP's FastCGI.
 */
function taggedRecord(record: ImageRecord, tag: string): ImageRecord {
  const wordOf = ({ part }: ImagePort): string | undefined => /\bin (\S+) tags\b/.exec(part ?? '')?.[1];
  const isFpm = tag.includes('fpm') && record.ports.some((port) => wordOf(port) === 'fpm');
  const ports = record.ports.filter((port) => {
    const word = wordOf(port);
    return word === undefined ? !isFpm : tag.includes(word);
  });
  return ports.length === record.ports.length ? record : { ...record, ports };
}

/** What the image could be called in the table, the likeliest first. */
function* otherNames(name: string, variants: Variants): Generator<string> {
  for (const owned of withoutRepublisher(name, variants)) {
    for (const base of withoutSuffixes(owned, variants)) {
      yield base;
      const synonym = ownValue(variants.synonyms, base);
      if (synonym !== undefined) yield synonym;
    }
  }
}

/** `amd64/redis` is `redis`, and `bitnamilegacy/redis` is `bitnami/redis`. */
function* withoutRepublisher(name: string, { republishers }: Variants): Generator<string> {
  yield name;
  const slash = name.lastIndexOf('/');
  const owner = slash < 0 ? undefined : ownValue(republishers, name.slice(0, slash));
  if (owner === undefined) return;
  const last = name.slice(slash + 1);
  yield owner === 'library' ? last : `${owner}/${last}`;
}

/** The name itself, then without one more suffix each time: `redis-7-alpine` could carry several. */
function* withoutSuffixes(name: string, { suffixes }: Variants): Generator<string> {
  let rest = name;
  yield rest;
  for (;;) {
    const suffix = suffixes.find((end) => rest.endsWith(end) && rest.length > end.length);
    if (suffix === undefined) return;
    rest = rest.slice(0, -suffix.length);
    yield rest;
  }
}

/** The table's own value: `constructor` is an image like any other. */
function ownValue(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
