import { Inspector, systemOf } from '../engine';
import { type Arguments, fileOptions, readArguments, UsageError } from './arguments';
import { applySafeFixes } from './fix-files';
import { githubCommands } from './github';
import { readInputs } from './inputs';
import type { LintReport } from './lint-report';
import { type LintRow, lintRows } from './lint-rows';
import { sarifLog } from './sarif';
import type { ExitCode, Session } from './session';

/** From the mildest to the gravest; `none` is milder than any finding. */
const levels = ['none', 'hint', 'information', 'warning', 'error'] as const;

/** `portolan lint`: the findings in all files; exits with 1 when one is graver than `--max-severity`. */
export function lint(argv: readonly string[], session: Session): ExitCode {
  const parsed = readArguments(argv, {
    ...fileOptions,
    choices: { format: Object.keys(printers), 'max-severity': levels },
    flags: ['fix'],
  });
  const report = inspected(parsed, session);
  const rows = lintRows(report);
  const print = printers[parsed.option('format') ?? 'text'] ?? text;
  session.out(print(report, rows));
  for (const problem of report.inputs.problems) session.error(`portolan: ${problem}\n`);
  if (report.inputs.problems.length > 0) return 2;
  const tolerated = levels.findIndex((level) => level === (parsed.option('max-severity') ?? 'warning'));
  return rows.some(({ severity }) => levels.indexOf(severity) > tolerated) ? 1 : 0;
}

const printers: Readonly<Record<string, (report: LintReport, rows: readonly LintRow[]) => string>> = {
  text,
  json: (_, rows) => `${JSON.stringify(rows, undefined, 2)}\n`,
  sarif: (report) => `${JSON.stringify(sarifLog(report), undefined, 2)}\n`,
  github: (_, rows) => githubCommands(rows),
};

/** Reads and checks; with `--fix` what is safe to fix is written first, and the files are read again. */
function inspected(parsed: Arguments, session: Session): LintReport {
  const read = (): LintReport => {
    const inputs = readInputs(parsed);
    const { snapshot } = inputs;
    const { books, platform } = session;
    return {
      inputs,
      inspection: new Inspector({ books }).inspect(snapshot),
      chart: { snapshot, books, machine: { system: systemOf(platform), now: Date.now() } },
    };
  };
  if (!parsed.flag('fix')) return read();
  if (parsed.paths.includes('-')) throw new UsageError('--fix has no file to write to for standard input');
  applySafeFixes(read());
  return read();
}

function text({ inputs: { files, problems } }: LintReport, rows: readonly LintRow[]): string {
  if (files.length === 0 && problems.length > 0) return '';
  const lines = rows.flatMap(({ file, line, column, severity, message, rule, related }) => [
    `${file}:${line}:${column}: ${severity}: ${message} [${rule}]`,
    ...related.map((other) => `  ${other.file}:${other.line}:${other.column}: ${other.message}`),
  ]);
  const found =
    rows.length === 0 ? 'no findings' : rows.length === 1 ? '1 finding' : `${rows.length} findings`;
  return `${[...lines, `${found} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`].join('\n')}\n`;
}
