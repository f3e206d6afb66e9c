import type { FilterRule } from '../../model/filter-rule';
import type { Role, Transport } from '../../model/port';
import { checkAddress } from './nft-addresses';
import { isTransport, protocolOf } from './nft-context';
import type { KnownSet } from './nft-known';
import type { NftNotes } from './nft-notes';
import { placeOf } from './nft-port-faults';
import {
  addReference,
  fromDefine,
  leavesOf,
  type PortUse,
  readPorts,
  unresolvedVariable,
} from './nft-port-values';
import { nftRefusal } from './nft-refusal';
import { judgeData, judgeElement, judgeKeys, type MapForm } from './nft-set-faults';
import type { NftElement, NftExpr, NftPlace, NftType, NftVerdict } from './nft-tree';
import { addressIn, longestChain } from './nft-values';

/** One part of a key or of what it is mapped to: what it holds, and the field it is compared with. */
export interface NftColumn {
  readonly type: NftType;
  readonly name?: string;
  readonly layer4?: string;
  readonly side?: 'source' | 'destination';
}

/** What is done with the ports in the elements of a set or map. */
export interface ElementUse extends PortUse {
  readonly columns: readonly NftColumn[];
  readonly form: MapForm;
  /** The parts of what a key is mapped to, and what is done with the ports in it. */
  readonly data?: { readonly columns: readonly NftColumn[]; readonly use: PortUse };
}

/** A name that stands for elements written elsewhere. */
interface Via {
  readonly place: NftPlace;
  readonly name: string;
}

/** The role that a port has where a verdict is given. */
export function roleOf(verb: string | undefined, side?: 'source' | 'destination'): Role {
  if (side === 'source') return 'source';
  if (verb === 'accept') return 'allow';
  return verb === 'drop' || verb === 'reject' ? 'deny' : 'match';
}

/** Reads the ports in the elements of a set or map, whose keys may have several parts and a verdict each. */
export function readElements(expr: NftExpr, use: ElementUse, notes: NftNotes, via?: Via, depth = 0): void {
  if (depth > longestChain) return;
  if (expr.kind === 'set') {
    const listed: ElementUse = { ...use, list: use.list ?? expr };
    for (const element of expr.elements) readElement(element, listed, notes, via, depth);
    if (via === undefined) readGaps(expr.gaps, listed, notes);
  } else if (
    expr.kind === 'variable' &&
    use.columns.length === 1 &&
    use.data === undefined &&
    via === undefined
  ) {
    readPorts(expr, useOf(expr, use, 0, undefined, notes), notes);
  } else if (expr.kind === 'variable') {
    readNamed(expr, use, notes, via, depth);
  } else if (expr.kind === 'set-name') {
    const known = use.find(expr.name);
    if (known !== undefined && !judgeNamed(expr, known, use, notes)) return;
    const elements = known?.elements ?? [];
    const named = via ?? { place: expr, name: expr.name };
    if (elements.length === 0) noElements(expr, expr.name, use, notes);
    for (const element of elements) readElements(element, use, notes, named, depth + 1);
  } else {
    readElement({ key: expr, ...placeOf(expr) }, use, notes, via, depth);
  }
}

function readNamed(
  expr: NftExpr & { readonly kind: 'variable' },
  use: ElementUse,
  notes: NftNotes,
  via: Via | undefined,
  depth: number,
): void {
  const { definition, name } = expr;
  if (definition === undefined) {
    noElements(expr, name, use, notes);
    return;
  }
  const { value } = definition;
  if (!notes.told.has(value)) {
    notes.told.add(value);
    const { rule: _, transport: __, isRefused: ___, whole: ____, list: _____, ...rest } = use;
    const declared = { ...rest, owner: `define ${name}`, role: 'declare', operator: '==' } as const;
    const data = use.data && { ...use.data, use: declared };
    readElements(value, { ...declared, ...(data && { data }) }, notes, undefined, depth + 1);
  }
  readElements(value, use, notes, via ?? { place: expr, name }, depth + 1);
}

/** What a name stands for is not in the text: its port is unknown. */
function noElements(place: NftPlace, name: string, use: ElementUse, notes: NftNotes): void {
  const column = use.columns.findIndex(({ type }) => type === 'port');
  if (column < 0) return;
  const variables = [unresolvedVariable(name, place, notes)];
  addReference({ place, variables }, useOf(place, use, column, undefined, notes), notes);
}

function readElement(
  element: NftElement,
  use: ElementUse,
  notes: NftNotes,
  via: Via | undefined,
  depth: number,
): void {
  const { key, data } = element;
  if (key.kind === 'set' || (key.kind === 'variable' && (use.columns.length > 1 || via !== undefined))) {
    readElements(key, use, notes, via, depth + 1);
    return;
  }
  if (via !== undefined) {
    notes.left -= 1;
    if (notes.left < 0) return;
  }
  if (via === undefined) judgeElement(element, use.form, notes);
  readColumns(key, use, data?.kind === 'verdict' ? data : undefined, notes, via);
  if (data !== undefined && use.data !== undefined && data.kind !== 'verdict') {
    const { columns, use: dataUse } = use.data;
    const transport = transportOf(key, use);
    const address = dataUse.rule && addressIn(data);
    const known: ElementUse = {
      ...dataUse,
      columns,
      form: use.form,
      ...(transport && { transport }),
      ...(address && { address }),
    };
    readColumns(data, known, undefined, notes, via);
  }
}

