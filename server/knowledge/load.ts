import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Knowledge } from '../model/knowledge';
import type { CompiledKnowledge, CompiledStories } from './format';
import { openKnowledge } from './knowledge';

/**
 * The knowledge in the compiled files of `folder`: `knowledge.json.br`, read at the first look-up, and `stories.json.br`,
 * read when the first story is told.
 *
 * @throws Error, from the first look-up, when a file cannot be read.
 */
export function lazyKnowledge(folder: string): Knowledge {
  let opened: Knowledge | undefined;
  let told: CompiledStories | undefined;
  const stories = (): CompiledStories => {
    told ??= read<CompiledStories>(join(folder, 'stories.json.br'));
    return told;
  };
  const knowledge = (): Knowledge => {
    opened ??= openKnowledge(read<CompiledKnowledge>(join(folder, 'knowledge.json.br')), stories);
    return opened;
  };
  return {
    inPractice: (port, transport) => knowledge().inPractice(port, transport),
    image: (reference) => knowledge().image(reference),
    notes: (port, transport) => knowledge().notes(port, transport),
    story: (note) => knowledge().story(note),
    meanings: (port, transport) => knowledge().meanings(port, transport),
    all: () => knowledge().all(),
  };
}

/** The build wrote it, from types of the same name. */
function read<T>(path: string): T {
  return JSON.parse(brotliDecompressSync(readFileSync(path)).toString('utf8')) as T;
}
