/**
 * The number that Python's `int(text)` makes of a text: a sign, leading zeros, single underscores between digits and
 * blanks around it are all right. Undefined where it raises ValueError, and for digits that are not ASCII, of which
 * nothing is claimed.
 */
export function pythonInt(text: string): number | undefined {
  const trimmed = text.trim();
  // CPython refuses more than 4300 digits (sys.int_info.default_max_str_digits).
  if (trimmed.length > 4300 || !/^[+-]?[0-9]+(?:_[0-9]+)*$/.test(trimmed)) return undefined;
  // Not minus zero: Python has one zero.
  return Number(trimmed.replaceAll('_', '')) + 0;
}

/**
 * The number that Python's `int(text, 0)` makes of it: decimal without leading zeros, or hexadecimal, octal and binary
 * with their prefixes.
 */
export function pythonLiteral(text: string): number | undefined {
  const [, sign = '', digits = ''] = /^([+-]?)([0-9a-z_]+)$/i.exec(text.trim()) ?? [];
  const isDecimal = /^(?:[1-9][0-9]*|0+)$/.test(digits.replace(/(?<=[0-9])_(?=[0-9])/g, ''));
  const isPrefixed = /^0(?:x(?:_?[0-9a-f])+|o(?:_?[0-7])+|b(?:_?[01])+)$/i.test(digits);
  if (!isDecimal && !isPrefixed) return undefined;
  return Number(digits.replaceAll('_', '')) * (sign === '-' ? -1 : 1);
}
