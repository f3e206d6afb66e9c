import { isLoopback } from '../../model/address';
import type { PortSlot } from '../../model/port-slot';
import { isAddressFault, readNginxAddress } from '../../syntax/nginx/nginx-address';
import { hasPlaceholder } from '../../syntax/nginx/nginx-templates';
import type { NginxStatement } from '../../syntax/nginx/nginx-tree';
import { addressOf } from './findings';
import { mailProtocol } from './mail';
import type { Place } from './places';

/** What a server listens for, as far as its block tells. */
export type ServerUse = Pick<PortSlot, 'protocol' | 'counterpart'>;

/** In mail, the protocol; in stream, the port that connections are handed on to. */
export function serverUse(block: readonly NginxStatement[], { module }: Place): ServerUse {
  if (module === 'mail') return { protocol: mailProtocol(firstValue(block, 'protocol')) ?? 'mail' };
  const port = module === 'stream' ? dialledPort(firstValue(block, 'proxy_pass')) : undefined;
  return port === undefined ? {} : { counterpart: { first: port, last: port } };
}

function firstValue(block: readonly NginxStatement[], name: string): string {
  const statement = block.find(({ words }) => words[0].text.value === name);
  return statement?.words[1]?.text.value ?? '';
}

/** On the machine's own address the port is the other program's, and no second one can have it. */
function dialledPort(value: string): number | undefined {
  if (value === '' || hasPlaceholder(value) || value.includes('$')) return undefined;
  const read = readNginxAddress(value, { listens: false });
  if (isAddressFault(read) || read.kind === 'unix' || read.ports === undefined) return undefined;
  const { first, last } = read.ports;
  const address = addressOf(value, read);
  const isOwn = address !== undefined && (isLoopback(address) || address.canonical === 'localhost');
  return isOwn || first !== last || first === 0 ? undefined : first;
}
