import type { Fault } from '../../model/fault';
import type { Span } from '../../model/span';
import { faultAt } from '../found';
import { type SourcedText, spanOf } from '../sourced-text';
import { isMac, isNetwork } from './address-text';
import { firewalldRefusal, type Program, quoted } from './firewalld-refusal';
import { isOpaque } from './port-text';
import { refusedProtocol } from './protocol-text';
import { pythonInt, pythonLiteral } from './python-int';
import type { RichPart, RichRule } from './rich-rule';
import { placeOf } from './rich-rule';
import { isBurst, isClamp, isLimit, isMark, logLevels, rejectTypes } from './rich-values';

/**
 * What firewalld refuses of a rich rule beside its ports, the first thing only (src/firewall/core/rich.py,
 * `Rich_Rule.check` and the checks of its parts). Before 2.3 firewalld leaves out such a rule of a file and goes on;
 * since then it refuses the file.
 */
export function checkRule(rule: RichRule, program: Program): readonly Fault[] {
  const check = new RuleCheck(rule, program);
  const fault =
    check.family() ??
    check.priority() ??
    check.completeness() ??
    check.address(rule.source) ??
    check.address(rule.destination) ??
    check.element() ??
    check.log() ??
    check.action();
  return fault === undefined ? [] : [fault];
}

class RuleCheck {
  constructor(
    private readonly rule: RichRule,
    private readonly program: Program,
  ) {}

  family(): Fault | undefined {
    const { family, source, destination, element, nameSpan } = this.rule;
    const text = family?.value ?? '';
    if (isOpaque(text) || text === 'ipv4' || text === 'ipv6') return undefined;
    if (family !== undefined && text !== '') {
      const words =
        this.program === 'firewalld'
          ? `INVALID_FAMILY: ${text}`
          : `INVALID_RULE: 'family' attribute cannot have '${text}' value. Use 'ipv4' or 'ipv6' instead.`;
      return this.fault(spanOf(family), `the family ${quoted(text)} is neither ipv4 nor ipv6`, words);
    }
    if (this.rule.isOpen) return undefined;
    const what =
      (source?.values.get('address')?.value ?? '') !== ''
        ? 'a source address'
        : destination !== undefined
          ? 'a destination'
          : element?.name === 'forward-port'
            ? 'a forward port'
            : undefined;
    if (what === undefined) return undefined;
    return this.fault(nameSpan, `a rule with ${what} needs a family, ipv4 or ipv6`, 'MISSING_FAMILY');
  }

  priority(): Fault | undefined {
    const { priority } = this.rule;
    if (priority === undefined || isOpaque(priority.value)) return undefined;
    const number = pythonInt(priority.value);
    if (number === undefined) {
      const words =
        this.program === 'firewalld'
          ? `invalid literal for int() with base 10: '${priority.value}'`
          : `INVALID_PRIORITY: invalid 'priority' attribute value '${priority.value}'.`;
      return this.fault(spanOf(priority), `the priority ${quoted(priority.value)} is no number`, words);
    }
    if (number >= -32768 && number <= 32767) return undefined;
    const words = "INVALID_PRIORITY: 'priority' attribute must be between -32768 and 32767.";
    return this.fault(spanOf(priority), `the priority ${number} is not between -32768 and 32767`, words);
  }

  completeness(): Fault | undefined {
    const { element, log, audit, action, source, destination, nameSpan, isOpen } = this.rule;
    if (isOpen) return undefined;
    const priority = pythonInt(this.rule.priority?.value ?? '0') ?? 0;
    if (element === undefined && (log === undefined || priority === 0)) {
      if (action === undefined) {
        const reason = 'the rule has neither an element nor an action';
        return this.fault(nameSpan, reason, 'INVALID_RULE: no element, no action');
      }
      if (source === undefined && destination === undefined && priority === 0) {
        const words = 'INVALID_RULE: no element, no source, no destination';
        return this.fault(nameSpan, 'the rule says nothing of the packets that it is about', words);
      }
    }
    if (element !== undefined && selfActing.includes(element.name)) return undefined;
    if (log !== undefined || audit !== undefined || action !== undefined) return undefined;
    const reason =
      'the rule does not say what happens to the packets: accept, reject, drop, mark, log or audit';
    return this.fault(nameSpan, reason, 'INVALID_RULE: no action, no log, no audit');
  }

