import type { Address } from '../../model/address';
import type { FilterRule } from '../../model/filter-rule';
import type { PortRange, PortReference, Role, Transport, VariableUse } from '../../model/port';
import type { KnownSet } from './nft-known';
import type { NftNotes } from './nft-notes';
import {
  isOrder,
  placeOf,
  refuseConcat,
  refuseEmpty,
  refuseList,
  refuseMapping,
  refuseOrder,
} from './nft-port-faults';
import { addSlot, addSlots, bare } from './nft-port-slots';
import { readPortText } from './nft-port-text';
import { nftRefusal } from './nft-refusal';
import { judgeKeys } from './nft-set-faults';
import type { NftDefinition, NftExpr, NftMatch, NftPlace, NftRange, NftSet, NftVariable } from './nft-tree';
import { longestChain, plainValue } from './nft-values';

/** What the text does with the ports of an expression, wherever in it they stand. */
export interface PortUse {
  readonly owner: string;
  /** What a port that matches comes to. */
  readonly role: Role;
  readonly transport?: Transport;
  /** Where a packet is sent on to. */
  readonly address?: Address;
  readonly operator: NftMatch['operator'];
  readonly rule?: Omit<FilterRule, 'isNegated'>;
  readonly isRefused?: true;
  /** True where an element is one port, and no range. */
  readonly isSingle?: true;
  /** The set whose elements are read. */
  readonly list?: NftPlace;
  /** The expression that the port is a part of, an address or a concatenation. */
  readonly whole?: NftPlace;
  /** The set that a name stands for in the table. */
  readonly find: (name: string) => KnownSet | undefined;
}

/** One port or range of ports as it is written. */
export interface PortLeaf {
  readonly place: NftPlace;
  readonly ports?: PortRange;
  readonly variables: readonly VariableUse[];
}

/** A variable of the text itself: `define` gives it its value. */
export const fromDefine: VariableUse['from'] = 'definition';

/** Reads an expression that stands for ports: tells its references, its slots, and what nft says to it. */
export function readPorts(expr: NftExpr, use: PortUse, notes: NftNotes): void {
  switch (expr.kind) {
    case 'missing':
      addSlot(expr, use, notes);
      return;
    case 'range':
    case 'prefix':
      if (isOrder(use.operator)) refuseOrder(expr, expr.kind, use.operator, notes);
      addReference(leafOf(expr, notes), use, notes);
      addSlots(expr, use, notes);
      return;
    case 'value':
      if (expr.text === '*') return;
      addReference(leafOf(expr, notes), use, notes);
      addSlots(expr, use, notes);
      return;
    case 'variable':
      addSlot(expr, use, notes);
      readVariable(expr, use, notes);
      return;
    case 'set':
      readSetPorts(expr, use, notes);
      return;
    case 'set-name':
      addSlot(expr, use, notes);
      readSetName(expr, use, notes);
      return;
    case 'list':
      refuseList(expr, notes);
      for (const part of expr.parts) readPorts(part, { ...use, isRefused: true }, notes);
      return;
    case 'concat':
      refuseConcat(expr, notes);
      return;
  }
}

/** The ports of a value, a range or a prefix; what is wrong with them is told once. */
export function leafOf(expr: NftExpr, notes: NftNotes): PortLeaf {
  const isNew = !notes.told.has(expr);
  notes.told.add(expr);
  if (expr.kind === 'range') return rangeLeaf(expr, notes, isNew);
  if (expr.kind === 'prefix') {
    const base = endOf(expr.base, notes, isNew);
    const length = Number(expr.length.text);
    if (length > 16) {
      const nft = `Prefix length ${length} is invalid for type of 16 bits width`;
      if (isNew)
        notes.fault({
          rule: 'invalid-port',
          message: nftRefusal('A port has 16 bits', nft),
          ...placeOf(expr),
        });
      return { place: expr, variables: base.variables };
    }
    const size = 2 ** (16 - length);
    const first = base.port === undefined ? undefined : base.port - (base.port % size);
    const ports = first === undefined ? undefined : { first, last: first + size - 1 };
    return { place: expr, variables: base.variables, ...(ports && { ports }) };
  }
  const { port, variables } = endOf(expr, notes, isNew);
  return { place: expr, variables, ...(port !== undefined && { ports: { first: port, last: port } }) };
}

