import type { YamlScalar } from './yaml';

/** The types that Docker's YAML reader gives a scalar. */
export type ScalarType = 'string' | 'int' | 'float' | 'bool' | 'null';

export interface TypedScalar {
  readonly type: ScalarType;
  /** For an int the decimal digits it stands for, which is what Compose reads on. */
  readonly decimal?: string;
}

/** `5353:53` is a number in this base for readers of YAML 1.1, and `8080:80` is none (yaml.org/type/int.html). */
export const base60 = 60;

/**
 * The type of a scalar by the rules of go-yaml (resolve.go): plain text is an int in decimal, in YAML 1.1 octal
 * (`017`), or with `0o`, `0x`, `0b`, underscores allowed; then a float; there are no base-60 numbers. Anything
 * quoted is a string, unless a tag says otherwise.
 */
export function scalarType({ style, tag: written, text: { value } }: YamlScalar): TypedScalar {
  const tag = written?.replace(/^(?:!!|tag:yaml\.org,2002:)/, '');
  if (tag === 'str') return { type: 'string' };
  if (tag === 'float' || tag === 'null' || tag === 'bool') return { type: tag };
  const isTyped = tag === 'int';
  if (style !== 'plain' && !isTyped) return { type: 'string' };
  if (/^(?:~|null|Null|NULL|)$/.test(value)) return { type: 'null' };
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(value)) return { type: 'bool' };
  // A number begins with a digit or a sign; an underscore in front makes it a text.
  if (value.startsWith('_')) return { type: 'string' };
  if (value === '-0') return { type: 'float' };
  const decimal = integer(value.replaceAll('_', ''));
  if (decimal !== undefined) return { type: 'int', decimal };
  return { type: isFloat(value) ? 'float' : 'string' };
}

function integer(text: string): string | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)([0-9A-Za-z]+)$/.exec(text) ?? [];
  const value = magnitude(digits);
  // Beyond 64 bits go-yaml reads a float; no port is near that.
  if (value === undefined || value >= 2n ** 63n) return undefined;
  return sign === '-' && value > 0n ? `-${value}` : `${value}`;
}

function magnitude(digits: string): bigint | undefined {
  if (digits.length > 70) return undefined;
  if (/^(?:0|[1-9][0-9]*)$/.test(digits)) return BigInt(digits);
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`);
  if (/^0[oO][0-7]+$|^0[xX][0-9a-fA-F]+$|^0[bB][01]+$/.test(digits)) return BigInt(digits.toLowerCase());
  return undefined;
}

function isFloat(value: string): boolean {
  const text = value.replaceAll('_', '');
  return (
    /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text) ||
    /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(value)
  );
}
