import { join } from 'node:path';
import { lazyRegistry } from '../engine';
import { version } from '../version';
import { UsageError } from './arguments';
import { lint } from './lint';
import { lookup } from './lookup';
import { ports } from './ports';
import type { ExitCode, Output, Session } from './session';

/** Runs one call of the command line. `argv` is without the program's own name. */
export function run(argv: readonly string[], output: Output): ExitCode {
  const [command = '--help', ...rest] = argv;
  if (command === '--help' || command === '-h' || command === 'help') {
    output.out(help);
    return 0;
  }
  if (command === '--version' || command === '-v') {
    output.out(`${version}\n`);
    return 0;
  }
  const action = commands.get(command);
  if (action === undefined) return usage(output, `there is no command "${command}"`);
  if (rest.includes('--help') || rest.includes('-h')) {
    output.out(help);
    return 0;
  }
  try {
    return action(rest, { ...output, registry: lazyRegistry(join(__dirname, 'registry.bin')) });
  } catch (error) {
    if (error instanceof UsageError) return usage(output, error.message);
    // Exit code 1 means findings: a fault of ours must not look like one.
    output.error(`portolan: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

const commands: ReadonlyMap<string, (argv: readonly string[], session: Session) => ExitCode> = new Map([
  ['lint', lint],
  ['lookup', lookup],
  ['ports', ports],
]);

function usage(output: Output, message: string): ExitCode {
  output.error(`portolan: ${message}; see portolan --help\n`);
  return 2;
}

const help = `Portolan reads the ports in compose files and Dockerfiles.

  portolan lint [PATH...]       what the programs that load the files would refuse
      --format text|json        how to print it (text)
      --max-severity LEVEL      the highest level that still exits with 0: none, hint,
                                information, warning (the default) or error
  portolan ports [PATH...]      every port that the files name
      --format text|json
  portolan lookup NUMBER|NAME   what the IANA registry holds for 5432, 53/udp, postgresql
      --format text|json

  PATH is a file, a folder (searched for the kinds of file that Portolan reads) or - for
  standard input; without one it is the current folder.
      --as KIND                 read every PATH as this kind of file: compose, dockerfile
      -C DIR                    act as if started in DIR

Exit codes: 0 nothing found, 1 findings (or an unknown name), 2 bad usage or unreadable input.
`;
