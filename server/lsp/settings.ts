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

/**
 * Reads the editor's section `portolan`.
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
