import { type NftParse, variable } from './nft-expressions';
import type { NftVerdict } from './nft-tree';
import { isName } from './nft-words';

const verdicts: ReadonlySet<string> = new Set(['accept', 'drop', 'continue', 'return', 'jump', 'goto']);

/** Tells whether a verdict begins at the current token. */
export function isVerdict({ cursor: { token } }: NftParse): boolean {
  return token.kind === 'word' && verdicts.has(token.text);
}

/** `accept`, `jump web` (verdict_expr); undefined where none stands. A block behind `jump` is the caller's to read. */
export function readVerdict(parse: NftParse): NftVerdict | undefined {
  const { cursor } = parse;
  if (!isVerdict(parse)) return undefined;
  const { text: verb, from, to } = cursor.next();
  if (verb !== 'jump' && verb !== 'goto') return { kind: 'verdict', verb, from, to };
  if (cursor.is('$')) {
    const found = variable(parse);
    return { kind: 'verdict', verb, from, to: found.to };
  }
  if (!isName(cursor.token)) {
    cursor.fail(`"${verb}" needs the name of a chain`);
    return { kind: 'verdict', verb, from, to };
  }
  const chain = cursor.next();
  return { kind: 'verdict', verb, from, to: chain.to, chain: chain.text };
}
