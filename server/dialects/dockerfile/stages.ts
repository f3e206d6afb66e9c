import { unknownText } from '../../syntax/sourced-text';
import { expandWord, isExpansionFault } from './expansion/shell-expansion';
import type { VariableState, VariableValue } from './expansion/shell-variables';
import { blankSeparated, type DockerfileInstruction, type EscapeToken } from './lines';

/** What stands between two FROM lines, and the variables that are seen there. */
export interface Stage {
  /** Words for messages. */
  readonly owner: string;
  readonly scope: Scope;
}

/** The variables of one stage; those of the stage it builds on are seen through it. */
export class Scope {
  private readonly own = new Map<string, VariableState>();

  /** `closed`: nothing is inherited, so a variable that was never set is empty for certain. */
  constructor(
    private readonly base: Scope | undefined,
    private readonly closed: boolean,
  ) {}

  state(name: string): VariableState {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.base) {
      const state = scope.own.get(name);
      if (state !== undefined) return state;
      // The builder gives PATH to every image.
      if (scope.base === undefined) return scope.closed && name !== 'PATH' ? 'unset' : 'undeclared';
    }
    return 'undeclared';
  }

  set(name: string, value: VariableValue): void {
    // A value of this length names no ports; without the limit, variables made of variables grow without end.
    const known = value.value.length > longestValue ? { value: unknownText, from: value.from } : value;
    this.own.set(name, known);
  }

  /** `ARG NAME`: a value may be given on the command line; without one, an earlier value stays. */
  declare(name: string): void {
    if (typeof this.state(name) === 'string') this.own.set(name, 'undeclared');
  }
}

/** The stages of one file, in order, with the scope before the first FROM. */
export class Stages {
  /** What stands before the first FROM: a stage sees an ARG of it only where it names it again. */
  readonly global = new Scope(undefined, false);
  current: Stage;
  private readonly scopes = new Map<string, Scope>();
  private index = -1;

  constructor(
    private readonly count: number,
    private readonly token: EscapeToken,
  ) {
    this.current = { owner: count === 0 ? 'the image' : 'the build', scope: this.global };
  }

  /**
   * Begins the stage of a FROM line. `FROM stage` goes on from all that the other stage has set, ARG and ENV alike
   * (moby/buildkit frontend/dockerfile/dockerfile2llb/convert.go `init`).
   */
  begin(from: DockerfileInstruction): void {
    this.index++;
    const [image, as, alias] = blankSeparated(from.arguments);
    const name = as?.value.toLowerCase() === 'as' ? alias?.value.toLowerCase() : undefined;
    const variable = (wanted: string): VariableState => this.global.state(wanted);
    const read = image && expandWord(image, { escape: this.token, variable });
    const base = read === undefined || isExpansionFault(read) ? unknownText : read.text.value;
    const scope = new Scope(this.scopes.get(base), base === 'scratch');
    this.current = { owner: this.owner(name), scope };
    if (name !== undefined) this.scopes.set(name, scope);
  }

  /** Tells whether a FROM was read. */
  get begun(): boolean {
    return this.index >= 0;
  }

  /** Where the triggers of ONBUILD run: on top of the current stage, in another file. */
  later(): Stage {
    return { owner: 'images built on this one', scope: new Scope(this.current.scope, false) };
  }

  private owner(name: string | undefined): string {
    if (name !== undefined) return `stage "${name}"`;
    return this.index === this.count - 1 ? 'the image' : `stage ${this.index}`;
  }
}

/** How many characters of an ARG or ENV are followed. */
const longestValue = 512;
