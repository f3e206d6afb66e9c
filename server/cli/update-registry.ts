import { readArguments, UsageError } from './arguments';
import type { ExitCode, Session } from './session';

/** `portolan update-registry`: fetches IANA's registry, or reads it from a file, and keeps it for later calls. */
export async function updateRegistry(argv: readonly string[], session: Session): Promise<ExitCode> {
  const parsed = readArguments(argv, { texts: ['from'] });
  if (parsed.paths.length > 0) throw new UsageError('update-registry takes no path; name a file with --from');
  const from = parsed.option('from');
  const { updateRegistry: update, UpdateRefused } = loadUpdate();
  try {
    const outcome = await update({
      bundled: session.bundled,
      folder: session.storage,
      ...(from !== undefined && { from }),
    });
    const words = outcome.state === 'updated' ? 'is now' : 'is still';
    const older = outcome.date < outcome.before ? `, older than that of ${outcome.before} before` : '';
    session.out(
      `The port registry ${words} that of ${outcome.date}${older}: ${outcome.rows} rows from ${outcome.from}\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof UpdateRefused)) throw error;
    session.error(`portolan: ${error.message}\n`);
    return 2;
  }
}

/** A file of its own: nobody else needs what it takes to download and to read CSV. */
function loadUpdate(): typeof import('../update') {
  return require('../update');
}
