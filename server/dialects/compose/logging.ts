import type { Transport } from '../../model/port';
import { type CommandPort, commandPort, hostPort } from '../../syntax/commands/host-port';
import type { SourcedText } from '../../syntax/sourced-text';
import { addPorts, type Entry, type ServiceContext } from './found';

/** The log drivers' options that hold an address; it is dialled by the engine, from the host. */
const addressOptions = ['fluentd-address', 'syslog-address', 'gelf-address', 'splunk-url'];

/** Reads the address that a service's logs are sent to (docs.docker.com, logging drivers). */
export function readLogging(entries: readonly Entry[], context: ServiceContext): void {
  for (const { name, value } of entries) {
    if (!addressOptions.includes(name)) continue;
    const port = addressPort(value, name === 'gelf-address' ? 'udp' : 'tcp');
    if (port !== undefined) addPorts([port], { ...context, owner: `the log driver of ${context.owner}` });
  }
}

function addressPort(value: SourcedText, usual: Transport): CommandPort | undefined {
  const [, scheme = '', host = ''] = /^(?:([a-z+]+):\/\/)?([^/]*)/.exec(value.value) ?? [];
  const from = scheme === '' ? 0 : scheme.length + 3;
  const found = hostPort(value.value, from, from + host.length);
  if (found === undefined || scheme.startsWith('unix')) return undefined;
  const transport = scheme === 'udp' ? 'udp' : scheme === '' ? usual : 'tcp';
  return commandPort(value, { from: 0, to: value.value.length }, found, 'connect', transport);
}
