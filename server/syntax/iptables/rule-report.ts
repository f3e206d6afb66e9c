import { type Address, oneAddress } from '../../model/address';
import type { Fault } from '../../model/fault';
import type { FilterRule } from '../../model/filter-rule';
import type { PortRange, PortReference, Role, Transport, VariableUse } from '../../model/port';
import { portsText } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { PartReading } from '../found';
import { gapBehind } from '../gap-behind';
import { type SourcedText, sourceSpan, spanOf, unknownText, variablesWithin } from '../sourced-text';
import type { CommandState } from './command-state';
import { tableOf } from './kernel-checks';
import type { PortOption } from './port-options';
import { readProtocol } from './protocols';

/** The references, slots and faults of a command that is read to its end. */
export function commandReading(state: CommandState): PartReading {
  const references: PortReference[] = [];
  const slots: PortSlot[] = [];
  const about = aboutRule(state);
  for (const ports of state.ports) {
    const role = roleOf(state, ports);
    for (const reference of referencesOf(state, ports, role, about)) references.push(reference);
    for (const slot of slotsOf(state, ports, role, about)) slots.push(slot);
  }
  const { refusal } = state;
  const traps = refusal === undefined ? [...state.traps, ...loadedTraps(state)] : state.traps;
  return { references, slots, faults: refusal === undefined ? traps : [refusal, ...traps] };
}

/** What all ports of a rule have in common. */
interface AboutRule {
  readonly owner: string;
  readonly transport?: Transport;
  readonly verdict?: string;
  /** Where the rule is evaluated; absent for a command that adds none, and where it cannot be known. */
  readonly chain?: string;
}

function aboutRule(state: CommandState): AboutRule {
  const { chain, command, target, protocol } = state;
  const table = tableOf(state);
  const isAdded = command !== undefined && 'AIR'.includes(command);
  const isKnown = chain !== undefined && table !== undefined && !chain.value.includes(unknownText);
  const transport = protocol?.isNegated ? undefined : protocol?.known?.transport;
  const name = target && state.written(target.word);
  return {
    owner: ownerOf(state, table),
    ...(transport && { transport }),
    ...(name !== undefined && { verdict: target?.isGoto ? `goto ${name}` : name }),
    ...(isAdded && isKnown && { chain: `${table}/${chain.value}` }),
  };
}

/** `chain INPUT`, and the table where it is not the one that all know. */
function ownerOf(state: CommandState, table: string | undefined): string {
  const { chain } = state;
  if (chain === undefined) return state.program;
  const written = table ?? (state.table && state.written(state.table));
  const of = written === undefined || written === 'filter' ? '' : ` of ${written}`;
  return `chain ${state.written(chain)}${of}`;
}

function roleOf(state: CommandState, { kind, isNegated }: PortOption): Role {
  if (kind.side === 'source' || kind.side === 'new source') return 'source';
  if (kind.side === 'new destination') return 'forward';
  const { command, target } = state;
  if (isNegated || command === undefined || !'AIR'.includes(command) || target?.isGoto) return 'match';
  const verdict = target?.word.value;
  if (verdict === 'DROP' || verdict === 'REJECT') return 'deny';
  // Elsewhere the packet has other tables to pass, of which this one only lets it go.
  const table = tableOf(state);
  return verdict === 'ACCEPT' && (table === 'filter' || table === 'security') ? 'allow' : 'match';
}

function referencesOf(
  state: CommandState,
  ports: PortOption,
  role: Role,
  about: AboutRule,
): readonly PortReference[] {
  const { value, read, kind } = ports;
  if (value === undefined || read === undefined) return [];
  const transport = transportOf(state, ports, about);
  const rule = ruleOf(state, ports, about);
  const address = read.address ?? addressOf(state, ports);
  const whole = kind.form === 'address' ? spanOf(value) : undefined;
  return read.items.map((item): PortReference => {
    const portSpan = sourceSpan(value, item.from, item.to);
    const variables = variablesOf(state, value, item.from, item.to);
    return {
      span: whole ?? portSpan,
      portSpan,
      ...(item.ports && { ports: item.ports }),
      ...(transport && { transport }),
      role: item.isBase ? 'match' : role,
      ...(address && !item.isBase && { address }),
      owner: about.owner,
      ...(variables.length > 0 && { variables }),
      ...(state.refusal !== undefined && { isRefused: true }),
      ...(rule && { rule }),
    };
  });
}

/** The one address that `-d` names for a destination port, `-s` for a source port; other extensions look elsewhere. */
function addressOf(state: CommandState, { kind }: PortOption): Address | undefined {
  const letter = kind.side === 'destination' ? 'd' : kind.side === 'source' ? 's' : '';
  const value = state.own.get(letter)?.value?.value;
  const isElsewhere = kind.extension === 'conntrack' || kind.extension === 'ipvs';
  return isElsewhere || value === undefined || state.negatedAddresses ? undefined : oneAddress(value);
}

