import { beginsBlock, commentItem, endStatement, type NftFile, readBlock } from './nft-blocks';
import { type NftParse, rightSide, variable } from './nft-expressions';
import { type ChainHook, readHook } from './nft-hooks';
import { comment } from './nft-options';
import { nftRefusal } from './nft-refusal';
import { NftScope } from './nft-scope';
import { readStatement } from './nft-statements';
import type { NftChain, NftFamily, NftPlace, NftPolicy, NftRule, NftStatement } from './nft-tree';

/** Reads the block of a chain: where it is hooked in, its policy, its rules (chain_block). */
export function readChain(parse: NftFile, name: string, place: NftPlace, family: NftFamily): NftChain {
  const { cursor } = parse;
  const rules: NftRule[] = [];
  let hook: ChainHook = {};
  let isHooked = false;
  let policy: NftPolicy | undefined;
  const inner: NftFile = {
    ...parse,
    scope: new NftScope(parse.scope),
    within: [...parse.within, `chain ${name}`],
  };
  readBlock(inner, beginsOther, () => {
    if (commentItem(inner)) return;
    if (cursor.is('type')) {
      isHooked = true;
      hook = readHook(inner, family);
    } else if (cursor.is('policy')) {
      policy = readPolicy(inner, policy !== undefined);
    } else if (cursor.is('flags') && cursor.peek().text === 'offload') {
      cursor.next();
      cursor.next();
    } else if (cursor.is('devices')) {
      cursor.next();
      if (!cursor.take('=')) cursor.fail();
      rightSide(inner);
    } else {
      rules.push(readRule(inner));
    }
    endStatement(inner);
  });
  return { name, rules, isHooked, from: place.from, to: place.to, ...hook, ...(policy && { policy }) };
}

/** The rules behind `jump {` or `goto {` (subchain_block). */
export function readBlockRules(parse: NftParse): readonly NftRule[] {
  const { cursor } = parse;
  const rules: NftRule[] = [];
  const inner: NftFile = { ...parse, depth: parse.depth + 1, includes: [], within: [] };
  if (inner.depth > deepestChain) {
    cursor.isLost = true;
    cursor.fail();
  }
  if (!cursor.failed)
    readBlock(inner, beginsOther, () => {
      rules.push(readRule(inner));
      endStatement(inner);
    });
  return rules;
}

/** Nobody nests chains so deep; nft takes three. */
const deepestChain = 20;

/** Reads a rule to its end, which it leaves to the caller (rule, stmt_list). */
export function readRule(parse: NftParse): NftRule {
  const { cursor } = parse;
  const { from } = cursor.token;
  const told = cursor.faults.length;
  const statements: NftStatement[] = [];
  cursor.suspect = undefined;
  while (!cursor.failed && !cursor.atEnd()) {
    const { token } = cursor;
    if (cursor.is('comment')) {
      comment(parse);
      if (!cursor.atEnd()) cursor.fail();
      break;
    }
    statements.push(readStatement(parse));
    if (cursor.token === token && !cursor.failed) cursor.fail();
  }
  cursor.suspect = undefined;
  const isBroken = cursor.failed || cursor.faults.length > told;
  return { statements, isBroken, isPartial: cursor.isUncertain, from, to: Math.max(from, cursor.last.to) };
}

function beginsOther(parse: NftParse): boolean {
  return beginsBlock(parse, 'chain', 'set', 'map') || parse.cursor.is('table');
}

function readPolicy(parse: NftParse, isSecond: boolean): NftPolicy {
  const { cursor } = parse;
  const { from } = cursor.next();
  const { token } = cursor;
  const verdict = cursor.is('accept') ? 'accept' : cursor.is('drop') ? 'drop' : undefined;
  if (cursor.is('$')) variable(parse);
  else if (cursor.is('accept', 'drop') || cursor.token.kind === 'unknown') cursor.next();
  else cursor.fail('The policy of a chain is accept or drop');
  const policy: NftPolicy = { from: token.from, to: token.to, ...(verdict && { verdict }) };
  if (!isSecond) return policy;
  const message = nftRefusal('The chain has a policy already', 'you cannot set chain policy twice');
  cursor.note({ rule: 'unknown-parameter', place: { from, to: cursor.last.to }, message });
  return policy;
}
