import type { Address } from '../../model/address';
import type { FilterRule } from '../../model/filter-rule';
import type { Role, Transport } from '../../model/port';
import { unknownText } from '../sourced-text';
import { checkAddress, checkStates } from './nft-addresses';
import { conditionsOf, isFinal, isTerminal, mostConditions, type NftCondition } from './nft-conditions';
import { isTransport, NftContext } from './nft-context';
import { type ElementUse, type NftColumn, readElements, roleOf } from './nft-elements';
import { NftIntervals } from './nft-intervals';
import type { NftKnown } from './nft-known';
import { judgeNat, natWords, readNatPorts } from './nft-nat-reading';
import type { NftNotes } from './nft-notes';
import { placeOf } from './nft-port-faults';
import { type PortUse, readPorts } from './nft-port-values';
import { nftRefusal } from './nft-refusal';
import {
  judgeReset,
  refuseBang,
  refuseBehind,
  refuseSingle,
  refuseUndirected,
  refuseWord,
} from './nft-rule-faults';
import { hasRange, judgeKeys } from './nft-set-faults';
import { hasPort } from './nft-statements';
import type { NftExpr, NftMatch, NftNat, NftRule, NftStatement, NftTableName } from './nft-tree';
import { addressIn } from './nft-values';

/** Where a rule stands. */
export interface RulePlace {
  readonly table: NftTableName;
  /** Empty for a rule whose chain is in another file. */
  readonly chain: string;
  readonly known: NftKnown;
  /** What a jump into a block of rules asks for first. */
  readonly conditions: readonly string[];
  readonly family?: 'ipv4' | 'ipv6';
}

/** Reads the ports of a rule, statement by statement, as nft evaluates it (nftables src/evaluate.c, rule_evaluate). */
export function readRulePorts(rule: NftRule, place: RulePlace, notes: NftNotes): void {
  const context = new NftContext(place.table.family);
  const end = rule.statements.find(isTerminal) ?? rule.statements.find(isFinal);
  const conditions = conditionsOf(rule, notes);
  let terminal: NftStatement | undefined;
  for (const statement of rule.statements) {
    if (terminal !== undefined && !isUnsure(rule)) {
      refuseBehind(terminal, statement, notes);
      terminal = undefined;
    }
    const family = () => familyIn(context, place);
    const reading: StatementReading = { rule, place, end, conditions, context, family, notes };
    readStatementPorts(statement, reading);
    if (isTerminal(statement)) terminal = statement;
  }
}

/** Where nft stops reading, or a shell may put in anything, only what is written is judged, not what is around it. */
function isUnsure({ isBroken, isPartial }: NftRule): boolean {
  return isBroken || isPartial;
}

/** What the reading of one statement needs of the rule around it. */
export interface StatementReading {
  readonly rule: NftRule;
  readonly place: RulePlace;
  /** The statement that says what happens to the packet. */
  readonly end: NftStatement | undefined;
  readonly conditions: readonly NftCondition[];
  readonly context: NftContext;
  readonly family: () => 'ipv4' | 'ipv6' | undefined;
  readonly notes: NftNotes;
}

function readStatementPorts(statement: NftStatement, reading: StatementReading): void {
  const { context, notes, place, rule } = reading;
  const tell = (fault: ReturnType<NftContext['meet']>): void => {
    if (fault !== undefined && !isUnsure(rule)) notes.fault(fault);
  };
  switch (statement.kind) {
    case 'match':
      tell(context.meet(statement.left));
      readMatch(statement, reading);
      context.learn(statement);
      return;
    case 'vmap':
      tell(context.meet(statement.key));
      if (hasPort(statement.key)) {
        const form = { kind: 'verdict map', isRanging: false } as const;
        const use = { ...elementUse(statement, statement.key, '==', reading), form };
        const isRefused = judgeIntervals(statement.key, statement.map, notes);
        readElements(statement.map, { ...use, ...(isRefused && { isRefused }) }, notes);
      }
      return;
    case 'rewrite':
      tell(context.meet(statement.field));
      if (hasPort(statement.field)) readTarget(statement.value, statement, statement.field, reading);
      return;
    case 'nat': {
      const { network } = context;
      if (statement.address !== undefined) tell(context.meet(statement.address));
      if (statement.port !== undefined) tell(context.meet(statement.port));
      if (!isUnsure(rule)) judgeNat(statement, network, reading);
      readNatPorts(statement, reading);
      return;
    }
    case 'subchain': {
      const outer = reading.conditions.map(({ words }) => words);
      const family = reading.family();
      const inner = { ...place, conditions: [...place.conditions, ...outer].slice(0, mostConditions) };
      for (const each of statement.rules) readRulePorts(each, { ...inner, ...(family && { family }) }, notes);
      return;
    }
    case 'other':
      if (/^reject with tcp reset$/.test(notes.words(statement))) judgeReset(statement, context, notes);
      return;
  }
}

