import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knowledgeFiles } from '../../scripts/knowledge-files';
import { compileKnowledge } from '../../server/knowledge/compile';
import { openKnowledge } from '../../server/knowledge/knowledge';
import type { Books } from '../../server/model/knowledge';
import { compileRegistry } from '../../server/registry/compile';
import { openRegistry } from '../../server/registry/registry';

const data = join(__dirname, '../../data');

/** The registry and the knowledge that the project ships, compiled afresh from data/. */
export function shippedBooks(): Books {
  const { knowledge, stories } = compileKnowledge(knowledgeFiles(data));
  return {
    registry: openRegistry(compileRegistry(readFileSync(join(data, 'service-names-port-numbers.csv')))),
    knowledge: openKnowledge(knowledge, () => stories),
  };
}
