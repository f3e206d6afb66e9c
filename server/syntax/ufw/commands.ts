import type { Fault } from '../../model/fault';
import { type Argument, isUnknown } from './arguments';
import { invalidSyntax } from './rule-prefix';
import { ufwRefusal } from './ufw-refusal';

/** A command line of ufw by what it is; `all` are its words without the options for other folders. */
export type UfwCommand =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'rule' | 'route' | 'other';
      readonly all: readonly Argument[];
      readonly words: readonly Argument[];
      readonly isForced: boolean;
    };

/** The words that begin each type of command, in the order in which ufw looks for them (src/frontend.py, parse_command). */
const types: ReadonlyMap<string, readonly string[]> = new Map([
  ['basic', ['enable', 'disable', 'help', '--help', '-h', 'version', '--version', 'reload', 'reset']],
  ['app', ['list', 'info', 'default', 'update']],
  ['logging', ['on', 'off', 'low', 'medium', 'high', 'full']],
  ['default', ['allow', 'deny', 'reject']],
  ['status', ['status', 'verbose', 'numbered']],
  [
    'show',
    ['raw', 'before-rules', 'user-rules', 'after-rules', 'logging-rules', 'builtins', 'listening', 'added'],
  ],
  ['rule', ['allow', 'limit', 'deny', 'reject', 'insert', 'delete', 'prepend']],
]);

const ruleWords = types.get('rule') ?? [];

/**
 * Tells rule commands from others, as ufw does: `allow`, `delete` and their kin begin a rule, `rule` and `route` do
 * before one of them. Behind `--force`, `allow`, `deny` and `reject` are policies and no rules (src/frontend.py,
 * parse_command; src/parser.py, UFWParser.parse_command). What begins with an unknown word can be a rule.
 */
export function readCommand(given: readonly Argument[]): UfwCommand {
  const all = given.filter(({ value }) => !/^--(?:rootdir|datadir)=/.test(value));
  if (all.length === 0) return { kind: 'none' };
  const isTrial = all[0]?.value.toLowerCase() === '--dry-run';
  const tried = isTrial ? all.slice(1) : all;
  const [first] = tried;
  // Alone, such a word is refused whatever ufw takes it for.
  if (ruleWords.includes(first?.value.toLowerCase() ?? ''))
    return { kind: 'rule', all, words: tried, isForced: false };
  const isForced = first?.value.toLowerCase() === '--force' || first?.value.toLowerCase() === '-f';
  const words = isForced ? tried.slice(1) : tried;
  const [type = '', action = ''] = words.map(({ value }) => value.toLowerCase());
  if (words[0] !== undefined && isUnknown(words[0])) return { kind: 'rule', all, words, isForced };
  const isRule = ruleWords.includes(type)
    ? typeOf(type) === 'rule'
    : type === 'rule' && ruleWords.includes(action);
  if (isRule) return { kind: 'rule', all, words, isForced };
  const isRoute = type === 'route' && ruleWords.includes(action) && words[0]?.value === 'route';
  if (isRoute) return { kind: 'route', all, words: words.slice(1), isForced };
  return { kind: 'other', all, words, isForced };
}

function typeOf(word: string): string {
  return [...types].find(([, words]) => words.includes(word))?.[0] ?? 'rule';
}

/** What ufw refuses of a command that is no rule (the `parse` of each class in src/parser.py). */
export function judgeOtherCommand({
  words,
  all,
  isForced,
}: Exclude<UfwCommand, { kind: 'none' }>): Fault | undefined {
  const [type = '', action = '', third = ''] = words.map(({ value }) => value.toLowerCase());
  const found = types.get(type)?.includes(action) ? type : typeOf(type);
  const fault = (reason: string): Fault => invalidSyntax(words.length === 0 ? all : words, reason);
  switch (found) {
    case 'basic':
      return words.length === 1 ? undefined : fault(`"${type}" takes no further word`);
    case 'app':
      return words[0]?.value === 'app' ? appFault(words, isForced, fault) : fault(`"${type}" is no command`);
    case 'logging':
      return isOneOf('logging', action)
        ? undefined
        : fault('a level of logging is missing: on, off, low, medium, high or full');
    case 'default':
      return isForced && type !== 'default'
        ? forcedRule(all, words, defaultFault(words, action, third, fault))
        : defaultFault(words, action, third, fault);
    case 'status':
      return words.length === 1 || action === 'verbose' || action === 'numbered'
        ? undefined
        : fault('"status" takes verbose or numbered');
    case 'show':
      return isOneOf('show', action) ? undefined : fault('"show" needs the name of a report');
    default:
      return fault(type === '' ? 'a command is missing' : unknownCommand(type));
  }
}

function unknownCommand(type: string): string {
  return ['rule', 'route', 'logging', 'default', 'show', 'app'].includes(type)
    ? `"${type}" needs a word that ufw knows behind it`
    : `"${type}" is no command of ufw's`;
}

function isOneOf(type: string, word: string): boolean {
  return types.get(type)?.includes(word) === true;
}

function appFault(
  words: readonly Argument[],
  isForced: boolean,
  fault: (reason: string) => Fault,
): Fault | undefined {
  const [, action = '', name] = words.map(({ value }, index) => (index === 1 ? value.toLowerCase() : value));
  if (action === 'list' && words.length !== 2) return fault('"app list" takes no further word');
  const isNamed = action === 'info' || action === 'update';
  if (isNamed && words.length < 3) return fault(`"app ${action}" needs the name of a profile`);
  if (action === 'default' && !['allow', 'deny', 'reject', 'skip'].includes(name?.toLowerCase() ?? '')) {
    return fault('"app default" needs allow, deny, reject or skip');
  }
  if (!isForced) return undefined;
  const reason = '"app" has to be the first word, and --force stands before it';
  return { ...fault(reason), message: ufwRefusal(reason, `Unsupported action '${action}'`) };
}

/** The policy that stands when nothing else does: `default deny incoming`. */
function defaultFault(
  words: readonly Argument[],
  action: string,
  direction: string,
  fault: (reason: string) => Fault,
): Fault | undefined {
  if (words.length < 2) return fault(`"${words[0]?.value}" needs a policy: allow, deny or reject`);
  const directions = ['incoming', 'input', 'routed', 'forward', 'output', 'outgoing'];
  if (words.length > 2 && !directions.includes(direction)) {
    return fault(`"${direction}" is none of incoming, outgoing and routed`);
  }
  return isOneOf('default', action)
    ? undefined
    : fault(`"${action}" is no policy: there are allow, deny and reject`);
}

/** `--force allow 22`: the policy that ufw takes it for is none. */
function forcedRule(
  all: readonly Argument[],
  words: readonly Argument[],
  fault: Fault | undefined,
): Fault | undefined {
  const force = all.find(({ value }) => ['--force', '-f'].includes(value.toLowerCase()));
  const [action] = words;
  if (fault === undefined || force === undefined || action === undefined || words.length < 2) return fault;
  const reason = `behind ${force.value}, ufw takes "${action.value}" for a policy and not for a rule`;
  const span = { start: force.span.start, end: action.span.start };
  const fixes = [{ title: `Leave ${force.value} out`, span, text: '' }];
  return { ...invalidSyntax([force], reason), fixes };
}
