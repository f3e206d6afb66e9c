import { Inspector } from '../engine';
import type { Severity } from '../model/finding';
import type { Uri } from '../model/snapshot';
import { fileOptions, readArguments } from './arguments';
import { readInputs } from './inputs';
import { placesIn } from './positions';
import type { ExitCode, Session } from './session';

/** One finding in the JSON that `portolan lint` prints: a contract, see README.md. */
interface LintRow {
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

/** From the mildest to the gravest; `none` is milder than any finding. */
const levels = ['none', 'hint', 'information', 'warning', 'error'] as const;

/** `portolan lint`: the findings in all files; exits with 1 when one is graver than `--max-severity`. */
export function lint(argv: readonly string[], session: Session): ExitCode {
  const parsed = readArguments(argv, {
    ...fileOptions,
    choices: { format: ['text', 'json'], 'max-severity': levels },
  });
  const { snapshot, files, problems } = readInputs(parsed);
  const inspection = new Inspector({ books: session.books }).inspect(snapshot);
  const names = new Map(files.map(({ uri, name }) => [uri, name]));
  const places = new Map<Uri, ReturnType<typeof placesIn>>();
  const placeOf = (uri: Uri): ReturnType<typeof placesIn> => {
    const known = places.get(uri) ?? placesIn(snapshot.files.get(uri)?.text ?? '');
    places.set(uri, known);
    return known;
  };
  const rows = files.flatMap(({ uri, name }): LintRow[] => {
    const place = placeOf(uri);
    return inspection.of(uri).map(({ rule, severity, message, span, related }) => ({
      rule,
      severity,
      message,
      file: name,
      ...place(span),
      related: related.map((other) => {
        const { line, column } = placeOf(other.uri)(other.span);
        return { file: names.get(other.uri) ?? other.uri, line, column, message: other.message };
      }),
    }));
  });
  session.out(
    parsed.option('format') === 'json'
      ? `${JSON.stringify(rows, undefined, 2)}\n`
      : files.length === 0 && problems.length > 0
        ? ''
        : text(rows, files.length),
  );
  for (const problem of problems) session.error(`portolan: ${problem}\n`);
  if (problems.length > 0) return 2;
  const tolerated = levels.findIndex((level) => level === (parsed.option('max-severity') ?? 'warning'));
  return rows.some(({ severity }) => levels.indexOf(severity) > tolerated) ? 1 : 0;
}

function text(rows: readonly LintRow[], files: number): string {
  const lines = rows.map(
    ({ file, line, column, severity, message, rule }) =>
      `${file}:${line}:${column}: ${severity}: ${message} [${rule}]`,
  );
  const found =
    rows.length === 0 ? 'no findings' : rows.length === 1 ? '1 finding' : `${rows.length} findings`;
  return `${[...lines, `${found} in ${files} ${files === 1 ? 'file' : 'files'}`].join('\n')}\n`;
}
