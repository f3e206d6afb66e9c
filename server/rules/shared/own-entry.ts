import type { PublicationClaim } from '../../model/compose-project';
import type { NewEntry, PortMove } from '../../model/finding';
import { lineAt } from '../../model/lines';
import type { PortReference } from '../../model/port';
import type { PortEntry, Service } from '../../model/service';
import type { SourceFile } from '../../model/snapshot';
import { type Span, slice } from '../../model/span';
import { portMoves } from './port-moves';

/**
 * How a service that shares an entry with another one comes to a port of its own: its entries are written for it once more.
 * They stand in place of the alias; or under a key of its own, which goes over what a merge key brings, and with `!override`
 * over what the service extends (Compose 2.24.4 and later). Nothing where an entry is more than its ports, or hangs on variables,
 * and where a second one publishes a port.
 */
export function ownEntryMoves(claim: PublicationClaim): readonly PortMove[] {
  const [move] = portMoves(claim);
  const entry = move?.variable === undefined ? newEntry(claim) : undefined;
  return move === undefined || entry === undefined ? [] : [{ ...move, holder: claim.holder, entry }];
}

function newEntry({ file, service, reference, publication }: PublicationClaim): NewEntry | undefined {
  const { usedAt } = reference;
  const { from } = publication;
  if (usedAt === undefined) {
    const extending = service.definitions.findLast((each) => each.service.extends !== undefined);
    if (extending === undefined || extending.service.portsSpan !== undefined) return undefined;
    const entries = service.ports.map((each) => ({ file: each.file, entry: each }));
    return underKey(extending.file, extending.service, 'ports: !override ', listOf(entries, reference));
  }
  const within = from.portsSpan && { start: from.portsSpan.start, end: usedAt.start };
  const list = listOf(
    from.ports.map((entry) => ({ file, entry })),
    reference,
  );
  if (within === undefined || usedAt.start < within.start || usedAt.end > (from.portsSpan?.end ?? 0))
    return underKey(file, from, 'ports: ', list);
  const isWhole = /^["']?ports["']?\s*:\s*$/.test(slice(file.text, within));
  return at(file, usedAt, isWhole ? list : listed(textOf(file, publication), publication, reference));
}

/** The two halves of a text around the port. */
type Halves = readonly [before: string, after: string];

function at({ uri }: SourceFile, span: Span, halves: Halves | undefined): NewEntry | undefined {
  return halves && { uri, span, before: halves[0], after: halves[1] };
}

function underKey(
  file: SourceFile,
  { keys }: Service,
  key: string,
  list: Halves | undefined,
): NewEntry | undefined {
  if (keys === undefined || list === undefined) return undefined;
  const { span, isFlow } = keys;
  const end = file.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = slice(file.text, { start: lineAt(file.text, span.start).start, end: span.start });
  if (!isFlow && indent.trim() !== '') return undefined;
  return at(file, span, [`${key}${list[0]}`, `${list[1]}${isFlow ? ', ' : `${end}${indent}`}`]);
}

/** All entries between brackets, parted at the port; undefined where one of them is more than its ports. */
function listOf(
  entries: readonly { readonly file: SourceFile; readonly entry: PortEntry }[],
  reference: PortReference,
): Halves | undefined {
  let before = '[';
  let after: string | undefined;
  for (const [index, { file, entry }] of entries.entries()) {
    const text = textOf(file, entry);
    const halves = listed(text, entry, reference);
    if (text === undefined) return undefined;
    const comma = index === 0 ? '' : ', ';
    // A second port that both publish would have to move along with this one.
    if (halves === undefined && entry.publish !== undefined) return undefined;
    if (after !== undefined) after += `${comma}"${text}"`;
    else if (halves === undefined) before += `${comma}"${text}"`;
    else {
      before += `${comma}${halves[0]}`;
      after = halves[1];
    }
  }
  return after === undefined ? undefined : [before, `${after}]`];
}

/** An entry in quotation marks, parted at the port; undefined for the entry of another one. */
function listed(
  text: string | undefined,
  { publish, target }: PortEntry,
  { portSpan }: PortReference,
): Halves | undefined {
  if (text === undefined || publish?.portSpan.start !== portSpan.start) return undefined;
  const { start } = target.span;
  return [`"${text.slice(0, portSpan.start - start)}`, `${text.slice(portSpan.end - start)}"`];
}

/** An entry in the short form, with nothing but digits, addresses and a transport; undefined for any other. */
function textOf({ text }: SourceFile, { target: { span } }: PortEntry): string | undefined {
  const written = slice(text, span);
  return /^[\w.:[\]/-]+$/.test(written) ? written : undefined;
}
