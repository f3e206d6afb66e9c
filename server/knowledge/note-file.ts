import { type Note, type NotePorts, noteKinds, type Source, type Story } from '../model/knowledge';
import { oneOf, portsOf, transportOf } from './cells';

/** How long a summary may be: a hover shows it. */
const longestSummary = 160;

/**
 * Reads one story of data/notes: front matter with `ports`, `kind` and `summary`, a title, paragraphs of one line each,
 * and a list of sources.
 *
 * @throws Error that says what is missing or unknown.
 */
export function readNote(id: string, text: string): { readonly note: Note; readonly story: Story } {
  const [, head = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text.replace(/\r\n/g, '\n')) ?? [];
  const fields = new Map(head.split('\n').map(fieldOf));
  const [, title, told = '', listed = ''] = /^\s*# (.+?)\n(.*?)\n## Sources\n(.*)$/s.exec(body) ?? [];
  if (title === undefined) throw new Error('it has no title, or no "## Sources"');
  const summary = needed(fields, 'summary');
  if (summary.length > longestSummary) throw new Error(`its summary is longer than ${longestSummary}`);
  const paragraphs = told.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
  const sources = listed.split('\n').filter((line) => line.trim() !== '');
  const ports = needed(fields, 'ports').split(/\s+/).map(notePorts);
  if (`${ports[0]?.ports.first}` !== id) throw new Error('its name is not its first port');
  if (sources.length === 0) throw new Error('it names no source');
  return {
    note: { id, ports, kind: oneOf(needed(fields, 'kind'), noteKinds), title, summary },
    story: { paragraphs: paragraphs.filter((text) => text !== ''), sources: sources.map(sourceOf) },
  };
}

function fieldOf(line: string): [string, string] {
  const [, key = '', value = ''] = /^([a-z]+):\s*(.*?)\s*$/.exec(line) ?? [];
  // A value with a colon in it is quoted where the file is to be YAML.
  return [key, value.replace(/^(["'])(.*)\1$/, '$2').replace(/\s+#.*$/, '')];
}

function needed(fields: ReadonlyMap<string, string>, key: string): string {
  const value = fields.get(key) ?? '';
  if (value === '') throw new Error(`its front matter has no "${key}"`);
  return value;
}

function notePorts(text: string): NotePorts {
  const [numbers = '', transport] = text.split('/');
  const ports = portsOf(numbers);
  return transport === undefined ? { ports } : { ports, transport: transportOf(transport) };
}

function sourceOf(line: string): Source {
  const [, title, url] = /^- \[(.+)\]\((https?:\/\/\S+)\)\s*$/.exec(line) ?? [];
  if (title === undefined || url === undefined) throw new Error(`this is no source: ${line}`);
  return { title, url };
}
