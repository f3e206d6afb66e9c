import type { FilterChain, PacketFilter, PacketRule } from '../../model/packet-filter';
import type { Span } from '../../model/span';
import { type SourcedText, unknownText } from '../sourced-text';
import { NftFilterValues } from './nft-filter-values';
import type { NftKnown } from './nft-known';
import { NftNotes } from './nft-notes';
import { nftPacketRule } from './nft-packet-rule';
import { chainText } from './nft-rules';
import { NftSettledSets } from './nft-settled-sets';
import type { NftChain, NftCommand, NftForgotten, NftRule, NftRuleset, NftTableName } from './nft-tree';

/**
 * The packet filter that one ruleset, or the commands of a script one after another, set up. What is added stands
 * behind what is there, what is inserted in front of it (nftables doc/nft.txt, rules). Beside a rule that is told by
 * its number or handle, nobody knows where a rule goes to: of such a chain nothing is told.
 */
export class NftFilter {
  private readonly chains = new Map<string, ChainDraft>();
  /** True once a name is not known: any chain may be meant. */
  private isLost = false;

  /** What was emptied, so that all its rules are told: a family, a table or a chain; of everything, an empty text. */
  private readonly emptied = new Set<string>();

  /** Takes in what a text does to the filter; one command of a script, where it says so. */
  take(ruleset: NftRuleset, known: NftKnown, source: SourcedText, command?: ScriptCommand): void {
    const notes = new NftNotes(source);
    const sets = new NftSettledSets(ruleset, known, notes, command !== undefined);
    // A variable may have had another value before.
    const areSteady = !/\b(?:redefine|undefine)\b/.test(source.value);
    const reader = (table: NftTableName): NftFilterValues => {
      const known = readers.get(tableKey(table));
      if (known !== undefined) return known;
      const made = new NftFilterValues(sets.of(table, areSteady), notes);
      readers.set(tableKey(table), made);
      return made;
    };
    const readers = new Map<string, NftFilterValues>();
    const isAlone = ruleset.commands.length === 1 && source.value !== '';
    const work: Work = { notes, reader, ...(command && { command }), isAlone };
    for (const each of ruleset.commands) this.takeCommand(each, work);
    for (const { within } of ruleset.includes) this.openFor(within);
  }

  /** A script has nft load a file: what is there may be gone, and more may come. */
  takeFile(): void {
    for (const draft of this.chains.values()) draft.isUnsure = true;
    this.emptied.clear();
  }

  /** What is certain of it; undefined where no chain is. */
  filter(): PacketFilter | undefined {
    if (this.isLost) return undefined;
    const kept = [...this.chains.values()].filter(({ isUnsure }) => !isUnsure);
    if (kept.length === 0) return undefined;
    return { chains: kept.map(chainOf), rules: kept.flatMap(({ rules }) => rules) };
  }

  private takeCommand(command: NftCommand, work: Work): void {
    if (command.kind === 'forget') {
      this.forget(command.what, work.command?.isSure === false);
    } else if (command.kind === 'table') {
      for (const chain of command.chains) this.takeChain(command.table, chain, work);
    } else if (command.kind === 'rule' && command.chain !== '') {
      this.takeRule(command, work);
    }
  }

  private takeChain(table: NftTableName, chain: NftChain, work: Work): void {
    const draft = this.draft(table, chain.name, work);
    const { hook, policy } = chain;
    draft.isDeclared ||= table.family !== 'unknown';
    const isBranch = work.command?.isSure === false;
    if (isBranch) draft.isPartial = true;
    if (hook !== undefined) draft.hook = hookOf(table, chain);
    if (policy !== undefined) {
      draft.policy = isBranch ? undefined : policy.verdict;
      draft.policySpan = work.notes.span(policy);
    }
    for (const rule of chain.rules) this.add(draft, rule, table, work);
  }

  private takeRule(
    { table, chain, rule, addition }: NftCommand & { readonly kind: 'rule' },
    work: Work,
  ): void {
    const draft = this.draft(table, chain, work);
    if (addition === undefined) {
      // It stands in a chain of the file that takes this one in.
      this.add(draft, rule, table, work);
    } else if (addition.isPlaced || addition.verb === 'replace') {
      draft.isUnsure = true;
    } else {
      this.add(draft, { ...rule, from: addition.from }, table, work, addition.verb === 'insert');
    }
  }

  private add(draft: ChainDraft, rule: NftRule, table: NftTableName, work: Work, isFirst = false): void {
    const { notes, command, isAlone } = work;
    if (command?.isSure === false) {
      draft.isPartial = true;
      return;
    }
    const span = command !== undefined && isAlone ? command.span : notes.span(rule);
    const place = { table, chain: draft.name, span, values: work.reader(table), notes };
    const read = nftPacketRule(rule, place);
    if (isFirst) draft.inserted.push(read);
    else draft.added.push(read);
  }

