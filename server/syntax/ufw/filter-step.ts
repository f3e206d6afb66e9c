import type { PacketRule } from '../../model/packet-filter';
import type { FilterDraft, RulePlace } from '../packet-filter/filter-draft';
import type { FilterStep } from '../packet-filter/script-filter';
import { type Argument, isUnknown, shown, wholeSpan } from './arguments';
import type { UfwCommand } from './commands';
import { ufwPacketRule } from './packet-rule';
import { chainOf, clauseProtocol, simplePart } from './rule-reading';
import { lastPorts, type RuleSketch } from './rule-sketch';

/** ufw's own rules, in all its chains. */
const all = { prefix: 'ufw ' } as const;

/** What a command that is no rule does to the filter: `reset` takes all rules away, `default` sets policies. */
export function otherStep({ words }: Exclude<UfwCommand, { kind: 'none' }>): FilterStep | undefined {
  const [type, action, direction] = words;
  if (type?.value.toLowerCase() === 'reset') {
    return { variables: [], take: (draft, { branch }) => draft.empty(all, branch) };
  }
  if (type?.value.toLowerCase() !== 'default' || action === undefined) return undefined;
  const hook = hooks.get(direction?.value.toLowerCase() ?? 'incoming');
  if (hook === undefined) return undefined;
  const name = chainNames[hook];
  const policy = action.value.toLowerCase() === 'allow' ? 'accept' : 'drop';
  const isKnown = !isUnknown(action);
  return {
    variables: [],
    take: (draft, { branch }) => {
      draft.chain({ name }, { hook });
      draft.policy({ name }, isKnown ? { policy, policySpan: action.span } : {}, branch);
    },
  };
}

type Hook = 'input' | 'output' | 'forward';

const hooks: ReadonlyMap<string, Hook> = new Map<string, Hook>([
  ['incoming', 'input'],
  ['input', 'input'],
  ['outgoing', 'output'],
  ['output', 'output'],
  ['routed', 'forward'],
  ['forward', 'forward'],
]);

const chainNames: Readonly<Record<Hook, string>> = {
  input: chainOf(false, 'in'),
  output: chainOf(false, 'out'),
  forward: chainOf(true, 'in'),
};

/** Where packets come to one of ufw's chains. */
export function hookOf(chain: string): Hook | undefined {
  return (['input', 'output', 'forward'] as const).find((hook) => chainNames[hook] === chain);
}

/**
 * What a rule command does to the filter. A rule that says the same as one before it but decides otherwise takes its
 * place; one that is the same altogether is passed over (ufw src/backend_iptables.py, set_rule).
 *
 * @param words The words of the command.
 * @param sketch What they say; absent for a rule that is deleted by its number.
 */
export function ruleStep(words: readonly Argument[], sketch: RuleSketch | undefined): FilterStep {
  const take = sketch === undefined ? setAllApart : stepOf(words, sketch);
  return { variables: words.some(isUnknown) ? [''] : [], take };
}

function setAllApart(draft: FilterDraft): void {
  draft.setApart(all);
}

function stepOf(words: readonly Argument[], sketch: RuleSketch): FilterStep['take'] {
  if (sketch.isPrefixUnknown || sketch.action === undefined || sketch.isBodyUnknown) {
    return (draft) => {
      draft.setApart(all);
      draft.markPartial(all);
    };
  }
  const rule = packetRule(words, sketch, sketch.action);
  const hook = sketch.isRoute ? 'forward' : sketch.direction === 'in' ? 'input' : 'output';
  if (sketch.isDelete) {
    return (draft) =>
      draft.setApart({ name: rule.chain }, ({ verdictText }) => verdictText === rule.verdictText);
  }
  const place = placeOf(words);
  return (draft, { span, branch, isSteady }) => {
    draft.chain({ name: rule.chain }, { hook });
    draft.addOrReplace({ name: rule.chain }, { ...(isSteady ? rule : unsteady(rule)), span }, place, branch);
  };
}

/** The same rule written with variables that change. */
function unsteady({ othersAreSteady: _, ...rule }: PacketRule): PacketRule {
  return rule;
}

function packetRule(words: readonly Argument[], sketch: RuleSketch, action: string): PacketRule {
  const { simple, isRoute, direction, addresses } = sketch;
  const part = simple && simplePart(simple, sketch);
  const { last } = lastPorts(sketch);
  const portOf = (name: 'from' | 'to'): Argument | undefined =>
    last.find(({ side, keyword }) => side === name && keyword === 'port')?.word;
  const others = [
    ...(simple !== undefined && part === undefined ? [`app ${shown(simple)}`] : []),
    ...last.flatMap(({ keyword, side, word }) =>
      word !== undefined && (keyword === 'app' || side === undefined)
        ? [`${side} ${keyword} ${shown(word)}`]
        : [],
    ),
  ];
  const port = part === undefined ? portOf('to')?.value : simple?.value.slice(0, part.to);
  const sourcePort = portOf('from')?.value;
  const interfaces = sketch.conditions.flatMap((each) => (typeof each === 'string' ? [] : [each]));
  const [into, out] = (['in', 'out'] as const).map(
    (way) => interfaces.find((each) => each.direction === way)?.name,
  );
  return ufwPacketRule({
    ...{ span: wholeSpan(words), chain: chainOf(isRoute, direction), action, others },
    protocol: simple === undefined ? clauseProtocol(sketch) : part === undefined ? 'any' : part.protocol,
    ...(port !== undefined && { port }),
    ...(sourcePort !== undefined && { sourcePort }),
    ...(addresses.from && { from: addresses.from.value }),
    ...(addresses.to && { to: addresses.to.value }),
    ...(into && { inInterface: into.value }),
    ...(out && { outInterface: out.value }),
  });
}

/** Numbers count the rules of both families, so of them only the first is sure to be in front. */
function placeOf(words: readonly Argument[]): RulePlace {
  const values = words.map(({ value }) => value.toLowerCase());
  if (values[0] === 'prepend') return 1;
  const insert = values.slice(0, 2).indexOf('insert');
  return insert < 0 ? 'end' : values[insert + 1] === '1' ? 1 : 'unknown';
}
