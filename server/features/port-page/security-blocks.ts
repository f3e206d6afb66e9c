import type { PortFacts } from '../port-facts/port-facts';
import { referenceLine } from './marked-line';
import type { Block, Line } from './page';

/** What somebody must know who opens the port, or finds it open. */
export function securityBlocks({ practice, notes, records, meanings }: PortFacts): readonly Block[] {
  const items: Line[] = [];
  const closed = practice.filter(({ exposure }) => exposure === 'data' || exposure === 'admin');
  if (closed.length > 0) {
    const names = closed.slice(0, 3).map(({ software }) => software);
    items.push([
      `${names.join(', ')}${closed.length > names.length ? ' and others' : ''}: not for the world. Bind it to `,
      { kind: 'code', text: '127.0.0.1' },
      ' or a private network; ports that Docker publishes pass by the rules of ufw.',
    ]);
  }
  for (const { summary } of notes.filter(({ kind }) => kind === 'dangerous')) items.push([summary]);
  for (const { meaning } of meanings.filter(({ kind }) => kind === 'browser-blocked')) items.push([meaning]);
  for (const use of new Set(records.flatMap((record) => record.unauthorizedUse ?? []))) {
    items.push(['The registry notes: ', ...referenceLine(use)]);
  }
  if (notes.some(({ kind }) => kind === 'dormant')) {
    items.push([
      'Traffic on it is hardly that of the registered service: a program with a port of its own choice, or a scanner that sweeps whole ranges. Scanners print the label of a port, not what answers there; an open port that nobody put there deserves a look at the process behind it.',
    ]);
  }
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}
