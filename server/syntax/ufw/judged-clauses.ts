import type { Fault } from '../../model/fault';
import { sourceSpan } from '../sourced-text';
import { addressFamily } from './addresses';
import { type Argument, replaceWord, wholeSpan } from './arguments';
import { interfaceFault } from './interfaces';
import { isNumericPortText, readPortText } from './port-text';
import { isForIpv4, isPortless, isProtocol, multipleWithoutProtocol } from './protocols';
import { ufwRefusal } from './ufw-refusal';
import { couldBeService, type ServiceProtocol, serviceProtocol } from './ufw-services';

/** What a clause says first. */
const keywords = ['proto', 'from', 'to', 'port', 'app', 'in', 'out'];

/** One side of a rule while it is read: where packets come from, or where they go. */
interface Side {
  address?: Argument;
  family: 'any' | 'ipv4' | 'ipv6';
  app?: Argument;
  /** The word that the side's port or profile came from last. */
  port?: Argument;
  isMulti: boolean;
  /** The last port that was a name. */
  service?: Argument;
}

/** A rule in the full syntax while it is read. */
interface Draft {
  readonly from: Side;
  readonly to: Side;
  protocol: string;
  protocolWord?: Argument;
  side?: Side;
}

/**
 * What ufw refuses of a rule in the full syntax, in its own order: the number of words, the clauses one by one, then
 * what they say together (ufw src/parser.py, UFWCommandRule.parse; UFWRule.verify of src/common.py; set_rule of
 * src/backend_iptables.py). Every word is looked at for a keyword, the values, too, as ufw does.
 *
 * @param words The action and the clauses.
 */
export function judgeClauses(words: readonly Argument[]): Fault | undefined {
  const form = formFault(words);
  if (form !== undefined) return form;
  const draft: Draft = {
    from: { family: 'any', isMulti: false },
    to: { family: 'any', isMulti: false },
    protocol: 'any',
  };
  for (const [place, word] of words.entries()) {
    if (place % 2 !== 0 && !keywords.includes(word.value)) return strangeWord(word);
    const fault = readClause(word, words[place + 1], draft);
    if (fault !== undefined) return fault;
  }
  return mixedFamilies(draft) ?? protocolFault(draft) ?? togetherFault(draft, words);
}

function formFault(words: readonly Argument[]): Fault | undefined {
  const count = (keyword: string): number => words.filter(({ value }) => value === keyword).length;
  const body = wholeSpan(words.slice(1));
  if (words.length % 2 === 0) {
    const reason = 'the full syntax is pairs of words, and one of them is alone';
    return { rule: 'syntax-error', span: body, message: ufwRefusal(reason, 'Wrong number of arguments') };
  }
  if (['from', 'to', 'in', 'out'].every((keyword) => count(keyword) === 0)) {
    const reason = 'a rule of more than one word begins with from or to, or names an interface';
    return { rule: 'syntax-error', span: body, message: ufwRefusal(reason, "Need 'to' or 'from' clause") };
  }
  const repeated =
    ['to', 'from', 'proto', 'in', 'out'].find((keyword) => count(keyword) > 1) ??
    ['port', 'app'].find((keyword) => count(keyword) > 2);
  const last = (keyword: string): Argument => words.findLast(({ value }) => value === keyword) as Argument;
  if (repeated !== undefined) {
    const reason = `"${repeated}" stands in the rule more often than it may`;
    const message = ufwRefusal(reason, 'Improper rule syntax');
    return { rule: 'syntax-error', span: last(repeated).span, message };
  }
  if (count('app') === 0 || count('proto') === 0) return undefined;
  const message = ufwRefusal(
    'a profile brings its own protocol, so proto cannot stand beside app',
    'Improper rule syntax',
  );
  return { rule: 'unknown-parameter', span: last('proto').span, message };
}

function strangeWord({ value, span }: Argument): Fault {
  const reason = `"${value}" stands where ${keywords.slice(0, -1).join(', ')} or out is expected`;
  return { rule: 'unknown-parameter', span, message: ufwRefusal(reason, `Invalid token '${value}'`) };
}

