import type { NftCursor } from './nft-cursor';
import { fieldOf } from './nft-fields';
import { dashFault, type NftNames, type NftScope } from './nft-scope';
import { readSet } from './nft-sets';
import type { NftToken } from './nft-tokens';
import type { NftExpr, NftParts, NftPlace, NftValue } from './nft-tree';
import { isName, isReserved, isValueWord } from './nft-words';

/** What the functions that read a ruleset share. */
export interface NftParse {
  readonly cursor: NftCursor;
  /** The variables that are bound here. */
  scope: NftScope;
  /** How deep in brackets and braces. */
  depth: number;
  readonly names: NftNames;
}

/** Deeper than anybody writes; nft itself gives up at some depth. */
export const deepest = 60;

/** The value of a match or a `define`: one value, a concatenation, a set, a set's name, a list (rhs_expr, list_rhs_expr). */
export function rightSide(parse: NftParse): NftExpr {
  const { cursor } = parse;
  if (cursor.is('{')) return readSet(parse, 'values');
  if (cursor.is('@')) return setName(parse);
  const first = values(parse);
  const flags = cursor.is(',') ? list(parse, first) : first;
  return cursor.is('/') ? flagComparison(parse, flags) : flags;
}

/** What a match looks at: fields side by side, a set, or a field put through a map (expr). */
export function leftSide(parse: NftParse): NftExpr {
  const { cursor } = parse;
  if (cursor.is('{')) return readSet(parse, 'values');
  const key = chained(parse, () => operation(parse, () => primary(parse, false)));
  return cursor.is('map') ? mapped(parse, key) : key;
}

/** What a statement sets something to (stmt_expr): a value, a range, a field, a field put through a map. */
export function statementValue(parse: NftParse): NftExpr {
  const { cursor } = parse;
  const first = chained(parse, () => interval(parse, () => primary(parse, true)));
  if (cursor.is('map')) return mapped(parse, first);
  return cursor.is(',') && first.kind === 'value' && first.form !== 'number' ? list(parse, first) : first;
}

/** Values side by side, each of which may be a range or a prefix (concat_rhs_expr). */
export function values(parse: NftParse): NftExpr {
  return chained(parse, () => interval(parse, () => value(parse)));
}

/** A variable or one value; where neither stands, nft stops reading. */
export function value(parse: NftParse): NftExpr {
  const { cursor } = parse;
  const { token } = cursor;
  if (cursor.is('$')) return variable(parse);
  if (cursor.is('(')) return bracketed(parse, () => operation(parse, () => value(parse)));
  if (isValue(token)) return valueNode(cursor.next());
  const gap = cursor.gap();
  cursor.fail();
  return gap;
}

/** `$name`. */
export function variable({ cursor, scope, names }: NftParse): NftExpr {
  const { from } = cursor.next();
  const { token } = cursor;
  if (token.kind !== 'word' || (isReserved(token.text) && token.text !== 'last')) {
    cursor.fail();
    // The sign is the beginning of the name that is missing.
    return { kind: 'missing', from, to: from + 1 };
  }
  cursor.next();
  const definition = scope.find(token.text);
  const found = { kind: 'variable', name: token.text, from, to: token.to } as const;
  if (definition !== undefined) return { ...found, definition };
  const fault = dashFault(found, scope);
  if (fault !== undefined) cursor.note({ ...fault, place: found });
  else if (!cursor.isUncertain) names.miss(found);
  return found;
}

/** Tells whether a value can begin with this token. */
export function isValue({ kind, text }: NftToken): boolean {
  if (kind === 'word') return isValueWord(text);
  return kind === 'number' || kind === 'quoted' || kind === 'wildcard' || kind === 'unknown';
}

export function valueNode({ kind, text, from, to }: NftToken): NftValue {
  const form =
    kind === 'word' || kind === 'number' || kind === 'quoted' || kind === 'wildcard' ? kind : 'unknown';
  return { kind: 'value', form, text, from, to };
}

/** From the beginning of the one to the end of the other. */
function around(first: NftPlace, last: NftPlace): NftPlace {
  return { from: first.from, to: Math.max(first.to, last.to) };
}

/** `@name`. */
function setName({ cursor }: NftParse): NftExpr {
  const { from } = cursor.next();
  const { token } = cursor;
  if (!isName(token)) cursor.fail();
  const { to } = cursor.next();
  return { kind: 'set-name', name: token.kind === 'unknown' ? '' : token.text, from, to };
}