  /** A source or destination. */
  address(part: RichPart | undefined): Fault | undefined {
    if (part === undefined || (this.rule.isOpen && part.values.size === 0)) return undefined;
    const [address, mac, ipset] = ['address', 'mac', 'ipset'].map((key) => {
      const value = part.values.get(key);
      return value?.value === '' ? undefined : value;
    });
    const isSource = part.name === 'source';
    const pair = [address && 'address', isSource && mac && 'mac', ipset && 'ipset'].filter(Boolean);
    if (pair.length === 0) {
      const reason = `the ${part.name} has no address${isSource ? ', no MAC address' : ''} and no ipset`;
      const words = `INVALID_RULE: no address${isSource ? ', mac' : ''} and ipset`;
      return this.fault(part.span, reason, words);
    }
    if (pair.length > 1) {
      const code = isSource ? 'INVALID_RULE' : 'INVALID_DESTINATION';
      const words = `${code}: ${pair[0]} and ${pair[1]}`;
      return this.fault(part.span, `the ${part.name} has both ${pair[0]} and ${pair[1]}`, words);
    }
    return this.network(address) ?? (isSource ? this.mac(mac) : undefined) ?? this.ipset(ipset);
  }

  element(): Fault | undefined {
    const { element, action, source } = this.rule;
    if (element === undefined) return undefined;
    const { name, values } = element;
    if (name === 'protocol') {
      const value = values.get('value');
      const fault = value && refusedProtocol(value, this.program);
      if (fault !== undefined) return fault;
    }
    if (['service', 'icmp-block', 'icmp-type'].includes(name) && values.get('name')?.value === '') {
      const words = name === 'service' ? 'INVALID_SERVICE' : 'INVALID_ICMPTYPE';
      return this.fault(placeOf(element, 'name'), `the ${name} has no name`, words);
    }
    if (action !== undefined && selfActing.includes(name)) {
      const words =
        name === 'tcp-mss-clamp'
          ? `INVALID_RULE: tcp-mss-clamp and ${action.name} are mutually exclusive`
          : `INVALID_RULE: ${name} and action`;
      return this.fault(
        action.span,
        `a rule with ${name} takes no action, and this one has ${action.name}`,
        words,
      );
    }
    if (name === 'masquerade' && (source?.values.get('mac')?.value ?? '') !== '') {
      const words = 'INVALID_RULE: masquerade and mac source';
      return this.fault(element.span, 'a rule with masquerade takes no MAC address as its source', words);
    }
    const clamp = name === 'tcp-mss-clamp' ? values.get('value') : undefined;
    if (clamp === undefined || isOpaque(clamp.value) || isClamp(clamp.value)) return undefined;
    const reason = `${quoted(clamp.value)} is neither "pmtu" nor a number from 536 on`;
    return this.fault(spanOf(clamp), reason, `INVALID_RULE: ${clamp.value}`);
  }

  log(): Fault | undefined {
    const { log, audit, action } = this.rule;
    const level = log?.values.get('level');
    const prefix = log?.values.get('prefix');
    if (prefix !== undefined && prefix.value.length > 127 && !isOpaque(prefix.value)) {
      const words = "INVALID_LOG_PREFIX: maximum accepted length of 'prefix' is 127.";
      return this.fault(spanOf(prefix), 'the prefix is longer than 127 characters', words);
    }
    if (log?.name === 'log' && level !== undefined && level.value !== '' && !isOpaque(level.value)) {
      if (!logLevels.includes(level.value)) {
        const reason = `${quoted(level.value)} is no log level; there are ${logLevels.join(', ')}`;
        return this.fault(spanOf(level), reason, `INVALID_LOG_LEVEL: ${level.value}`);
      }
    }
    for (const [key, code] of log?.name === 'nflog' ? nflogNumbers : []) {
      const value = log?.values.get(key);
      const number = value === undefined ? 0 : pythonLiteral(value.value);
      if (
        value === undefined ||
        isOpaque(value.value) ||
        (number !== undefined && number >= 0 && number <= 65535)
      )
        continue;
      const words = `${code}: nflog '${key}' must be an integer between 0 and 65535.`;
      return this.fault(spanOf(value), `${quoted(value.value)} is not a number from 0 to 65535`, words);
    }
    const logLimit = this.limit(log);
    if (logLimit !== undefined) return logLimit;
    if (audit !== undefined && !this.rule.isOpen && !verdicts.includes(action?.name ?? '')) {
      const reason = 'audit needs one of the actions accept, reject and drop';
      return this.fault(audit.span, reason, 'INVALID_AUDIT_TYPE');
    }
    return this.limit(audit);
  }

