import type { Claim } from '../../model/claim';
import type { Publication } from '../../model/compose-project';
import type { PortMove } from '../../model/finding';
import { portsText } from '../../model/port';
import { sameSpan, slice } from '../../model/span';

/** Whether anybody but browsers is to find the port. */
interface Audience {
  readonly isNotForWeb?: boolean;
}

/** A claim of one that publishes, or of one that listens. */
type Movable = Pick<Claim, 'file' | 'reference' | 'ports' | 'transport' | 'address'> & {
  readonly takers?: number;
  readonly publication?: Pick<Publication, 'isRestated' | 'target' | 'writing'>;
};

/**
 * How a claim's port can go elsewhere: the digits that are to be written anew, or the variable of the environment file
 * that gives them, and where moving that helps nobody, digits in its place; nothing where its port is written in any other
 * way, where another entry gives the service the same port, or where its containers could not share any range.
 */
export function portMoves(
  { file, reference, ports, transport, address, takers = 1, publication }: Movable,
  { isNotForWeb = false }: Audience = {},
): readonly PortMove[] {
  const { portSpan, variables = [] } = reference;
  const [variable] = variables;
  if (publication?.isRestated) return [];
  const isOfEnvironment =
    variables.length === 1 && variable?.from === '.env' && sameSpan(variable.span, portSpan);
  if (!isOfEnvironment && slice(file.text, portSpan) !== portsText(ports)) return [];
  // Each container wants all ports that stand in front of as many of its own.
  if (takers > 1 && publication?.target.ports?.first !== publication?.target.ports?.last) return [];
  const isTooNarrow = ports.last - ports.first + 1 < takers;
  const move: PortMove = {
    ...{ uri: file.uri, span: portSpan, ports, transport },
    ...(isTooNarrow && { needed: takers }),
    ...(address && { address }),
    ...(isNotForWeb && { isNotForWeb }),
  };
  if (!isOfEnvironment) return [move];
  const named: PortMove = { ...move, variable: variable.name };
  return publication?.writing.takesDigits ? [named, { ...move, isLastResort: true }] : [named];
}
