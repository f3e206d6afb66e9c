import { isBare } from './nft-cursor';
import { type NftParse, rightSide, valueNode } from './nft-expressions';
import { comment } from './nft-options';
import { nftRefusal } from './nft-refusal';
import type { NftExpr, NftInclude, NftPlace } from './nft-tree';
import { isName, isReserved } from './nft-words';

/** What a whole ruleset collects beside its commands. */
export interface NftFile extends NftParse {
  readonly includes: NftInclude[];
  /** The blocks around, from the outermost inwards. */
  readonly within: readonly string[];
}

/**
 * Reads the block at the current brace, item by item, to its closing brace. `includes` and `define` can stand in
 * every block (nftables src/parser_bison.y, common_block). After an item that nft cannot read, it goes on behind the
 * end of the statement; at a word that opens the next block, the closing brace was forgotten.
 */
export function readBlock(
  parse: NftFile,
  isForeign: (parse: NftFile) => boolean,
  readItem: () => void,
): void {
  const { cursor, depth } = parse;
  const open = cursor.next();
  for (;;) {
    parse.depth = depth;
    skipSeparators(parse);
    const { token } = cursor;
    if (cursor.is('}')) {
      cursor.next();
      return;
    }
    if (token.kind === 'end' || isForeign(parse)) {
      if (token.kind === 'end') cursor.unexpected('This brace is never closed', 'syntax-error', open);
      else cursor.unexpected(`A closing brace is missing before "${token.text}"`);
      cursor.isLost = true;
      return;
    }
    cursor.isUncertain = false;
    if (!commonItem(parse)) readItem();
    recover(parse);
    if (cursor.token === token) cursor.next();
  }
}

export function skipSeparators({ cursor }: NftParse): void {
  while (cursor.token.kind === 'newline' || cursor.is(';')) cursor.next();
}

/** Past what nft cannot read, to the end of the statement. */
export function recover(parse: NftParse): void {
  const { cursor } = parse;
  if (!cursor.failed) return;
  cursor.recover();
  skipStatement(parse);
}

/**
 * To the end of the statement, past braces that it opens. A line that begins with one of nft's own words ends it
 * all the same: then a closing brace is missing.
 */
export function skipStatement({ cursor }: NftParse): void {
  let depth = 0;
  for (;;) {
    const { token } = cursor;
    if (token.kind === 'end') return;
    if (depth === 0 && cursor.atEnd()) return;
    if (token.kind === 'newline') {
      const next = cursor.peek();
      if (next.kind === 'word' && isReserved(next.text) && cursor.peek(2).text !== '.') {
        cursor.isLost = true;
        return;
      }
    }
    if (cursor.is('{')) depth += 1;
    else if (cursor.is('}')) depth -= 1;
    cursor.next();
  }
}

/** Every statement ends with a line break or a semicolon; a closing brace alone does not end it. */
export function endStatement(parse: NftParse): void {
  const { cursor } = parse;
  const { token } = cursor;
  if (cursor.failed || token.kind === 'end') return;
  if (token.kind === 'newline' || cursor.is(';')) {
    cursor.next();
  } else if (cursor.is('}')) {
    const fixes = [{ title: 'Insert a semicolon', from: cursor.last.to, to: cursor.last.to, text: ';' }];
    cursor.unexpected(
      'Before the closing brace a semicolon or a line break is missing',
      'syntax-error',
      token,
      fixes,
    );
  } else {
    cursor.fail();
  }
}

/** Tells whether a block of another kind begins, `chain web {`. */
export function beginsBlock({ cursor }: NftParse, ...keywords: readonly string[]): boolean {
  return cursor.is(...keywords) && isName(cursor.peek()) && isBare(cursor.peek(2), ['{']);
}

/** `include`, `define`, `redefine`, `undefine`; false where none stands. */
export function commonItem(parse: NftFile): boolean {
  const { cursor } = parse;
  if (cursor.is('include')) include(parse);
  else if (cursor.is('define', 'redefine')) define(parse);
  else if (cursor.is('undefine')) undefine(parse);
  else return false;
  return true;
}

function include(parse: NftFile): void {
  const { cursor } = parse;
  cursor.next();
  const { token } = cursor;
  if (token.kind !== 'quoted') {
    cursor.fail('A path to include stands in quotation marks');
    return;
  }
  cursor.next();
  parse.names.hasIncluded = true;
  parse.includes.push({ path: token.text, within: parse.within, from: token.from + 1, to: token.to - 1 });
  endStatement(parse);
}

function define(parse: NftFile): void {
  const { cursor, scope } = parse;
  const keyword = cursor.next();
  const name = identifier(parse);
  if (name === undefined) return;
  if (!cursor.take('=')) {
    cursor.fail(`Behind "${name.text}" an equals sign is missing`);
    return;
  }
  if (keyword.text === 'define' && scope.find(name.text) !== undefined) {
    const reason = `The variable ${name.text} is defined already; "redefine" gives it another value`;
    const fixes = [{ title: 'Write redefine', from: keyword.from, to: keyword.to, text: 'redefine' }];
    const message = nftRefusal(reason, `redefinition of symbol '${name.text}'`);
    cursor.note({ rule: 'duplicate-name', place: name, message, fixes });
  }
  const value = initializer(parse);
  if (keyword.text === 'define') parse.names.defined.add(name.text);
  const definition = { name: name.text, value, from: keyword.from, to: cursor.last.to };
  scope.bind(definition);
  parse.names.definitions.push(definition);
  endStatement(parse);
}

/** What a variable stands for: values, a set, also an empty one, or a negative number (initializer_expr). */
function initializer(parse: NftFile): NftExpr {
  const { cursor } = parse;
  if (cursor.is('{') && isBare(cursor.peek(), ['}'])) {
    const { from } = cursor.next();
    const gap = cursor.gap().from;
    return { kind: 'set', elements: [], gaps: [gap], from, to: cursor.next().to };
  }
  if (cursor.is('-') && cursor.peek().kind === 'number') {
    const { from } = cursor.next();
    const number = valueNode(cursor.next());
    return { ...number, form: 'word', text: `-${number.text}`, from };
  }
  return rightSide(parse);
}

function undefine(parse: NftFile): void {
  const { cursor, scope } = parse;
  cursor.next();
  const name = identifier(parse);
  if (name !== undefined) scope.unbind(name.text);
  endStatement(parse);
}

/** The name of something; nft stops where none stands. */
export function identifier(parse: NftParse): (NftPlace & { readonly text: string }) | undefined {
  const { cursor } = parse;
  if (isName(cursor.token)) return cursor.next();
  cursor.fail();
  return undefined;
}

/** `comment "…"` as an item of a block. */
export function commentItem(parse: NftParse): boolean {
  if (!parse.cursor.is('comment')) return false;
  comment(parse);
  endStatement(parse);
  return true;
}