/** A match on a port, on several fields side by side, or on something else whose value nft checks as well. */
function readMatch(match: NftMatch, reading: StatementReading): void {
  const { left, operator, right } = match;
  const { notes, rule } = reading;
  if (left.kind === 'value' && left.form === 'word') {
    if (!isUnsure(rule) && right.kind !== 'missing') refuseWord(left, right, notes);
    return;
  }
  if (hasPort(left)) {
    if (left.kind === 'field' && /^ct proto-/.test(left.name)) refuseUndirected(left, reading.context, notes);
    if (operator === '!') refuseBang(match, notes);
    if (left.kind === 'concat') {
      if (right.kind !== 'set' && right.kind !== 'set-name' && right.kind !== 'variable')
        refuseSingle(left, right, notes);
      readElements(right, elementUse(match, left, operator, reading), notes);
    } else readPorts(right, portUse(match, left, operator, reading), notes);
    return;
  }
  if (left.kind !== 'field') return;
  if (operator === '!' && /^ip6? [sd]addr$/.test(left.name)) refuseBang(match, notes);
  if (right.kind === 'set-name') {
    const known = reading.place.known.set(reading.place.table, right.name);
    if (known !== undefined) judgeKeys(right, known, [left.type], notes);
  }
  if (left.name === 'ct state') checkStates(right, notes);
  checkAddress(right, left.type, notes);
}

/** `tcp dport set 8080`: the port that the packet gets. */
function readTarget(
  value: NftExpr,
  statement: NftStatement,
  field: NftExpr,
  reading: StatementReading,
): void {
  if (value.kind === 'range') {
    const message = nftRefusal('A packet gets one port', 'payload: range argument not supported');
    reading.notes.fault({ rule: 'invalid-port', message, ...placeOf(value) });
  }
  const role = field.kind === 'field' && field.side === 'source' ? 'source' : 'forward';
  readForward(value, { ...portUse(statement, field, '==', reading), role }, reading);
}

/** A port that a packet is sent on to: one, a range, or what a map says for it. */
export function readForward(value: NftExpr, use: PortUse, reading: StatementReading): void {
  const { notes } = reading;
  if (value.kind === 'field') return;
  if (value.kind !== 'mapping') {
    readPorts(value, use, notes);
    return;
  }
  readMapped(value, [{ type: 'port' }], use, reading);
}

/** `tcp dport map { 80 : 8080 }`: what it looks at is a match, what comes out is where the packet goes. */
export function readMapped(
  mapping: NftExpr & { readonly kind: 'mapping' },
  data: readonly NftColumn[],
  use: PortUse,
  reading: StatementReading,
): void {
  const columns = columnsOf(mapping.key);
  const { notes } = reading;
  const isRefused = hasPort(mapping.key) && judgeIntervals(mapping.key, mapping.map, notes);
  const dataUse: PortUse = { ...use, ...(isRefused && { isRefused }) };
  const keyUse: PortUse = { ...dataUse, role: 'match' };
  // The first versions with anonymous maps of ranges took them for ports, too.
  const form = { kind: 'map', isRanging: true } as const;
  readElements(mapping.map, { ...keyUse, columns, form, data: { columns: data, use: dataUse } }, notes);
}

/** A map that stands in the rule itself: its keys must not overlap, as those of a named map. Tells whether they do. */
function judgeIntervals(key: NftExpr, map: NftExpr, notes: NftNotes): boolean {
  if (key.kind !== 'field' || map.kind !== 'set') return false;
  const intervals = new NftIntervals(hasRange(map));
  intervals.add(map, notes);
  return intervals.judge(notes);
}

