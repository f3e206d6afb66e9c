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
 * The commands that show who listens on `port`, those of the reader's own system first. Without a transport they are
 * about TCP, which is what a bare number means to most people.
 */
export function checks(
  port: number,
  transport: Transport | undefined,
  own: OperatingSystem,
): readonly Check[] {
  const order = [own, ...systems.filter((system) => system !== own)];
  return [
    ...order.flatMap((system) => commands[system](port, transport ?? 'tcp')),
    ...docker(port, transport),
  ];
}

/** The one check among them that a machine can run itself: its own system's first, or the tool that was named. */
export function runnable(all: readonly Check[], own: OperatingSystem, tool?: string): Check | undefined {
  return all.find(
    (check) =>
      (check.system === own || (check.system === 'docker' && tool === check.tool)) &&
      (tool === undefined || tool === check.tool),
  );
}

/** Per system: what its own tools are asked. `ss` and `lsof` show the processes of other users to root alone. */
const commands: Readonly<Record<OperatingSystem, (port: number, transport: Transport) => readonly Check[]>> =
  {
    linux: (port, transport) => {
      const kind = ssKinds[transport];
      if (kind === undefined) return [];
      return [
        { system: 'linux', tool: 'ss', command: `ss -ln${kind}p 'sport = :${port}'` },
        ...lsof('linux', port, transport),
      ];
    },
    macos: (port, transport) => [
      ...lsof('macos', port, transport),
      ...(transport === 'tcp' || transport === 'udp'
        ? [
            {
              system: 'macos' as const,
              tool: 'netstat',
              command: `netstat -anv -p ${transport} | grep '[.]${port} '`,
            },
          ]
        : []),
    ],
    windows: (port, transport) => {
      const ask = powerShell[transport];
      if (ask === undefined) return [];
      return [
        { system: 'windows', tool: 'PowerShell', command: ask(port), isPowerShell: true },
        {
          system: 'windows',
          tool: 'netstat',
          command: `netstat -ano -p ${transport.toUpperCase()} | findstr ":${port} "`,
        },
      ];
    },
  };

/** The letters by which ss(8) chooses a transport. */
const ssKinds: Readonly<Partial<Record<Transport, string>>> = { tcp: 't', udp: 'u', sctp: 'S', dccp: 'd' };

const powerShell: Readonly<Partial<Record<Transport, (port: number) => string>>> = {
  tcp: (port) =>
    `Get-NetTCPConnection -State Listen -LocalPort ${port} | Format-Table LocalAddress, OwningProcess`,
  udp: (port) => `Get-NetUDPEndpoint -LocalPort ${port} | Format-Table LocalAddress, OwningProcess`,
};

/** lsof(8) has no other transports than these. */
function lsof(system: OperatingSystem, port: number, transport: Transport): readonly Check[] {
  if (transport === 'tcp') return [{ system, tool: 'lsof', command: `lsof -nP -iTCP:${port} -sTCP:LISTEN` }];
  if (transport === 'udp') return [{ system, tool: 'lsof', command: `lsof -nP -iUDP:${port}` }];
  return [];
}

/** The containers that publish the port, or expose it (docs.docker.com, "docker container ls", filter `publish`). */
function docker(port: number, transport: Transport | undefined): readonly Check[] {
  if (transport === 'dccp' || transport === 'udplite') return [];
  const asked = transport === undefined ? `${port}` : `${port}/${transport}`;
  return [{ system: 'docker', tool: 'docker', command: `docker ps --filter publish=${asked}` }];
}
