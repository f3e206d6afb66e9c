import type { Exposure, ImagePort, Knowledge } from '../model/knowledge';
import type { PortReference } from '../model/port';

/** A port in a container, and the image that it belongs to. */
type ContainerPort = Pick<PortReference, 'image' | 'ports' | 'transport'>;

/** The port of a known image that a container port is; undefined where the image or the port is not known. */
export function imagePort(
  knowledge: Knowledge,
  { image, ports, transport }: ContainerPort,
): ImagePort | undefined {
  if (image === undefined || ports === undefined || ports.first !== ports.last) return undefined;
  return knowledge
    .image(image)
    ?.record.ports.find((each) => each.port === ports.first && each.transport === transport);
}

/**
 * Whom a container port is for: as its image says; without a known image, only where all that is found on the port in
 * practice is for the same people.
 */
export function exposureOf(knowledge: Knowledge, target: ContainerPort): Exposure | undefined {
  const known = imagePort(knowledge, target);
  if (known !== undefined) return known.exposure;
  const { ports, transport, image } = target;
  if (ports === undefined || ports.first !== ports.last) return undefined;
  // A known image that listens elsewhere may have been told to listen here: by what, is anybody's guess.
  if (image !== undefined && knowledge.image(image) !== undefined) return undefined;
  const [first, ...others] = knowledge.inPractice(ports.first, transport);
  return others.every(({ exposure }) => exposure === first?.exposure) ? first?.exposure : undefined;
}
