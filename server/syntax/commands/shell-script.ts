import type { SourcedText } from '../sourced-text';
import { type Heredoc, heredocs, withoutBodies } from './heredocs';
import { type ShellAssignments, shellAssignments } from './shell-assignments';
import { shellCommands } from './shell-commands';
import { type ShellVariables, shellVariables } from './shell-variables';

/** A shell script taken apart, for whoever reads the commands of a program in it. */
export interface ShellScript {
  readonly text: string;
  /** What is handed to programs as it stands, in order. */
  readonly documents: readonly Heredoc[];
  /** The words of each command, those within heredocs left out. */
  readonly commands: readonly (readonly SourcedText[])[];
  readonly assignments: ShellAssignments;
  /** The values that the script's own text proves. */
  readonly variables: ShellVariables;
}

/** Takes a script apart into commands, heredocs and what it gives its variables. */
export function shellScript(text: string): ShellScript {
  const documents = heredocs(text);
  const commands = shellCommands(withoutBodies(text, documents));
  return {
    ...{ text, documents, commands },
    assignments: shellAssignments(commands, text),
    variables: shellVariables(commands, text),
  };
}
