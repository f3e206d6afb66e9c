import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pageText, portFacts, portPage } from '../engine';
import type { PortUse } from '../features/uses';
import type { Chart } from '../model/chart';
import { nameWithin } from '../model/file-name';
import type { Transport } from '../model/port';
import type { Snapshot } from '../model/snapshot';
import { type Arguments, readArguments, UsageError } from './arguments';
import { readInputs } from './inputs';
import { type FilePlace, lookupRow } from './lookup-row';
import { machineFor } from './machine-for';
import { placesIn } from './positions';
import type { ExitCode, Session } from './session';

/** `portolan lookup`: all that is known of a port number, `53/udp`, a service name or a program. */
export async function lookup(argv: readonly string[], session: Session): Promise<ExitCode> {
  const parsed = readArguments(argv, {
    choices: { format: ['text', 'json'] },
    flags: ['no-probe'],
    hasRoot: true,
  });
  const [question, ...more] = parsed.paths;
  if (question === undefined || more.length > 0) throw new UsageError('lookup takes one number or name');
  const found = questionsOf(question, session);
  if (found.length === 0) {
    session.error(`portolan: no service and no program ${printable(question)} with a port is known\n`);
    return 1;
  }
  const chart = await chartFor(parsed, session);
  const answers = found.map((each) => answer(chart, each, parsed));
  if (parsed.option('format') === 'json') {
    const rows = answers.map(({ json }) => json());
    session.out(`${JSON.stringify(rows, undefined, 2)}\n`);
  } else {
    session.out(answers.map(({ text }) => text()).join('\n'));
  }
  return 0;
}

interface Question {
  readonly port: number;
  readonly transport?: Transport;
}

/** The ports that a question is about; none for a name that nobody has. */
function questionsOf(question: string, { books }: Session): readonly Question[] {
  const number = /^([0-9]+)(?:\/([a-z]+))?$/i.exec(question);
  if (number !== null) {
    const port = Number(number[1]);
    if (port > 65535) throw new UsageError(`${number[1]} is above 65535, the highest port`);
    return [asked(port, transportOf(number[2]))];
  }
  const [name = '', suffix] = question.split('/');
  const transport = transportOf(suffix);
  const registered = books.registry
    .byName(name)
    .filter((record) => transport === undefined || record.transport === transport)
    .flatMap(({ ports }) => (ports === undefined ? [] : [ports.first]));
  const programs = books.knowledge
    .all()
    .practice.filter(
      ({ software, transports }) =>
        software.toLowerCase() === name.toLowerCase() &&
        (transport === undefined || transports.includes(transport)),
    )
    .map(({ ports }) => ports.first);
  return [...new Set([...registered, ...programs])].map((port) => asked(port, transport));
}

/** What somebody passed on from elsewhere may be long, or hold characters that a terminal obeys. */
function printable(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function asked(port: number, transport: Transport | undefined): Question {
  return transport === undefined ? { port } : { port, transport };
}

function transportOf(text: string | undefined): Transport | undefined {
  if (text === undefined) return undefined;
  const lower = text.toLowerCase();
  if (lower === 'tcp' || lower === 'udp' || lower === 'sctp' || lower === 'dccp') return lower;
  throw new UsageError(`"${text}" is not a transport; there are tcp, udp, sctp and dccp`);
}

/** The files of the folder that was named with -C, and this machine's sockets unless that was declined. */
async function chartFor(parsed: Arguments, session: Session): Promise<Chart> {
  const inputs = parsed.root === undefined ? undefined : readInputs({ ...parsed, paths: ['.'] });
  for (const problem of inputs?.problems ?? []) session.error(`portolan: ${problem}\n`);
  const snapshot: Snapshot = inputs?.snapshot ?? { files: new Map() };
  return { snapshot, books: session.books, machine: await machineFor(parsed, session) };
}

function answer(chart: Chart, { port, transport }: Question, { root }: Arguments) {
  const folder = pathToFileURL(resolve(root ?? '.')).href;
  const placeOf = ({ uri, span }: Pick<PortUse, 'uri' | 'span'>): FilePlace => {
    const text = chart.snapshot.files.get(uri)?.text ?? '';
    return { file: nameWithin([folder], uri), line: placesIn(text)(span).line };
  };
  return {
    text: () =>
      pageText(portPage(chart, port, transport), (place) => {
        const { file, line } = placeOf(place);
        return `${file}:${line}`;
      }),
    json: () =>
      lookupRow(chart, portFacts(chart.books, port, transport), root === undefined ? undefined : placeOf),
  };
}
