import type { Fault } from '../../model/fault';
import { faultAt } from '../found';
import { type SourcedText, spanOf } from '../sourced-text';
import { firewalldRefusal, type Program, quoted } from './firewalld-refusal';
import { isOpaque } from './port-text';
import { pythonInt } from './python-int';

/**
 * The fault of a protocol that stands alone, without a port: a number from 0 to 255, or a name of /etc/protocols
 * (src/firewall/functions.py, `checkProtocol`). Which names a machine has cannot be known.
 */
export function refusedProtocol(text: SourcedText, program: Program): Fault | undefined {
  const { value } = text;
  const number = pythonInt(value);
  if (isOpaque(value) || (number === undefined ? isProtocolName(value) : number >= 0 && number <= 255))
    return undefined;
  const reason = value === '' ? 'the protocol is missing' : `${quoted(value)} is no protocol`;
  const words = value === '' ? 'INVALID_PROTOCOL' : `INVALID_PROTOCOL: ${value}`;
  return faultAt('invalid-transport', spanOf(text), firewalldRefusal(reason, program, words));
}

function isProtocolName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9+./_-]*$/.test(text) && /[A-Za-z]/.test(text);
}
