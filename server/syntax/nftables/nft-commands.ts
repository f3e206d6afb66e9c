import { unknownText } from '../sourced-text';
import {
  commonItem,
  endStatement,
  identifier,
  type NftFile,
  recover,
  skipSeparators,
  skipStatement,
} from './nft-blocks';
import { readChain, readRule } from './nft-chains';
import { isBare, NftCursor, type NftFault } from './nft-cursor';
import { value } from './nft-expressions';
import { number } from './nft-options';
import { NftNames, NftScope } from './nft-scope';
import { readNamedSet } from './nft-set-blocks';
import { readSet } from './nft-sets';
import { readStray } from './nft-strays';
import { readTable, skipBlock } from './nft-tables';
import type {
  NftCommand,
  NftDefinition,
  NftFamily,
  NftForgotten,
  NftPlace,
  NftRuleset,
  NftTableName,
} from './nft-tree';
import { isName, isReserved } from './nft-words';

/** A ruleset, and what the grammar alone says is wrong with it. */
export interface NftReading extends NftRuleset {
  readonly faults: readonly NftFault[];
  /** Everything that gives a name a value, in the order of the text. */
  readonly definitions: readonly NftDefinition[];
}

/**
 * Reads a ruleset as nft's parser does (nftables src/parser_bison.y, input). In linear time, whatever the text.
 * A file whose statements are no commands is part of another one, which includes it in a table or a chain: there
 * they have their place, unless this file has commands as well.
 *
 * @param within The blocks that another file puts the text in, from the outermost inwards; absent when unknown.
 */
export function readRuleset(text: string, within?: readonly string[]): NftReading {
  const cursor = new NftCursor(text);
  const parse: NftFile = {
    cursor,
    scope: new NftScope(),
    depth: 0,
    includes: [],
    within: [],
    names: new NftNames(),
  };
  const commands: NftCommand[] = [];
  const strays: NftFault[] = [];
  for (;;) {
    skipSeparators(parse);
    const { token } = cursor;
    if (token.kind === 'end') break;
    cursor.isUncertain = false;
    parse.depth = 0;
    if (cursor.is('}')) {
      cursor.unexpected('No brace is open that this one could close');
      cursor.isLost = true;
      cursor.next();
      continue;
    }
    if (!commonItem(parse)) {
      const stray = readStray(parse, within ?? []);
      if (stray !== undefined) strays.push(stray.fault);
      const command = stray?.command ?? readCommand(parse);
      if (command !== undefined) commands.push(command);
      endStatement(parse);
    }
    recover(parse);
    if (cursor.token === token) cursor.next();
  }
  const isMain = within === undefined ? commands.length > strays.length : within.length === 0;
  const faults = [...(isMain ? strays : []), ...cursor.faults, ...parse.names.faults()];
  return { commands, includes: parse.includes, faults, definitions: parse.names.definitions };
}

const families = /^(?:ip|ip6|inet|arp|bridge|netdev)$/;

/** Commands in which no port can stand. */
const plainVerbs: readonly string[] = ['list', 'rename', 'import', 'export', 'monitor', 'describe'];

/** One command; `add` can be left out (base_cmd). */
function readCommand(parse: NftFile): NftCommand | undefined {
  const { cursor } = parse;
  const { token } = cursor;
  if (cursor.is(...plainVerbs)) {
    skipStatement(parse);
    return undefined;
  }
  if (cursor.is('flush', 'delete', 'destroy', 'get', 'reset')) {
    cursor.next();
    if (cursor.is('element') && token.text !== 'flush') return readElements(parse, token.text);
    const isAll = token.text === 'flush' && cursor.is('ruleset') && !families.test(cursor.peek().text);
    const what = forgotten(parse, token.text);
    skipStatement(parse);
    return { kind: 'forget', isAll, what };
  }
  const isVerb = cursor.is('add', 'create', 'insert', 'replace');
  if (isVerb) cursor.next();
  return readAddition(parse, isVerb ? token.text : 'add', token);
}

/** What the command names behind its verb; nothing of it is read, for the rest of the command is of no concern. */
function forgotten({ cursor }: NftFile, verb: string): NftForgotten {
  const object = cursor.token.kind === 'word' ? cursor.token.text : '';
  const second = cursor.peek();
  const family = second.kind === 'word' && families.test(second.text) ? second.text : undefined;
  const [table, name] = (family === undefined ? [1, 2] : [2, 3])
    .map((count) => cursor.peek(count))
    .map((token) => (token.kind === 'word' && isName(token) ? token.text : undefined));
  return {
    verb,
    object,
    ...(family !== undefined && { family: family as NftFamily }),
    ...(table !== undefined && { table }),
    ...(name !== undefined && { name }),
  };
}

