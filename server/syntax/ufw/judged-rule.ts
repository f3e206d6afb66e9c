import type { Fault } from '../../model/fault';
import type { Argument } from './arguments';
import { interfaceFault } from './interfaces';
import { judgeClauses } from './judged-clauses';
import { judgeSimpleRule } from './judged-simple-rule';
import { readRuleOptions } from './rule-options';
import { invalidSyntax, readRulePrefix } from './rule-prefix';
import { ufwRefusal } from './ufw-refusal';
import { isPythonInteger } from './ufw-services';

/**
 * The first thing that ufw refuses in a rule command, undefined where it takes it. What depends on the machine (the
 * profiles it has, how many rules there are, whether it does IPv6) is not at fault.
 *
 * @param words The words from `allow`, `delete`, `insert`, `prepend` or `rule` on; all of them known.
 */
export function judgeRule(words: readonly Argument[]): Fault | undefined {
  const prefixed = readRulePrefix(words);
  if (!('kind' in prefixed)) return prefixed;
  if (prefixed.kind === 'number') return undefined;
  const options = readRuleOptions(prefixed.words);
  if ('rule' in options) return options;
  if (prefixed.position !== undefined) return prefixed.position;
  const [, word, third] = options.words;
  if (word === undefined) return undefined;
  return third === undefined ? judgeSimpleRule(word) : judgeClauses(options.words);
}

/**
 * The same for `route …` (ufw src/parser.py, UFWCommandRouteRule.parse): a second interface is taken out and looked at
 * when all else was read; a direction without an interface is none here.
 *
 * @param words The words behind `route`.
 */
export function judgeRouteRule(words: readonly Argument[]): Fault | undefined {
  const byNumber = deleteByNumber(words);
  if (byNumber !== undefined) return byNumber;
  const line = `route ${words.map(({ value }) => value).join(' ')}`;
  const [into, out] = [placeOf(words, 'in'), placeOf(words, 'out')];
  if (line.includes(' in on ') && line.includes(' out on ') && into >= 0 && out >= 0) {
    const second = Math.max(into, out);
    const name = words[second + 2];
    const fault = judgeRule([...words.slice(0, second), ...words.slice(second + 3)]);
    // An empty name is no name to ufw here, and it leaves the interface out.
    return fault ?? (name && name.value !== '' ? interfaceFault(name) : undefined);
  }
  const hasDirection = line.includes(' in ') || line.includes(' out ');
  if (hasDirection && !/ (?:in|out) on /.test(line) && !/ app (?:in|out) /.test(line)) {
    const stray = words.find(({ value }) => value === 'in' || value === 'out') ?? words[0];
    const reason = `"${stray?.value}" needs an interface in a route rule: in on NAME`;
    const message = ufwRefusal(reason, 'Invalid interface clause for route rule');
    return stray && { rule: 'unknown-parameter', span: stray.span, message };
  }
  return judgeRule(words);
}

function deleteByNumber(words: readonly Argument[]): Fault | undefined {
  const place = placeOf(words, 'delete');
  const number = words[place + 1];
  if (place < 0) return undefined;
  if (number === undefined) return invalidSyntax(words, '"delete" needs a rule');
  if (!isPythonInteger(number.value)) return undefined;
  const reason = `a rule is deleted by its number without route: ufw delete ${number.value}`;
  const message = ufwRefusal(reason, "'route delete NUM' unsupported. Use 'delete NUM' instead.");
  return { rule: 'syntax-error', span: number.span, message };
}

function placeOf(words: readonly Argument[], value: string): number {
  return words.findIndex((word) => word.value === value);
}
