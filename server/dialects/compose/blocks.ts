import type { Span } from '../../model/span';
import { documents, type OutlineEntry, outline } from '../../syntax/yaml/yaml-outline';

/**
 * A stretch of a compose file that can be read by itself.
 * - `service`: one entry of `services`, or of the top level in a file of the first format;
 * - `rest`: any other entry of the top level, of interest for its anchors alone;
 * - `document`: a whole document that its indentation does not take apart (flow style, say).
 */
export interface Block {
  readonly kind: 'service' | 'rest' | 'document';
  readonly span: Span;
  /** How far the text may reach in which a quote or bracket that the block opens is closed. */
  readonly limit: number;
}

/** Takes a compose file apart by indentation alone, so that an edit makes only the block anew that it touches. */
export function blocks(text: string): readonly Block[] {
  const outlines = documents(text).map((span) => ({ span, entries: outline(text, span) }));
  const hasServices = outlines.some(({ entries }) => entries?.some(({ key }) => key === 'services') ?? false);
  return outlines.flatMap(({ span, entries }): readonly Block[] => {
    if (entries === undefined) return [{ kind: 'document', span, limit: span.end }];
    return entries.flatMap((entry) => entryBlocks(text, entry, span, hasServices));
  });
}

function entryBlocks(
  text: string,
  entry: OutlineEntry,
  document: Span,
  hasServices: boolean,
): readonly Block[] {
  if (hasServices && entry.key === 'services') {
    const services = entry.body === undefined ? undefined : outline(text, entry.body);
    if (services === undefined) return [{ kind: 'document', span: entry.span, limit: document.end }];
    return services.map(({ span }) => ({ kind: 'service', span, limit: entry.span.end }));
  }
  const kind = hasServices || topLevelKeys.has(entry.key) || entry.key.startsWith('x-') ? 'rest' : 'service';
  return [{ kind, span: entry.span, limit: document.end }];
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
