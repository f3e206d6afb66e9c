import type { Transport } from '../../model/port';
import type { Check } from '../port-facts/checks';
import type { Block, Inline, Line, PortPage } from './page';

/** What the page's links lead to, and what a place of the workspace is called. */
export interface PageLinks {
  port(port: number): string;
  place(place: Extract<Inline, { kind: 'place' }>): { readonly text: string; readonly url: string };
  copy(check: Check, port: number, transport: Transport | undefined): string;
  /** Absent for a command that this machine cannot run. */
  run(check: Check, port: number, transport: Transport | undefined): string | undefined;
}

/** The page as the inside of an HTML body; every text and address in it is escaped. */
export function pageHtml(page: PortPage, links: PageLinks): string {
  const say = (line: Line): string => line.map((part) => inlineHtml(part, links)).join('');
  const lead = page.lead.map((line) => `<p class="lead">${say(line)}</p>`);
  const again = `<a href="${attribute(links.port(page.port))}">Refresh</a>`;
  const contents = page.sections.map(({ id, title }) => `<a href="#${attribute(id)}">${text(title)}</a>`);
  const sections = page.sections.map(
    ({ id, title, blocks }) =>
      `<section id="${attribute(id)}"><h2>${text(title)}</h2>${blocks.map((block) => blockHtml(block, page, links, say)).join('')}</section>`,
  );
  return [
    `<h1>${text(page.title)}</h1>`,
    ...lead,
    `<nav>${contents.join(' ')} ${again}</nav>`,
    ...sections,
  ].join('\n');
}

function blockHtml(block: Block, page: PortPage, links: PageLinks, say: (line: Line) => string): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${say(block.line)}</p>`;
    case 'list':
      return listHtml(block.items.map(say), block.shown);
    case 'fields': {
      const rows = block.rows.map(([name, value]) => `<tr><th>${text(name)}</th><td>${say(value)}</td></tr>`);
      return `<h3>${say(block.title)}</h3><table>${rows.join('')}</table>`;
    }
    case 'checks':
      return `<table class="checks">${block.checks.map((check) => checkRow(check, page, links)).join('')}</table>`;
  }
}

function listHtml(items: readonly string[], shown = items.length): string {
  const list = (some: readonly string[]) => `<ul>${some.map((item) => `<li>${item}</li>`).join('')}</ul>`;
  // A last item alone would take as much room as the line that says that it is hidden.
  if (items.length <= shown + 1) return list(items);
  const rest = items.slice(shown);
  return `${list(items.slice(0, shown))}<details><summary>${rest.length} more</summary>${list(rest)}</details>`;
}

function checkRow(check: Check, { port, transport }: PortPage, links: PageLinks): string {
  const run = links.run(check, port, transport);
  const actions = [
    `<a href="${attribute(links.copy(check, port, transport))}">Copy</a>`,
    ...(run === undefined ? [] : [`<a href="${attribute(run)}">Run in terminal</a>`]),
  ];
  return `<tr><th>${text(systemNames[check.system])}</th><td><code>${text(check.command)}</code></td><td class="actions">${actions.join(' ')}</td></tr>`;
}

const systemNames: Readonly<Record<Check['system'], string>> = {
  linux: 'Linux',
  macos: 'macOS',
  windows: 'Windows',
  docker: 'Docker',
};

function inlineHtml(part: Inline, links: PageLinks): string {
  if (typeof part === 'string') return text(part);
  switch (part.kind) {
    case 'strong':
      return `<strong>${text(part.text)}</strong>`;
    case 'code':
      return `<code>${text(part.text)}</code>`;
    case 'link':
      return anchor(part.url, part.text);
    case 'port':
      return anchor(links.port(part.port), part.text);
    case 'place': {
      const { text: name, url } = links.place(part);
      return anchor(url, name);
    }
  }
}

function anchor(url: string, title: string): string {
  return `<a href="${attribute(url)}">${text(title)}</a>`;
}

function text(plain: string): string {
  return plain.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function attribute(plain: string): string {
  return text(plain).replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}
