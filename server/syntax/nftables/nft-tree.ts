import type { Transport } from '../../model/port';

/** Characters of the text that was read, end excluded; the reader turns them into spans of the source. */
export interface NftPlace {
  readonly from: number;
  readonly to: number;
}

/** What a field holds or a set is declared for, as far as ports need it told apart. */
export type NftType = 'port' | 'ipv4' | 'ipv6' | 'l4proto' | 'nfproto' | 'verdict' | 'other' | 'unknown';

/** A header field or another property of a packet: `tcp dport`, `ip saddr`, `meta l4proto`, `ct state`. */
export interface NftField extends NftPlace {
  readonly kind: 'field';
  /** In nft's words: `tcp dport`. */
  readonly name: string;
  readonly type: NftType;
  /** The transport protocol that a packet must have to have the field; `unknown` when a shell puts it in. */
  readonly layer4?: string;
  /** The network protocol likewise. */
  readonly network?: 'ip' | 'ip6' | 'arp';
  /** Which port of the packet it is. */
  readonly side?: 'source' | 'destination';
  /** True for a field of a packet within the packet. */
  readonly isInner?: true;
  /** True where several values at once can be told by commas, as for flags. */
  readonly isBitmask?: true;
}

/** One number, word or quoted text. */
export interface NftValue extends NftPlace {
  readonly kind: 'value';
  readonly form: 'number' | 'word' | 'quoted' | 'wildcard' | 'unknown';
  readonly text: string;
}

/** Nothing stands where a value must. */
export interface NftMissing extends NftPlace {
  readonly kind: 'missing';
}

export interface NftVariable extends NftPlace {
  readonly kind: 'variable';
  readonly name: string;
  /** Absent when no `define` before it in the text gives it a value: another file or the command line may. */
  readonly definition?: NftDefinition;
}

export interface NftDefinition extends NftPlace {
  readonly name: string;
  readonly value: NftExpr;
}

export interface NftRange extends NftPlace {
  readonly kind: 'range';
  readonly low: NftExpr;
  readonly high: NftExpr;
}

export interface NftPrefix extends NftPlace {
  readonly kind: 'prefix';
  readonly base: NftExpr;
  readonly length: NftValue;
}

export interface NftElement extends NftPlace {
  readonly key: NftExpr;
  /** What the key is mapped to. */
  readonly data?: NftExpr;
}

export interface NftSet extends NftPlace {
  readonly kind: 'set';
  readonly elements: readonly NftElement[];
  /** Where a further element may be typed. */
  readonly gaps: readonly number[];
}

export interface NftSetName extends NftPlace {
  readonly kind: 'set-name';
  readonly name: string;
}

/** Values side by side (`.`), a list of flags (`,`), or an arithmetic expression. */
export interface NftParts<Kind extends 'concat' | 'list' | 'operation'> extends NftPlace {
  readonly kind: Kind;
  readonly parts: readonly NftExpr[];
}

/** `tcp dport map { 80 : 8080 }`. */
export interface NftMapping extends NftPlace {
  readonly kind: 'mapping';
  readonly key: NftExpr;
  readonly map: NftExpr;
}

export interface NftVerdict extends NftPlace {
  readonly kind: 'verdict';
  /** `accept`, `drop`, `continue`, `return`, `jump`, `goto`. */
  readonly verb: string;
  readonly chain?: string;
}

export type NftExpr =
  | NftField
  | NftValue
  | NftMissing
  | NftVariable
  | NftRange
  | NftPrefix
  | NftSet
  | NftSetName
  | NftParts<'concat'>
  | NftParts<'list'>
  | NftParts<'operation'>
  | NftMapping
  | NftVerdict;

export interface NftMatch extends NftPlace {
  readonly kind: 'match';
  readonly left: NftExpr;
  /** `==` when none is written. */
  readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=' | '!';
  readonly operatorPlace?: NftPlace;
  readonly right: NftExpr;
}

export interface NftVerdictMap extends NftPlace {
  readonly kind: 'vmap';
  readonly key: NftExpr;
  readonly map: NftExpr;
}

export interface NftNat extends NftPlace {
  readonly kind: 'nat';
  readonly verb: 'dnat' | 'snat' | 'redirect' | 'masquerade' | 'tproxy';
  readonly verbPlace: NftPlace;
  readonly family?: 'ip' | 'ip6';
  readonly address?: NftExpr;
  readonly port?: NftExpr;
}

/** `tcp dport set 8080`. */
export interface NftRewrite extends NftPlace {
  readonly kind: 'rewrite';
  readonly field: NftExpr;
  readonly value: NftExpr;
}

