import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { disk, findFree, portFacts, preferredName, surveyNeighbours } from '../engine';
import type { Wish } from '../features/free-ports/wish';
import { printable } from '../machine/printable';
import { ipAddress, isWildcard } from '../model/address';
import type { Chart } from '../model/chart';
import { type PortRange, portsText, type Transport, transports } from '../model/port';
import { type Arguments, readArguments, UsageError } from './arguments';
import { readInputs } from './inputs';
import { machineFor } from './machine-for';

import type { ExitCode, Session } from './session';

/** One free port, or several side by side, in the JSON that `portolan free` prints: a contract, see README.md. */
interface FreeRow {
  readonly first: number;
  readonly last: number;
  readonly transport: Transport;
  /** The service that the first port is registered for. */
  readonly registered: string | null;
  readonly reason: string;
  /** Whether it was seen what listens on this machine. */
  readonly probed: boolean;
}

/** `portolan free`: ports of this machine that nothing is in the way of, as completion offers them. */
export async function free(argv: readonly string[], session: Session): Promise<ExitCode> {
  const parsed = readArguments(argv, {
    choices: { format: ['text', 'json'] },
    texts: ['near', 'count', 'within', 'transport', 'address'],
    flags: ['range', 'probe', 'no-probe'],
    hasRoot: true,
  });
  if (parsed.paths.includes('-')) throw new UsageError('free takes a folder or a file, not standard input');
  if (parsed.paths.length > 1) throw new UsageError('free takes one folder or file at the most');
  if (parsed.flag('probe') && parsed.flag('no-probe'))
    throw new UsageError('--probe and --no-probe exclude each other');
  const count = numberIn(parsed, 'count', 1, 65535) ?? 1;
  const isRange = parsed.flag('range');
  const wish = wishIn(parsed, isRange ? count : 1);
  const { chart, scope, isReadable, isComplete } = await known(parsed, session);
  if (!isReadable) return 2;
  const { found, shortage } = findFree(chart, wish, isRange ? 1 : count, scope);
  const rows = found.map(
    ({ ports, reason }): FreeRow => ({
      ...ports,
      transport: wish.transport,
      registered: preferredName(portFacts(session.books, ports.first, wish.transport))?.name ?? null,
      reason,
      probed: chart.machine.census !== undefined,
    }),
  );
  session.out(
    parsed.option('format') === 'json'
      ? `${JSON.stringify(rows, undefined, 2)}\n`
      : rows.map((row) => `${portsText(row)}\t${row.reason}\n`).join(''),
  );
  if (shortage !== undefined)
    session.error(
      `portolan: ${found.length === 0 ? 'no port is free' : 'no more ports are free'}: ${shortage}\n`,
    );
  if (!isComplete) return 2;
  return shortage === undefined ? 0 : 1;
}

function wishIn(parsed: Arguments, width: number): Wish {
  const near = numberIn(parsed, 'near', 1, 65535);
  const within = withinOf(parsed.option('within'));
  const written = parsed.option('address');
  // In a URL, and in front of a port, an address of IPv6 stands in brackets.
  const address = written === undefined ? undefined : ipAddress(written.replace(/^\[(.*)\]$/, '$1'));
  if (written !== undefined && address === undefined)
    throw new UsageError(`--address takes an IP address, not "${written}"`);
  return {
    transport: transportOf(parsed.option('transport')),
    width,
    ...(near !== undefined && { near }),
    // A socket on `::` takes IPv4 as well, unless its program asks for IPv6 alone.
    ...(address && !(address.kind === 'ipv6' && isWildcard(address)) && { address }),
    // Who bounds the search to ports below 1024 asks for one.
    ...(within && { within, mayBePrivileged: within.last < 1024 }),
  };
}

function transportOf(text = 'tcp'): Transport {
  const known = transports.find((each) => each === text.toLowerCase());
  if (known === undefined) throw new UsageError(`--transport takes ${transports.join(', ')}, not "${text}"`);
  return known;
}

function withinOf(text: string | undefined): PortRange | undefined {
  if (text === undefined) return undefined;
  const [, first, last] = /^([0-9]{1,5})-([0-9]{1,5})$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  if (first === undefined || range.first < 1 || range.last > 65535 || range.first > range.last)
    throw new UsageError(`--within takes a range of ports, as 8000-8999, not "${text}"`);
  return range;
}

function numberIn(parsed: Arguments, name: string, least: number, most: number): number | undefined {
  const text = parsed.option(name);
  if (text === undefined) return undefined;
  const number = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new UsageError(`--${name} takes a number from ${least} to ${most}, not "${text}"`);
  return number;
}

/** What a call knows. */
interface Known {
  readonly chart: Chart;
  /** The file or folder that was named; absent where all that the folder of the call holds was read. */
  readonly scope?: string;
  /** False where what was named could not be read at all. */
  readonly isReadable: boolean;
  /** False where some of it could not be read: it may want any port. */
  readonly isComplete: boolean;
}

/** The files of the folder, and this machine's sockets unless that was declined. */
async function known(parsed: Arguments, session: Session): Promise<Known> {
  const { snapshot, files, problems } = readInputs(parsed);
  for (const problem of problems) session.error(`portolan: ${problem}\n`);
  const signal = new AbortController().signal;
  const neighbours = await surveyNeighbours(
    [pathToFileURL(folderIn(parsed)).href],
    disk(session.error),
    signal,
  );
  const machine = await machineFor(parsed, session);
  const isComplete = problems.length === 0;
  const scope = snapshot.isPartial ? parsed.paths[0] : undefined;
  // All of what was named was read, and that is what is told of.
  const { isPartial: _, ...whole } = snapshot;
  return {
    chart: {
      ...{ books: session.books, machine, neighbours },
      snapshot: isComplete ? whole : { ...snapshot, isPartial: true },
    },
    ...(scope !== undefined && { scope: printable(scope) }),
    isReadable: isComplete || files.length > 0,
    isComplete,
  };
}

/** The folder whose worktrees count: of a file, the one that it lies in. */
function folderIn({ root = '.', paths: [path = '.'] }: Arguments): string {
  const full = resolve(root, path);
  return statSync(full, { throwIfNoEntry: false })?.isDirectory() ? full : dirname(full);
}
