// npm run coverage -- FOLDER…: for how many container ports of real files is it known who listens there in practice?
// FOLDER holds compose files and Dockerfiles, say check-outs of public repositories. Counted are literal single ports.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileKnowledge } from '../server/knowledge/compile';
import { openKnowledge } from '../server/knowledge/knowledge';
import type { PortReference } from '../server/model/port';
import type { SourceFile } from '../server/model/snapshot';
import { compileRegistry } from '../server/registry/compile';
import { openRegistry } from '../server/registry/registry';
import { disk } from '../server/workspace/disk';
import { survey } from '../server/workspace/survey';
import { Workspace } from '../server/workspace/workspace';
import { knowledgeFiles } from './knowledge-files';

interface Count {
  all: number;
  /** Somebody is known to listen there: by the tables, or by the container's image. */
  named: number;
  byImage: number;
  /** The registry has a name for it, and who listens there speaks what is registered. */
  registered: number;
  asRegistered: number;
  readonly unnamed: Map<string, number>;
}

const data = join(__dirname, '../data');
const { knowledge: tables, stories } = compileKnowledge(knowledgeFiles(data));
const knowledge = openKnowledge(tables, () => stories);
const registry = openRegistry(compileRegistry(readFileSync(join(data, 'service-names-port-numbers.csv'))));
const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('Name the folders to read.');

void measure();

async function measure(): Promise<void> {
  const workspace = new Workspace(disk((message) => console.error(message)));
  for (const folder of folders) {
    const uri = pathToFileURL(folder).href;
    const limits = { files: 200_000, candidates: 1_000_000, folders: 500_000 };
    const leftOut = await survey(
      uri,
      (found, text) => workspace.found(found, text) !== 'not ours',
      AbortSignal.timeout(600_000),
      limits,
    );
    for (const line of leftOut) console.error(line);
  }

  const counts = { compose: newCount(), dockerfile: newCount() };
  for (const file of workspace.snapshot.files.values()) {
    const count = file.dialect === 'compose' ? counts.compose : counts.dockerfile;
    for (const reference of file.reading.references) if (isCounted(file, reference)) add(count, reference);
  }
  console.log(`${workspace.snapshot.files.size} files`);
  for (const [title, count] of [
    ['Container ports in compose files', counts.compose],
    ['EXPOSE ports in Dockerfiles', counts.dockerfile],
  ] as const) {
    const share = (part: number): string => `${((100 * part) / count.all).toFixed(1)} %`;
    const missing = [...count.unnamed].sort(([, a], [, b]) => b - a).slice(0, 12);
    console.log(`
  ${title}: ${count.all}
    who listens in practice is named: ${share(count.named)} (settled by the image: ${share(count.byImage)})
    the registry has a name: ${share(count.registered)}; somebody is known to speak it there: ${share(count.asRegistered)}
    not named most often: ${missing.map(([port, times]) => `${port} (${times})`).join(', ')}`);
  }
}

function newCount(): Count {
  return { all: 0, named: 0, byImage: 0, registered: 0, asRegistered: 0, unnamed: new Map() };
}

/** A single port in digits, on the container's side. */
function isCounted(
  { text, dialect }: SourceFile,
  { role, ports, portSpan, isRefused }: PortReference,
): boolean {
  if (ports === undefined || ports.first !== ports.last || ports.first === 0 || isRefused) return false;
  if (!/^\d+$/.test(text.slice(portSpan.start, portSpan.end))) return false;
  return dialect === 'compose' ? role === 'target' : role === 'expose';
}

function add(count: Count, { ports, transport = 'tcp', image }: PortReference): void {
  const port = ports?.first ?? 0;
  const practice = knowledge.inPractice(port, transport);
  const own = image === undefined ? [] : (knowledge.image(image)?.record.ports ?? []);
  const isByImage = own.some((each) => each.port === port && each.transport === transport);
  count.all += 1;
  if (isByImage) count.byImage += 1;
  if (registry.byPort(port, transport)[0]?.name !== undefined) count.registered += 1;
  if (practice.some(({ isAsRegistered }) => isAsRegistered)) count.asRegistered += 1;
  if (isByImage || practice.length > 0) count.named += 1;
  else count.unnamed.set(`${port}/${transport}`, (count.unnamed.get(`${port}/${transport}`) ?? 0) + 1);
}
