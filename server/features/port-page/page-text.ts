import type { Block, Inline, Line, PortPage } from './page';

/** Where a place of the workspace is, in words: `compose.yaml:12`. */
export type PlaceName = (place: Extract<Inline, { kind: 'place' }>) => string;

/** The page as plain text for a terminal, with addresses written out. */
export function pageText(page: PortPage, placeName: PlaceName): string {
  const say = (line: Line): string => line.map((part) => inlineText(part, placeName)).join('');
  const lines = [page.title, '='.repeat(page.title.length), ...page.lead.map(say)];
  for (const { title, blocks } of page.sections) {
    lines.push('', title, '-'.repeat(title.length));
    for (const block of blocks) lines.push(...blockLines(block, say));
  }
  return `${lines.join('\n')}\n`;
}

function blockLines(block: Block, say: (line: Line) => string): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [say(block.line)];
    case 'list':
      return block.items.map((item) => `- ${say(item)}`);
    case 'fields':
      return [say(block.title), ...block.rows.map(([name, value]) => `  ${name}: ${say(value)}`)];
    case 'checks':
      return block.checks.map(({ system, command }) => `- ${system}: ${command}`);
  }
}

function inlineText(part: Inline, placeName: PlaceName): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'link':
      return part.text === part.url ? part.url : `${part.text} <${part.url}>`;
    case 'place':
      return placeName(part);
    default:
      return part.text;
  }
}
