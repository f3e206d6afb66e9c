import type { VariableUse } from '../../../model/port';
import type { Span } from '../../../model/span';
import { unknownText } from '../../../syntax/sourced-text';
import type { ExpansionText, Part, ValuePart } from './expansion-text';
import { replaced, trimmed } from './shell-pattern';
import type { VariableState } from './shell-variables';

/** A `${name<operator>operand}` that is read to its end. */
export interface Operation {
  readonly name: string;
  readonly operator: string;
  readonly operand: ExpansionText;
  /** The first operand of `${V/a/b}`. */
  readonly pattern?: string;
  /** Written `${V//a/b}`. */
  readonly all?: boolean;
  readonly state: VariableState;
  readonly span: Span;
}

/** Why Docker refuses the operation. */
export interface OperationFault {
  readonly reason: string;
  readonly docker: string;
}

/**
 * The value of an operation (lex.go `processDollar`); undefined when there is no such operator. Nothing is
 * guessed: what depends on a text that cannot be known is unknown. Only a default is taken as it stands, because
 * it is what the text itself gives.
 */
export function applyOperator(operation: Operation): Part | OperationFault | undefined {
  const { name, operator, operand, state, span } = operation;
  const nullIsUnset = operator.startsWith(':');
  const unset = typeof state === 'string' || (nullIsUnset && state.value === '');
  const doubtful = typeof state !== 'string' && nullIsUnset && isAllUnknown(state.value);
  switch (operator.slice(nullIsUnset ? 1 : 0)) {
    case '-':
      return doubtful
        ? unknownPart(name, span)
        : unset
          ? operandPart(operation)
          : variablePart(name, state, span);
    case '+':
      if (doubtful || state === 'undeclared') return unknownPart(name, span);
      return unset ? variablePart(name, 'unset', span) : operandPart(operation);
    case '?':
      if (doubtful || !unset || state === 'undeclared') return variablePart(name, state, span);
      return required(name, operand.value, state === 'unset' ? 'unset' : 'empty');
    case '#':
    case '%':
    case '/':
      return nullIsUnset ? undefined : derived(operation);
    default:
      return undefined;
  }
}

/** The part that a plain `$name` is. */
export function variablePart(name: string, state: VariableState, span: Span): ValuePart {
  if (state === 'undeclared') return unknownPart(name, span);
  if (state === 'unset') return { value: '', span, variable: { name, span, from: 'unknown', value: '' } };
  const { value, from, definition } = state;
  const known: VariableUse = { name, span, from, value, ...(definition && { definition }) };
  return { value, span, variable: value.includes(unknownText) ? { name, span, from: 'unknown' } : known };
}

function unknownPart(name: string, span: Span): ValuePart {
  return { value: unknownText, span, variable: { name, span, from: 'unknown' } };
}

/** The operand stands for the variable: a default, or the text of `${V:+text}`; its characters make the port. */
function operandPart({ name, operand, span }: Operation): Part {
  const { value, definition, isKnown } = operand;
  const known: VariableUse = { name, span, from: 'default', value, ...(definition && { definition }) };
  const variable: VariableUse = isKnown ? known : { name, span, from: 'unknown' };
  return value === '' ? { value, span, variable } : { inner: operand, variable };
}

function required(name: string, message: string, is: 'unset' | 'empty'): OperationFault {
  return {
    reason: `${name} is required here, and it is ${is}`,
    docker: `${name}: ${message === '' ? `is not allowed to be ${is}` : message}`,
  };
}

/** `#` and `%` cut a match off the value, `/` replaces one. */
function derived(operation: Operation): Part | OperationFault {
  const { name, operator, operand, state, span } = operation;
  const pattern = operation.pattern ?? operand.value;
  const given = typeof state === 'string' ? '' : state.value;
  const replacement = operation.pattern === undefined ? '' : operand.value;
  // In the replacement of `//`, Go takes `$1` for a group of the pattern.
  const templated = operation.all === true && replacement.includes('$');
  if (state === 'undeclared' || templated || (given + pattern + replacement).includes(unknownText)) {
    return unknownPart(name, span);
  }
  const longest = pattern.startsWith(operator);
  const value =
    operator === '/'
      ? replaced(given, pattern, replacement, operation.all === true)
      : trimmed(given, longest ? pattern.slice(1) : pattern, operator === '#' ? 'prefix' : 'suffix', longest);
  if (typeof value !== 'string')
    return { reason: `"${pattern}" is no pattern that Docker can read`, ...value };
  return { ...variablePart(name, state, span), value, span };
}

function isAllUnknown(value: string): boolean {
  return value !== '' && [...value].every((char) => char === unknownText);
}