/** What `-p` says; conntrack can say it by itself, and a match for one protocol that stands alone. */
function transportOf(state: CommandState, { kind }: PortOption, about: AboutRule): Transport | undefined {
  if (about.transport !== undefined || state.protocol !== undefined) return about.transport;
  if (kind.extension !== 'conntrack') return kind.transport;
  const options = state.matches.flatMap(({ options }) => options);
  const told = options.find(({ entry }) => entry.name === 'ctproto')?.value?.value;
  return told === undefined ? undefined : readProtocol(told)?.transport;
}

function ruleOf(state: CommandState, ports: PortOption, about: AboutRule): FilterRule | undefined {
  if (about.chain === undefined) return undefined;
  const { family } = state;
  const conditions = state.conditions
    .filter((condition) => condition.ports !== ports)
    .map(({ text }) => text);
  const negated = state.protocol?.isNegated ? [`! -p ${state.written(state.protocol.word)}`] : [];
  return {
    chain: about.chain,
    ...(family && { family }),
    isNegated: ports.isNegated,
    conditions: [...negated, ...conditions],
    ...(about.verdict !== undefined && { verdict: about.verdict }),
  };
}

/** The variables of a part of a value; where the words' reader names none, those that stand there as `$NAME`. */
function variablesOf(
  state: CommandState,
  value: SourcedText,
  from: number,
  to: number,
): readonly VariableUse[] {
  const told = variablesWithin(value, from, to);
  if (told.length > 0 || !value.value.slice(from, to).includes(unknownText)) return told;
  return value.pieces.flatMap(({ at, length, span }): VariableUse[] => {
    if (at >= to || at + length <= from || value.value.slice(at, at + length) !== unknownText) return [];
    const written = state.place.text.slice(span.start, span.end);
    const [, name] = /^\$\{?([A-Za-z_][A-Za-z0-9_]*)/.exec(written) ?? [];
    return name === undefined ? [] : [{ name, span, from: 'unknown' }];
  });
}

function slotsOf(state: CommandState, ports: PortOption, role: Role, about: AboutRule): readonly PortSlot[] {
  const transport = transportOf(state, ports, about);
  const slot = {
    role,
    ...(transport && { transport }),
    owner: about.owner,
    accepts: 'port',
    names: true,
  } as const;
  const { value, read, kind } = ports;
  if (value === undefined) {
    const gap =
      kind.form === 'address' ? undefined : gapBehind(state.place.text, state.endOf(ports.option.word));
    const takesRange = kind.form === 'plain' || kind.form === 'resolved' || kind.form === 'list';
    return gap === undefined ? [] : [{ ...slot, ...gap, ...(takesRange && { range: withColon }) }];
  }
  return (read?.places ?? []).map(({ from, to, above, takesRange }) => ({
    ...slot,
    span: sourceSpan(value, from, to),
    ...(above !== undefined && { above }),
    ...(takesRange && { range: withColon }),
  }));
}

const withColon = { sign: ':' } as const;

/** What shows only when the rule is known as a whole. */
function loadedTraps(state: CommandState): Fault[] {
  return state.isGuess ? [] : [...zeroPorts(state), ...contradictions(state)];
}

/** A packet to port 0 does not come from an honest program, so it is dropped on purpose, and let in by mistake. */
function zeroPorts(state: CommandState): Fault[] {
  return state.ports.flatMap((ports) => {
    const { value, read, isNegated } = ports;
    if (value === undefined || isNegated || roleOf(state, ports) !== 'allow') return [];
    return (read?.items ?? []).flatMap(({ from, to, ports: range }): Fault[] => {
      const isTruncated = read?.traps.some(
        (trap) => trap.rule === 'truncated-port' && trap.from >= from && trap.to <= to,
      );
      if (range?.last !== 0 || isTruncated) return [];
      const message = 'Port 0 is no port that a program can listen on, so this rule lets nothing through.';
      return [{ rule: 'zero-port', span: sourceSpan(value, from, to), message }];
    });
  });
}

/** All conditions of a rule must hold, and a packet has one port on each side. */
function contradictions(state: CommandState): Fault[] {
  const faults: Fault[] = [];
  for (const side of ['destination', 'source'] as const) {
    let before: readonly PortRange[] | undefined;
    for (const { kind, value, read, isNegated } of state.ports) {
      if (kind.side !== side || isNegated || value === undefined) continue;
      if (kind.extension === 'conntrack' || kind.extension === 'ipvs') continue;
      const ranges = (read?.items ?? []).flatMap(({ ports }) => ports ?? []);
      if (ranges.length === 0 || ranges.length < (read?.items.length ?? 0)) continue;
      if (before !== undefined && !meet(before, ranges)) {
        const [one = '', other = ''] = [before, ranges].map((each) => each.map(portsText).join(','));
        const message = `A packet has one ${side} port, so a rule for ${one} and for ${other} matches none.`;
        faults.push({ rule: 'repeated-port', span: spanOf(value), message });
      }
      before = ranges;
    }
  }
  return faults;
}

function meet(some: readonly PortRange[], others: readonly PortRange[]): boolean {
  return some.some((one) => others.some((other) => one.first <= other.last && other.first <= one.last));
}
