import type { Fault } from '../../model/fault';
import type { Span } from '../../model/span';
import { faultAt } from '../found';
import { type SourcedText, sourceSpan, spanOf, subText, unknownText } from '../sourced-text';
import { firewalldRefusal, quoted } from './firewalld-refusal';
import { isOpaque } from './port-text';
import { pythonSplit } from './python-split';
import type { RichRule } from './rich-rule';

/** A rule of the rich language as far as it can be read, and why firewalld does not read it. */
export interface RichText {
  readonly rule: RichRule;
  readonly fault?: Fault;
}

/**
 * Reads a rule of the rich language (src/firewall/core/rich.py, `_import_from_string`; firewalld.richlanguage(5)). The
 * rest of a rule that firewalld does not read is read on the quiet, so that its ports are known while it is typed.
 */
export function readRichText(text: SourcedText): RichText {
  const { words, refusal: split } = pythonSplit(withoutControls(text));
  const reader = new RichReader(spanOf(text), words.some(isOpen) || text.value.includes(unknownText));
  if (split !== undefined) reader.refuse(spanOf(text), 'a quotation mark or backslash stands alone', split);
  for (const word of words) reader.take(word);
  return reader.end();
}

/** A word that may be more than one, or none. */
function isOpen(word: SourcedText): boolean {
  return isOpaque(word.value) && !/^[a-z-]+=./.test(word.value);
}