function readClause(keyword: Argument, value: Argument | undefined, draft: Draft): Fault | undefined {
  if (!keywords.includes(keyword.value)) return undefined;
  if (value === undefined) {
    const clause = keyword.value === 'app' ? 'port' : keyword.value;
    const message = ufwRefusal(`"${keyword.value}" is the last word`, `Invalid '${clause}' clause`);
    return { rule: 'syntax-error', span: keyword.span, message };
  }
  switch (keyword.value) {
    case 'proto':
      draft.protocol = value.value;
      draft.protocolWord = value;
      return isProtocol(value.value) ? undefined : unsupportedProtocol(value);
    case 'in':
    case 'out':
      return interfaceFault(value);
    case 'from':
    case 'to':
      draft.side = draft[keyword.value];
      return addressClause(draft.side, value, keyword.value);
    default:
      return draft.side === undefined
        ? misplacedPort(keyword)
        : keyword.value === 'app'
          ? appClause(draft.side, value)
          : portClause(draft.side, value);
  }
}

export function unsupportedProtocol(word: Argument): Fault {
  const lower = word.value.toLowerCase();
  const fixes = isProtocol(lower) ? replaceWord(word, lower) : [];
  const reason = `"${word.value}" is no protocol of ufw's: with ports go tcp and udp, without them ah, esp, gre, vrrp, ipv6 and igmp`;
  const message = ufwRefusal(reason, `Unsupported protocol '${word.value}'`);
  return { rule: 'invalid-transport', span: word.span, message, ...(fixes.length > 0 && { fixes }) };
}

function addressClause(side: Side, word: Argument, keyword: 'from' | 'to'): Fault | undefined {
  const text = word.value.toLowerCase();
  side.address = word;
  if (text === 'any') return undefined;
  const family = addressFamily(text);
  if (family !== undefined) {
    side.family = family;
    return undefined;
  }
  return badAddress(word, keyword);
}

/** What ufw says of an address that is none. */
export function badAddress({ value, span }: Argument, keyword: 'from' | 'to'): Fault {
  const words = `Bad ${keyword === 'from' ? 'source' : 'destination'} address`;
  const reason = `"${value}" is no address of IPv4 or IPv6 and no network; ufw takes no host names`;
  return { rule: 'invalid-address', span, message: ufwRefusal(reason, words) };
}

function misplacedPort({ value, span }: Argument): Fault {
  const message = ufwRefusal(`"${value}" stands before from and to`, `Need 'from' or 'to' with '${value}'`);
  return { rule: 'unknown-parameter', span, message };
}

function appClause(side: Side, word: Argument): Fault | undefined {
  if (word.value === '') return portWordFault(word)?.fault;
  side.app = word;
  side.port = word;
  return undefined;
}

function portClause(side: Side, word: Argument): Fault | undefined {
  const fault = portWordFault(word);
  if (!isNumericPortText(word.value)) side.service = word;
  // Where the side has a profile, ufw takes the port as it stands and does not look at it.
  if (fault !== undefined && (side.app === undefined || fault.isEarly)) return fault.fault;
  if (side.app === undefined && readPortText(word.value).isMulti) side.isMulti = true;
  side.port = word;
  return undefined;
}

/** Why a word is no port in a `port` clause; `isEarly` when ufw sees it before it looks at a profile. */
export function portWordFault(
  word: Argument,
): { readonly fault: Fault; readonly isEarly: boolean } | undefined {
  const { value, text } = word;
  const read = readPortText(value);
  const isEarly = !isNumericPortText(value) && /[,:]/.test(value);
  if (read.fault === undefined && !isEarly) return undefined;
  const { rule, from, to, reason } = read.fault ?? {
    rule: 'invalid-port',
    from: 0,
    to: value.length,
    reason: `"${value}" is no list of numbers`,
  };
  const place = sourceSpan(text, from, to);
  const span = place.start === place.end ? word.span : place;
  const words = isEarly ? 'Port ranges must be numeric' : `Bad port '${value}'`;
  const meant = value.replace(/^(\d+)-(\d+)$/, '$1:$2');
  const heals = meant !== value && readPortText(meant).fault === undefined;
  const fixes = heals ? { fixes: replaceWord(word, meant) } : {};
  return {
    fault: { rule: isEarly ? 'invalid-port' : rule, span, message: ufwRefusal(reason, words), ...fixes },
    isEarly,
  };
}

