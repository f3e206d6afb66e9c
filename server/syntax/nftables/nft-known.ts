import { unknownText } from '../sourced-text';
import type { NftChain, NftCommand, NftExpr, NftNamedSet, NftRuleset, NftTableName } from './nft-tree';

/** A named set or map with all the elements that the text gives it. */
export interface KnownSet {
  readonly declaration: NftNamedSet;
  readonly elements: NftExpr[];
}

/** What a text says of tables, sets and chains before any rule is judged: rules may stand in front of it. */
export class NftKnown {
  private readonly sets = new Map<string, KnownSet>();
  private readonly chains = new Map<string, NftChain[]>();

  /** @param memory What the commands before this text declared. */
  constructor(private readonly memory?: NftMemory) {}

  /** Takes in what a ruleset declares; a set that is declared twice keeps its first type. */
  add({ commands }: NftRuleset): void {
    for (const command of commands) {
      if (command.kind === 'table') this.addTable(command);
      else if (command.kind === 'element' && (command.verb === 'add' || command.verb === 'create'))
        this.set(command.table, command.set)?.elements.push(command.elements);
    }
  }

  set(table: NftTableName, name: string): KnownSet | undefined {
    const key = keyOf(table, name);
    const declaration = this.sets.has(key) ? undefined : this.memory?.set(table, name);
    if (declaration !== undefined) this.sets.set(key, { declaration, elements: [] });
    return this.sets.get(key);
  }

  /** The blocks that the text has for a chain. */
  chain(table: NftTableName, name: string): readonly NftChain[] {
    return this.chains.get(keyOf(table, name)) ?? [];
  }

  /** The type and hook of a base chain; absent for one that is only jumped to, or hooked in elsewhere. */
  hook(table: NftTableName, name: string): { readonly type: string; readonly hook: string } | undefined {
    for (const { type, hook } of this.chain(table, name)) {
      if (type !== undefined && hook !== undefined) return { type, hook };
    }
    return undefined;
  }

  private addTable({ table, sets, chains }: NftCommand & { readonly kind: 'table' }): void {
    for (const declaration of sets) {
      const key = keyOf(table, declaration.name);
      const known = this.sets.get(key);
      if (known === undefined) this.sets.set(key, { declaration, elements: [...declaration.elements] });
      else for (const element of declaration.elements) known.elements.push(element);
    }
    for (const chain of chains) {
      const key = keyOf(table, chain.name);
      const known = this.chains.get(key);
      if (known === undefined) this.chains.set(key, [chain]);
      else known.push(chain);
    }
  }
}

/** The sets that the commands of one script declare, for the commands behind them; their elements stand in other texts. */
export class NftMemory {
  private readonly sets = new Map<string, NftNamedSet | undefined>();

  /** The declaration of a set; absent for one that is declared in two ways. */
  set(table: NftTableName, name: string): NftNamedSet | undefined {
    return this.sets.get(keyOf(table, name));
  }

  remember({ commands }: NftRuleset): void {
    for (const command of commands) {
      if (command.kind !== 'table') continue;
      for (const declaration of command.sets) {
        const key = keyOf(command.table, declaration.name);
        // Two names that a shell puts in look alike.
        if (key.includes(unknownText)) continue;
        const isSame = !this.sets.has(key) || alike(this.sets.get(key), declaration);
        this.sets.set(key, isSame ? { ...declaration, elements: [] } : undefined);
      }
    }
  }
}

function alike(one: NftNamedSet | undefined, other: NftNamedSet): boolean {
  const typeOf = ({ keys, data, isInterval, isMerging }: NftNamedSet): string =>
    [...keys, ':', ...data, isInterval, isMerging].join();
  return one !== undefined && typeOf(one) === typeOf(other);
}

function keyOf({ family, name }: NftTableName, of: string): string {
  return `${family} ${name} ${of}`;
}
