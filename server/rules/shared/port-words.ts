import { type PortRange, portsText, type Transport } from '../../model/port';

/** `host port 8080/tcp`, `host ports 8000-8002/tcp`: ports in words for messages. */
export function portWords(
  ports: PortRange,
  transport: Transport | undefined,
  side: 'host' | 'container' | undefined,
): string {
  const noun = `${side === undefined ? '' : `${side} `}port${ports.first === ports.last ? '' : 's'}`;
  return `${noun} ${portsText(ports)}${transport === undefined ? '' : `/${transport}`}`;
}