function rangeLeaf(expr: NftRange, notes: NftNotes, isNew: boolean): PortLeaf {
  const low = endOf(expr.low, notes, isNew);
  const high = endOf(expr.high, notes, isNew);
  const variables = [...low.variables, ...high.variables];
  if (low.port === undefined || high.port === undefined) return { place: expr, variables };
  if (low.port <= high.port) return { place: expr, variables, ports: { first: low.port, last: high.port } };
  if (isNew) {
    const isPlain = expr.low.kind === 'value' && expr.high.kind === 'value';
    const text = `${high.port}-${low.port}`;
    const fixes = isPlain ? [{ title: `Turn the range round: ${text}`, text, ...placeOf(expr) }] : undefined;
    const reason = `The range ${low.port}-${high.port} runs backwards`;
    const message = nftRefusal(reason, 'Range has zero or negative size');
    notes.fault({ rule: 'invalid-port', message, ...placeOf(expr), ...(fixes && { fixes }) });
  }
  return { place: expr, variables };
}

/** One end of a range, or a port alone: a value, or a variable that stands for one. */
function endOf(
  expr: NftExpr,
  notes: NftNotes,
  isNew: boolean,
): { readonly port?: number; readonly variables: readonly VariableUse[] } {
  if (expr.kind === 'variable') {
    const value = plainValue(expr);
    const port = value && readPortText(value).port;
    return { variables: [variableUse(expr, value, notes)], ...(port !== undefined && { port }) };
  }
  if (expr.kind !== 'value') return { variables: [] };
  if (expr.form === 'unknown') return { variables: notes.variables(expr) };
  const { port, refusal, trap } = readPortText(expr);
  if (isNew && refusal !== undefined) {
    const { message, fix } = refusal;
    const fixes = fix && [{ ...fix, ...placeOf(expr) }];
    notes.fault({ rule: 'invalid-port', message, ...placeOf(expr), ...(fixes && { fixes }) });
  }
  if (isNew && trap !== undefined) notes.fault({ ...trap, ...placeOf(expr) });
  return { variables: [], ...(port !== undefined && { port }) };
}

function variableUse(expr: NftVariable, leaf: NftPlace | undefined, notes: NftNotes): VariableUse {
  const span = notes.span(expr);
  if (leaf === undefined) return { name: expr.name, span, from: expr.definition ? fromDefine : 'unknown' };
  return { name: expr.name, span, from: fromDefine, value: notes.words(leaf), definition: notes.span(leaf) };
}

/** A variable stands for all that its definition says; that is told there, once, as a declaration. */
function readVariable(expr: NftVariable, use: PortUse, notes: NftNotes, isElement = false): void {
  const { definition } = expr;
  if (definition === undefined) {
    addReference({ place: expr, variables: [variableUse(expr, undefined, notes)] }, use, notes);
    return;
  }
  const { value } = definition;
  if (!isElement && value.kind === 'set' && value.elements.length === 0) refuseEmpty(expr, notes);
  declare(definition, use, notes);
  for (const leaf of leavesOf(value, use, notes)) {
    const variables = [variableUse(expr, leaf.place, notes), ...leaf.variables];
    addReference({ ...leaf, place: expr, variables }, use, notes);
  }
}

/** A name whose ports the text does not tell. */
export function unresolvedVariable(name: string, place: NftPlace, notes: NftNotes): VariableUse {
  return { name, span: notes.span(place), from: 'unknown' };
}

function declare({ name, value }: NftDefinition, use: PortUse, notes: NftNotes, depth = 0): void {
  if (notes.told.has(value) || depth > longestChain) return;
  if (value.kind === 'variable') {
    notes.told.add(value);
    if (value.definition !== undefined) declare(value.definition, use, notes, depth + 1);
    return;
  }
  const { find } = use;
  const declaration: PortUse = { find, owner: `define ${name}`, role: 'declare', operator: '==' };
  readPorts(value, declaration, notes);
  notes.told.add(value);
}

