import type { SignedCommand } from './shell-commands';

/** Whether and when a command of a script runs. */
export interface CommandPlace {
  /**
   * Absent for a command that runs whenever the script does; else the number of the branch that it stands in: the body
   * of a condition, a loop or a function. The commands of one branch run one after the other, or none of them does.
   */
  readonly branch?: number;
  /** True within the body of a function, which runs where it is called. */
  readonly isInFunction: boolean;
  /** True for a word that is the target of a redirection and no command. */
  readonly isTarget: boolean;
}

/**
 * Tells for each command of a script when it runs (POSIX, Shell Command Language, 2.9: lists and compound commands).
 * What stands behind `&&` or `||`, and in brackets, counts as a branch of its own.
 *
 * @param newBranch Hands out the numbers.
 */
export function shellBranches(
  commands: readonly SignedCommand[],
  newBranch: () => number,
): readonly CommandPlace[] {
  return new BranchReader(newBranch).read(commands);
}

/** A compound command that is open. */
interface Frame {
  readonly kind: 'if' | 'loop' | 'case' | 'function' | 'group' | 'brackets';
  readonly isInFunction: boolean;
  branch: number | undefined;
}

/** So many compound commands are looked through for the one that a word closes. */
const mostLeftOpen = 50;

class BranchReader {
  private readonly frames: Frame[] = [];

  constructor(private readonly newBranch: () => number) {}

  read(commands: readonly SignedCommand[]): readonly CommandPlace[] {
    let before: SignedCommand | undefined;
    return commands.map((command) => {
      if (command.signs === '>') return this.place(undefined, true);
      const place = this.take(command, before);
      before = command;
      return place;
    });
  }

  private take({ signs, words }: SignedCommand, before: SignedCommand | undefined): CommandPlace {
    const isFunction = signs.startsWith('()') && before?.words.length === 1;
    this.brackets(isFunction ? signs.slice(2) : signs);
    const isOptional = /&&|\|\|/.test(signs);
    let at = 0;
    for (; this.reserved(words[at]?.value, isFunction, isOptional); at++);
    if (words[0]?.value === 'function' && words[2]?.value === '{') this.open('function');
    const own = isOptional && at === 0 && !signs.includes('(') ? this.newBranch() : undefined;
    return this.place(own, false);
  }

  /** Round brackets, and the ends of the patterns and branches of a `case`. */
  private brackets(signs: string): void {
    for (const sign of signs) {
      const top = this.frames.at(-1);
      if (sign === '(') this.open('brackets');
      else if (sign === ')' && top?.kind === 'brackets') this.frames.pop();
      else if (sign === ')' && top?.kind === 'case') top.branch = this.newBranch();
    }
  }

  /** Takes a reserved word in front of a command; false for any other word. */
  private reserved(word: string | undefined, isFunction: boolean, isOptional: boolean): boolean {
    switch (word) {
      case 'if':
        this.open('if');
        return true;
      case 'for':
      case 'select':
        this.open('loop');
        return false;
      case 'while':
      case 'until':
        this.open('loop');
        return true;
      case 'case':
        this.open('case');
        return false;
      case '{':
        this.open(isFunction ? 'function' : 'group', isFunction || isOptional);
        return true;
      case 'then':
      case 'else':
      case 'elif':
      case 'do':
        this.turn();
        return true;
      case 'fi':
        return this.close('if');
      case 'done':
        return this.close('loop');
      case 'esac':
        return this.close('case');
      case '}':
        return this.close('group', 'function');
      case '!':
      case 'time':
        return true;
      default:
        return false;
    }
  }

  private open(kind: Frame['kind'], isBranch = true): void {
    const around = this.frames.at(-1);
    const isInFunction = kind === 'function' || around?.isInFunction === true;
    this.frames.push({ kind, isInFunction, branch: isBranch ? this.newBranch() : around?.branch });
  }

  /** Another part of the same condition or loop. */
  private turn(): void {
    const top = this.frames.at(-1);
    if (top !== undefined) top.branch = this.newBranch();
  }

  /** Closes the innermost one of these kinds, with what was left open in it. */
  private close(...kinds: readonly Frame['kind'][]): boolean {
    const near = this.frames.slice(-mostLeftOpen);
    const at = near.findLastIndex(({ kind }) => kinds.includes(kind));
    if (at >= 0) this.frames.length -= near.length - at;
    return true;
  }

  private place(own: number | undefined, isTarget: boolean): CommandPlace {
    const around = this.frames.at(-1);
    const branch = own ?? around?.branch;
    const isInFunction = around?.isInFunction === true;
    return branch === undefined ? { isInFunction, isTarget } : { branch, isInFunction, isTarget };
  }
}