/** Tells whether a named set is what the rule asks for. */
function judgeNamed(place: NftPlace, known: KnownSet, use: ElementUse, notes: NftNotes): boolean {
  const wanted = use.columns.map(({ type }) => type);
  if (use.form.kind === 'verdict map') judgeData(place, known, ['verdict'], notes);
  else if (use.form.kind === 'map')
    judgeData(place, known, use.data?.columns.map(({ type }) => type) ?? [], notes);
  return judgeKeys(place, known, wanted, notes);
}

/** Reads one key, or what it is mapped to, part by part. */
function readColumns(
  key: NftExpr,
  use: ElementUse,
  verdict: NftVerdict | undefined,
  notes: NftNotes,
  via?: Via,
): void {
  const { columns } = use;
  if (columns.length === 0) return;
  const parts = columns.length === 1 ? [key] : key.kind === 'concat' ? key.parts : undefined;
  if (parts === undefined || parts.length !== columns.length) {
    if (via === undefined) refuseShape(key, parts, use, notes);
    return;
  }
  for (const [index, column] of columns.entries()) {
    const part = parts[index];
    if (part === undefined || (part.kind === 'value' && part.text === '*')) continue;
    if (column.type !== 'port') {
      if (via === undefined) checkAddress(part, column.type, notes);
      continue;
    }
    const portUse = useOf(key, use, index, verdict, notes);
    if (via === undefined) readPorts(part, portUse, notes);
    else readVia(part, portUse, via, notes);
  }
}

/** A port that stands elsewhere, told where its name is used. */
function readVia(part: NftExpr, use: PortUse, via: Via, notes: NftNotes): void {
  const { whole: _, ...plain } = use;
  for (const leaf of leavesOf(part, use, notes)) {
    const definition = notes.span(leaf.place);
    const value = notes.words(leaf.place);
    const named = { name: via.name, span: notes.span(via.place), from: fromDefine, value, definition };
    addReference({ ...leaf, place: via.place, variables: [named] }, plain, notes);
  }
}

/** What is done with the port in one part of a key: the other parts are conditions beside it. */
function useOf(
  key: NftPlace,
  use: ElementUse,
  index: number,
  verdict: NftVerdict | undefined,
  notes: NftNotes,
): PortUse {
  const { columns, data: _, form: __, ...plain } = use;
  const column = columns[index];
  const transport = isTransport(column?.layer4) ? column.layer4 : transportOf(key, use);
  const role = verdict && use.rule ? roleOf(verdict.verb, column?.side) : plainRole(use, column);
  return {
    ...plain,
    role,
    ...(transport && { transport }),
    ...(columns.length > 1 && { whole: key }),
    ...(use.rule && { rule: ruleOf(key, use.rule, use, index, verdict, notes) }),
  };
}

function plainRole({ role, rule }: ElementUse, column: NftColumn | undefined): Role {
  return rule !== undefined && column?.side === 'source' ? 'source' : role;
}

function ruleOf(
  key: NftPlace,
  rule: Omit<FilterRule, 'isNegated'>,
  use: ElementUse,
  index: number,
  verdict: NftVerdict | undefined,
  notes: NftNotes,
): Omit<FilterRule, 'isNegated'> {
  const parts = 'kind' in key ? partsOf(key as NftExpr) : [];
  const others = use.columns.flatMap(({ name, type }, at) => {
    const part = parts[at];
    if (at === index || name === undefined || part === undefined) return [];
    return type === 'l4proto' && isTransport(protocolText(part)) ? [] : [`${name} ${notes.words(part)}`];
  });
  return {
    ...rule,
    conditions: others.length === 0 ? rule.conditions : [...rule.conditions, ...others],
    ...(verdict && { verdict: notes.words(verdict) }),
  };
}

/** The transport that another part of the key names. */
function transportOf(key: NftPlace, { columns, transport }: ElementUse): Transport | undefined {
  const parts = 'kind' in key ? partsOf(key as NftExpr) : [];
  for (const [index, { type }] of columns.entries()) {
    const part = parts[index];
    const name = type === 'l4proto' && part !== undefined ? protocolText(part) : undefined;
    if (isTransport(name)) return name;
  }
  const layer4 = columns.find((column) => isTransport(column.layer4))?.layer4;
  return transport ?? (isTransport(layer4) ? layer4 : undefined);
}

function protocolText(part: NftExpr): string | undefined {
  return part.kind === 'value' ? protocolOf(part.text) : undefined;
}

function partsOf(key: NftExpr): readonly NftExpr[] {
  return key.kind === 'concat' ? key.parts : [key];
}

function refuseShape(
  key: NftExpr,
  parts: readonly NftExpr[] | undefined,
  { columns }: ElementUse,
  notes: NftNotes,
): void {
  if (!columns.some(({ type }) => type === 'port')) return;
  // A variable may stand for several parts, and a star for everything.
  const isOpen = (part: NftExpr): boolean =>
    part.kind === 'variable' || (part.kind === 'value' && part.form === 'unknown');
  if ((parts ?? [key]).some(isOpen) || (key.kind === 'value' && key.text === '*') || key.kind === 'missing')
    return;
  const count = parts?.length ?? 1;
  const nft =
    count > columns.length
      ? 'too many concatenation components'
      : 'invalid data type, expected concatenation';
  const reason = `"${notes.words(key)}" has ${count} ${count === 1 ? 'part' : 'parts'}, and ${columns.length} are asked for`;
  notes.fault({ rule: 'unknown-parameter', message: nftRefusal(reason, nft), ...placeOf(key) });
}

function readGaps(gaps: readonly number[], use: ElementUse, notes: NftNotes): void {
  if (use.columns.length !== 1 || use.columns[0]?.type !== 'port') return;
  for (const gap of gaps)
    readPorts(
      { kind: 'missing', from: gap, to: gap },
      useOf({ from: gap, to: gap }, use, 0, undefined, notes),
      notes,
    );
}
