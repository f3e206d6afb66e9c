// Compiles the tables of data/ into the forms that the programs load: dist/registry.bin.br, knowledge.json.br,
// stories.json.br.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { tsImport } from 'tsx/esm/api';

const data = fileURLToPath(new URL('../data/', import.meta.url));

/** Writes the compiled registry and knowledge into `folder` and answers with their sizes in bytes. */
export async function compileData(folder = fileURLToPath(new URL('../dist/', import.meta.url))) {
  const { compileRegistry } = await tsImport('../server/registry/compile.ts', import.meta.url);
  const { compileKnowledge } = await tsImport('../server/knowledge/compile.ts', import.meta.url);
  const { knowledgeFiles } = await tsImport('./knowledge-files.ts', import.meta.url);
  const { date } = JSON.parse(readFileSync(join(data, 'sources.json')));
  const { knowledge, stories } = compiled(() => compileKnowledge(knowledgeFiles(data)));
  mkdirSync(folder, { recursive: true });
  return Object.fromEntries(
    [
      ['registry.bin', compileRegistry(readFileSync(join(data, 'service-names-port-numbers.csv')), date)],
      ['knowledge.json', Buffer.from(JSON.stringify(knowledge))],
      ['stories.json', Buffer.from(JSON.stringify(stories))],
    ].map(([name, bytes]) => {
      const packed = brotliCompressSync(bytes);
      writeFileSync(join(folder, `${name}.br`), packed);
      return [`${name}.br`, packed.length];
    }),
  );
}

/** A row that is wrong is told in one line: the stack of a module that was compiled in memory helps nobody. */
function compiled(compile) {
  try {
    return compile();
  } catch (error) {
    console.error(`data/${error.message}`);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, size] of Object.entries(await compileData())) console.log(`dist/${name}: ${size} bytes`);
}
