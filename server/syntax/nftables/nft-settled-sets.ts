import type { TableSets } from './nft-filter-values';
import type { KnownSet, NftKnown } from './nft-known';
import type { NftNotes } from './nft-notes';
import type { NftRuleset, NftStatement, NftTableName, NftType } from './nft-tree';

/**
 * The named sets of a text that have the elements that the text gives them, and no others as far as it says: rules and
 * timeouts change those of a dynamic one, and another file may add some of its own.
 */
export class NftSettledSets {
  /** Names that a rule puts elements into, or that a command takes elements out of; in whatever table. */
  private readonly changed = new Set<string>();
  private readonly isOpen: boolean;

  /** @param isPart True for one command of several: others may change its sets. */
  constructor(
    ruleset: NftRuleset,
    private readonly known: NftKnown,
    private readonly notes: NftNotes,
    isPart: boolean,
  ) {
    let hasSets = false;
    let isEmptied = false;
    for (const command of ruleset.commands) {
      if (command.kind === 'table') {
        hasSets ||= command.sets.length > 0;
        for (const { rules } of command.chains)
          for (const { statements } of rules) for (const each of statements) this.note(each);
      } else if (command.kind === 'rule') {
        for (const each of command.rule.statements) this.note(each);
      } else if (command.kind === 'element') {
        if (command.verb === 'delete' || command.verb === 'destroy') this.changed.add(command.set);
      } else if (hasSets && !/^(?:rules?|chains?)$/.test(command.what.object)) {
        isEmptied = true;
      }
    }
    this.isOpen = isPart || isEmptied || ruleset.includes.length > 0;
  }

  /** Those of one table. */
  of(table: NftTableName, areVariablesSteady: boolean): TableSets {
    const settled = (name: string): KnownSet | undefined => {
      const set = this.isOpen || this.changed.has(name) ? undefined : this.known.set(table, name);
      return set?.declaration.isDynamic === false ? set : undefined;
    };
    return {
      areVariablesSteady,
      isSteady: (name) => settled(name) !== undefined,
      find: (name, type) => {
        const set = settled(name);
        return set !== undefined && isOf(type, set) ? set.elements : undefined;
      },
    };
  }

  /** `add @seen { ip saddr }`, which names the set behind its verb. */
  private note(statement: NftStatement): void {
    if (statement.kind === 'subchain')
      for (const { statements } of statement.rules) for (const each of statements) this.note(each);
    if (statement.kind !== 'other' || !/^(?:add|update|delete|set)$/.test(statement.verb)) return;
    for (const [, name = ''] of this.notes.words(statement).matchAll(/@\s?([^\s{]+)/g))
      this.changed.add(name);
  }
}

function isOf(type: NftType, { declaration: { isMap, keys }, elements }: KnownSet): boolean {
  return !isMap && keys.length === 1 && keys[0] === type && elements.length > 0;
}
