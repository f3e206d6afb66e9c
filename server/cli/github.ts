import type { Severity } from '../model/finding';
import type { LintRow } from './lint-rows';

/**
 * The findings as workflow commands, which GitHub shows as annotations in the changed files
 * (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions). Columns are left out where a
 * finding ends on another line: GitHub takes them on a single line only. There the last column is included.
 */
export function githubCommands(rows: readonly LintRow[]): string {
  return rows.map(command).join('');
}

function command(row: LintRow): string {
  const { file, line, endLine, column, endColumn, rule, severity, message } = row;
  const columns = line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {};
  const properties = Object.entries({ file, line, ...columns, endLine, title: `Portolan: ${rule}` })
    .map(([name, value]) => `${name}=${escapedProperty(`${value}`)}`)
    .join(',');
  return `::${commands[severity]} ${properties}::${escaped(message)}\n`;
}

const commands: Record<Severity, string> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** A line end would end the command (actions/toolkit, packages/core/src/command.ts). */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
