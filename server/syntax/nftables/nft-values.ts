import { type Address, ipAddress } from '../../model/address';
import type { NftExpr, NftValue } from './nft-tree';

/** How many variables may stand for one another in a row. */
export const longestChain = 50;

/** The single value that an expression is, or that a variable stands for, through other variables as well. */
export function plainValue(expr: NftExpr): NftValue | undefined {
  let value: NftExpr | undefined = expr;
  for (let hops = 0; value?.kind === 'variable' && hops < longestChain; hops += 1)
    value = value.definition?.value;
  return value?.kind === 'value' ? value : undefined;
}

/** The one address that packets are sent on to, alone or with a port beside it; a range or a name is none. */
export function addressIn(expr: NftExpr): Address | undefined {
  const [first = expr] = expr.kind === 'concat' ? expr.parts : [];
  const value = plainValue(first);
  return value && ipAddress(value.text);
}
