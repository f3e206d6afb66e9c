import type { PortName } from '../../model/reading';
import type { NftNotes } from './nft-notes';
import { readPortText } from './nft-port-text';
import type { NftDefinition, NftExpr, NftRuleset } from './nft-tree';

/** The names of a ruleset that can stand for ports: what it defines, and its sets of ports. */
export function portNames(
  { commands }: NftRuleset,
  definitions: readonly NftDefinition[],
  notes: NftNotes,
): readonly PortName[] {
  const variables = definitions
    .filter(({ value }) => holdsPorts(value))
    .map(({ name, value }) => ({ text: `$${name}`, stands: notes.words(value) }));
  const sets = commands.flatMap((command) =>
    command.kind !== 'table'
      ? []
      : command.sets
          .filter(({ keys, isMap }) => !isMap && keys.length === 1 && keys[0] === 'port')
          .map(({ name }) => ({ text: `@${name}`, stands: `the set ${name}` })),
  );
  return [...variables, ...sets];
}

/** Numbers can also be marks and sizes: nobody knows what a variable is for before it is used. */
function holdsPorts(expr: NftExpr): boolean {
  if (expr.kind === 'range') return holdsPorts(expr.low);
  if (expr.kind === 'set') return expr.elements.every(({ key }) => key.kind !== 'set' && holdsPorts(key));
  return expr.kind === 'value' && expr.form !== 'quoted' && readPortText(expr).port !== undefined;
}
