import type { Include } from '../../model/include';
import type { Reading } from '../../model/reading';
import { includePattern } from '../include-pattern';
import type { SourcedText } from '../sourced-text';
import { readRuleset } from './nft-commands';
import { readExpectationPort } from './nft-expectations';
import { NftFilter, type ScriptCommand } from './nft-filter';
import { judgeJumps } from './nft-jumps';
import { NftKnown, type NftMemory } from './nft-known';
import { judgeNames } from './nft-missing-names';
import { NftNotes } from './nft-notes';
import { portNames } from './nft-port-names';
import { readRulePorts } from './nft-rules';
import { NftSetReader } from './nft-set-reading';
import type { NftCommand, NftNamedSet, NftRuleset, NftTableName } from './nft-tree';

/**
 * Reads the ports of a ruleset: a file, the heredoc of `nft -f -`, or one command. The grammar is nft's own
 * (nftables 1.0.6 to 1.1.6 src/parser_bison.y, src/scanner.l); where they differ, what one of them takes is taken.
 *
 * @param within The blocks that an including file puts the text in; absent when none is known to.
 * @param memory What the commands before it in the same script declared; it takes in what this text declares.
 * @param script The command of a script that the text is, and the filter to take it in: that is the script's to tell.
 */
export function readNftText(
  source: SourcedText,
  within?: readonly string[],
  memory?: NftMemory,
  script?: ScriptCommand & { readonly filter: NftFilter },
): Reading {
  const notes = new NftNotes(source);
  const ruleset = readRuleset(source.value, within);
  const known = new NftKnown(memory);
  known.add(ruleset);
  for (const fault of ruleset.faults) notes.fault(fault);
  new RulesetReader(known, notes).read(ruleset);
  memory?.remember(ruleset);
  judgeJumps(ruleset, known, notes);
  if (within === undefined || within.length === 0) judgeNames(ruleset, known, notes);
  const { references, slots, faults } = notes;
  const includes = ruleset.includes.map(
    ({ path, within: blocks, ...place }): Include => ({
      span: notes.span(place),
      pattern: includePattern(path, installed),
      within: blocks,
    }),
  );
  references.sort((a, b) => a.portSpan.start - b.portSpan.start);
  slots.sort((a, b) => a.span.start - b.span.start);
  faults.sort((a, b) => a.span.start - b.span.start);
  const filter = script?.filter ?? new NftFilter();
  filter.take(ruleset, known, source, script);
  const told = script === undefined ? filter.filter() : undefined;
  const names = portNames(ruleset, ruleset.definitions, notes);
  return {
    references,
    slots,
    faults,
    ...(names.length > 0 && { portNames: names }),
    ...(includes.length > 0 && { includes }),
    ...(told && { filter: told }),
  };
}

/** Debian keeps nftables.conf in the second, other distributions keep their files in the first. */
const installed = ['/etc/nftables/', '/etc/'];

/** Goes through the commands in their order; the sets' elements come together over several of them. */
class RulesetReader {
  private readonly sets = new Map<string, NftSetReader>();

  constructor(
    private readonly known: NftKnown,
    private readonly notes: NftNotes,
  ) {}

  read(ruleset: NftRuleset): void {
    for (const command of ruleset.commands) this.readCommand(command);
    for (const set of this.sets.values()) set.finish();
  }

  private readCommand(command: NftCommand): void {
    const { known, notes } = this;
    switch (command.kind) {
      case 'forget':
        for (const set of this.sets.values()) set.finish();
        return;
      case 'table':
        this.readTable(command);
        return;
      case 'rule': {
        const { table, chain, rule } = command;
        readRulePorts(rule, { table, chain, known, conditions: [] }, notes);
        return;
      }
      case 'element': {
        const { table, set, verb, elements } = command;
        const declaration = known.set(table, set)?.declaration;
        if (declaration === undefined) return;
        const reader = this.reader(table, declaration);
        if (verb === 'add' || verb === 'create') reader.add(elements);
        else reader.match(elements);
        return;
      }
    }
  }

  private readTable({ table, sets, chains, expectations }: NftCommand & { readonly kind: 'table' }): void {
    const { known, notes } = this;
    for (const set of sets) {
      const reader = this.reader(table, set);
      for (const elements of set.elements) reader.add(elements);
    }
    for (const expectation of expectations) readExpectationPort(expectation, notes);
    for (const { name, rules } of chains) {
      for (const rule of rules) readRulePorts(rule, { table, chain: name, known, conditions: [] }, notes);
    }
  }

  private reader(table: NftTableName, declaration: NftNamedSet): NftSetReader {
    const key = `${table.family} ${table.name} ${declaration.name}`;
    const known = this.sets.get(key) ?? new NftSetReader(declaration, this.notes);
    this.sets.set(key, known);
    return known;
  }
}
