import type { Fault } from '../../model/fault';
import { type Argument, wholeSpan } from './arguments';
import { ufwRefusal } from './ufw-refusal';
import { isPythonInteger } from './ufw-services';

/** A rule command from its action on, and what stood before that. */
export interface PrefixedRule {
  readonly kind: 'rule';
  /** The action and what follows it. */
  readonly words: readonly Argument[];
  readonly isDelete: boolean;
  /** Why the position of an insert is none; ufw looks at it after the rule's own words. */
  readonly position?: Fault;
}

/** `delete 3`: no rule is told, only its number. */
export interface DeleteByNumber {
  readonly kind: 'number';
}

export const actions: readonly string[] = ['allow', 'deny', 'reject', 'limit'];

/**
 * Takes `rule`, `delete`, `insert N` and `prepend` from the front of a rule command (ufw src/parser.py,
 * UFWCommandRule.parse, its first part). They may be written in capitals, an action may not.
 */
export function readRulePrefix(all: readonly Argument[]): PrefixedRule | DeleteByNumber | Fault {
  const words = all[0]?.value.toLowerCase() === 'rule' ? all.slice(1) : all;
  const [first, second] = words;
  switch (first?.value.toLowerCase()) {
    case 'delete':
      if (second === undefined) return invalidSyntax(words, '"delete" needs a rule or the number of one');
      return isPythonInteger(second.value) ? { kind: 'number' } : actionOf(words.slice(1), true);
    case 'insert':
      return second === undefined || words.length < 4
        ? invalidSyntax(words, '"insert" needs a position and a rule')
        : inserted(second, words.slice(2));
    case 'prepend':
      return actionOf(words.slice(1), false);
    default:
      return actionOf(words, false);
  }
}

/** What ufw says of a command line that it cannot read at all. */
export function invalidSyntax(words: readonly Argument[], reason: string): Fault {
  return { rule: 'syntax-error', span: wholeSpan(words), message: ufwRefusal(reason, 'Invalid syntax') };
}

function inserted(position: Argument, words: readonly Argument[]): PrefixedRule | Fault {
  const fault = positionFault(position);
  if (position.value === '0' || position.value === '-1') return fault ?? actionOf(words, false);
  const rule = actionOf(words, false);
  return 'kind' in rule && fault !== undefined ? { ...rule, position: fault } : rule;
}

/** set_position of src/common.py. */
function positionFault(position: Argument): Fault | undefined {
  const { value, span } = position;
  // An empty position is none, and the rule goes to the end.
  if (value === '') return undefined;
  const fault = (words: string): Fault => ({
    rule: 'syntax-error',
    span,
    message: ufwRefusal(`"${value}" is no position of a rule; the first one is 1`, words),
  });
  if (value === '0' || value === '-1') return fault(`Cannot insert rule at position '${value}'`);
  if (!/^[0-9]/.test(value)) return fault(`Insert position '${value}' is not a valid position`);
  return isPythonInteger(value) ? undefined : fault('Invalid syntax');
}

function actionOf(words: readonly Argument[], isDelete: boolean): PrefixedRule | Fault {
  const [action] = words;
  if (action === undefined) return invalidSyntax(words, 'a rule is missing');
  if (actions.includes(action.value)) return { kind: 'rule', words, isDelete };
  const lower = action.value.toLowerCase();
  const reason = actions.includes(lower)
    ? `"${action.value}" is no action: ufw knows ${lower} in small letters only`
    : `"${action.value}" is no action: a rule begins with ${actions.slice(0, -1).join(', ')} or limit`;
  const fixes = actions.includes(lower) ? [{ title: `Write ${lower}`, span: action.span, text: lower }] : [];
  return { ...invalidSyntax([action], reason), ...(fixes.length > 0 && { fixes }) };
}
