import { NextPlace } from './next-place';

/** A stretch that a template engine replaces before nginx sees the text. */
export interface TemplateMark {
  /** The first character behind it. */
  readonly end: number;
  /** True for a statement of the engine's own (`{% if %}`, `{{ end }}`), which leaves no text behind. */
  readonly isControl: boolean;
}

/**
 * Finds the marks of Jinja, Go templates, Handlebars (`{{ }}`, `{% %}`, `{# #}`) and ERB (`<% %>`). nginx itself reads
 * none of them: `{{` is an error to it. Asking for every place of a text in turn takes linear time.
 */
export class TemplateMarks {
  private readonly closings: ReadonlyMap<string, NextPlace>;
  private readonly hasJinja: boolean;

  constructor(private readonly text: string) {
    this.hasJinja = text.includes('{%') || text.includes('{{');
    this.closings = new Map(['}}', '%}', '%>', '#}'].map((mark) => [mark, new NextPlace(text, mark)]));
  }

  /** The mark that begins at `at`; with `end`, only one that closes before that place. */
  at(at: number, end = this.text.length): TemplateMark | undefined {
    const opening = this.text.slice(at, at + 2);
    switch (opening) {
      case '{{':
        return this.mark(at, '}}', end, isControl);
      case '{%':
        return this.mark(at, '%}', end, () => true);
      case '<%':
        return this.mark(at, '%>', end, (inner) => !/^[=-]?=/.test(inner));
      case '{#':
        return this.hasJinja ? this.mark(at, '#}', end, () => true) : undefined;
      default:
        return undefined;
    }
  }

  private mark(
    at: number,
    closing: string,
    end: number,
    control: (inner: string) => boolean,
  ): TemplateMark | undefined {
    const found = this.closings.get(closing)?.after(at + 2) ?? end;
    if (found >= end) return undefined;
    return { end: found + 2, isControl: control(this.text.slice(at + 2, Math.min(found, at + 40))) };
  }
}

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
  ...['__[A-Z][A-Z0-9_]{0,99}__', '@@?[A-Za-z][A-Za-z0-9_.-]{0,99}@@?', '%%?[A-Za-z][A-Za-z0-9_.-]{0,99}%%?'],
  // `NGINX_PORT`, as sed fills it in.
  '(?<![A-Za-z0-9_$-])[A-Z0-9_]{0,99}PORT[A-Z0-9_]{0,99}(?![A-Za-z0-9_-])',
].join('|');

const placeholder = new RegExp(placeholderPattern);

/** `if`, `end`, a comment or the like, of Go templates and Handlebars; also assignments. */
function isControl(inner: string): boolean {
  return /^[-~]?\s*(?:if|else|end|range|with|define|template|block|include|tpl|each|unless|set|import|macro|[#/^!>]|\$\w*\s*:?=)/.test(
    inner,
  );
}
