import { serviceNumber, serviceTransports } from '../services/services';

/** What ufw takes for a service's protocol: `any` for one that is both; undefined for a name that is not known. */
export type ServiceProtocol = 'tcp' | 'udp' | 'any';

/**
 * The protocol of a service name (ufw src/util.py, get_services_proto: tcp and udp are looked up one by one). A
 * name that is not among Debian's own is unknown here, for a machine can have others.
 */
export function serviceProtocol(name: string): ServiceProtocol | undefined {
  const transports = serviceTransports(name);
  const isTcp = transports.includes('tcp');
  if (transports.includes('udp')) return isTcp ? 'any' : 'udp';
  return isTcp ? 'tcp' : undefined;
}

/** The port that ufw finds for a service name: the first that has it (common.py, set_port). */
export function servicePort(name: string): number | undefined {
  return serviceNumber(name);
}

/**
 * Tells whether some machine's /etc/services could have the name: set_port looks up what begins with two word
 * characters. Words of ufw's own are no names of services; nor is a name without letters one, or a
 * hexadecimal number.
 */
export function couldBeService(name: string): boolean {
  if (ownWords.includes(name) || /^0x[0-9a-f]*$/i.test(name)) return false;
  return /^[A-Za-z0-9_][A-Za-z0-9_-][A-Za-z0-9_.+*-]*$/.test(name) && /[A-Za-z]/.test(name);
}

const ownWords: readonly string[] = [
  'any',
  'all',
  'proto',
  'from',
  'to',
  'port',
  'app',
  'in',
  'out',
  'on',
  'comment',
];

/** Tells whether ufw takes the name for one of a profile (src/applications.py, valid_profile_name). */
export function isProfileName(name: string): boolean {
  return name !== 'all' && !isPythonInteger(name) && /^[a-zA-Z0-9][a-zA-Z0-9 _\-.+]*\n?$/.test(name);
}

/** Tells whether Python's `int` reads the text: blanks around it, a sign and single underscores are fine. */
export function isPythonInteger(text: string): boolean {
  return /^\s*[+-]?[0-9]+(?:_[0-9]+)*\s*$/.test(text);
}
