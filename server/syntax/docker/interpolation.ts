import type { Variables } from '../../model/dialect';
import type { VariableUse } from '../../model/port';
import type { Span } from '../../model/span';
import {
  type SourcedText,
  SourcedTextBuilder,
  sourceSpan,
  spanOf,
  subText,
  unknownText,
} from '../sourced-text';

/** A malformed expression, or a required variable that is not there, at its characters in the source. */
export interface InterpolationFault {
  readonly span: Span;
  readonly expression: string;
}

export interface Interpolated {
  readonly text: SourcedText;
  readonly faults: readonly InterpolationFault[];
}

/** Expressions nested deeper than this are not followed; nobody writes them. */
const deepestNesting = 16;

/** A value that has grown longer than this is not added to: variables made of variables grow without end. */
const longestValue = 16 * 1024;

/**
 * Substitutes variables as Compose does (compose-go template/template.go): `$NAME`, `${NAME}` with `-`, `:-`, `?`,
 * `:?`, `+`, `:+`, nested, and `$$` for a dollar sign. Values come from `variables`; the shell's environment goes
 * before them but cannot be seen, so a variable without a value and without a default stays unknown.
 */
export function interpolate(source: SourcedText, variables: Variables): Interpolated {
  if (!source.value.includes('$')) return { text: source, faults: [] };
  const faults: InterpolationFault[] = [];
  const text = substitute(source, variables, faults, 0);
  return { text, faults };
}

function substitute(
  source: SourcedText,
  variables: Variables,
  faults: InterpolationFault[],
  depth: number,
): SourcedText {
  const { value } = source;
  const builder = new SourcedTextBuilder();
  let at = 0;
  while (at < value.length) {
    const dollar = value.indexOf('$', at);
    if (dollar < 0) break;
    builder.append(subText(source, at, dollar));
    const expression = readExpression(value, dollar);
    const span = sourceSpan(source, dollar, expression.to);
    if (expression.kind === 'text') {
      builder.append(subText(source, dollar, expression.to));
    } else if (expression.kind === 'dollar') {
      builder.replaced('$', span);
    } else if (expression.kind === 'malformed') {
      faults.push({ span, expression: value.slice(dollar, expression.to) });
      builder.replaced(unknownText, span);
    } else if (depth >= deepestNesting) {
      builder.replaced(unknownText, span);
    } else {
      const operand = subText(source, expression.operandFrom, expression.to - 1);
      substituteVariable(builder, expression, operand, span, variables, faults, depth);
    }
    at = expression.to;
  }
  builder.append(subText(source, at, value.length));
  return builder.text();
}

function substituteVariable(
  builder: SourcedTextBuilder,
  { name, operator }: VariableExpression,
  operand: SourcedText,
  span: Span,
  variables: Variables,
  faults: InterpolationFault[],
  depth: number,
): void {
  const value = variables.get(name);
  const ignoresEmpty = operator.startsWith(':');
  const isGiven = variables.has(name) && (value === undefined || value !== '' || !ignoresEmpty);
  const unknown: VariableUse = { name, span, from: 'unknown' };
  const append = (known: Omit<VariableUse, 'name' | 'span'>): void =>
    appendOperand(builder, operand, substitute(operand, variables, faults, depth + 1), {
      name,
      span,
      ...known,
    });
  if (operator.endsWith('+') && isGiven && value !== undefined) {
    append({ from: '.env', value });
  } else if (operator.endsWith('+')) {
    // Without a value in the files, whether the alternative is used hangs on the shell's environment.
    builder.replaced(unknownText, span, unknown);
  } else if (isGiven) {
    if (value === undefined || builder.length > longestValue) builder.replaced(unknownText, span, unknown);
    else {
      // What is wrong in a default that is not used is no fault: Compose does not look at it.
      const fallback = operator.endsWith('-')
        ? { fallback: substitute(operand, variables, [], depth + 1).value }
        : {};
      builder.replaced(value, span, { name, span, from: '.env', value, ...fallback });
    }
  } else if (operator.endsWith('-')) {
    append({ from: 'default' });
  } else {
    const isUnset = operator === '' && variables.size > 0 && !variables.has(name);
    builder.replaced(unknownText, span, isUnset ? { ...unknown, isUnset } : unknown);
  }
}

