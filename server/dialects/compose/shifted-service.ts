import type { PortReference } from '../../model/port';
import type { EntryWriting, Service } from '../../model/service';
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
    ports: service.ports.map(({ span, publish, target, writing }) => ({
      span: shifted(span, by),
      target: moved(target),
      ...(publish && { publish: moved(publish) }),
      writing: shiftedWriting(writing, by),
    })),
    exposes: service.exposes.map(moved),
    network: 'span' in service.network ? move(service.network) : service.network,
    ...(service.portsSpan && { portsSpan: shifted(service.portsSpan, by) }),
    ...(service.keys && { keys: move(service.keys) }),
    ...(service.replicas && { replicas: move(service.replicas) }),
    ...(service.extends && { extends: move(service.extends) }),
  };
}

/** Most entries have neither place, and then nothing of theirs moves. */
function shiftedWriting(writing: EntryWriting, by: number): EntryWriting {
  const { address, keys } = writing;
  if (address === undefined && keys === undefined) return writing;
  return {
    ...writing,
    ...(address && { address: shifted(address, by) }),
    ...(keys && { keys: { ...keys, span: shifted(keys.span, by) } }),
  };
}
