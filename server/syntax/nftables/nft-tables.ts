import {
  beginsBlock,
  commentItem,
  endStatement,
  identifier,
  type NftFile,
  readBlock,
  skipStatement,
} from './nft-blocks';
import { readChain } from './nft-chains';
import { isBare } from './nft-cursor';
import { type NftParse, value, valueNode } from './nft-expressions';
import { duration, number } from './nft-options';
import { NftScope } from './nft-scope';
import { readNamedSet } from './nft-set-blocks';
import type {
  NftChain,
  NftCommand,
  NftExpectation,
  NftExpr,
  NftNamedSet,
  NftPlace,
  NftTableName,
} from './nft-tree';

/** What the block of a table holds. */
export interface TableItems {
  readonly chains: NftChain[];
  readonly sets: NftNamedSet[];
  readonly expectations: NftExpectation[];
}

/** Reads the block of a table (table_block). */
export function readTable(parse: NftFile, table: NftTableName): NftCommand {
  const items: TableItems = { chains: [], sets: [], expectations: [] };
  const within = [...parse.within, `table ${table.family} ${table.name}`];
  const inner: NftFile = { ...parse, scope: new NftScope(parse.scope), within };
  readBlock(inner, beginsTable, () => {
    if (commentItem(inner)) return;
    readTableItem(inner, table, items);
    endStatement(inner);
  });
  return { kind: 'table', table, ...items };
}

/** Reads one item of a table's block. */
export function readTableItem(
  parse: NftFile,
  table: NftTableName,
  { chains, sets, expectations }: TableItems,
): void {
  const { cursor } = parse;
  if (cursor.is('chain')) {
    const name = blockName(parse);
    if (name !== undefined) chains.push(readChain(parse, name.text, name, table.family));
  } else if (cursor.is('set', 'map')) {
    const isMap = cursor.is('map');
    const name = blockName(parse);
    if (name !== undefined) sets.push(readNamedSet(parse, isMap, name));
  } else if (cursor.is('flags')) {
    tableFlags(parse);
  } else if (cursor.is('ct') && cursor.peek().text === 'expectation') {
    cursor.next();
    const name = blockName(parse);
    if (name !== undefined) expectations.push(readExpectation(parse, name, table.family === 'inet'));
  } else {
    otherObject(parse);
  }
}

function beginsTable(parse: NftParse): boolean {
  return parse.cursor.is('table');
}

/** The name behind a keyword, with the brace of a block behind it. */
function blockName(parse: NftFile): ReturnType<typeof identifier> {
  const { cursor } = parse;
  cursor.next();
  const name = identifier(parse);
  if (name === undefined) return undefined;
  if (cursor.token.kind === 'newline' && isBare(cursor.peek(), ['{'])) {
    cursor.unexpected('The opening brace stands on the line of the name');
    cursor.next();
  }
  if (cursor.is('{')) return name;
  cursor.fail();
  return undefined;
}

const tableFlagNames = ['dormant', 'owner', 'persist'];

function tableFlags({ cursor }: NftFile): void {
  cursor.next();
  do {
    if (!cursor.is(...tableFlagNames)) cursor.fail();
    cursor.next();
  } while (cursor.take(','));
}

/** Named objects in which no port can stand; their blocks are passed over. */
const objects: readonly string[] = [
  'counter',
  'quota',
  'limit',
  'secmark',
  'synproxy',
  'flowtable',
  'tunnel',
];

function otherObject(parse: NftFile): void {
  const { cursor } = parse;
  if (cursor.is('ct') && isBare(cursor.peek(), ['helper', 'timeout'])) cursor.next();
  else if (!cursor.is(...objects)) {
    cursor.fail(objectReason(parse));
    return;
  }
  const name = blockName(parse);
  if (name !== undefined) skipBlock(parse);
}

function objectReason({ cursor }: NftFile): string {
  const word = cursor.text.slice(cursor.token.from, cursor.token.to);
  return `"${word}" cannot stand in a table: rules stand in chains, and a table has chains, sets and maps`;
}

/** Past a block in braces. */
export function skipBlock(parse: NftFile): void {
  const { cursor } = parse;
  const open = cursor.next();
  for (;;) {
    skipStatement(parse);
    if (cursor.is('}')) {
      cursor.next();
      return;
    }
    if (cursor.token.kind === 'end' || beginsBlock(parse, 'chain', 'set', 'map') || cursor.is('table')) {
      cursor.unexpected('This brace is never closed', 'syntax-error', open);
      cursor.isLost = true;
      return;
    }
    cursor.next();
  }
}

/** `ct expectation x { protocol tcp; dport 9876; timeout 1m; size 12; }`: of its numbers one is a port. */
function readExpectation(
  parse: NftFile,
  name: NftPlace & { readonly text: string },
  needsFamily: boolean,
): NftExpectation {
  const { cursor } = parse;
  const { from } = cursor.token;
  let layer4: 'tcp' | 'udp' | undefined;
  let port: NftExpr | undefined;
  const missing = new Set(['protocol', 'timeout', 'size', ...(needsFamily ? ['l3proto'] : [])]);
  readBlock(parse, beginsTable, () => {
    if (commentItem(parse)) return;
    missing.delete(cursor.token.text);
    if (cursor.take('protocol')) {
      if (!cursor.is('tcp', 'udp')) cursor.fail('The protocol of an expectation is tcp or udp');
      else layer4 = cursor.next().text === 'udp' ? 'udp' : 'tcp';
    } else if (cursor.take('dport')) {
      port = cursor.token.kind === 'number' ? valueNode(cursor.next()) : cursor.gap();
      if (port.kind === 'missing') cursor.fail('An expectation takes one port, as a number');
    } else if (cursor.take('timeout')) duration(parse);
    else if (cursor.take('size')) number(parse);
    else if (cursor.take('l3proto')) value(parse);
    else cursor.fail();
    endStatement(parse);
  });
  const common = { name: name.text, namePlace: name, missing: [...missing], from, to: cursor.last.to };
  return { ...common, ...(layer4 && { layer4 }), ...(port && { port }) };
}
