import type { Dialect, Variables } from '../model/dialect';
import { canonicalUri, siblingUri } from '../model/file-name';
import type { Uri } from '../model/uri';

/** What the files beside a document give its variables (`.env`): each is read when somebody asks, and remembered. */
export class Companions {
  /** By the canonical address of the file. */
  private readonly known = new Map<string, Variables>();

  /** `textOf` gives the text that a file has now; undefined where there is none. */
  constructor(private readonly textOf: (uri: Uri) => string | undefined) {}

  /** The variables of a document that a dialect reads; of several files the last has the last word. */
  variablesFor(uri: Uri, { companions }: Dialect): Variables {
    const merged = new Map<string, string | undefined>();
    for (const companion of companions) {
      const beside = siblingUri(uri, companion.name);
      const address = canonicalUri(beside);
      const variables = this.known.get(address) ?? companion.read(this.textOf(beside) ?? '');
      this.known.set(address, variables);
      for (const [name, value] of variables) merged.set(name, value);
    }
    return merged;
  }

  /** Forgets what a file gives, since it changed; answers whether anybody had asked for it. */
  forget(companion: Uri): boolean {
    return this.known.delete(canonicalUri(companion));
  }
}

/** Tells whether a file gives the variables of a document that a dialect reads. */
export function isCompanion(file: Uri, uri: Uri, { companions }: Dialect): boolean {
  const address = canonicalUri(file);
  return companions.some(({ name }) => canonicalUri(siblingUri(uri, name)) === address);
}
