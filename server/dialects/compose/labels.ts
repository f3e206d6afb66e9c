import type { Transport } from '../../model/port';
import { portNumber } from '../../syntax/commands/host-port';
import { spanOf, variablesWithin } from '../../syntax/sourced-text';
import type { Entry, ServiceContext } from './found';

/**
 * Traefik's `traefik.http.services.NAME.loadbalancer.server.port`: the container port that the proxy dials
 * (traefik docs, Docker provider). Other labels are free text.
 */
export function readLabels(entries: readonly Entry[], { owner, image, found }: ServiceContext): void {
  for (const { name, value } of entries) {
    const transport = dialledTransport(name);
    const port = transport === undefined ? undefined : portNumber(value.value);
    if (transport === undefined || port === undefined) continue;
    const span = spanOf(value);
    const variables = variablesWithin(value, 0, value.value.length);
    found.references.push({
      span,
      portSpan: span,
      ports: { first: port, last: port },
      transport,
      role: 'connect',
      owner: `the Traefik label of ${owner}`,
      ...(image && { image }),
      ...(variables.length > 0 && { variables }),
    });
    found.slots.push({
      span,
      role: 'connect',
      transport,
      owner,
      accepts: 'port',
      names: false,
      ...(image && { image }),
    });
  }
}

/** Traefik reads its labels in any case of letters; an HTTP service is dialled over tcp. */
function dialledTransport(label: string): Transport | undefined {
  const parts = label.toLowerCase().split('.');
  const [root, kind, services, , ...rest] = parts;
  if (root !== 'traefik' || services !== 'services' || rest.join('.') !== 'loadbalancer.server.port')
    return undefined;
  return kind === 'udp' ? 'udp' : kind === 'http' || kind === 'tcp' ? 'tcp' : undefined;
}