function readAddition(parse: NftFile, verb: string, start: NftPlace): NftCommand | undefined {
  const { cursor } = parse;
  if (cursor.is('table')) return addTable(parse);
  if (cursor.is('chain')) return addChain(parse);
  if (cursor.is('set', 'map')) return addSet(parse);
  if (cursor.is('element')) return readElements(parse, verb);
  if (cursor.is('flowtable', 'counter', 'quota', 'limit', 'secmark', 'synproxy', 'ct', 'tunnel')) {
    skipObject(parse);
    return undefined;
  }
  if (cursor.is('rule')) cursor.next();
  else if (!isName(cursor.token) && !families.test(cursor.token.text)) {
    cursor.fail(commandReason(parse));
    return undefined;
  }
  return addRule(parse, verb, start);
}

function commandReason({ cursor }: NftFile): string {
  const word = cursor.text.slice(cursor.token.from, cursor.token.to);
  return isReserved(cursor.token.text)
    ? `"${word}" is no command: outside of a table stand commands such as "table inet filter {" or "add rule …"`
    : `"${word}" is not expected here`;
}

/** `inet filter`; the family is ip where none is written (table_spec). */
function tableName(parse: NftFile): NftTableName | undefined {
  const { cursor } = parse;
  const isFamily = cursor.token.kind === 'word' && families.test(cursor.token.text);
  const family: NftFamily = isFamily ? (cursor.next().text as NftFamily) : 'ip';
  const name = identifier(parse);
  if (name === undefined) return undefined;
  // What a shell puts in may be more than one word.
  return { family: cursor.isUncertain && !isFamily ? 'unknown' : family, name: name.text };
}

function addTable(parse: NftFile): NftCommand | undefined {
  const { cursor } = parse;
  cursor.next();
  const table = tableName(parse);
  if (table === undefined) return undefined;
  if (cursor.token.kind === 'newline' && isBare(cursor.peek(), ['{'])) {
    // Without a block the command is whole, and the brace begins nothing.
    cursor.next();
    cursor.unexpected('The opening brace stands on the line of the name');
  }
  if (!cursor.is('{')) return { kind: 'table', table, chains: [], sets: [], expectations: [] };
  return readTable(parse, table);
}

function addChain(parse: NftFile): NftCommand | undefined {
  const { cursor } = parse;
  cursor.next();
  const table = tableName(parse);
  const name = table && identifier(parse);
  if (table === undefined || name === undefined) return undefined;
  const common = { kind: 'table', table, sets: [], expectations: [] } as const;
  if (!cursor.is('{'))
    return {
      ...common,
      chains: [{ name: name.text, rules: [], isHooked: false, from: name.from, to: name.to }],
    };
  return { ...common, chains: [readChain(parse, name.text, name, table.family)] };
}

function addSet(parse: NftFile): NftCommand | undefined {
  const { cursor } = parse;
  const isMap = cursor.next().text === 'map';
  const table = tableName(parse);
  const name = table && identifier(parse);
  if (table === undefined || name === undefined) return undefined;
  if (!cursor.is('{')) {
    cursor.fail();
    return undefined;
  }
  return { kind: 'table', table, chains: [], expectations: [], sets: [readNamedSet(parse, isMap, name)] };
}

/** `element inet filter ports { 22, 80 }`. */
function readElements(parse: NftFile, verb: string): NftCommand | undefined {
  const { cursor } = parse;
  cursor.next();
  const table = tableName(parse);
  const set = table && identifier(parse);
  if (table === undefined || set === undefined) return undefined;
  if (!cursor.is('{', '$') && cursor.token.kind !== 'unknown') {
    cursor.fail('The elements stand in braces');
    return undefined;
  }
  const elements = cursor.is('{') ? readSet(parse, 'data') : value(parse);
  return { kind: 'element', verb, table, set: set.text, elements };
}

function skipObject(parse: NftFile): void {
  const { cursor } = parse;
  while (!cursor.atEnd() && !cursor.is('{')) cursor.next();
  if (cursor.is('{')) skipBlock(parse);
}

/** `inet filter input index 3 tcp dport 22 accept` (rule_position, rule). */
function addRule(parse: NftFile, verb: string, start: NftPlace): NftCommand | undefined {
  const { cursor } = parse;
  const table = tableName(parse);
  const chain = table && chainName(parse);
  if (table === undefined || chain === undefined) return undefined;
  const isPlaced = cursor.is('position', 'handle', 'index');
  if (isPlaced) {
    cursor.next();
    number(parse);
  }
  if (cursor.atEnd()) {
    cursor.fail('The rule itself is missing');
    return undefined;
  }
  const rule = readRule(parse);
  const addition = { verb, isPlaced, from: start.from, to: rule.to };
  return { kind: 'rule', table, chain: chain.text, rule, addition };
}

/** The chain of a rule. Behind what a shell puts in, it is the last name before the rule begins. */
function chainName(parse: NftFile): ReturnType<typeof identifier> {
  const { cursor } = parse;
  if (!cursor.isUncertain) return identifier(parse);
  let chain = { ...cursor.last, text: unknownText };
  while (cursor.token.kind === 'word' && isName(cursor.token)) chain = cursor.next();
  return chain;
}
