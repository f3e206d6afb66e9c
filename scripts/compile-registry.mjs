// Compiles the port registry in data/ into the form that the programs load: dist/registry.bin.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

/** Writes the compiled registry to `path` and answers with its size in bytes. */
export async function compileRegistry(
  path = fileURLToPath(new URL('../dist/registry.bin', import.meta.url)),
) {
  const { compileRegistry: compile } = await tsImport('../server/registry/compile.ts', import.meta.url);
  const { date } = JSON.parse(readFileSync(new URL('../data/sources.json', import.meta.url)));
  const bytes = compile(
    readFileSync(new URL('../data/service-names-port-numbers.csv', import.meta.url)),
    date,
  );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return bytes.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`dist/registry.bin: ${await compileRegistry()} bytes`);
}
