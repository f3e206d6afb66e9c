import type { Fault } from '../../model/fault';
import type { Argument } from './arguments';
import { ufwRefusal } from './ufw-refusal';

/** What ufw refuses of an interface's name (src/common.py, set_interface). */
export function interfaceFault({ value, span }: Argument): Fault | undefined {
  const words = interfaceRefusal(value);
  if (words === undefined) return undefined;
  return {
    rule: 'unknown-parameter',
    span,
    message: ufwRefusal(`"${value}" is no name of an interface`, `Bad interface name${words}`),
  };
}

function interfaceRefusal(name: string): string | undefined {
  if (name.includes('!')) return ": reserved character: '!'";
  if (name.includes(':')) return ": can't use interface aliases";
  if (name === '.' || name === '..') return ": can't use '.' or '..'";
  if (name === '') return ': interface name is empty';
  if (name.length > 15) return ': interface name too long';
  return /^[a-zA-Z0-9_\-.+,=%@]+$/.test(name) ? undefined : '';
}
