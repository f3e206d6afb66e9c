import type { Fault } from '../../model/fault';
import { type Argument, wholeSpan } from './arguments';
import { invalidSyntax } from './rule-prefix';
import { ufwRefusal } from './ufw-refusal';

/**
 * The words of a rule without direction, `on`, `log` and comment: the action, then either one word, or clauses of two
 * words each, of which the first can be `in NAME` or `out NAME`.
 */
export interface RuleWords {
  readonly words: readonly Argument[];
}

/** The most words that a rule has (src/parser.py). */
const mostWords = 13;

/**
 * Strips direction, `on`, `log`, `log-all` and comment as ufw does, in its order and with its odd ends: a direction is
 * looked for in small and capital letters, but `in` and `out` that are out of place in small ones alone
 * (ufw src/parser.py, UFWCommandRule.parse, its middle part).
 */
export function readRuleOptions(all: readonly Argument[]): RuleWords | Fault {
  if (all.length < 2) return nothingToRuleOn(all);
  const directed = withoutDirection(all);
  if ('rule' in directed) return directed;
  const logged = withoutLog(directed.words, directed.hasInterface);
  if ('rule' in logged) return logged;
  const told = withoutComment(logged.words);
  if ('rule' in told) return told;
  if (told.words.length < 2) return nothingToRuleOn(all);
  return told.words.length > mostWords ? invalidSyntax(all, 'the rule has too many words') : told;
}

/** A rule that names neither a port nor anything else. */
function nothingToRuleOn(words: readonly Argument[], told = 'Invalid syntax'): Fault {
  const action = words[0]?.value ?? '';
  return {
    rule: 'missing-port',
    span: wholeSpan(words),
    message: ufwRefusal(
      `"${action}" needs a port, a service, a profile, or a clause that begins with from or to`,
      told,
    ),
  };
}

function withoutDirection(
  all: readonly Argument[],
): { readonly words: readonly Argument[]; readonly hasInterface: boolean } | Fault {
  const [action, second, third, ...rest] = all;
  if (action === undefined || second === undefined) return { words: all, hasInterface: false };
  const isDirected = isDirection(second.value.toLowerCase());
  const words = isDirected && third !== undefined && third.value !== 'on' ? [action, third, ...rest] : all;
  const stray = words.find(({ value }) => isDirection(value));
  if (stray === undefined) return { words, hasInterface: false };
  const [, direction, on] = words;
  if (direction === undefined || !isDirection(direction.value.toLowerCase())) return strayDirection(stray);
  if (words.length === 2) return nothingToRuleOn(words, 'Invalid interface clause');
  if (on?.value.toLowerCase() !== 'on') return strayDirection(direction);
  return { words: [action, direction, ...words.slice(3)], hasInterface: true };
}

function strayDirection({ value, span }: Argument): Fault {
  const reason = `"${value}" stands in the wrong place: a direction follows the action, and an interface is named "${value} on NAME"`;
  return { rule: 'unknown-parameter', span, message: ufwRefusal(reason, 'Invalid interface clause') };
}

export function isDirection(value: string): value is 'in' | 'out' {
  return value === 'in' || value === 'out';
}

export function isLog(value: string): boolean {
  return value === 'log' || value === 'log-all';
}

function withoutLog(all: readonly Argument[], hasInterface: boolean): RuleWords | Fault {
  const place =
    hasInterface && all.length > 3 && isLog(all[3]?.value.toLowerCase() ?? '')
      ? 3
      : all.length > 2 && isLog(all[1]?.value.toLowerCase() ?? '')
        ? 1
        : undefined;
  const words = place === undefined ? all : [...all.slice(0, place), ...all.slice(place + 1)];
  // ufw looks for `log` in all of the rule first.
  const stray = words.find(({ value }) => value === 'log') ?? words.find(({ value }) => value === 'log-all');
  if (stray === undefined) return { words };
  const reason = `"${stray.value}" stands behind the action, its direction or its interface, and nowhere else`;
  const message = ufwRefusal(reason, `Option '${stray.value}' not allowed here`);
  return { rule: 'unknown-parameter', span: stray.span, message };
}

function withoutComment(all: readonly Argument[]): RuleWords | Fault {
  const place = all.findIndex(({ value }) => value === 'comment');
  if (place < 0) return { words: all };
  const [keyword, comment] = all.slice(place, place + 2);
  if (keyword === undefined || comment === undefined) {
    const message = ufwRefusal('the comment is missing', "Option 'comment' missing required argument");
    return { rule: 'syntax-error', span: keyword?.span ?? wholeSpan(all), message };
  }
  if (comment.value.includes("'"))
    return invalidSyntax([comment], 'a comment cannot have an apostrophe in it');
  return { words: [...all.slice(0, place), ...all.slice(place + 2)] };
}
