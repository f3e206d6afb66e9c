import { mappingEnds, type PortReference, portsText, type Role, type Transport } from '../model/port';
import type { SourceFile } from '../model/snapshot';
import { slice } from '../model/span';
import { fileOptions, readArguments } from './arguments';
import { readInputs } from './inputs';
import { placesIn } from './positions';
import type { ExitCode, Session } from './session';

/** One reference in the JSON that `portolan ports` prints: a contract, see README.md. */
interface PortRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly transport: Transport | null;
  readonly role: Role;
  readonly address: string | null;
  readonly owner: string;
  readonly dialect: string;
  readonly mapping: string | null;
  readonly rule: RuleRow | null;
}

/** What a packet filter's rule says beside the port. */
interface RuleRow {
  readonly chain: string;
  readonly verdict: string | null;
  readonly negated: boolean;
  readonly conditions: readonly string[];
}

/** `portolan ports`: every place that names a port. */
export function ports(argv: readonly string[], session: Session): ExitCode {
  const parsed = readArguments(argv, { ...fileOptions, choices: { format: ['text', 'json'] } });
  const { snapshot, files, problems } = readInputs(parsed);
  const rows = files.flatMap(({ uri, name }) => {
    const file = snapshot.files.get(uri);
    return file === undefined ? [] : rowsOf(file, name);
  });
  session.out(
    parsed.option('format') === 'json' ? `${JSON.stringify(rows, undefined, 2)}\n` : rows.map(line).join(''),
  );
  for (const problem of problems) session.error(`portolan: ${problem}\n`);
  return problems.length > 0 ? 2 : 0;
}

function rowsOf({ text, dialect, reading }: SourceFile, file: string): readonly PortRow[] {
  const place = placesIn(text);
  const ends = mappingEnds(reading.references);
  const mappingOf = (reference: PortReference): string | null => {
    if (!isFixedMapping(reference, ends.get(reference))) return null;
    const { line, column } = place(reference.span);
    const used = reference.usedAt === undefined ? undefined : place(reference.usedAt);
    return `${file}:${line}:${column}${used === undefined ? '' : `@${used.line}:${used.column}`}`;
  };
  const inOrder = reading.references.toSorted((a, b) => a.portSpan.start - b.portSpan.start);
  return inOrder.map((reference) => ({
    file,
    ...place(reference.portSpan),
    text: slice(text, reference.portSpan),
    first: reference.ports?.first ?? null,
    last: reference.ports?.last ?? null,
    transport: reference.transport ?? null,
    role: reference.role,
    address: reference.address?.text ?? null,
    owner: reference.owner,
    dialect,
    mapping: mappingOf(reference),
    rule: ruleRow(reference),
  }));
}

function ruleRow({ rule }: PortReference): RuleRow | null {
  if (rule === undefined) return null;
  const { chain, verdict = null, isNegated: negated, conditions } = rule;
  return { chain, verdict, negated, conditions };
}

/** A mapping has two ends only where the host's is a port that the text names, not one that Docker picks. */
function isFixedMapping(reference: PortReference, other: PortReference | undefined): boolean {
  const host = reference.role === 'publish' ? reference : other;
  return other !== undefined && host?.ports?.last !== 0;
}

function line({
  file,
  line: row,
  column,
  text,
  first,
  last,
  transport,
  role,
  address,
  owner,
}: PortRow): string {
  const number = first === null || last === null ? text : portsText({ first, last });
  const suffix = transport === null ? '' : `/${transport}`;
  const place = address === null ? '' : ` ${address}`;
  return `${file}:${row}:${column}: ${number}${suffix} ${role}${place} (${owner})\n`;
}
