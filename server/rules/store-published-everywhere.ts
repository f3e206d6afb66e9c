import { imagePort } from '../knowledge/exposure';
import { isLoopback } from '../model/address';
import type { RuleOf } from '../model/rule';
import { keptLocal } from './shared/kept-local';
import { portWords } from './shared/port-words';

export const storePublishedEverywhere: RuleOf<'project'> = {
  id: 'store-published-everywhere',
  over: 'project',
  severity: 'hint',
  summary: 'A data store or an administration port that is published on every address.',
  rationale:
    "Everybody who reaches the machine reaches the port: Docker's own firewall rules go before those of ufw and of the INPUT chain. With `127.0.0.1:` in front it stays on the machine; containers reach each other without any publication. It is told only of images that Portolan knows.",
  *check(project, { books }) {
    for (const claim of project.claims) {
      const { publication, service, ports, transport, reference, file } = claim;
      if (claim.address !== undefined && isLoopback(claim.address)) continue;
      // One that is bound to a certain address was thought about.
      if (claim.address !== undefined && !/^(?:0\.0\.0\.0|0:0:0:0:0:0:0:0)$/.test(claim.address.canonical))
        continue;
      const image = service.image ?? publication.target.image;
      const known = imagePort(books.knowledge, { ...publication.target, ...(image && { image }) });
      if (known === undefined || (known.exposure !== 'data' && known.exposure !== 'admin')) continue;
      const what = known.exposure === 'data' ? 'a data store' : 'an administration port';
      const fix = keptLocal(claim);
      yield {
        uri: file.uri,
        span: reference.usedAt ?? reference.portSpan,
        message: `${image} has ${what} here, and ${portWords(ports, transport, 'host')} is open to everyone who reaches this machine: Docker's rules go before those of ufw.`,
        related: [],
        fixes: fix === undefined ? [] : [fix],
      };
    }
  },
};
