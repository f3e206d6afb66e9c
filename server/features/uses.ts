import { isAbout, isWide, type PortReference, portsText, type Transport } from '../model/port';
import type { Snapshot, SourceFile, Uri } from '../model/snapshot';
import type { Span } from '../model/span';
import { roleWords } from './role-words';

/** One place of the workspace that names a port. */
export interface PortUse {
  readonly uri: Uri;
  readonly span: Span;
  /** What the text does with the port, in a few words: `host port of service "web"`. */
  readonly words: string;
}

/**
 * Where the workspace names the port: for one transport (and where the text names none), or for all. The file and the
 * place that is asked from come first and are left out, in this order; then the other files by their address. Wide ranges
 * come last: they do not mean this port more than any other.
 */
export function usesOf(
  snapshot: Snapshot,
  port: number,
  transport: Transport | undefined,
  from?: { readonly file: SourceFile; readonly reference: PortReference },
): readonly PortUse[] {
  const files = [...snapshot.files.values()];
  const ordered =
    from === undefined ? files : [from.file, ...files.filter(({ uri }) => uri !== from.file.uri)];
  const uses: PortUse[] = [];
  const around: PortUse[] = [];
  for (const file of ordered) {
    for (const reference of file.namesOf(port)) {
      if (!isAbout(reference.transport, transport) || isPartOf(reference, from?.reference)) continue;
      const list = reference.ports !== undefined && isWide(reference.ports) ? around : uses;
      list.push({ uri: file.uri, span: reference.portSpan, words: useWords(reference) });
    }
  }
  return [...uses, ...around];
}

function useWords(reference: PortReference): string {
  const { ports } = reference;
  const range = ports === undefined || ports.first === ports.last ? '' : `, ports ${portsText(ports)}`;
  return roleWords(reference) + range;
}

/** Both ends of the mapping under the caret are told by the hover's first line. */
function isPartOf({ span }: PortReference, asked: PortReference | undefined): boolean {
  return asked !== undefined && span.start === asked.span.start && span.end === asked.span.end;
}
