import type { PublicationClaim } from '../../model/compose-project';
import type { NewEntry, PortMove } from '../../model/finding';
import type { PortEntry, Service } from '../../model/service';
import type { SourceFile } from '../../model/snapshot';
import { type Span, slice } from '../../model/span';
import { type Halves, keyAt, listInBrackets, quotedHalves } from '../../syntax/yaml/yaml-writing';
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

function newEntry(claim: PublicationClaim): NewEntry | undefined {
  const { file, service, reference, publication } = claim;
  const { usedAt } = reference;
  const { from, writing } = publication;
  if (usedAt === undefined) {
    const extending = service.definitions.findLast((each) => each.service.extends !== undefined);
    if (extending === undefined || extending.service.portsSpan !== undefined) return undefined;
    const entries = service.ports.map((each) => ({ file: each.file, entry: each }));
    const list = listOf(entries, claim);
    return underKey(extending.file, extending.service, list && [`!override ${list[0]}`, list[1]]);
  }
  const entries = from.ports.map((entry) => ({ file, entry }));
  switch (writing.alias) {
    case 'entry': {
      const halves = parted({ file, entry: publication }, claim);
      return halves && at(file, usedAt, quotedHalves(halves));
    }
    case 'list':
      return at(file, usedAt, listOf(entries, claim));
    default:
      return underKey(file, from, listOf(entries, claim));
  }
}

function at({ uri }: SourceFile, span: Span, halves: Halves | undefined): NewEntry | undefined {
  return halves && { uri, span, before: halves[0], after: halves[1] };
}

function underKey(file: SourceFile, { keys }: Service, list: Halves | undefined): NewEntry | undefined {
  return keys && list && at(file, keys.span, keyAt(keys, 'ports', list));
}

/** A list of all entries, parted at the port; undefined where one of them is more than its ports. */
function listOf(
  entries: readonly PlacedEntry[],
  claim: Pick<PublicationClaim, 'file' | 'reference'>,
): Halves | undefined {
  const before: string[] = [];
  const after: string[] = [];
  let port: Halves | undefined;
  for (const each of entries) {
    const text = textOf(each.file, each.entry);
    const halves = parted(each, claim);
    // A second port that both publish would have to move along with this one.
    if (text === undefined || (halves === undefined && each.entry.publish !== undefined)) return undefined;
    if (port !== undefined) after.push(text);
    else if (halves === undefined) before.push(text);
    else port = halves;
  }
  return port && listInBrackets(before, port, after);
}

/** An entry, and the file that it stands in: two files can have one at the same place. */
interface PlacedEntry {
  readonly file: SourceFile;
  readonly entry: PortEntry;
}

/** An entry parted at the port; undefined for the entry of another one. */
function parted(
  { file, entry }: PlacedEntry,
  { file: claimed, reference: { portSpan } }: Pick<PublicationClaim, 'file' | 'reference'>,
): Halves | undefined {
  const text = textOf(file, entry);
  const isOther = file !== claimed || entry.publish?.portSpan.start !== portSpan.start;
  if (text === undefined || isOther) return undefined;
  const { start } = entry.target.span;
  return [text.slice(0, portSpan.start - start), text.slice(portSpan.end - start)];
}

/** An entry in the short form, with nothing but digits, addresses and a transport; undefined for any other. */
function textOf({ text }: SourceFile, { target: { span }, writing }: PortEntry): string | undefined {
  const written = slice(text, span);
  return writing.form === 'short' && /^[\w.:[\]/-]+$/.test(written) ? written : undefined;
}
