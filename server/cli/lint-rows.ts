import type { Severity } from '../model/finding';
import type { Snapshot, Uri } from '../model/snapshot';
import type { Span } from '../model/span';
import type { LintReport } from './lint-report';
import { type Place, placesIn } from './positions';

/** One finding in the JSON that `portolan lint` prints: a contract, see README.md. */
export interface LintRow {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly related: readonly { file: string; line: number; column: number; message: string }[];
}

/** The findings in the files that were listed, in their order; what was only taken in by name is linked to. */
export function lintRows({ inputs, inspection }: LintReport): readonly LintRow[] {
  const place = placeFinder(inputs.snapshot);
  return inputs.files.flatMap(({ uri, name }) =>
    inspection.of(uri).map(({ rule, severity, message, span, related }) => ({
      ...{ rule, severity, message, file: name },
      ...place(uri, span),
      related: related.map((other) => {
        const { line, column } = place(other.uri, other.span);
        return { file: inputs.nameOf(other.uri), line, column, message: other.message };
      }),
    })),
  );
}

/** Makes the function that turns spans of files into places; each text is gone through once. */
export function placeFinder({ files }: Snapshot): (uri: Uri, span: Span) => Place {
  const known = new Map<Uri, ReturnType<typeof placesIn>>();
  return (uri, span) => {
    const place = known.get(uri) ?? placesIn(files.get(uri)?.text ?? '');
    known.set(uri, place);
    return place(span);
  };
}
