import type { Transport } from '../model/port';

/** A port that configuration files name often, whatever it is registered for. */
export interface CommonPort {
  readonly port: number;
  readonly transport: Transport;
}

/**
 * The ports seen most in public compose files and Dockerfiles, by the number of repositories that have them
 * (counted in 2026 over the container ports and EXPOSE lines of some four thousand files).
 */
export const commonPorts: readonly CommonPort[] = [
  ...[80, 8080, 443, 3000, 8000, 5432, 9000, 8081, 6379, 5000, 3306, 9200, 9090, 27017, 8443, 8888].map(tcp),
  ...[5672, 9001, 8090, 3001, 5601, 2222, 9092, 1883, 4000, 25, 8983, 2181, 15672, 11211, 8123].map(tcp),
  { port: 53, transport: 'udp' },
  { port: 51820, transport: 'udp' },
];

/**
 * Well-known services of UDP, each with programs in data/in-practice.csv: names, the web and tunnels first. Nobody
 * counted these.
 */
export const commonUdpPorts: readonly CommonPort[] = [
  ...[53, 443, 51820, 123, 514, 161, 500, 4500, 1194, 3478, 5060, 5353, 1900, 67, 69],
].map((port) => ({ port, transport: 'udp' }));

function tcp(port: number): CommonPort {
  return { port, transport: 'tcp' };
}
