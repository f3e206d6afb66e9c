import type { PacketRule } from '../../model/packet-filter';
import type { ChainScope, FilterDraft, RulePlace } from '../packet-filter/filter-draft';
import type { FilterStep } from '../packet-filter/script-filter';
import { type SourcedText, sourceSpan, unknownText } from '../sourced-text';
import type { CommandState } from './command-state';
import { builtInChains, tableOf } from './kernel-checks';
import { packetRule } from './packet-rule';

/**
 * Tells what a command that was read to its end does to the filter (iptables/xtables.c, `do_commandx`); undefined for
 * one that does nothing to it, or is refused.
 *
 * @param words The words behind the program's name.
 */
export function filterStep(state: CommandState, words: readonly SourcedText[]): FilterStep | undefined {
  const { command } = state;
  if (command === undefined || state.isOver || state.refusal !== undefined) return undefined;
  const take = stepOf(state, command, words);
  return take && { variables: variablesOf(state, words), take };
}

function stepOf(
  state: CommandState,
  command: string,
  words: readonly SourcedText[],
): FilterStep['take'] | undefined {
  const table = tableOf(state);
  const name = state.chain?.value;
  const isNamed = table !== undefined && name !== undefined && !name.includes(unknownText);
  const family = state.family && { family: state.family };
  const scope: ChainScope = {
    ...family,
    ...(isNamed ? { name: `${table}/${name}` } : table !== undefined && { prefix: `${table}/` }),
  };
  const key = isNamed ? { ...family, name: `${table}/${name}` } : undefined;
  switch (command) {
    case 'A':
    case 'I': {
      if (key === undefined) return (draft) => draft.markPartial(scope);
      const rule = packetRule(state, key.name, words);
      const place = command === 'A' ? 'end' : placeOf(state);
      const hook = hookOf(key.name);
      return (draft, { span, branch, isSteady }) => {
        if (hook !== undefined) draft.chain(key, { hook });
        draft.add(key, { ...(isSteady ? rule : unsteady(rule)), span }, place, branch);
      };
    }
    case 'R':
      return (
        key &&
        withRule(state, key.name, words, (draft, rule) => {
          draft.setApart(scope);
          draft.add(key, rule, 'end', draft.newBranch());
        })
      );
    case 'D':
      if (key === undefined || state.isByNumber) return (draft) => draft.setApart(scope);
      return withRule(state, key.name, words, (draft, rule) =>
        draft.setApart(scope, (each) => mayBeSame(each, rule)),
      );
    case 'P': {
      const policy = { ACCEPT: 'accept', DROP: 'drop' }[state.policy?.value ?? ''] as
        | 'accept'
        | 'drop'
        | undefined;
      const hook = key && hookOf(key.name);
      if (key === undefined || state.policy === undefined) return undefined;
      const policySpan = sourceSpan(state.policy, 0, state.policy.value.length);
      return (draft, { branch }) => {
        if (hook !== undefined) draft.chain(key, { hook });
        draft.policy(key, policy ? { policy, policySpan } : {}, branch);
      };
    }
    case 'N':
      return key && ((draft, { branch }) => draft.create(key, branch));
    case 'F':
      // Without a name it is about all chains; with one that is not known, about any of them.
      return (draft, { branch }) =>
        draft.empty(scope, isNamed || name === undefined ? branch : draft.newBranch());
    case 'E':
      return (draft) => draft.setApart({ ...family });
    default:
      return undefined;
  }
}

/** The same rule written with variables that change. */
function unsteady({ othersAreSteady: _, ...rule }: PacketRule): PacketRule {
  return rule;
}

function withRule(
  state: CommandState,
  chain: string,
  words: readonly SourcedText[],
  act: (draft: FilterDraft, rule: PacketRule) => void,
): FilterStep['take'] {
  const rule = packetRule(state, chain, words);
  return (draft, { span }) => act(draft, { ...rule, span });
}

/** `-I` puts a rule before the first one when it says no number. */
function placeOf({ ruleNumber }: CommandState): RulePlace {
  if (ruleNumber === undefined) return 1;
  return /^[1-9][0-9]{0,8}$/.test(ruleNumber.value) ? Number(ruleNumber.value) : 'unknown';
}

/** Rules that are alike have one target and one protocol, whatever else they are written with. */
function mayBeSame(one: PacketRule, other: PacketRule): boolean {
  const isSure = (rule: PacketRule): boolean => rule.others.length === 0;
  const isOther =
    one.verdictText !== other.verdictText ||
    one.transports?.[0] !== other.transports?.[0] ||
    one.protocol !== other.protocol;
  return !isOther || !isSure(one) || !isSure(other);
}

/** Where packets come to a built-in chain of the table `filter`. */
export function hookOf(chain: string): 'input' | 'forward' | 'output' | undefined {
  const [table, name = ''] = chain.split('/', 2);
  if (table !== 'filter' || !builtInChains('filter').includes(name)) return undefined;
  return name.toLowerCase() as 'input' | 'forward' | 'output';
}

function variablesOf({ place }: CommandState, words: readonly SourcedText[]): readonly string[] {
  return words
    .filter(({ value }) => value.includes(unknownText))
    .flatMap((word) =>
      word.pieces.flatMap(({ at, length, span }) => {
        if (!word.value.slice(at, at + length).includes(unknownText)) return [];
        const written = place.text.slice(span.start, span.end);
        return /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/.exec(written)?.slice(1).find(Boolean) ?? '';
      }),
    );
}
