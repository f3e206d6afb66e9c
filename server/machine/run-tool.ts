import { type ExecFileException, execFile } from 'node:child_process';
import { posix, win32 } from 'node:path';

const longestRun = 3000;
const longestOutput = 4 * 1024 * 1024;

/** What a tool wrote and how it ended. */
interface Run {
  readonly error: ExecFileException | null;
  readonly output: string;
  readonly complaints: string;
}

/**
 * What a tool of the system writes to its standard output. It is started without a shell, by its full path and in
 * its own folder, so that nothing of the workspace is run; it has three seconds and 4 MB.
 *
 * @param path absolute
 * @param failures exit codes other than 0 with which the tool nevertheless did what it was asked for, unless it did
 *   nothing but complain
 * @throws Error that names the tool and says what went wrong; the reason of the signal when that ended it
 */
export async function runTool(
  path: string,
  args: readonly string[],
  signal: AbortSignal,
  failures: readonly number[] = [],
): Promise<string> {
  signal.throwIfAborted();
  const { error, output, complaints } = await run(path, args, signal);
  signal.throwIfAborted();
  if (error === null) return output;
  const isAnswer = typeof error.code === 'number' && failures.includes(error.code);
  if (isAnswer && (output !== '' || complaints === '')) return output;
  throw new Error(`${path} ${whatWentWrong(error, complaints)}`);
}

function run(path: string, args: readonly string[], signal: AbortSignal): Promise<Run> {
  const folder = path.includes('\\') ? win32.dirname(path) : posix.dirname(path);
  return new Promise((resolve) => {
    execFile(
      path,
      args,
      {
        cwd: folder,
        encoding: 'utf8',
        killSignal: 'SIGKILL',
        maxBuffer: longestOutput,
        shell: false,
        signal,
        timeout: longestRun,
        windowsHide: true,
      },
      (error, output, complaints) => resolve({ error, output, complaints }),
    );
  });
}

function whatWentWrong(error: ExecFileException, complaints: string): string {
  const code: number | string | null | undefined = error.code;
  if (code === 'ENOENT') return 'is not there.';
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `wrote more than ${longestOutput} bytes.`;
  if (error.killed) return `took longer than ${longestRun / 1000} seconds.`;
  if (typeof code === 'string') return `cannot be run: ${code}.`;
  const ending =
    typeof code === 'number' ? `with exit code ${code}` : `by ${error.signal ?? 'an unknown cause'}`;
  const [firstLine = ''] = complaints.trim().split('\n', 1);
  return `ended ${ending}${firstLine === '' ? '.' : `: ${firstLine}`}`;
}
