import type { PfCursor } from '../../syntax/pf/pf-cursor';
import { type PfPortSpec, readTargetPort } from '../../syntax/pf/pf-port-spec';
import { pfRefusal } from '../../syntax/pf/pf-refusal';
import type { PfNotes } from './notes';
import { readHost } from './peers';
import { hostAddress, type RuleDraft } from './rule-draft';

/** `-> host port P`, `rdr-to host port P`, `divert-to host port P`, `af-to inet from host to host port P`. */
export function readTargets(cursor: PfCursor, rule: RuleDraft, notes: PfNotes): void {
  const { value } = cursor.advance();
  const isDivert = value.startsWith('divert');
  if (value === 'af-to') {
    if (cursor.isWord('inet') || cursor.isWord('inet6')) cursor.advance();
    for (const word of ['from', 'to']) {
      if (!cursor.isWord(word)) return;
      cursor.advance();
      readTarget(cursor, rule, word === 'from' ? 'translated' : 'forward', notes);
    }
    return;
  }
  const isSource = value.startsWith('nat') || value.startsWith('binat') || /^(?:bi)?nat/.test(rule.head);
  if (!isDivert)
    readTarget(
      cursor,
      rule,
      isSource && value !== 'rdr-to' ? 'translated' : 'forward',
      notes,
      value === 'rdr-to',
    );
  else if (value === 'divert-to' && !cursor.isLineEnd()) readDivert(cursor, rule, notes);
  else if (cursor.isWord('port')) noteDivert(readTargetPort(cursor, 'plain'), notes);
}

function readTarget(
  cursor: PfCursor,
  rule: RuleDraft,
  side: 'forward' | 'translated',
  notes: PfNotes,
  isOrdered = false,
): void {
  const host = readHost(cursor, rule, notes);
  if (!cursor.isWord('port')) return;
  const spec = readTargetPort(cursor, isOrdered ? 'ordered' : 'range');
  const address = side === 'forward' ? hostAddress(host.word) : undefined;
  rule.clauses.push({ side, spec, ...(address && { address }) });
}

/** FreeBSD's `divert-to` has a port of divert(4) and no host; that is none of a transport. */
function readDivert(cursor: PfCursor, rule: RuleDraft, notes: PfNotes): void {
  const host = readHost(cursor, rule, notes);
  if (!cursor.isWord('port')) return;
  const spec = readTargetPort(cursor, 'plain');
  const address = hostAddress(host.word);
  rule.clauses.push({ side: 'forward', spec, ...(address && { address }) });
  tellDivertZero(spec, notes);
}

/** A port of divert(4) is told of only where pfctl refuses it. */
function noteDivert(spec: PfPortSpec, notes: PfNotes): void {
  for (const fault of [...spec.faults, ...spec.items.flatMap((item) => item.faults)]) notes.fault(fault);
  tellDivertZero(spec, notes);
}

function tellDivertZero(spec: PfPortSpec, notes: PfNotes): void {
  for (const { values, ports } of spec.items) {
    const [value] = values;
    if (value === undefined || ports?.first !== 0) continue;
    const message = pfRefusal('Nothing can be diverted to port 0', 'invalid divert port: 0');
    notes.fault({ rule: 'invalid-port', span: value.place, message });
  }
}
