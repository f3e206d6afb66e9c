import { portsText } from '../../model/port';
import type { RegistryRecord } from '../../model/registry';
import type { PortFacts } from '../port-facts/port-facts';
import { referenceLine } from './marked-line';
import type { Block, Line } from './page';

/** The registry's rows of the port, whole, and how old the data is. */
export function registryBlocks({ records, elsewhere, range }: PortFacts, date: string): readonly Block[] {
  const rows = [...records, ...elsewhere];
  const age: Block = {
    kind: 'paragraph',
    line: [
      `As of ${date}, from `,
      {
        kind: 'link',
        text: "IANA's Service Name and Transport Protocol Port Number Registry",
        url: 'https://www.iana.org/assignments/service-names-port-numbers',
      },
      '. An assignment is no endorsement, and traffic on a registered port need not be that of the registered service.',
    ],
  };
  if (rows.length > 0) return [...rows.map(rowBlock), age];
  const why = range.name === 'Dynamic' ? 'IANA registers no port of this range.' : 'There is no row for it.';
  return [{ kind: 'paragraph', line: [why] }, age];
}

function rowBlock(record: RegistryRecord): Block {
  const { name, ports, transport, status } = record;
  const numbers = ports === undefined ? '' : ` ${portsText(ports)}`;
  const kind = status === 'assigned' ? '' : ` (${status})`;
  return {
    kind: 'fields',
    title: [
      { kind: 'strong', text: name ?? (record.description || status) },
      `${numbers}${transport === undefined ? ', any transport' : `/${transport}`}${kind}`,
    ],
    rows: fields(record),
  };
}

function fields(record: RegistryRecord): readonly (readonly [string, Line])[] {
  const text = (title: string, value: string | undefined): readonly (readonly [string, Line])[] =>
    value === undefined || value === '' ? [] : [[title, [value.replace(/\s*\n\s*/g, ' ')]]];
  return [
    ...text('Description', record.description),
    ...text('Assignee', record.assignee),
    ...text('Contact', record.contact),
    ...text('Registered', record.registered),
    ...text('Modified', record.modified),
    ...(record.reference === undefined ? [] : [['Reference', referenceLine(record.reference)] as const]),
    ...text('Service code', record.serviceCode),
    ...text('Unauthorized use', record.unauthorizedUse),
    ...text('Notes', record.notes),
  ];
}
