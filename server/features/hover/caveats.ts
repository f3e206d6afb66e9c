import { isLoopback } from '../../model/address';
import type { Exposure } from '../../model/knowledge';
import { upperFirst } from '../../model/words';
import { escaped } from '../markdown';
import { meaningOf, type PortFacts } from '../port-facts/port-facts';
import type { HoveredPort } from './hovered-port';
import type { ImageAnswer } from './image-of';

/** What may bite at this very place, a sentence each; nothing that does not concern the place's role. */
export function caveats(facts: PortFacts, hovered: HoveredPort, image: ImageAnswer): readonly string[] {
  const { role } = hovered.reference;
  const isBound = role === 'publish' || role === 'listen';
  const exposure = exposureOf(facts, hovered, image);
  // The port's story may have said it already.
  const isTold = facts.notes.some(({ summary }) => /browsers refuse/i.test(summary));
  return [
    ...(role === 'publish' ? openStore(hovered, exposure, image.port !== undefined) : []),
    ...(isBound || role === 'connect' ? browserBlocked(facts, exposure, isTold) : []),
    ...(role === 'publish' ? ephemeral(facts) : []),
  ];
}

/**
 * Whom the service is for: as its image says; without a known image, only where the port's label is in use as
 * registered and everybody who uses it agrees.
 */
function exposureOf(facts: PortFacts, { partner }: HoveredPort, { port }: ImageAnswer): Exposure | undefined {
  if (port !== undefined) return port.exposure;
  // A host port that leads to another container port says nothing of what listens there.
  const own = partner?.ports?.first;
  if ((own !== undefined && own !== facts.port) || facts.verdict.kind !== 'in-use') return undefined;
  const [first] = facts.practice;
  return first !== undefined && facts.practice.every(({ exposure }) => exposure === first.exposure)
    ? first.exposure
    : undefined;
}

function openStore(
  { reference }: HoveredPort,
  exposure: Exposure | undefined,
  isKnown: boolean,
): readonly string[] {
  if (exposure !== 'data' && exposure !== 'admin') return [];
  if (reference.address !== undefined && isLoopback(reference.address)) return [];
  const what = exposure === 'data' ? 'a data store' : 'an administration port';
  const who = isKnown ? `${upperFirst(what)},` : `Usually ${what}, and`;
  return [
    `${who} open to everyone who reaches this machine: Docker's own firewall rules go before those of ufw. Put \`127.0.0.1:\` in front to keep it local.`,
  ];
}

function browserBlocked(
  facts: PortFacts,
  exposure: Exposure | undefined,
  isTold: boolean,
): readonly string[] {
  const blocked = meaningOf(facts, 'browser-blocked');
  const isForBrowsers = exposure === 'web' || (exposure === undefined && facts.port > 1023);
  return blocked === undefined || !isForBrowsers || isTold ? [] : [escaped(blocked.meaning)];
}

/** Containers run on Linux nearly everywhere, whatever the editor runs on. */
function ephemeral(facts: PortFacts): readonly string[] {
  const meaning = meaningOf(facts, 'ephemeral', 'linux');
  return meaning === undefined ? [] : [escaped(meaning.meaning)];
}