/** A jump into rules that stand right there: `jump { … }`. */
export interface NftSubchain extends NftPlace {
  readonly kind: 'subchain';
  readonly rules: readonly NftRule[];
}

/** A statement in which no port can stand. */
export interface NftOther extends NftPlace {
  readonly kind: 'other';
  readonly verb: string;
  /** True when it decides whether the rule goes on: `limit`, `quota`, `ct count`. */
  readonly isCondition: boolean;
  /** True when nothing may follow it: `reject`, `queue`. */
  readonly isTerminal: boolean;
}

export type NftStatement =
  | NftMatch
  | NftVerdictMap
  | NftVerdict
  | NftNat
  | NftRewrite
  | NftSubchain
  | NftOther;

export interface NftRule extends NftPlace {
  readonly statements: readonly NftStatement[];
  /** True when nft stops reading within it: what it would do cannot be told. */
  readonly isBroken: boolean;
  /** True when a shell puts a part of it in that may be any statement. */
  readonly isPartial: boolean;
}

export interface NftTableName {
  readonly family: NftFamily;
  readonly name: string;
}

export type NftFamily = 'ip' | 'ip6' | 'inet' | 'arp' | 'bridge' | 'netdev' | 'unknown';

/** A chain with what is written in its block; a base chain has a type and a hook. */
export interface NftChain extends NftPlace {
  readonly name: string;
  readonly type?: string;
  readonly hook?: string;
  /** True when the block says that the chain is hooked in, whether or not that can be read. */
  readonly isHooked: boolean;
  readonly policy?: NftPolicy;
  readonly rules: readonly NftRule[];
}

/** What becomes of packets at the end of a base chain; the place is that of the verdict. */
export interface NftPolicy extends NftPlace {
  /** Absent where a variable gives it. */
  readonly verdict?: 'accept' | 'drop';
}

/** A named set or map. */
export interface NftNamedSet extends NftPlace {
  readonly name: string;
  readonly namePlace: NftPlace;
  readonly isMap: boolean;
  /** The parts of a key; empty when the declaration does not tell. */
  readonly keys: readonly NftType[];
  /** The transport that a field of the keys names: `typeof tcp dport`. */
  readonly layer4?: Transport;
  readonly data: readonly NftType[];
  readonly isInterval: boolean;
  readonly isDataInterval: boolean;
  readonly isMerging: boolean;
  /** True where rules or time change its elements. */
  readonly isDynamic: boolean;
  readonly elements: readonly NftExpr[];
}

/** The port of `ct expectation`. */
export interface NftExpectation extends NftPlace {
  readonly name: string;
  readonly namePlace: NftPlace;
  readonly layer4?: Transport;
  readonly port?: NftExpr;
  /** What else it needs and does not say. */
  readonly missing: readonly string[];
}

export type NftCommand =
  /** Something is emptied or taken away. */
  | { readonly kind: 'forget'; readonly isAll: boolean; readonly what: NftForgotten }
  | {
      readonly kind: 'table';
      readonly table: NftTableName;
      readonly chains: readonly NftChain[];
      readonly sets: readonly NftNamedSet[];
      readonly expectations: readonly NftExpectation[];
    }
  | {
      readonly kind: 'rule';
      readonly table: NftTableName;
      readonly chain: string;
      readonly rule: NftRule;
      /** How it gets its place; absent for a rule that stands in a chain of another file. */
      readonly addition?: NftAddition;
    }
  | {
      readonly kind: 'element';
      /** `add`, `create`, `delete`, `get`, `reset`, `destroy`. */
      readonly verb: string;
      readonly table: NftTableName;
      readonly set: string;
      readonly elements: NftExpr;
    };

/** A line that takes in another file; the place is that of the path. */
export interface NftInclude extends NftPlace {
  readonly path: string;
  /** The blocks that it stands in, from the outermost inwards: `table inet filter`, `chain input`. */
  readonly within: readonly string[];
}

/** How a command puts a rule into a chain; the place begins with its first word. */
export interface NftAddition extends NftPlace {
  readonly verb: string;
  /** True where it stands beside a rule that is told by number or handle. */
  readonly isPlaced: boolean;
}

/** What a command empties or takes away. */
export interface NftForgotten {
  /** `flush`, `delete`, `destroy`, `get`, `reset`. */
  readonly verb: string;
  /** `ruleset`, `table`, `chain`, `rule`, `set` …; empty where it is none of nft's. */
  readonly object: string;
  readonly family?: NftFamily;
  /** Absent where no name tells it. */
  readonly table?: string;
  readonly name?: string;
}

export interface NftRuleset {
  readonly commands: readonly NftCommand[];
  readonly includes: readonly NftInclude[];
}