  /** What is flushed is empty, what is deleted is gone, and which rule a handle names is not known. */
  private forget({ verb, object, family, table, name }: NftForgotten, isBranch: boolean): void {
    if (verb === 'get' || verb === 'reset' || !/^(?:ruleset|table|chain|rule)s?$/.test(object)) return;
    const isAll = object === 'ruleset';
    if (!isAll && (table === undefined || (object !== 'table' && name === undefined))) {
      this.isLost = true;
      return;
    }
    if (isBranch) {
      // It may run later than it stands, and take away what comes behind it.
      this.isLost = true;
      return;
    }
    if (object !== 'rule') {
      const parts = isAll ? [family] : [family ?? 'ip', table, ...(object === 'chain' ? [name] : [])];
      this.emptied.add(parts.filter((part) => part !== undefined).join(' '));
    }
    for (const [key, draft] of this.chains) {
      const isOfTable = draft.table.family === (family ?? 'ip') && draft.table.name === table;
      const isMeant = isAll
        ? family === undefined || draft.table.family === family
        : isOfTable && (object === 'table' || draft.own === name);
      if (!isMeant) continue;
      if (object === 'rule') draft.isUnsure = true;
      else if (verb === 'flush' && !isAll) this.chains.set(key, emptied(draft));
      else this.chains.delete(key);
    }
  }

  private draft(table: NftTableName, own: string, { command }: Work): ChainDraft {
    if (`${table.name} ${own}`.includes(unknownText)) this.isLost = true;
    const key = `${tableKey(table)} ${own}`;
    const known = this.chains.get(key);
    if (known !== undefined) return known;
    const made = new ChainDraft(table, own);
    // A script adds to what is there.
    const wholes = ['', table.family, tableKey(table), key];
    made.isPartial = command !== undefined && !wholes.some((whole) => this.emptied.has(whole));
    this.chains.set(key, made);
    return made;
  }

  /** What another file has in these blocks comes to the chains as well. */
  private openFor([table, chain]: readonly string[]): void {
    for (const draft of this.chains.values()) {
      const isInTable = table === undefined || table === `table ${tableKey(draft.table)}`;
      if (isInTable && (chain === undefined || chain === `chain ${draft.own}`)) draft.isPartial = true;
    }
  }
}

/** One call of nft in a script. */
export interface ScriptCommand {
  /** All of it, as a finding about it underlines it. */
  readonly span: Span;
  /** False where it runs under a condition, or who knows how often. */
  readonly isSure: boolean;
}

/** What the commands of one text have in common. */
interface Work {
  readonly notes: NftNotes;
  readonly reader: (table: NftTableName) => NftFilterValues;
  /** Absent for a file. */
  readonly command?: ScriptCommand;
  /** True where the call says one thing only, and can be taken out whole. */
  readonly isAlone: boolean;
}

class ChainDraft {
  readonly name: string;
  /** False for one that only rules name, or that has its table elsewhere: that text may have rules for it, too. */
  isDeclared = false;
  isPartial = false;
  isUnsure = false;
  hook: FilterChain['hook'];
  policy: FilterChain['policy'];
  policySpan: FilterChain['policySpan'];
  readonly added: PacketRule[] = [];
  /** The last one is the first of the chain. */
  readonly inserted: PacketRule[] = [];

  constructor(
    readonly table: NftTableName,
    readonly own: string,
  ) {
    this.name = chainText(table, own);
  }

  get rules(): readonly PacketRule[] {
    return [...this.inserted.toReversed(), ...this.added];
  }
}

/** All its rules are gone, and that is certain, whatever was not before. */
function emptied({ table, own, hook, policy, policySpan, isDeclared }: ChainDraft): ChainDraft {
  return Object.assign(new ChainDraft(table, own), { hook, policy, policySpan, isDeclared });
}

function chainOf({ table, name, hook, policy, policySpan, isPartial, isDeclared }: ChainDraft): FilterChain {
  const family = table.family === 'ip' ? 'ipv4' : table.family === 'ip6' ? 'ipv6' : undefined;
  return {
    name,
    ...(family && { family }),
    ...(hook && { hook }),
    ...(policy && { policy }),
    ...(policy && policySpan && { policySpan }),
    ...((isPartial || !isDeclared) && { isPartial: true }),
  };
}

/**
 * The hook of a chain that sees every packet on its way. One for translating addresses sees the first of a connection
 * alone, and those of other families see what is no packet of IP (nftables doc/nft.txt, chains).
 */
function hookOf({ family }: NftTableName, { type, hook }: NftChain): FilterChain['hook'] {
  if (type !== 'filter' || !/^(?:ip|ip6|inet)$/.test(family)) return undefined;
  return hook === 'input' || hook === 'forward' || hook === 'output' ? hook : undefined;
}

function tableKey({ family, name }: NftTableName): string {
  return `${family} ${name}`;
}
