import type { Connection } from 'vscode-languageserver';
import type { Uri } from '../model/snapshot';
import type { Surround } from '../workspace/policy';
import type { Engine } from './server-parts';

/** What the editor's user has settled. */
export interface Settings {
  /** Whether the machine's listening sockets may be looked at. */
  readonly showListeners: boolean;
}

/** The settings without anybody's say. */
export const defaultSettings: Settings = { showListeners: true };

/** What the editor tells of itself when it starts the server, in `initializationOptions`. */
export interface ClientOptions {
  /** False in a workspace that its user does not trust (Restricted Mode). */
  readonly isTrusted: boolean;
  /** True when hovers may hold links to the client's own commands. */
  readonly hasCommands: boolean;
  /** The folder that keeps what was downloaded; absent when the client names none. */
  readonly storage?: string;
}

/** Reads `initializationOptions`; whatever is not there or no such thing has its default. */
export function clientOptions(given: unknown): ClientOptions {
  const { isTrusted, hasCommands, storage } = objectOf(given);
  return {
    isTrusted: isTrusted !== false,
    hasCommands: hasCommands === true,
    ...(typeof storage === 'string' && storage !== '' && { storage }),
  };
}

/** The sections of an editor's settings, as it hands them over. */
export interface Sections {
  readonly portolan: unknown;
  /** `files.exclude` of each folder. */
  readonly excluded: ReadonlyMap<Uri, unknown>;
}

/** Asks the editor for its settings, which can differ from folder to folder. */
export async function askedSettings(connection: Connection, folders: readonly Uri[]): Promise<Sections> {
  const hiding = folders.map((scopeUri) => ({ scopeUri, section: 'files.exclude' }));
  const [portolan, ...excluded]: unknown[] = await connection.workspace.getConfiguration([
    { section: 'portolan' },
    ...hiding,
  ]);
  return { portolan, excluded: new Map(folders.map((folder, index) => [folder, excluded[index]])) };
}

/** What an editor's settings mean for the workspace. `warn` is told of what cannot be followed. */
export function surroundOf(
  { portolan, excluded }: Sections,
  { editorChoices, hiddenGlobs }: Engine,
  warn: (message: string) => void,
): Surround {
  return {
    folders: [...excluded.keys()],
    choices: editorChoices(portolan, warn),
    hidden: new Map([...excluded].map(([folder, exclude]) => [folder, hiddenGlobs(exclude)])),
  };
}

/**
 * Reads the editor's section `portolan`, but for what is settled of rules.
 *
 * @param warn Is told of a setting that has no value of its kind; the default is taken for it.
 */
export function settingsOf(given: unknown, warn: (message: string) => void): Settings {
  const { showListeners } = objectOf(given);
  if (showListeners === undefined || showListeners === null) return defaultSettings;
  if (typeof showListeners === 'boolean') return { showListeners };
  warn(`The setting portolan.showListeners takes true or false, not ${JSON.stringify(showListeners)}.`);
  return defaultSettings;
}

function objectOf(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
}