/** The operand's own characters stay what the port is made of: hover and fixes touch the digits in it. */
function appendOperand(
  builder: SourcedTextBuilder,
  operand: SourcedText,
  text: SourcedText,
  variable: VariableUse,
): void {
  const { name, span } = variable;
  // Nothing at the end of nested defaults stands in the innermost one.
  const inner = text.value === '' ? text.pieces.findLast(({ variable }) => variable?.definition) : undefined;
  const written = text.value === '' ? operand : text;
  const definition = inner?.variable?.definition ?? spanOf(written);
  const use: VariableUse = text.value.includes(unknownText)
    ? { name, span, from: 'unknown' }
    : { value: text.value, ...variable, definition };
  if (text.value === '') {
    builder.replaced('', span, use);
    return;
  }
  const pieces = text.pieces.map((piece) => ({ ...piece, variable: piece.variable ?? use }));
  builder.append({ value: text.value, pieces });
}

interface VariableExpression {
  readonly kind: 'variable';
  readonly to: number;
  readonly name: string;
  /** Empty, or one of `-`, `:-`, `?`, `:?`, `+`, `:+`. */
  readonly operator: string;
  readonly operandFrom: number;
}

type Expression =
  | VariableExpression
  | { readonly kind: 'dollar'; readonly to: number }
  | { readonly kind: 'malformed'; readonly to: number }
  | { readonly kind: 'text'; readonly to: number };

function readExpression(value: string, dollar: number): Expression {
  const next = value[dollar + 1];
  if (next === '$') return { kind: 'dollar', to: dollar + 2 };
  if (next === '{') return readBraced(value, dollar);
  const to = nameEnd(value, dollar + 1);
  // A dollar sign before anything else (`$1`, `$:`) is left as it is.
  if (to === dollar + 1) return { kind: 'text', to };
  return { kind: 'variable', to, name: value.slice(dollar + 1, to), operator: '', operandFrom: to - 1 };
}

function readBraced(value: string, dollar: number): Expression {
  const nameFrom = dollar + 2;
  const close = closingBrace(value, dollar + 1);
  if (close === undefined) return { kind: 'malformed', to: value.length };
  const to = close + 1;
  const nameTo = nameEnd(value, nameFrom);
  const operator = /^:?[-?+]/.exec(value.slice(nameTo, nameTo + 2))?.[0] ?? '';
  const complete = operator !== '' || nameTo === close;
  if (nameTo === nameFrom || !complete) return { kind: 'malformed', to };
  const name = value.slice(nameFrom, nameTo);
  return {
    kind: 'variable',
    to,
    name,
    operator,
    operandFrom: operator === '' ? close : nameTo + operator.length,
  };
}

/**
 * Where Compose takes an expression to end: it counts braces, skips the character behind an opening one, and where the
 * count does not come out it takes the last closing brace of the text (compose-go template/template.go).
 */
function closingBrace(value: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < value.length; at += 1) {
    if (value[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    } else if (value[at] === '{') {
      depth += 1;
      at += 1;
    }
  }
  const last = value.lastIndexOf('}');
  return last > open ? last : undefined;
}

function nameEnd(value: string, from: number): number {
  let at = from;
  while (at < value.length && /[A-Za-z0-9_]/.test(value[at] ?? '')) at += 1;
  return /[A-Za-z_]/.test(value[from] ?? '') ? at : from;
}

/** A variable where a text names it. */
export interface NamedVariable {
  readonly name: string;
  /** Where its dollar sign stands, in UTF-16 code units. */
  readonly at: number;
}

/** Every variable that a text names, be it in a comment; two dollar signs are one that Compose leaves as it is. */
export function variablesNamed(text: string): readonly NamedVariable[] {
  return [...text.matchAll(/\$\$|\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].flatMap(({ 1: name, index }) =>
    name === undefined ? [] : [{ name, at: index }],
  );
}
