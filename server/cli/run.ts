import { join } from 'node:path';
import { dataFolder, Lookout, lazyKnowledge, lazyRegistry, takeCensus } from '../engine';
import { version } from '../version';
import { UsageError } from './arguments';
import { free } from './free';
import { lint } from './lint';
import { lookup } from './lookup';
import { ports } from './ports';
import type { ExitCode, Output, Session } from './session';
import { updateRegistry } from './update-registry';

/** Runs one call of the command line. `argv` is without the program's own name. */
export async function run(argv: readonly string[], output: Output): Promise<ExitCode> {
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
    return await action(rest, sessionOf(output));
  } catch (error) {
    if (error instanceof UsageError) return usage(output, error.message);
    // Exit code 1 means findings: a fault of ours must not look like one.
    output.error(`portolan: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

type Command = (argv: readonly string[], session: Session) => ExitCode | Promise<ExitCode>;

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['free', free],
  ['lint', lint],
  ['lookup', lookup],
  ['ports', ports],
  ['update-registry', updateRegistry],
]);

function sessionOf(output: Output): Session {
  const bundled = join(__dirname, 'registry.bin.br');
  const storage = dataFolder(process.platform, process.env);
  const report = (message: string): void => output.error(`portolan: ${message}\n`);
  const lookout = new Lookout({
    take: (signal) => takeCensus(process.platform, signal),
    isAllowed: () => true,
    report,
  });
  return {
    ...output,
    books: {
      registry: lazyRegistry(bundled, { folder: storage, report }),
      knowledge: lazyKnowledge(__dirname),
    },
    bundled,
    storage,
    platform: process.platform,
    lookAtMachine: () => lookout.refresh(),
  };
}

function usage(output: Output, message: string): ExitCode {
  output.error(`portolan: ${message}; see portolan --help\n`);
  return 2;
}

const help = `Portolan reads the ports in compose files, Dockerfiles, nginx configurations, environment files and
firewall rules.

  portolan lint [PATH...]       what the programs that load the files would refuse, and what
                                collides in them
      --format FORMAT           how to print it: text (the default), json, sarif or github
                                (annotations of a pull request)
      --fix                     write what is safe to fix into the files first
      --max-severity LEVEL      the highest level that still exits with 0: none, hint,
                                information, warning (the default) or error
  portolan ports [PATH...]      every port that the files name
      --format text|json
  portolan lookup NUMBER|NAME   all about 5432, 53/udp, postgresql or Grafana: what runs
                                there in practice, what it is registered for, its story,
                                who listens on it now
      --format text|json
      -C DIR                    and which files below DIR name it
      --no-probe                do not look at this machine's sockets
  portolan free [PATH]          a port of this machine that is free: no file here or in another git
                                worktree wants it, nothing listens on it, no browser refuses it
      --near N                  one that reminds of port N: 5432 leads to 5433 and 15432
      --count N                 so many of them (1 is the default)
      --range                   so many side by side, as one range
      --within FIRST-LAST       from these ports alone
      --transport NAME          tcp (the default), udp, sctp, dccp or udplite
      --address IP              for this address alone
      --no-probe                do not look at this machine's sockets; --probe is the default
      --format text|json
  portolan update-registry      fetch IANA's registry anew; later calls use it
      --from URL|FILE           from somewhere else

  PATH is a file, a folder (searched for the kinds of file that Portolan reads) or - for
  standard input; without one it is the current folder.
      --as KIND                 read every PATH as this kind of file: compose, dockerfile, nginx,
                                iptables, nftables, ufw, ufw-profile, firewalld, pf, firewall-script, env
      -C DIR                    act as if started in DIR (lint, ports, free)

Exit codes: 0 nothing found, 1 findings (or an unknown name, or fewer free ports than asked for),
2 bad usage or unreadable input.
`;