/** Every port that an expression stands for, through variables, sets in sets and named sets. */
export function* leavesOf(
  expr: NftExpr,
  use: Pick<PortUse, 'find'>,
  notes: NftNotes,
  depth = 0,
): Iterable<PortLeaf> {
  if (notes.left < 0 || depth > longestChain) return;
  if (depth > 0) notes.left -= 1;
  if (expr.kind === 'value' || expr.kind === 'range' || expr.kind === 'prefix') yield leafOf(expr, notes);
  else if (expr.kind === 'variable') {
    if (expr.definition !== undefined) yield* leavesOf(expr.definition.value, use, notes, depth + 1);
  } else if (expr.kind === 'set') {
    for (const { key } of expr.elements) yield* leavesOf(key, use, notes, depth + 1);
  } else if (expr.kind === 'set-name') {
    for (const element of use.find(expr.name)?.elements ?? [])
      yield* leavesOf(element, use, notes, depth + 1);
  }
}

function readSetPorts(set: NftSet, outer: PortUse, notes: NftNotes): void {
  const use: PortUse = { ...outer, list: outer.list ?? set };
  if (isOrder(use.operator)) refuseOrder(set, 'set', use.operator, notes);
  for (const { key, data } of set.elements) {
    if (data !== undefined && use.role !== 'declare') refuseMapping(key, data, notes);
    if (key.kind === 'variable') readVariable(key, use, notes, true);
    else readPorts(key, use, notes);
  }
  for (const gap of set.gaps) addSlot({ from: gap, to: gap }, use, notes);
}

/** `@name` stands for the elements that the text gives the set; at run time it can have others. */
function readSetName(expr: NftExpr & { readonly kind: 'set-name' }, use: PortUse, notes: NftNotes): void {
  if (isOrder(use.operator)) refuseOrder(expr, 'set reference', use.operator, notes);
  const known = use.find(expr.name);
  if (known !== undefined && !judgeKeys(expr, known, ['port'], notes)) return;
  const span = notes.span(expr);
  let isEmpty = true;
  for (const leaf of leavesOf(expr, use, notes)) {
    const named = {
      name: expr.name,
      span,
      value: notes.words(leaf.place),
      definition: notes.span(leaf.place),
    };
    addReference({ ...leaf, place: expr, variables: [{ ...named, from: fromDefine }] }, use, notes);
    isEmpty = false;
  }
  if (isEmpty)
    addReference({ place: expr, variables: [{ name: expr.name, span, from: 'unknown' }] }, use, notes);
}

/** Keeps a reference; comparisons stand for the range that they match, and nothing can be told of an empty one. */
export function addReference(leaf: PortLeaf, use: PortUse, notes: NftNotes): void {
  const { owner, rule, transport, address, operator, whole, isRefused } = use;
  const isNegated = operator === '!=' || operator === '!';
  const ports = leaf.ports && comparedPorts(leaf.ports, operator);
  const role: Role = isNegated && (use.role === 'allow' || use.role === 'deny') ? 'match' : use.role;
  const reference: PortReference = {
    span: notes.span(whole ?? leaf.place),
    portSpan: notes.span(bare(leaf.place, notes)),
    ...(ports && { ports }),
    ...(transport && { transport }),
    role,
    ...(address && { address }),
    owner,
    ...(leaf.variables.length > 0 && { variables: leaf.variables }),
    ...(isRefused && { isRefused }),
    ...(rule && { rule: { ...rule, isNegated } }),
  };
  notes.references.push(reference);
  const isZero = leaf.ports?.last === 0 && operator === '==' && (role === 'allow' || role === 'forward');
  if (!isZero || leaf.variables.length > 0) return;
  const outcome = role === 'allow' ? 'this rule lets nothing through' : 'nothing arrives there';
  const message = `Port 0 is no port that a program can listen on, so ${outcome}.`;
  notes.fault({ rule: 'zero-port', message, ...placeOf(leaf.place) });
}

export function comparedPorts(
  { first, last }: PortRange,
  operator: PortUse['operator'],
): PortRange | undefined {
  const range = {
    '<': { first: 0, last: first - 1 },
    '<=': { first: 0, last: first },
    '>': { first: last + 1, last: 65_535 },
    '>=': { first: last, last: 65_535 },
    '==': { first, last },
    '!=': { first, last },
    '!': { first, last },
  }[operator];
  return range.first <= range.last ? range : undefined;
}
