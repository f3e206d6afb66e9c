import type { Span } from '../../../model/span';

/** A value that the text gives a variable; it may hold `unknownText`. */
export interface VariableValue {
  readonly value: string;
  readonly from: 'ARG' | 'ENV';
  readonly definition?: Span;
}

/** Besides a value: `unset` for certain, or `undeclared`: no text that was read sets it, but something else may. */
export type VariableState = VariableValue | 'unset' | 'undeclared';

/**
 * Where a variable's name ends that begins at `from`: a run of digits, one special parameter, or letters, digits
 * and underscores; `from` itself when there is none (lex.go `processName`).
 */
export function nameEnd(value: string, from: number): number {
  const first = value[from];
  if (first === undefined) return from;
  if ('@*#?-$!'.includes(first)) return from + 1;
  const part = /^\p{Nd}/u.test(first) ? /^\p{Nd}$/u : /^[\p{L}\p{Nd}_]$/u;
  let at = from;
  while (at < value.length && part.test(value[at] ?? '')) at++;
  return at;
}

/** Tells whether anyone can set the variable: `$?` and the like always stand for nothing. */
export function isSettable(name: string): boolean {
  return /^[\p{L}\p{Nd}_]/u.test(name);
}