function mixedFamilies({ from, to }: Draft): Fault | undefined {
  if (from.family === 'any' || to.family === 'any' || from.family === to.family) return undefined;
  const message = ufwRefusal(
    `"${from.address?.value}" and "${to.address?.value}" are of different IP versions`,
    "Mixed IP versions for 'from' and 'to'",
  );
  const later = [from.address, to.address]
    .flatMap((word) => word ?? [])
    .sort((a, b) => b.span.start - a.span.start);
  return later[0] && { rule: 'invalid-address', span: later[0].span, message };
}

/** What names of services say of the protocol; an unknown name leaves it open. */
function protocolFault(draft: Draft): Fault | undefined {
  const words = [draft.to.service, draft.from.service].flatMap((word) => word ?? []);
  if (words.length === 0) return undefined;
  const found: { readonly word: Argument; readonly protocol: ServiceProtocol }[] = [];
  for (const word of words) {
    const protocol = serviceProtocol(word.value);
    if (protocol === undefined && !couldBeService(word.value)) return noService(word);
    if (protocol === undefined) {
      draft.protocol = unknownProtocol;
      return undefined;
    }
    found.push({ word, protocol });
  }
  const certain = found.filter(({ protocol }) => protocol !== 'any');
  const [one, other] = certain;
  if (one !== undefined && other !== undefined && one.protocol !== other.protocol) {
    const reason = `"${one.word.value}" is a service of ${one.protocol}, and "${other.word.value}" one of ${other.protocol}`;
    const message = ufwRefusal(reason, 'Protocol mismatch (from/to)');
    return { rule: 'invalid-transport', span: other.word.span, message };
  }
  const protocol = one?.protocol ?? 'any';
  if (draft.protocol === 'any') {
    draft.protocol = protocol;
    return undefined;
  }
  if (one === undefined || protocol === draft.protocol) return undefined;
  const message = ufwRefusal(
    `"${one.word.value}" is a service of ${protocol}`,
    `Protocol mismatch with specified protocol ${draft.protocol}`,
  );
  const place = draft.protocolWord ?? one.word;
  return { rule: 'invalid-transport', span: place.span, message, fixes: replaceWord(place, protocol) };
}

/** Stands for the protocol of a service that is not known. */
const unknownProtocol = '';

function noService({ value, span }: Argument): Fault {
  const reason =
    value === 'any' ? '"any" is no port and no service: leave the port out' : `"${value}" is no service`;
  return { rule: 'invalid-port', span, message: ufwRefusal(reason, 'Could not find protocol') };
}

function togetherFault(draft: Draft, words: readonly Argument[]): Fault | undefined {
  const { from, to, protocol, protocolWord } = draft;
  if (protocol === unknownProtocol) return undefined;
  const app = to.app ?? from.app;
  if (protocol !== 'any' && app !== undefined) {
    const service = (to.service ?? from.service ?? app).value;
    const reason = `a profile brings its own protocol, and ${service} asks for ${protocol}`;
    const message = ufwRefusal(reason, `Improper rule syntax ('${protocol}' specified with app rule)`);
    return { rule: 'unknown-parameter', span: app.span, message };
  }
  const ofSix = [to, from].find(({ family }) => family === 'ipv6')?.address;
  if (isForIpv4(protocol) && ofSix !== undefined) {
    const reason = `"${protocol}" is a protocol for IPv4 alone`;
    const message = ufwRefusal(reason, `Invalid IPv6 address with protocol '${protocol}'`);
    return { rule: 'invalid-address', span: ofSix.span, message };
  }
  const port = to.port ?? from.port;
  if (isPortless(protocol) && port !== undefined) {
    const message = ufwRefusal(`"${protocol}" has no ports`, `Invalid port with protocol '${protocol}'`);
    return { rule: 'invalid-transport', span: (protocolWord ?? port).span, message };
  }
  if (app !== undefined || protocol !== 'any' || !(from.isMulti || to.isMulti)) return undefined;
  const first = words[1];
  const at = first && { start: first.span.start, end: first.span.start };
  const fixes = ['tcp', 'udp'].flatMap((each) =>
    at === undefined ? [] : [{ title: `Write proto ${each}`, span: at, text: `proto ${each} ` }],
  );
  return multipleWithoutProtocol((to.isMulti ? to.port : from.port)?.span ?? wholeSpan(words), fixes);
}
