import type { Fault, FaultFix } from '../../model/fault';
import { sourceSpan } from '../sourced-text';
import { type Argument, replaceWord, wholeSpan } from './arguments';
import { isNumericPortText, readPortText } from './port-text';
import { isPortless, isProtocol, multipleWithoutProtocol } from './protocols';
import { ufwRefusal } from './ufw-refusal';
import { isProfileName, serviceProtocol } from './ufw-services';

/**
 * What ufw refuses of a rule in the simple syntax: `PORT[/PROTOCOL]`, a service or a profile's name (src/parser.py, and
 * parse_port_proto of src/util.py). A word that can be a profile's name is one, unless a service has it.
 */
export function judgeSimpleRule(word: Argument): Fault | undefined {
  const { value } = word;
  if (isProfileName(value) && serviceProtocol(value) === undefined) return dashRange(word);
  const parts = value.split('/', 3);
  const [port = '', protocol = 'any'] = parts;
  if (parts.length > 2) {
    return badPort(word, 'invalid-transport', `"${value}" has more than one protocol`, port.length + 1);
  }
  if (isPortless(protocol)) {
    const span = sourceSpan(word.text, port.length + 1, value.length);
    const message = ufwRefusal(`"${protocol}" has no ports`, `Invalid port with protocol '${protocol}'`);
    return { rule: 'invalid-transport', span, message };
  }
  const read = readPortText(port);
  const isService = !isNumericPortText(port);
  if (isService && /[,:]/.test(port)) {
    const { reason = `"${port}" is no list of numbers`, from = 0, to = port.length } = read.fault ?? {};
    return portFault(word, reason, 'Port ranges must be numeric', from, to);
  }
  if (!isProtocol(protocol)) {
    const reason =
      protocol === ''
        ? 'the protocol behind the slash is missing'
        : `"${protocol}" is no protocol with ports in ufw, which has tcp and udp`;
    return badPort(word, 'invalid-transport', reason, port.length + 1);
  }
  if (read.fault !== undefined) {
    const { rule, reason, from, to } = read.fault;
    return badPort(word, port === '' ? 'missing-port' : rule, reason, from, to);
  }
  if (isService) return serviceFault(word, port, protocol);
  return read.isMulti && protocol === 'any'
    ? multipleWithoutProtocol(word.span, simpleMends(word))
    : undefined;
}

/** A list or range without a protocol is mended by either. */
function simpleMends({ span, value }: Argument): readonly FaultFix[] {
  const at = { start: span.end, end: span.end };
  return span.end - span.start !== value.length
    ? []
    : ['tcp', 'udp'].map((protocol) => ({
        title: `Write ${value}/${protocol}`,
        span: at,
        text: `/${protocol}`,
      }));
}

/**
 * A range with a dash is a name to ufw, that of a profile: nobody has one of digits alone, so ufw refuses it wherever
 * it runs.
 */
function dashRange(word: Argument): Fault | undefined {
  const { value, span } = word;
  if (!/^[0-9]+-[0-9]+$/.test(value)) return undefined;
  const reason = `"${value}" is no range: ufw writes ${value.replace('-', ':')}/tcp or ${value.replace('-', ':')}/udp`;
  const message = ufwRefusal(reason, `Could not find a profile matching '${value}'`);
  return { rule: 'invalid-port', span, message };
}

function serviceFault(word: Argument, name: string, protocol: string): Fault | undefined {
  const own = serviceProtocol(name);
  if (own === undefined) {
    if (name !== 'any') return undefined;
    return portFault(word, '"any" is no port and no service', 'Could not find protocol', 0, name.length);
  }
  if (protocol === 'any' || own === 'any' || own === protocol) return undefined;
  return {
    rule: 'invalid-transport',
    span: sourceSpan(word.text, name.length + 1, word.value.length),
    message: ufwRefusal(
      `"${name}" is a service of ${own}`,
      `Protocol mismatch with specified protocol ${protocol}`,
    ),
    fixes: replaceWord(word, `${name}/${own}`),
  };
}

function portFault(word: Argument, reason: string, words: string, from: number, to: number): Fault {
  return badPort(word, 'invalid-port', reason, from, to, words);
}

function badPort(
  word: Argument,
  rule: string,
  reason: string,
  from: number,
  to = word.value.length,
  words = 'Bad port',
): Fault {
  const place = sourceSpan(word.text, from, to);
  const span = place.start === place.end ? wholeSpan([word]) : place;
  return { rule, span, message: ufwRefusal(reason, words), ...mendOf(word) };
}

/** Where a small slip shows what was meant, the word as ufw takes it. */
function mendOf(word: Argument): { readonly fixes?: readonly FaultFix[] } {
  const meant = word.value
    .replace(/^(tcp|udp)[/:](\d+)$/i, '$2/$1')
    .replace(/^(\d+):(tcp|udp)$/i, '$1/$2')
    .replace(/^(\d+)-(\d+)/, '$1:$2')
    .replace(/\/(?:tcp|udp)$/i, (part) => part.toLowerCase());
  const isPort = /^[0-9:,]+\/(?:tcp|udp)$/.test(meant);
  const heals = isPort && meant !== word.value && judgeSimpleRule({ ...word, value: meant }) === undefined;
  return heals ? { fixes: replaceWord(word, meant) } : {};
}
