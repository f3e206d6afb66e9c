import { network } from '../../model/network';
import type { Network, NetworkMatch, PortMatch } from '../../model/packet-filter';
import type { PortRange } from '../../model/port';
import { protocolOf } from './nft-context';
import type { NftNotes } from './nft-notes';
import { comparedPorts, leafOf } from './nft-port-values';
import type { NftExpr, NftField, NftMatch, NftType, NftValue } from './nft-tree';
import { longestChain, plainValue } from './nft-values';

/** What is known of a table's named sets. */
export interface TableSets {
  /** The elements of one where the text tells all of them; undefined where it may have others. */
  readonly find: (name: string, type: NftType) => readonly NftExpr[] | undefined;
  /** Tells whether one has the same elements for one rule and for the next that sees the packet. */
  readonly isSteady: (name: string) => boolean;
  /** True where no variable of the text gets another value on the way. */
  readonly areVariablesSteady: boolean;
}

/**
 * What the values of conditions stand for, through variables and named sets. All of it, or undefined: a condition that
 * is understood in part would match other packets than the rule does.
 */
export class NftFilterValues {
  /** How many more values may come out of variables and named sets. */
  private left = mostValues;

  constructor(
    private readonly sets: TableSets,
    private readonly notes: NftNotes,
  ) {}

  ports(right: NftExpr, operator: NftMatch['operator']): PortMatch | undefined {
    if (operator === '!') return undefined;
    const isOrdered = operator !== '==' && operator !== '!=';
    if (isOrdered && right.kind !== 'value' && right.kind !== 'variable') return undefined;
    const ranges = this.all(right, 'port', (expr): PortRange | undefined => {
      const { ports } = leafOf(expr, this.notes);
      return ports && comparedPorts(ports, operator);
    });
    return ranges && { ranges, isNegated: operator === '!=' };
  }

  networks(right: NftExpr, operator: NftMatch['operator'], type: 'ipv4' | 'ipv6'): NetworkMatch | undefined {
    if (operator !== '==' && operator !== '!=') return undefined;
    const networks = this.all(right, type, (expr) => {
      const text = addressText(expr);
      const found: Network | undefined = text === undefined ? undefined : network(text);
      return found?.family === type ? found : undefined;
    });
    return networks && { networks, isNegated: operator === '!=' };
  }

  /** The protocols that are named, in nft's own words; undefined with one among them that is not known. */
  protocols(right: NftExpr): readonly string[] | undefined {
    return this.all(right, 'l4proto', (expr) => {
      const value = expr.kind === 'value' && expr.form !== 'unknown' ? protocolOf(expr.text) : 'unknown';
      return value === 'unknown' ? undefined : value;
    });
  }

  /** The states of a connection that are listed, in braces or by commas. */
  states(right: NftExpr): readonly string[] | undefined {
    const parts = right.kind === 'list' ? right.parts : [right];
    const found = parts.map((part) =>
      this.all(part, 'other', (expr) =>
        expr.kind === 'value' && states.has(expr.text) ? expr.text.toUpperCase() : undefined,
      ),
    );
    return found.every((each) => each !== undefined) ? found.flat() : undefined;
  }

  /** The one interface that is named, `eth+` for `eth*`. */
  interface(right: NftExpr): string | undefined {
    const [name, ...more] = this.all(right, 'other', interfaceName) ?? [];
    return more.length === 0 ? name : undefined;
  }

  /** Tells whether the same words stand for the same values in the next rule that sees the packet. */
  isSteady(expr: NftExpr): boolean {
    switch (expr.kind) {
      case 'variable':
        return (
          this.sets.areVariablesSteady && (expr.definition === undefined || !named(expr.definition.value))
        );
      case 'set-name':
        return this.sets.isSteady(expr.name);
      case 'set':
        return expr.elements.every(({ key }) => this.isSteady(key));
      case 'concat':
      case 'list':
      case 'operation':
        return expr.parts.every((part) => this.isSteady(part));
      case 'value':
        return expr.form !== 'unknown';
      case 'field':
        return isSteadyField(expr);
      case 'range':
        return this.isSteady(expr.low) && this.isSteady(expr.high);
      case 'prefix':
        return this.isSteady(expr.base);
      default:
        return false;
    }
  }

  /** Every single value that an expression stands for, as `one` reads it; undefined where it cannot read one. */
  private all<T>(
    expr: NftExpr,
    type: NftType,
    one: (expr: NftExpr) => T | undefined,
  ): readonly T[] | undefined {
    const found: T[] = [];
    const add = (each: NftExpr, depth: number): boolean => {
      this.left -= depth > 0 ? 1 : 0;
      if (this.left < 0 || depth > longestChain) return false;
      if (each.kind === 'variable')
        return each.definition !== undefined && add(each.definition.value, depth + 1);
      if (each.kind === 'set')
        return each.elements.every(({ key, data }) => data === undefined && add(key, depth + 1));
      if (each.kind === 'set-name')
        return this.sets.find(each.name, type)?.every((element) => add(element, depth + 1)) ?? false;
      const value = one(each);
      if (value !== undefined) found.push(value);
      return value !== undefined;
    };
    return add(expr, 0) && found.length > 0 ? found : undefined;
  }
}

const mostValues = 20_000;

function named({ kind }: NftExpr): boolean {
  return kind === 'set-name';
}

/** What a packet has itself, and what is not set by rules, counted or drawn by lot. */
function isSteadyField({ name }: NftField): boolean {
  const [first = '', second = ''] = name.split(' ');
  if (first === 'meta') return steadyMeta.test(second);
  if (first === 'ct') return /^(?:state|status|direction|original|reply|protocol|l3proto)$/.test(second);
  return (
    second !== '' || first.startsWith('@') || /^(?:tcp|ip|dccp|sctp|fib|exthdr|frag|hbh|rt0?)$/.test(first)
  );
}

const steadyMeta =
  /^(?:[io]if(?:name|type|group|kind)?|nfproto|protocol|l4proto|length|pkttype|sk[ug]id|[io]br(?:port|name))$/;

/** nftables src/ct.c, ct_state_tbl. */
const states: ReadonlySet<string> = new Set(['invalid', 'established', 'related', 'new', 'untracked']);

function addressText(expr: NftExpr): string | undefined {
  if (expr.kind === 'value') return literal(expr);
  if (expr.kind === 'prefix') {
    const base = plainValue(expr.base);
    return base && literal(base) && `${base.text}/${expr.length.text}`;
  }
  if (expr.kind !== 'range') return undefined;
  const [low, high] = [plainValue(expr.low), plainValue(expr.high)];
  return low && high && literal(low) && literal(high) && `${low.text}-${high.text}`;
}

function literal({ form, text }: NftValue): string | undefined {
  return form === 'unknown' || form === 'wildcard' ? undefined : text;
}

/** nft takes a plus sign for a letter of the name, and a star at the end for all that follows. */
function interfaceName(expr: NftExpr): string | undefined {
  if (expr.kind !== 'value' || expr.form === 'unknown' || expr.form === 'number') return undefined;
  const { text } = expr;
  if (text === '' || /[+\\]/.test(text)) return undefined;
  return text.endsWith('*') ? `${text.slice(0, -1)}+` : text;
}
