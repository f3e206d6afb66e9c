import { placeholderNames } from '../placeholders';

/**
 * Tells whether a word holds a placeholder that something else than nginx fills in: a template's mark, an environment
 * variable as `envsubst` replaces it (capitals), `@NAME@`, `__NAME__`, `%NAME%`, `<name>`.
 */
export function hasPlaceholder(value: string): boolean {
  return value.length <= longestWord && placeholder.test(value);
}

/** Where text stands in a word for other text: placeholders, and the variables of nginx itself. */
export function opaqueParts(value: string): readonly { readonly from: number; readonly to: number }[] {
  if (value.length > longestWord) return [];
  const parts = new RegExp(`${placeholderPattern}|\\$(?:\\{[A-Za-z0-9_]+\\}|[A-Za-z0-9_]+)`, 'g');
  return [...value.matchAll(parts)].map(({ index, 0: found }) => ({ from: index, to: index + found.length }));
}

/** nginx itself refuses longer words (NGX_CONF_BUFFER in src/core/ngx_conf_file.c); nothing is looked for in them. */
export const longestWord = 4096;

/** Each part has a limit, so that a word of unclosed marks is read in good time. */
const placeholderPattern = [
  // `${NAME}` and `$NAME` of a shell or envsubst, `${name:-80}`; `$name` and `${name}` are variables of nginx.
  ...['\\$\\{[A-Z_][^}]{0,99}\\}', '\\$\\{[a-z0-9_]{0,99}[^a-z0-9_}][^}]{0,99}\\}', '\\$[A-Z_][A-Z0-9_]*'],
  ...['\\$\\([^)]{0,99}\\)', '\\{\\{[^}]{0,199}\\}\\}', '<%[^%]{0,99}%>', '\\[\\[[^\\]]{0,99}\\]\\]'],
  ...['#\\{[^}]{0,99}\\}', '\\{[A-Za-z_.]{1,99}\\}', '<[A-Za-z][^>]{0,99}>', '%[sd]'],
  ...placeholderNames,
  // `NGINX_PORT`, as sed fills it in.
  '(?<![A-Za-z0-9_$-])[A-Z0-9_]{0,99}PORT[A-Z0-9_]{0,99}(?![A-Za-z0-9_-])',
].join('|');

const placeholder = new RegExp(placeholderPattern);
