import { network } from '../../model/network';
import type { Network, NetworkMatch } from '../../model/packet-filter';
import type { PfToken } from '../../syntax/pf/pf-tokens';

/**
 * The addresses that a host of a rule stands for: `10.0.0.0/8`, `! 10.0.0.1`, `10.0.0.1 - 10.0.0.9`,
 * `{ 10.0.0.1, 10.0.0.2 }`, each of which is a rule of its own for pf.
 *
 * @returns Undefined where one of them is a name, a table or an interface, and for a list with one that is left out:
 * its other items take that one in again.
 */
export function hostNetworks(tokens: readonly PfToken[]): NetworkMatch | undefined {
  const isList = isMark(tokens[0], '{');
  const networks: Network[] = [];
  let isNegated = false;
  for (let at = isList ? 1 : 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined || (isList && isMark(token, '}') && at === tokens.length - 1)) break;
    if (isMark(token, ',') || token.kind === 'newline') {
      at += 1;
    } else if (isMark(token, '!')) {
      isNegated = true;
      at += 1;
    } else {
      const length = isMark(tokens[at + 1], '/') || isMark(tokens[at + 1], '-') ? 3 : 1;
      const parts = tokens.slice(at, at + length);
      const found =
        isHost(token) && parts.length === length
          ? network(parts.map(({ value }) => value).join(''))
          : undefined;
      if (found === undefined) return undefined;
      networks.push(found);
      at += length;
    }
  }
  return networks.length === 0 || (isNegated && networks.length > 1) ? undefined : { networks, isNegated };
}

function isHost({ kind }: PfToken): boolean {
  return kind === 'word' || kind === 'quoted';
}

function isMark(token: PfToken | undefined, value: string): boolean {
  return token?.kind === 'mark' && token.value === value;
}