/** A field, or what can stand in a field's place; the name of a header alone (`ip`) can be a value. */
function primary(parse: NftParse, isHeaderValue: boolean): NftExpr {
  const { cursor } = parse;
  if (cursor.is('(')) return bracketed(parse, () => operation(parse, () => primary(parse, isHeaderValue)));
  return fieldOf(parse, isHeaderValue) ?? value(parse);
}

function bracketed(parse: NftParse, inner: () => NftExpr): NftExpr {
  const { cursor } = parse;
  const { from } = cursor.next();
  parse.depth += 1;
  if (parse.depth > deepest) {
    cursor.isLost = true;
    cursor.fail();
  }
  const found = inner();
  parse.depth -= 1;
  if (cursor.is(')')) return { ...found, from, to: cursor.next().to };
  cursor.fail();
  return found;
}

/** Shifts and bits; what comes out is not worked out here. */
function operation(parse: NftParse, operand: () => NftExpr): NftExpr {
  const { cursor } = parse;
  const first = operand();
  const parts: NftExpr[] = [first];
  while (cursor.is('<<', '>>', '&', '^', '|')) {
    cursor.next();
    // Behind an operator stands a value, not a field (primary_rhs_expr).
    parts.push(value(parse));
  }
  return parts.length === 1 ? first : partsOf('operation', parts);
}

function interval(parse: NftParse, operand: () => NftExpr): NftExpr {
  const { cursor } = parse;
  const low = operation(parse, operand);
  if (cursor.is('-')) {
    const dash = cursor.next();
    const high = highEnd(operation(parse, operand), low, dash);
    return { kind: 'range', low, high, ...around(low, high) };
  }
  if (cursor.is('/') && cursor.peek().kind === 'number' && !cursor.failed) {
    cursor.next();
    const length = valueNode(cursor.next());
    return { kind: 'prefix', base: low, length, ...around(low, length) };
  }
  return low;
}

/** A last port that is missing is typed right behind the dash, where that stands right behind the first one. */
function highEnd(high: NftExpr, low: NftPlace, { from, to }: NftPlace): NftExpr {
  return high.kind === 'missing' && high.from === high.to && low.to === from
    ? { kind: 'missing', from: to, to }
    : high;
}

function chained(parse: NftParse, part: () => NftExpr): NftExpr {
  const { cursor } = parse;
  const first = part();
  const parts: NftExpr[] = [first];
  while (cursor.is('.')) {
    cursor.next();
    parts.push(part());
  }
  return parts.length === 1 ? first : partsOf('concat', parts);
}

/** `syn, ack`: at least two. */
function list(parse: NftParse, first: NftExpr): NftExpr {
  const { cursor } = parse;
  const parts: NftExpr[] = [first];
  while (cursor.is(',')) {
    cursor.next();
    parts.push(operation(parse, () => value(parse)));
  }
  return partsOf('list', parts);
}

/** `tcp flags syn / syn,ack`, `tcp flags fin,syn / fin,syn`: the mask is a list of at least two. */
function flagComparison(parse: NftParse, flags: NftExpr): NftExpr {
  const { cursor } = parse;
  cursor.next();
  const mask = operation(parse, () => value(parse));
  if (!cursor.is(',')) cursor.fail();
  return partsOf('operation', [flags, list(parse, mask)]);
}

function mapped(parse: NftParse, key: NftExpr): NftExpr {
  const { cursor } = parse;
  cursor.next();
  let map: NftExpr;
  if (cursor.is('{')) map = readSet(parse, 'data');
  else if (cursor.is('@')) map = setName(parse);
  else map = value(parse);
  return { kind: 'mapping', key, map, ...around(key, map) };
}

function partsOf<Kind extends 'concat' | 'list' | 'operation'>(
  kind: Kind,
  parts: readonly NftExpr[],
): NftParts<Kind> {
  return { kind, parts, from: parts[0]?.from ?? 0, to: parts.at(-1)?.to ?? 0 };
}

/** The map behind `vmap`: its verdicts, a map's name, or a variable (verdict_map_expr). */
export function verdictMap(parse: NftParse): NftExpr {
  const { cursor } = parse;
  if (cursor.is('{')) return readSet(parse, 'verdicts');
  if (cursor.is('@')) return setName(parse);
  if (cursor.is('$') || cursor.token.kind === 'unknown') return value(parse);
  const gap = cursor.gap();
  cursor.fail();
  return gap;
}
