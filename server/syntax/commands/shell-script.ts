import { withPlaceholders } from '../placeholders';
import type { SourcedText } from '../sourced-text';
import { type Heredoc, heredocs, withoutBodies } from './heredocs';
import { type ShellAssignments, shellAssignments } from './shell-assignments';
import { type SignedCommand, signedCommands } from './shell-commands';
import { type ShellVariables, shellVariables } from './shell-variables';

/** A shell script taken apart, for whoever reads the commands of a program in it. */
export interface ShellScript {
  readonly text: string;
  /** What is handed to programs as it stands, in order. */
  readonly documents: readonly Heredoc[];
  /** The words of each command, those within heredocs left out. */
  readonly commands: readonly (readonly SourcedText[])[];
  /** The same commands with the signs between them. */
  readonly signed: readonly SignedCommand[];
  readonly assignments: ShellAssignments;
  /** The values that the script's own text proves. */
  readonly variables: ShellVariables;
}

/** Takes a script apart into commands, heredocs and what it gives its variables; what fills it in first is not known. */
export function shellScript(text: string): ShellScript {
  const documents = heredocs(text);
  const own = ownPrograms(text);
  const signed = signedCommands(withPlaceholders(withoutBodies(text, documents), { angle: true })).map(
    (command) =>
      own.has(command.words[0]?.value ?? '') ? { ...command, words: asFunction(command.words) } : command,
  );
  const commands = signed.map(({ words }) => words);
  return {
    ...{ text, documents, commands, signed },
    assignments: shellAssignments(commands, text),
    variables: shellVariables(commands, text),
  };
}

/** The programs of packet filters that the script defines functions in place of: their callers run these. */
function ownPrograms(text: string): ReadonlySet<string> {
  const definitions = text.matchAll(
    /^[ \t]*(?:function[ \t]+)?((?:ip6?tables|firewall-cmd|nft|ufw)(?:-restore)?)[ \t]*\(\)/gm,
  );
  return new Set([...definitions].flatMap(([, name]) => name ?? []));
}

/** The same words with a name in front that no program has. */
function asFunction([name, ...rest]: readonly SourcedText[]): SourcedText[] {
  return name === undefined ? [] : [{ ...name, value: `${name.value}()` }, ...rest];
}
