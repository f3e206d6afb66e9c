import type { Span } from '../../model/span';
import { commandSpan } from '../commands/command-span';
import { type CommandPlace, shellBranches } from '../commands/shell-branches';
import type { SignedCommand } from '../commands/shell-commands';
import type { ShellScript } from '../commands/shell-script';
import { steadyVariables } from '../commands/steady-variables';
import { type SourcedText, unknownText } from '../sourced-text';
import { FilterDraft } from './filter-draft';

/** What one command does to a packet filter. */
export interface FilterStep {
  /** The variables that the command is written with; one that is no plain variable is an empty text. */
  readonly variables: readonly string[];
  take(draft: FilterDraft, place: StepPlace): void;
}

/** Where a command or line stands. */
export interface StepPlace {
  /** All of it, as a finding about it underlines it. */
  readonly span: Span;
  /** The branch of the script that it stands in; absent for one that runs for sure. */
  readonly branch: number | undefined;
  /** Whether its variables hold the same whenever they are used. */
  readonly isSteady: boolean;
}

/** Puts together the packet filter that the commands of a script make, in the order in which they run. */
export class ScriptFilter {
  readonly draft = new FilterDraft();
  private readonly places: readonly CommandPlace[];
  /** Looked for when somebody first asks. */
  private steady: ((name: string, at: number) => boolean) | undefined;
  /** The functions of the script, when any of them takes rules away: each of them may call that one. */
  private readonly disturbing: ReadonlySet<string>;

  private readonly text: string;
  private readonly commands: readonly SignedCommand[];

  constructor({ text, signed: commands }: Pick<ShellScript, 'text' | 'signed'>) {
    this.text = text;
    this.commands = commands;
    this.places = shellBranches(commands, () => this.draft.newBranch());
    const hasDisturbing = commands.some(
      ({ words }, index) =>
        this.places[index]?.isInFunction && words.some(({ value }) => takesAway.test(value)),
    );
    this.disturbing = new Set(hasDisturbing ? commands.flatMap(functionDefined) : []);
  }

  /**
   * Takes a command of the script, with what it does to the filter if it does anything. What a loop does in each of its
   * rounds is not compared: between the rounds stands what else the loop does.
   */
  take(index: number, steps: readonly FilterStep[]): void {
    const { words } = this.commands[index] ?? { words: [] };
    const { branch, isTarget = true } = this.places[index] ?? {};
    if (isTarget) return;
    const span = commandSpan(words, this.text);
    for (const step of steps) {
      const isSteady = step.variables.every((name) => this.isSteady(name, span.start));
      // A container and another namespace have rules of their own.
      const isApart = steps.length > 1 || words.some(({ value }) => elsewhere.test(value));
      const own = isApart ? this.draft.newBranch() : branch;
      step.take(this.draft, { span, branch: own, isSteady });
    }
    if (steps.length === 0 && this.isDisturbing(words)) this.draft.setApart({});
  }

  private isSteady(name: string, at: number): boolean {
    this.steady ??= steadyVariables(this.text);
    return this.steady(name, at);
  }

  /** Another program that loads rules, or a call of a function that may take some away. */
  private isDisturbing(words: readonly SourcedText[]): boolean {
    if (words.some(({ value }) => loads.test(value))) return true;
    if (this.disturbing.size === 0) return false;
    return words[0]?.value.startsWith(unknownText) || words.some(({ value }) => this.disturbing.has(value));
  }
}

/** The words with which a command runs in another network than the script. */
const elsewhere = /^(?:netns|nsenter|docker|podman|kubectl|lxc)$/;

/** What commands that take rules away or move them are written with. */
const takesAway = /^(?:-[a-z]*[DFRE]|--(?:flush|delete|replace|rename-chain)|delete|reset|flush)$|-restore$/;

const loads = /(?:^|\/)(?:ip6?tables(?:-legacy|-nft)?-restore|netfilter-persistent)$/;

/** The name of the function that a command begins to define: `name()`, `function name`. */
function functionDefined(
  { words }: SignedCommand,
  index: number,
  commands: readonly SignedCommand[],
): readonly string[] {
  const [first, second] = words;
  const isFollowed = words.length === 1 && commands[index + 1]?.signs.startsWith('()');
  const name = first?.value === 'function' ? second : isFollowed ? first : undefined;
  return name === undefined ? [] : [name.value];
}