/** firewalld takes out control characters first, line breaks as well: what they part becomes one word. */
function withoutControls(text: SourcedText): SourcedText {
  const kept: SourcedText[] = [];
  let from = 0;
  for (const { index, 0: run } of text.value.matchAll(controls)) {
    kept.push(subText(text, from, index));
    from = index + run.length;
  }
  if (from === 0) return text;
  kept.push(subText(text, from, text.value.length));
  let at = 0;
  const pieces = kept.flatMap((part) => {
    const moved = part.pieces.map((piece) => ({ ...piece, at: piece.at + at }));
    at += part.value.length;
    return moved;
  });
  return { value: kept.map(({ value }) => value).join(''), pieces };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that firewalld takes out.
const controls = /[\0-\x1f\x7f-\x9f]+/g;

/** Which attributes each element takes. */
const attributes: ReadonlyMap<string, readonly string[]> = new Map([
  ['source', ['address', 'mac', 'ipset', 'invert']],
  ['destination', ['address', 'ipset', 'invert']],
  ['protocol', ['value']],
  ['tcp-mss-clamp', ['value']],
  ['service', ['name']],
  ['port', ['port', 'protocol']],
  ['icmp-block', ['name']],
  ['icmp-type', ['name']],
  ['masquerade', []],
  ['forward-port', ['port', 'protocol', 'to-port', 'to-addr']],
  ['source-port', ['port', 'protocol']],
  ['log', ['prefix', 'level']],
  ['nflog', ['group', 'prefix', 'queue-size']],
  ['audit', []],
  ['accept', []],
  ['drop', []],
  ['reject', ['type']],
  ['mark', ['set']],
  ['limit', ['value', 'burst']],
]);

const knownAttributes = new Set([...attributes.values()].flat().concat('priority', 'family'));

/** Elements that are nothing without their one attribute. */
const needed: ReadonlyMap<string, string> = new Map([
  ['protocol', 'value'],
  ['service', 'name'],
  ['icmp-block', 'name'],
  ['icmp-type', 'name'],
  ['limit', 'value'],
]);

/** The rules that tell of attributes without a value. */
const emptyRules: ReadonlyMap<string, string> = new Map([
  ['port', 'missing-port'],
  ['to-port', 'missing-port'],
  ['protocol', 'missing-transport'],
]);

const logging: readonly string[] = ['log', 'nflog'];
const actions: readonly string[] = ['accept', 'drop', 'reject', 'mark'];
const limited: readonly string[] = [...logging, 'audit', ...actions];
type Place = 'source' | 'destination' | 'element' | 'log' | 'audit' | 'action';

interface OpenPart {
  readonly name: string;
  readonly span: Span;
  whole: Span;
  readonly values: Map<string, SourcedText>;
  isInverted: boolean;
  limit?: OpenPart;
}

class RichReader {
  private rule: OpenPart | undefined;
  private part: OpenPart | undefined;
  private limit: OpenPart | undefined;
  private readonly parts = new Map<Place, OpenPart>();
  private fault: Fault | undefined;

  constructor(
    private readonly span: Span,
    private readonly isOpen: boolean,
  ) {}

  /** Only the first fault is told, and none where the words are not all known. */
  refuse(span: Span, reason: string, words: string, rule = 'invalid-rule'): void {
    if (this.isOpen) return;
    this.fault ??= faultAt(rule, span, firewalldRefusal(reason, 'firewall-cmd', words));
  }

  take(word: SourcedText): void {
    const { value } = word;
    const equals = value.indexOf('=');
    if (equals < 0) {
      if (!isOpaque(value)) this.element(word);
      return;
    }
    const name = value.slice(0, equals);
    if (name === '' || equals + 1 === value.length || value.includes('=', equals + 1)) {
      const words = `INVALID_RULE: internal error in _lexer(): ${value}`;
      const reason =
        equals + 1 === value.length
          ? `${quoted(value)} has no value`
          : `${quoted(value)} is not a name, "=" and a value`;
      this.refuse(
        spanOf(word),
        reason,
        words,
        equals + 1 === value.length ? emptyRules.get(name) : undefined,
      );
    } else if (!knownAttributes.has(name) && !isOpaque(name)) {
      const words = `INVALID_RULE: bad attribute '${name}'`;
      this.refuse(sourceSpan(word, 0, equals), `there is no attribute ${quoted(name)}`, words);
    }
    this.attribute(word, name, subText(word, equals + 1, value.length));
  }

  end(): RichText {
    this.closePart();
    const { rule, parts, span, isOpen } = this;
    if (rule === undefined) this.refuse(span, 'there is no rule', 'INVALID_RULE: empty rule');
    const optional = <T>(key: string, value: T | undefined) => (value === undefined ? {} : { [key]: value });
    const read = {
      span,
      nameSpan: rule?.span ?? span,
      isOpen,
      ...optional('family', rule?.values.get('family')),
      ...optional('priority', rule?.values.get('priority')),
      ...Object.fromEntries(parts),
    } as RichRule;
    return this.fault === undefined ? { rule: read } : { rule: read, fault: this.fault };
  }

  private element(word: SourcedText): void {
    const { value: name } = word;
    const span = spanOf(word);
    const isKnown = name === 'rule' || name === 'not' || name === 'NOT' || attributes.has(name);
    if (!isKnown) {
      this.refuse(span, `there is no element ${quoted(name)}`, `INVALID_RULE: unknown element ${name}`);
    } else if (this.rule === undefined && name !== 'rule') {
      const words = `INVALID_RULE: '${name}' outside of rule. Use 'rule ... ${name} ...'.`;
      this.refuse(span, 'a rule begins with the word rule', words);
    }
    const opened: OpenPart = { name, span, whole: span, values: new Map(), isInverted: false };
    if (name === 'rule') {
      if (this.rule !== undefined) this.refuse(span, '"rule" stands there twice', 'list index out of range');
      this.rule ??= opened;
    } else if (name === 'not' || name === 'NOT') {
      const isAddress = this.part?.name === 'source' || this.part?.name === 'destination';
      if (isAddress && this.part !== undefined) this.part.isInverted = true;
      else this.refuse(span, `"${name}" belongs behind source or destination`, 'list index out of range');
    } else if (name === 'limit') {
      this.openLimit(opened);
    } else {
      this.open(opened);
    }
  }

  private open(opened: OpenPart): void {
    this.closePart();
    const { name, span } = opened;
    const place = placeOf(name);
    // firewalld lets this one element take another's place.
    if (this.parts.has(place) && name !== 'tcp-mss-clamp')
      this.refuse(span, `the rule has a second ${placeWords[place]}`, secondWords(place, name));
    else this.parts.set(place, opened);
    this.part = opened;
  }

  /** A limit that stands in front of what it limits is kept for it. */
  private openLimit(opened: OpenPart): void {
    this.closeLimit();
    this.limit = opened;
    const { part } = this;
    if (part !== undefined && limited.includes(part.name)) part.limit = opened;
    else this.closePart(opened);
  }

  private attribute(word: SourcedText, name: string, value: SourcedText): void {
    const target = this.limit ?? this.part;
    const span = spanOf(word);
    if (target !== undefined && attributes.get(target.name)?.includes(name)) {
      target.values.set(name, value);
      target.whole = {
        start: Math.min(target.whole.start, span.start),
        end: Math.max(target.whole.end, span.end),
      };
      if (name === 'invert') target.isInverted = true;
      if (target === this.part && needed.has(target.name)) this.part = undefined;
      return;
    }
    this.closePart();
    if (this.rule !== undefined && (name === 'family' || name === 'priority')) {
      this.rule.values.set(name, value);
      return;
    }
    const own =
      this.rule === undefined && (name === 'family' || name === 'priority')
        ? `'${name}' outside of rule. Use 'rule ${name}=...'.`
        : name === 'protocol' && this.rule !== undefined
          ? "wrong 'protocol' usage. Use either 'rule protocol value=...' or  'rule [forward-]port protocol=...'."
          : `attribute '${name}' outside of any element. Use 'rule <element> ${name}= ...'.`;
    this.refuse(span, `"${name}" belongs to no element here`, `INVALID_RULE: ${own}`);
  }

  /** What follows an element ends it. */
  private closePart(next?: OpenPart): void {
    this.closeLimit(next);
    const { part } = this;
    this.part = undefined;
    if (part !== undefined) this.need(part);
  }

  private closeLimit(next?: OpenPart): void {
    const { limit } = this;
    if (limit === undefined || limit === next) return;
    this.limit = undefined;
    this.need(limit);
  }

  private need(part: OpenPart): void {
    const name = needed.get(part.name);
    if (name === undefined || part.values.has(name)) return;
    this.refuse(part.span, `${part.name} needs ${name}=`, `INVALID_RULE: invalid '${part.name}' element`);
  }
}

function placeOf(name: string): Place {
  if (name === 'source' || name === 'destination' || name === 'audit') return name;
  if (logging.includes(name)) return 'log';
  return actions.includes(name) ? 'action' : 'element';
}

const placeWords: Readonly<Record<Place, string>> = {
  source: 'source',
  destination: 'destination',
  element: 'element',
  log: 'log',
  audit: 'audit',
  action: 'action',
};

function secondWords(place: Place, name: string): string {
  if (place === 'element')
    return `INVALID_RULE: more than one element. There cannot be both '${name}' and '…' in one rule.`;
  if (place === 'log') return 'INVALID_RULE: more than one logging element';
  if (place === 'action') {
    return `INVALID_RULE: more than one 'action' element. There cannot be both '${name}' and '…' in one rule.`;
  }
  return `INVALID_RULE: more than one '${place}' element`;
}
