/** Where the server's log goes: the editor's output channel. */
export interface Log {
  error(message: string): void;
}

/**
 * Runs a handler so that no fault of ours reaches the user: it is logged with the document and the stack, the
 * request is answered with `nothing`, and the server goes on.
 */
export function guard<T>(log: Log, uri: string, nothing: T, handler: () => T): T {
  try {
    return handler();
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error(`${uri}: ${reason}`);
    return nothing;
  }
}

/** Lets a message go out: what becomes of it is for the log, never the end of the server. */
export function sent(log: Log, what: string, promise: Promise<unknown>): void {
  promise.catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    log.error(`${what}: ${reason}`);
  });
}
