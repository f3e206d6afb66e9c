import { slice } from '../../model/span';
import { type SourcedText, spanOf, unknownText } from '../sourced-text';
import { assignment, isAssignment, programOf } from './program-of';

/**
 * The values that a script gives each of its variables, each once and none that is empty, for a variable is often made
 * empty before it is given anything. What only the shell knows is `unknownText` in them.
 */
export type ShellAssignments = ReadonlyMap<string, readonly string[]>;

/** What the commands of a script assign to variables, `export` and its kin included. */
export function shellAssignments(
  commands: readonly (readonly SourcedText[])[],
  text: string,
): ShellAssignments {
  const assignments = new Map<string, string[]>();
  for (const words of commands) {
    const { settings, name: program, arguments: rest } = programOf(words);
    const declared = declarations.has(program) ? rest.filter(isAssignment) : [];
    for (const { name, value: given } of [...settings, ...declared].map(assignment)) {
      const value = heldBy(given, text);
      const values = assignments.get(name) ?? [];
      if (value === '' || values.includes(value) || values.length === mostValues) continue;
      assignments.set(name, [...values, value]);
    }
  }
  return assignments;
}

/** A variable with more values changes while the script runs; these show it. */
const mostValues = 8;

const declarations: ReadonlySet<string> = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);

/**
 * The name of the variable that a word is, or that the path in it ends in: `$IPT`, `"${IPT}"`, `/sbin/$IPT`. Undefined
 * for other words.
 */
export function variableIn(word: SourcedText, text: string): string | undefined {
  if (!/^[\w./-]*\uE000$/.test(word.value)) return undefined;
  const written = slice(text, spanOf(word));
  return /\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(written)?.[1];
}

/** The value of a word, or `iptables` for `$(which iptables)`. */
export function heldBy(value: SourcedText, text: string): string {
  if (!value.value.includes(unknownText)) return value.value;
  const written = slice(text, spanOf(value));
  const [call = '', program] = /^(?:\$\(|`)\s*(?:which|command -v|type -p)\s+([\w./-]+)/.exec(written) ?? [];
  const behind = written.slice(call.length);
  return program !== undefined && /^[^|;&]*$/.test(behind) && /[)`]$/.test(behind) ? program : value.value;
}
