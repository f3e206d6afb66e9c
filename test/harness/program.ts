import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';

export const program = join(__dirname, '../../dist/cli.js');
const folders: string[] = [];

before(() => assert.ok(existsSync(program), 'The command line is tested as it is built: npm run build.'));
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export const faulty = 'FROM alpine\nEXPOSE 70000\n';
export const faultless = 'FROM alpine\nEXPOSE 8080\n';
export const found =
  'error: 70000 is above 65535, the highest port (Docker: invalid containerPort: 70000). [invalid-port]';

export interface Call {
  /** Another copy of the program than the one that was built. */
  readonly program?: string;
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

export function portolan(argv: readonly string[], call: Call = {}): SpawnSyncReturns<string> {
  const ended = spawnSync(process.execPath, [call.program ?? program, ...argv], {
    encoding: 'utf8',
    timeout: 20_000,
    maxBuffer: 64 * 1024 * 1024,
    ...call,
  });
  if (ended.error !== undefined) throw ended.error;
  return ended;
}

export function outcome(argv: readonly string[], call?: Call): readonly [string, string, number | null] {
  const { stdout, stderr, status } = portolan(argv, call);
  return [stdout, stderr, status];
}

/** One line that names the program and the reason: no stack, no second line. */
export function assertRefused({ stderr, status }: SpawnSyncReturns<string>, reason: RegExp): void {
  assert.match(stderr, /^portolan: [^\n]+\n$/);
  assert.match(stderr, reason);
  assert.equal(status, 2);
}

/** A folder of its own with these files, gone after the tests. */
export function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'portolan-cli-'));
  folders.push(path);
  chmodSync(path, 0o755);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

export interface PortRow {
  readonly text: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly transport: string | null;
  readonly role: string;
  readonly address: string | null;
  readonly owner: string;
  readonly mapping: string | null;
}

export function portRows(compose: string): readonly PortRow[] {
  const cwd = folder({ 'compose.yaml': compose });
  return JSON.parse(portolan(['ports', '--format', 'json'], { cwd }).stdout);
}

/** The names of the files with findings, in the order of the output. */
export function filesLinted(argv: readonly string[], cwd: string): readonly string[] {
  const { stdout, stderr } = portolan(['lint', '--format', 'json', ...argv], { cwd });
  assert.equal(stderr, '');
  return JSON.parse(stdout).map(({ file }: { file: string }) => file);
}

export function transportsOf({ records }: { records: readonly { transport: string }[] }): readonly string[] {
  return [...new Set(records.map(({ transport }) => transport))];
}

/** A compose file of one line. */
export function composeOf(port: string): string {
  return `services: { a: { ports: ["${port}"] } }\n`;
}

/** Where the first `length` characters of `part` stand in the text, as people count. */
export function placeOf(text: string, part: string, length = part.length) {
  const lines = text.slice(0, text.indexOf(part)).split('\n');
  const line = lines.length;
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return { line, column, endLine: line, endColumn: column + length };
}

/** For root there is no file that cannot be read: the program then runs as nobody. */
export const stranger = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Why a test of permissions cannot run here, or false. */
export function everythingIsReadable(): string | false {
  if (process.platform === 'win32') return 'Windows has no such permissions';
  if (process.getuid?.() !== 0) return false;
  const { status } = spawnSync(process.execPath, [program, '--version'], { uid: 65534, gid: 65534 });
  return status === 0 ? false : 'root reads everything, and nobody cannot run the program here';
}

/** Waits until a process or a stream is closed; answers a process's exit code. */
export function ended(what: NodeJS.EventEmitter): Promise<unknown> {
  return new Promise((resolve) => what.once('close', resolve));
}
