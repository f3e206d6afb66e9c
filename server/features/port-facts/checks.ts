import type { OperatingSystem } from '../../model/chart';
import type { Transport } from '../../model/port';

/** A command that shows who listens on a port, ready to be copied. */
export interface Check {
  readonly system: OperatingSystem | 'docker';
  /** The program it calls: `ss`. */
  readonly tool: string;
  readonly command: string;
  /** True for a command that only PowerShell knows. */
  readonly isPowerShell?: boolean;
}

const systems: readonly OperatingSystem[] = ['linux', 'macos', 'windows'];

/**
 * The commands that show who listens on `port`, those of the reader's own system first. Without a transport they show
 * TCP and UDP.
 */
export function checks(
  port: number,
  transport: Transport | undefined,
  own: OperatingSystem,
): readonly Check[] {
  const order = [own, ...systems.filter((system) => system !== own)];
  return [...order.flatMap((system) => commands[system](port, transport)), ...docker(port, transport)];
}

/** The one check among them that a machine can run itself: its own system's first, or the tool that was named. */
export function runnable(all: readonly Check[], own: OperatingSystem, tool?: string): Check | undefined {
  return all.find(
    (check) =>
      (check.system === own || (check.system === 'docker' && tool === check.tool)) &&
      (tool === undefined || tool === check.tool),
  );
}

type Commands = (port: number, transport: Transport | undefined) => readonly Check[];

/** Per system: what its own tools are asked. `ss` and `lsof` show the processes of other users to root alone. */
const commands: Readonly<Record<OperatingSystem, Commands>> = {
  linux: (port, transport) => {
    const kinds = transport === undefined ? 'tu' : ssKinds[transport];
    if (kinds === undefined) return [];
    return [
      { system: 'linux', tool: 'ss', command: `ss -ln${kinds}p 'sport = :${port}'` },
      ...lsof('linux', port, transport),
    ];
  },
  macos: (port, transport) => [
    ...lsof('macos', port, transport),
    ...(isOne(transport, 'tcp', 'udp')
      ? [
          {
            system: 'macos' as const,
            tool: 'netstat',
            command: `netstat -anv${transport === undefined ? '' : ` -p ${transport}`} | grep '[.]${port} '`,
          },
        ]
      : []),
  ],
  windows: (port, transport) => [
    ...(isOne(transport, 'tcp') ? [powerShell(`Get-NetTCPConnection -State Listen -LocalPort ${port}`)] : []),
    ...(isOne(transport, 'udp') ? [powerShell(`Get-NetUDPEndpoint -LocalPort ${port}`)] : []),
    ...(isOne(transport, 'tcp', 'udp')
      ? [{ system: 'windows' as const, tool: 'netstat', command: `netstat -ano | findstr /C:":${port} "` }]
      : []),
  ],
};

/** Tells whether the question is about one of these transports, or about all. */
function isOne(transport: Transport | undefined, ...wanted: readonly Transport[]): boolean {
  return transport === undefined || wanted.includes(transport);
}

/** The letters by which ss(8) chooses a transport. */
const ssKinds: Readonly<Partial<Record<Transport, string>>> = { tcp: 't', udp: 'u', sctp: 'S', dccp: 'd' };

function powerShell(question: string): Check {
  const command = `${question} | Format-Table LocalAddress, OwningProcess`;
  return { system: 'windows', tool: 'PowerShell', command, isPowerShell: true };
}

/** lsof(8) has no other transports than TCP and UDP, and the state of a TCP socket alone. */
function lsof(system: OperatingSystem, port: number, transport: Transport | undefined): readonly Check[] {
  if (!isOne(transport, 'tcp', 'udp')) return [];
  const which = { tcp: `-iTCP:${port} -sTCP:LISTEN`, udp: `-iUDP:${port}` };
  const asked = transport === 'tcp' || transport === 'udp' ? which[transport] : `-i :${port}`;
  return [{ system, tool: 'lsof', command: `lsof -nP ${asked}` }];
}

/** The containers that publish the port, or expose it (docs.docker.com, "docker container ls", filter `publish`). */
function docker(port: number, transport: Transport | undefined): readonly Check[] {
  if (transport === 'dccp' || transport === 'udplite') return [];
  const asked = transport === undefined ? `${port}` : `${port}/${transport}`;
  return [{ system: 'docker', tool: 'docker', command: `docker ps --filter publish=${asked}` }];
}