  action(): Fault | undefined {
    const { action, family, isOpen } = this.rule;
    const type = action?.name === 'reject' ? action.values.get('type') : undefined;
    if (type !== undefined && type.value !== '' && !isOpaque(type.value) && !isOpaque(family?.value ?? '')) {
      const types = rejectTypes.get(family?.value ?? '');
      if (types === undefined) {
        const words = 'INVALID_RULE: When using reject type you must specify also rule family.';
        return isOpen
          ? undefined
          : this.fault(spanOf(type), 'a reject type needs the family of the rule', words);
      }
      if (!types.includes(type.value)) {
        const reason = `${quoted(type.value)} is no reject type of ${family?.value}`;
        return this.fault(spanOf(type), reason, `INVALID_RULE: Wrong reject type ${type.value}.`);
      }
    }
    const mark = action?.name === 'mark' ? action.values.get('set') : undefined;
    if (action?.name === 'mark' && !isOpen && mark === undefined) {
      return this.fault(action.span, 'the mark has no value', 'INVALID_MARK: no value set');
    }
    if (mark !== undefined && !isOpaque(mark.value) && !isMark(mark.value)) {
      const reason = `${quoted(mark.value)} is no mark: a number of 32 bits, or two with a slash between them`;
      return this.fault(spanOf(mark), reason, `INVALID_MARK: ${mark.value}`);
    }
    return this.limit(action);
  }

  private network(text: SourcedText | undefined): Fault | undefined {
    const family = this.rule.family?.value;
    if (text === undefined || isOpaque(text.value) || (family !== 'ipv4' && family !== 'ipv6'))
      return undefined;
    if (isNetwork(text.value, family)) return undefined;
    const kind = family === 'ipv4' ? 'IPv4' : 'IPv6';
    const words = `INVALID_ADDR: ${text.value}`;
    return this.fault(
      spanOf(text),
      `${quoted(text.value)} is not an ${kind} address or network`,
      words,
      'invalid-address',
    );
  }

  private mac(text: SourcedText | undefined): Fault | undefined {
    if (text === undefined || isOpaque(text.value) || isMac(text.value)) return undefined;
    const words = `INVALID_MAC: ${text.value}`;
    return this.fault(spanOf(text), `${quoted(text.value)} is not a MAC address`, words, 'invalid-address');
  }

  private ipset(text: SourcedText | undefined): Fault | undefined {
    if (text === undefined || isOpaque(text.value) || text.value.length <= 32) return undefined;
    const words = `INVALID_IPSET: ${text.value}`;
    return this.fault(spanOf(text), 'the name of an ipset has no more than 32 characters', words);
  }

  private limit(part: RichPart | undefined): Fault | undefined {
    const value = part?.limit?.values.get('value');
    const burst = part?.limit?.values.get('burst');
    if (burst !== undefined && !isOpaque(burst.value) && !isBurst(burst.value)) {
      const words = `INVALID_LIMIT: ${burst.value}`;
      return this.fault(spanOf(burst), `${quoted(burst.value)} is not a number from 0 to 10000000`, words);
    }
    if (value === undefined || isOpaque(value.value) || isLimit(value.value)) return undefined;
    const reason = `${quoted(value.value)} is no limit; one is written 5/m, with s, m, h or d, and 1/d is too slow`;
    return this.fault(spanOf(value), reason, `INVALID_LIMIT: ${value.value}`);
  }

  private fault(span: Span, reason: string, words: string, rule = 'invalid-rule'): Fault {
    return faultAt(rule, span, firewalldRefusal(reason, this.program, words));
  }
}

/** Elements that do something themselves: no action may follow. */
const selfActing: readonly string[] = ['icmp-block', 'forward-port', 'masquerade', 'tcp-mss-clamp'];

const verdicts: readonly string[] = ['accept', 'reject', 'drop'];

const nflogNumbers = [
  ['group', 'INVALID_NFLOG_GROUP'],
  ['queue-size', 'INVALID_NFLOG_QUEUE'],
] as const;
