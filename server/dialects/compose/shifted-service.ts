import type { PortReference } from '../../model/port';
import type { Service } from '../../model/service';
import { type Span, shifted } from '../../model/span';

/**
 * The same service after the text before it grew by `by` code units.
 *
 * @param moved Answers the moved reference for one of the service, so that both lists go on holding the same objects.
 */
export function shiftedService(
  service: Service,
  by: number,
  moved: (reference: PortReference) => PortReference,
): Service {
  const move = <T extends { readonly span: Span }>(part: T): T => ({ ...part, span: shifted(part.span, by) });
  return {
    ...service,
    nameSpan: shifted(service.nameSpan, by),
    ports: service.ports.map(({ publish, target, ...entry }) => ({
      ...move(entry),
      target: moved(target),
      ...(publish && { publish: moved(publish) }),
    })),
    exposes: service.exposes.map(moved),
    network: 'span' in service.network ? move(service.network) : service.network,
    ...(service.portsSpan && { portsSpan: shifted(service.portsSpan, by) }),
    ...(service.keys && { keys: move(service.keys) }),
    ...(service.replicas && { replicas: move(service.replicas) }),
    ...(service.extends && { extends: move(service.extends) }),
  };
}
