import type { Claim } from '../../model/claim';
import type { PortMove } from '../../model/finding';
import { portsText } from '../../model/port';
import { sameSpan, slice } from '../../model/span';

/** Whether anybody but browsers is to find the port. */
interface Audience {
  readonly isNotForWeb?: boolean;
}

/** A claim of one that publishes, or of one that listens. */
type Movable = Pick<Claim, 'file' | 'reference' | 'ports' | 'transport' | 'address'> & {
  readonly publication?: { readonly isRestated?: true };
};

/**
 * How a claim's port can go elsewhere: the digits that are to be written anew, or the variable of the environment file
 * that gives them; nothing where its port is written in any other way, or where another entry gives the service the same
 * port.
 */
export function portMoves(
  { file, reference, ports, transport, address, publication }: Movable,
  { isNotForWeb = false }: Audience = {},
): readonly PortMove[] {
  const { portSpan, variables = [] } = reference;
  const [variable] = variables;
  if (publication?.isRestated) return [];
  const isOfEnvironment =
    variables.length === 1 && variable?.from === '.env' && sameSpan(variable.span, portSpan);
  if (!isOfEnvironment && slice(file.text, portSpan) !== portsText(ports)) return [];
  return [
    {
      ...{ uri: file.uri, span: portSpan, ports, transport },
      ...(isOfEnvironment && { variable: variable.name }),
      ...(address && { address }),
      ...(isNotForWeb && { isNotForWeb }),
    },
  ];
}
