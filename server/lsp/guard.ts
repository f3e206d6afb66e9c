import { ResponseError } from 'vscode-languageserver';

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
    log.error(`${uri}: ${stackOf(error)}`);
    return nothing;
  }
}

/**
 * Runs the handler of a request of ours. Its client tells the user when it fails, so the error is the answer; the stack
 * is logged, but for a request that was refused because of what it asks.
 */
export async function guardRequest<T>(log: Log, name: string, handler: () => T | Promise<T>): Promise<T> {
  try {
    return await handler();
  } catch (error) {
    if (!(error instanceof ResponseError)) log.error(`${name}: ${stackOf(error)}`);
    throw error;
  }
}

/** Lets a message go out: what becomes of it is for the log, never the end of the server. */
export function sent(log: Log, what: string, promise: Promise<unknown>): void {
  promise.catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    log.error(`${what}: ${reason}`);
  });
}

/** The stack of an error for a log, or what there is instead. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
