import type { Chart } from '../../model/chart';
import { listenersOn } from '../../model/listener';
import type { Transport } from '../../model/port';
import { listed, upperFirst } from '../../model/words';
import { checks } from '../port-facts/checks';
import { listenerWords } from '../port-facts/listener-words';
import { type PortFacts, portFacts, preferredName } from '../port-facts/port-facts';
import { usesOf } from '../uses';
import { nearbyBlocks } from './nearby-ports';
import type { Block, Line, PortPage, Section } from './page';
import { practiceBlocks } from './practice-blocks';
import { registryBlocks } from './registry-blocks';
import { securityBlocks } from './security-blocks';
import { numberBlocks, sources, storySections } from './story-sections';

/** How many places of the workspace a page lists. */
const usesShown = 200;

/** The page of `port`, an integer from 0 to 65535: all that is known of it, for one transport or for all. */
export function portPage(chart: Chart, port: number, transport?: Transport): PortPage {
  const facts = portFacts(chart.books, port, transport);
  const sections: readonly Section[] = [
    section('label', 'What the label is worth', labelBlocks(facts)),
    section('number', 'What the number means', numberBlocks(facts)),
    ...storySections(facts, chart.books.knowledge),
    section('in-practice', 'In practice', practiceBlocks(facts)),
    section('workspace', 'In this workspace', workspaceBlocks(chart, facts)),
    section('listening', 'Listening now', listeningBlocks(chart, facts)),
    section('neighbours', 'Neighbours', nearbyBlocks(chart.books, port)),
    section('registry', "IANA's registry", registryBlocks(facts, chart.books.registry.date)),
    section('security', 'Security', securityBlocks(facts)),
    section(
      'check',
      'How to check',
      port === 0
        ? []
        : [
            { kind: 'checks', checks: checks(port, transport, chart.machine.system) },
            paragraph('Processes of other users are shown to root or an administrator only.'),
          ],
    ),
    section('sources', 'Sources', sources(facts, chart.books.knowledge)),
  ];
  return {
    port,
    ...(transport && { transport }),
    title: `Port ${port}${transport === undefined ? '' : `/${transport}`}`,
    lead: lead(facts),
    sections: sections.filter(({ blocks }) => blocks.length > 0),
  };
}

function section(id: string, title: string, blocks: readonly Block[]): Section {
  return { id, title, blocks };
}

function paragraph(...line: Line): Block {
  return { kind: 'paragraph', line };
}

function lead(facts: PortFacts): readonly Line[] {
  const record = preferredName(facts);
  const about = record?.description?.trim() ?? '';
  const described = about === '' || about.toLowerCase() === record?.name?.toLowerCase() ? '' : ` (${about})`;
  return [
    ...practiceLead(facts),
    record?.name === undefined
      ? [`${upperFirst(facts.verdict.words)}.`]
      : ['Registered for ', { kind: 'strong', text: record.name }, `${described}; ${facts.verdict.words}.`],
    ...facts.notes.map(({ summary }) => [summary]),
  ];
}

/** How many programs the first line names. */
const programsNamed = 4;

function practiceLead({ practice }: PortFacts): readonly Line[] {
  const [first, ...others] = practice.map(({ software }) => software);
  if (first === undefined) return [];
  // The first name is set apart, so the list begins behind it: `, B and 3 more`.
  const rest = listed(['', ...others], programsNamed);
  return [['In practice: ', { kind: 'strong', text: first }, `${rest}.`]];
}

function labelBlocks({ verdict, records }: PortFacts): readonly Block[] {
  return [
    paragraph({ kind: 'strong', text: upperFirst(verdict.words) }, `. ${verdict.evidence}`),
    ...(trusted.has(verdict.kind) || records[0]?.name === undefined
      ? []
      : [
          paragraph(
            'A firewall rule that trusts the label of such a port trusts a fiction: the rule is about a number, and whatever is installed decides what the number carries.',
          ),
        ]),
  ];
}

/** The verdicts whose label says something about the traffic. */
const trusted: ReadonlySet<PortFacts['verdict']['kind']> = new Set([
  'in-use',
  'in-use-and-other',
  'specified',
]);

function workspaceBlocks({ snapshot }: Chart, { port, transport }: PortFacts): readonly Block[] {
  if (snapshot.files.size === 0) return [];
  const uses = usesOf(snapshot, port, transport);
  if (uses.length === 0) return [paragraph('No file that was read names it.')];
  const items = uses
    .slice(0, usesShown)
    .map(({ uri, span, words }): Line => [{ kind: 'place', uri, span }, `: ${words}`]);
  const rest = uses.length - items.length;
  return [{ kind: 'list', items }, ...(rest > 0 ? [paragraph(`And ${rest} more places.`)] : [])];
}

function listeningBlocks({ machine }: Chart, { port, transport }: PortFacts): readonly Block[] {
  const { census } = machine;
  if (census === undefined) return [];
  const isAsked = transport === undefined || transport === 'tcp' || transport === 'udp';
  if (!isAsked) return [];
  const found = listenersOn(census, { first: port, last: port }, transport);
  if (found.length === 0) return [paragraph('Nothing on this machine.')];
  const items = (['tcp', 'udp'] as const).flatMap((kind) =>
    listenerWords(found.filter((each) => each.transport === kind)).map(
      (words): Line => [`${kind}: ${words}`],
    ),
  );
  return [{ kind: 'list', items }];
}
