import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnowledgeFiles } from '../server/knowledge/compile';

/** Reads the tables and stories of the folder `data` as they are. */
export function knowledgeFiles(data: string): KnowledgeFiles {
  const text = (name: string): string => readFileSync(join(data, name), 'utf8');
  const notes = readdirSync(join(data, 'notes')).filter((name) => name.endsWith('.md'));
  return {
    practice: text('in-practice.csv'),
    images: text('images.csv'),
    variants: text('image-variants.csv'),
    numbers: text('numbers.csv'),
    notes: new Map(notes.map((name) => [name.replace(/\.md$/, ''), text(join('notes', name))])),
  };
}
