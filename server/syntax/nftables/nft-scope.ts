import type { NftFault } from './nft-cursor';
import { nftRefusal } from './nft-refusal';
import type { NftDefinition, NftVariable } from './nft-tree';

/**
 * The variables of a block: those of its own and those of the blocks around it (nftables src/rule.c, scope_init,
 * symbol_bind, symbol_lookup). A name is bound from its `define` on, so a use before it is not resolved.
 */
export class NftScope {
  private readonly definitions = new Map<string, NftDefinition>();
  constructor(private readonly outer?: NftScope) {}

  find(name: string): NftDefinition | undefined {
    return this.definitions.get(name) ?? this.outer?.find(name);
  }

  bind(definition: NftDefinition): void {
    this.definitions.set(definition.name, definition);
  }

  unbind(name: string): void {
    if (!this.definitions.delete(name)) this.outer?.unbind(name);
  }
}

/**
 * The variables of a whole text that no `define` before them gives a value. They may come from a file that includes
 * this one, or from the command line (`nft -D`), so most of them are nobody's fault.
 */
export class NftNames {
  /** Names that a `define` in this text gives a value, somewhere. */
  readonly defined = new Set<string>();
  /** Everything that gives a name a value, in the order of the text. */
  readonly definitions: NftDefinition[] = [];
  /** True behind a line that takes in another file: it may define anything. */
  hasIncluded = false;
  private readonly unresolved: NftVariable[] = [];

  miss(variable: NftVariable): void {
    if (!this.hasIncluded) this.unresolved.push(variable);
  }

  /**
   * Variables that cannot have a value: their own `define` comes too late, stands in another block, or was taken back.
   * Were there a value from elsewhere, that `define` would be refused as the second one.
   */
  *faults(): Iterable<NftFault> {
    for (const { name, from, to } of this.unresolved) {
      if (!this.defined.has(name)) continue;
      const reason = `The variable ${name} is not defined here: its define stands below, or in another block`;
      const message = nftRefusal(reason, `unknown identifier '${name}'`);
      yield { rule: 'undefined-name', message, from, to };
    }
  }
}

/** `$first-$last` and `$first-90`: a dash belongs to the name, and there is no such variable. */
export function dashFault({ name, from, to }: NftVariable, scope: NftScope): NftFault | undefined {
  const [, known = '', rest = ''] = /^(.*?)-([0-9]*)$/.exec(name) ?? [];
  if (known === '' || scope.find(known) === undefined) return undefined;
  const reason = `"$${name}" is the variable ${name} for nft; a range of variables has blanks around the dash`;
  const message = nftRefusal(reason, `unknown identifier '${name}'`);
  const text = `$${known} - ${rest}`;
  return { rule: 'undefined-name', message, from, to, fixes: [{ title: `Write ${text}`, from, to, text }] };
}
