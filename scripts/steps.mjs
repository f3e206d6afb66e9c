// Saying what a script does, running programs for it, and stopping with words instead of a stack.
import { spawn } from 'node:child_process';
import process from 'node:process';

/** Runs a script's body; a Trouble is printed as it is, and the exit code tells. */
export async function script(body) {
  try {
    await body();
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof Trouble ? `\n${error.message}` : error);
  } finally {
    endAll();
  }
}

/** Something that the reader can mend: the message says what is wrong and what to do. */
export class Trouble extends Error {}

export function say(line) {
  console.log(line);
}

/**
 * Runs a program to its end and answers its exit code and what it printed; the output is shown as it comes
 * unless `quiet`. A program that can not be started, or that does not end within `seconds`, is Trouble.
 */
export async function run(command, args, { cwd, env, quiet = false, seconds = 600 } = {}) {
  const child = start(command, args, { cwd, env });
  let output = '';
  const collect = (stream) => (chunk) => {
    output += chunk;
    if (!quiet) stream.write(chunk);
  };
  child.stdout.on('data', collect(process.stdout));
  child.stderr.on('data', collect(process.stderr));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end(child);
  }, seconds * 1000);
  const code = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Trouble(`${command} can not be started: ${error.message}`)));
    child.on('close', resolve);
  }).finally(() => clearTimeout(timer));
  if (late) throw new Trouble(`${command} ${args.join(' ')} did not end within ${seconds} seconds.`);
  return { code, output };
}

/** Runs a program that has to succeed. */
export async function must(command, args, { otherwise, ...options } = {}) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  const shown = options.quiet ? `\n${output.trimEnd()}` : '';
  const advice = otherwise === undefined ? '' : `\n${otherwise}`;
  throw new Trouble(`${command} ${args.join(' ')} ended with code ${code}.${shown}${advice}`);
}

/** Runs one of Node's own programs: a script by its path, with this very Node. */
export function node(args, options) {
  return run(process.execPath, args, options);
}

/** Runs npm: the one that runs this script when there is one, the one in the PATH otherwise. */
export function npm(args, options = {}) {
  const otherwise = 'Check that the npm registry can be reached, then run this again.';
  const own = process.env.npm_execpath;
  return own === undefined
    ? must('npm', args, { otherwise, ...options })
    : must(process.execPath, [own, ...args], { otherwise, ...options });
}

/** Starts a program in a process group of its own, which ends with this process at the latest. */
export function start(command, args, { cwd, env } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  child.on('close', () => running.delete(child));
  child.on('error', () => running.delete(child));
  return child;
}

/** Ends a started program and all that it started, which may tidy up for two seconds. */
export function end(child) {
  signal(child, 'SIGTERM');
  setTimeout(signal, 2_000, child, 'SIGKILL').unref();
}

function signal(child, name) {
  if (child.pid === undefined || !running.has(child)) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    child.kill(name);
  }
}

function endAll() {
  for (const child of running) signal(child, 'SIGTERM');
}

const running = new Set();

process.on('exit', endAll);
for (const [name, code] of [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(name, () => process.exit(code));
}