function elementUse(
  statement: NftStatement,
  key: NftExpr,
  operator: NftMatch['operator'],
  reading: StatementReading,
): ElementUse {
  const column = { kind: 'concat', parts: [], from: key.from, to: key.to } as const;
  const form = { kind: 'set', isRanging: false } as const;
  return { ...portUse(statement, column, operator, reading), columns: columnsOf(key), form };
}

/** The parts of a key as the fields that it is compared with. */
function columnsOf(key: NftExpr): readonly NftColumn[] {
  const parts = key.kind === 'concat' ? key.parts : [key];
  return parts.map((part): NftColumn => {
    if (part.kind !== 'field') return { type: 'unknown' };
    const { type, name, layer4, side, isInner } = part;
    if (isInner) return { type: 'unknown', name };
    return { type, name, ...(layer4 && { layer4 }), ...(side && { side }) };
  });
}

export function portUse(
  statement: NftStatement,
  field: NftExpr | NftNat,
  operator: NftMatch['operator'],
  reading: StatementReading,
): PortUse {
  const { rule, place, end, context } = reading;
  const transport = transportOf(field, context);
  const side = field.kind === 'field' ? field.side : undefined;
  const filter = filterRule(statement, reading);
  const role: Role = end === undefined ? roleOf(undefined, side) : roleIn(end, side);
  const isCompared = operator !== '==' && statement.kind === 'match';
  const address = side && addressOf(reading.conditions, side);
  return {
    owner: place.chain === '' ? 'a chain' : `chain ${shownName(place.chain)}`,
    role,
    operator,
    find: (name) => place.known.set(place.table, name),
    ...(isCompared && {
      whole: { from: statement.operatorPlace?.from ?? statement.right.from, to: statement.right.to },
    }),
    ...(transport && { transport }),
    ...(address && { address }),
    ...(filter && { rule: filter }),
    ...(rule.isBroken && { isRefused: true }),
  };
}

/** The one address that a rule compares on a side. */
function addressOf(conditions: readonly NftCondition[], side: 'source' | 'destination'): Address | undefined {
  const name = side === 'source' ? /^ip6? saddr$/ : /^ip6? daddr$/;
  for (const { statement } of conditions) {
    if (statement.kind !== 'match' || statement.operator !== '==') continue;
    const { left, right } = statement;
    if (left.kind === 'field' && name.test(left.name)) return addressIn(right);
  }
  return undefined;
}

function roleIn(end: NftStatement, side: 'source' | 'destination' | undefined): Role {
  return roleOf(end.kind === 'verdict' || end.kind === 'other' ? end.verb : undefined, side);
}

function transportOf(field: NftExpr | NftNat, context: NftContext): Transport | undefined {
  const written = field.kind === 'field' ? field.layer4 : undefined;
  if (isTransport(written)) return written;
  return isTransport(context.layer4) ? context.layer4 : undefined;
}

/** What else the rule says; absent for a rule whose chain is in another file. */
function filterRule(
  statement: NftStatement,
  { place, end, conditions, family, notes }: StatementReading,
): Omit<FilterRule, 'isNegated'> | undefined {
  if (place.chain === '') return undefined;
  const one = family();
  const others = conditions.filter((each) => each.statement !== statement).map(({ words }) => words);
  const verdict = end && (end.kind === 'nat' ? natWords(end, notes) : notes.words(end));
  return {
    chain: chainText(place.table, place.chain),
    conditions: place.conditions.length === 0 ? others : [...place.conditions, ...others],
    ...(one && { family: one }),
    ...(verdict && { verdict }),
  };
}

/** A chain in nft's own words: `inet filter input`. */
export function chainText({ family, name }: NftTableName, chain: string): string {
  return shownName([family === 'unknown' ? '' : family, name, chain].join(' ').trim());
}

/** What a shell puts into a name is shown as an ellipsis. */
function shownName(name: string): string {
  return name.replaceAll(unknownText, '…');
}

function familyIn({ family }: NftContext, place: RulePlace): 'ipv4' | 'ipv6' | undefined {
  return family ?? place.family;
}
