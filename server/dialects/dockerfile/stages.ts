import type { PortReference } from '../../model/port';
import { unknownText } from '../../syntax/sourced-text';
import { isExpansionFault } from './expansion/expansion';
import { expandWord } from './expansion/shell-expansion';
import type { VariableState, VariableValue } from './expansion/shell-variables';
import type { ExposeLine } from './expose';
import { blankSeparated, type DockerfileInstruction, type EscapeToken } from './lines';

/** What stands between two FROM lines, and the variables that are seen there. */
export interface Stage {
  /** Words for messages. */
  readonly owner: string;
  readonly scope: Scope;
  /** The image from outside that it builds on, as written; absent where the text does not tell, and for `scratch`. */
  readonly image?: string;
  /** The stage of this file that it builds on. */
  readonly parent?: Stage;
  /** The ports that it exposes itself. */
  readonly exposed: PortReference[];
  /** The EXPOSE lines that stand in it. */
  readonly lines: ExposeLine[];
  /** Those of its ports that come from an argument of which BuildKit loses characters: another port is meant. */
  readonly lost: Set<PortReference>;
  /** Whom its programs run as: the last USER; `unknown` where a variable says it. */
  user?: string;
  readonly name?: string;
  /** What ONBUILD keeps for the images built on it. */
  readonly triggers: DockerfileInstruction[];
}

/** The variables of one stage; those of the stage it builds on are seen through it. */
export class Scope {
  private readonly own = new Map<string, VariableState>();
  private readonly environment = new Map<string, VariableState>();

  /** `closed`: nothing is inherited, so a variable that was never set is empty for certain. */
  constructor(
    private readonly base: Scope | undefined,
    private readonly closed: boolean,
  ) {}

  /**
   * The stage's own last word; then what an image it builds on has in its environment, which goes before any ARG of
   * theirs; then those.
   */
  state(name: string): VariableState {
    const own = this.own.get(name);
    if (own !== undefined) return own;
    const bases = [...this.bases()];
    for (const { environment } of bases) {
      const value = environment.get(name);
      if (value !== undefined) return value;
    }
    for (const base of bases) {
      const value = base.own.get(name);
      if (value !== undefined) return value;
    }
    const root = bases.at(-1) ?? this;
    // The builder gives PATH to every image.
    return root.closed && name !== 'PATH' ? 'unset' : 'undeclared';
  }

  set(name: string, value: VariableValue): void {
    // A value of this length names no ports; without the limit, variables made of variables grow without end.
    const known = value.value.length > longestValue ? { value: unknownText, from: value.from } : value;
    this.own.set(name, known);
    if (value.from === 'ENV') this.environment.set(name, known);
  }

  private *bases(): Iterable<Scope> {
    let scope = this.base;
    for (let depth = 0; scope !== undefined && depth < longestChain; depth++, scope = scope.base) yield scope;
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
  private readonly byName = new Map<string, Stage>();
  private index = -1;
  /** In the order of the text. */
  readonly all: Stage[] = [];

  constructor(
    private readonly count: number,
    private readonly token: EscapeToken,
  ) {
    this.current = {
      owner: count === 0 ? 'the image' : 'the build',
      scope: this.global,
      exposed: [],
      lines: [],
      lost: new Set(),
      triggers: [],
    };
  }

  /**
   * Begins the stage of a FROM line. `FROM stage` goes on from all that the other stage has set, ARG and ENV alike
   * (moby/buildkit frontend/dockerfile/dockerfile2llb/convert.go `init`). Answers the other stage's triggers, which
   * run first.
   */
  begin(from: DockerfileInstruction): readonly DockerfileInstruction[] {
    this.index++;
    const [image, as, alias] = blankSeparated(from.arguments);
    const name = as?.value.toLowerCase() === 'as' ? alias?.value.toLowerCase() : undefined;
    const variable = (wanted: string): VariableState => this.global.state(wanted);
    const read = image && expandWord(image, { escape: this.token, variable });
    const base = read === undefined || isExpansionFault(read) ? unknownText : read.text.value;
    const parent = this.byName.get(base);
    const scope = new Scope(parent?.scope, base === 'scratch');
    const isKnown = base !== 'scratch' && !base.includes(unknownText);
    const outside = parent === undefined ? (isKnown ? base : undefined) : parent.image;
    this.current = {
      ...{ owner: this.owner(name), scope, exposed: [], lines: [], lost: new Set(), triggers: [] },
      ...(outside && { image: outside }),
      ...(parent && { parent }),
      ...(name !== undefined && { name }),
    };
    this.all.push(this.current);
    if (name !== undefined) this.byName.set(name, this.current);
    return parent?.triggers ?? [];
  }

  /** Tells whether a FROM was read. */
  get begun(): boolean {
    return this.index >= 0;
  }

  /** Where the triggers of ONBUILD run: on top of the current stage, in another file. */
  later(): Stage {
    const scope = new Scope(this.current.scope, false);
    return {
      owner: 'images built on this one',
      scope,
      exposed: [],
      lines: [],
      lost: new Set(),
      triggers: [],
    };
  }

  private owner(name: string | undefined): string {
    if (name !== undefined) return `stage "${name}"`;
    return this.index === this.count - 1 ? 'the image' : `stage ${this.index}`;
  }
}

/** How many stages that build one on the other are looked through for a variable. */
const longestChain = 200;

/** How many characters of an ARG or ENV are followed. */
const longestValue = 512;
