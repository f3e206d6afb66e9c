import type { Span } from '../../model/span';
import { documents, type OutlineEntry, outline } from '../../syntax/yaml/yaml-outline';
import { headerKeys } from './project-header';

/**
 * A stretch of a compose file that can be read by itself.
 * - `service`: one entry of `services`, or of the top level in a file of the first format;
 * - `header`: an entry of the top level that says something of the project: its name, the files it includes, its networks;
 * - `rest`: any other entry of the top level, of interest for its anchors alone;
 * - `document`: a whole document that its indentation does not take apart (flow style, say).
 */
export interface Block {
  readonly kind: 'service' | 'header' | 'rest' | 'document';
  readonly span: Span;
  /** Which of the file's documents it is in: Compose merges each over those before it. */
  readonly document: number;
}

/** One document of a file, taken apart. */
export interface DocumentBlocks {
  readonly span: Span;
  readonly blocks: readonly Block[];
}

/**
 * Takes the documents of a compose file apart by indentation alone, so that an edit makes only the block anew that it
 * touches.
 */
export function blocks(text: string): readonly DocumentBlocks[] {
  const outlines = documents(text).map((span) => ({ span, entries: outline(text, span) }));
  const isFirstFormat = !outlines.some(({ entries }) => entries?.some(({ key }) => key === 'services'));
  return outlines.map(({ span, entries }, document) => ({
    span,
    blocks:
      entries === undefined
        ? [{ kind: 'document', span, document }]
        : entries.flatMap((entry) =>
            entryBlocks(text, entry, isFirstFormat).map((block) => ({ ...block, document })),
          ),
  }));
}

function entryBlocks(
  text: string,
  entry: OutlineEntry,
  isFirstFormat: boolean,
): readonly Omit<Block, 'document'>[] {
  if (!isFirstFormat && entry.key === 'services') {
    const services = entry.body === undefined ? undefined : outline(text, entry.body);
    if (services === undefined) return [{ kind: 'document', span: entry.span }];
    return services.map(({ span }) => ({ kind: 'service', span }));
  }
  const isService = isFirstFormat && !topLevelKeys.has(entry.key) && !entry.key.startsWith('x-');
  const kind = isService ? 'service' : headerKeys.has(entry.key) ? 'header' : 'rest';
  return [{ kind, span: entry.span }];
}

/** The keys of the top level that are no services in a file of the first format (compose-spec schema). */
const topLevelKeys = new Set([
  'version',
  'name',
  'include',
  'networks',
  'volumes',
  'secrets',
  'configs',
  'models',
]);
