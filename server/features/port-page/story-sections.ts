import type { Knowledge, NumberMeaning } from '../../model/knowledge';
import { portsText } from '../../model/port';
import type { PortFacts } from '../port-facts/port-facts';
import { markedLine } from './marked-line';
import type { Block, Line, Section } from './page';

/** The stories of the port, a section each. */
export function storySections({ notes }: PortFacts, knowledge: Knowledge): readonly Section[] {
  return notes.map((note) => ({
    id: `story-${note.id}`,
    title: note.title,
    blocks: knowledge
      .story(note)
      .paragraphs.map((text): Block => ({ kind: 'paragraph', line: markedLine(text) })),
  }));
}

/** What the number means by itself: its range, how it is assigned, who may bind it, who refuses it. */
export function numberBlocks({ meanings, range }: PortFacts): readonly Block[] {
  const items = meanings.map((meaning): Line => {
    const place = meaning.platform === undefined ? '' : `${platformNames[meaning.platform]}: `;
    const head =
      meaning.kind === 'range'
        ? [{ kind: 'strong' as const, text: `${range.name} Port` }, ` (${portsText(range.ports)}): `]
        : [place];
    return [...head, `${meaning.meaning} `, { kind: 'link', text: sourceName(meaning), url: meaning.source }];
  });
  return [{ kind: 'list', items }];
}

/** Where the page's facts come from; the tables' own rows carry their sources beside them. */
export function sources({ notes }: PortFacts, knowledge: Knowledge): readonly Block[] {
  const listed = notes.flatMap((note) => knowledge.story(note).sources);
  const byUrl = new Map(listed.map((source) => [source.url, source]));
  const items = [...byUrl.values()].map(({ title, url }): Line => [{ kind: 'link', text: title, url }]);
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

const platformNames: Readonly<Record<NonNullable<NumberMeaning['platform']>, string>> = {
  linux: 'Linux',
  macos: 'macOS',
  windows: 'Windows',
  kubernetes: 'Kubernetes',
};

function sourceName({ source }: NumberMeaning): string {
  const rfc = /\/rfc(\d+)/.exec(source);
  return rfc === null ? 'Source' : `RFC ${rfc[1]}`;
}
