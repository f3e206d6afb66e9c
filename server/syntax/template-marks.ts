import { NextPlace } from './next-place';

/** A stretch that a template engine replaces before the program sees the text. */
export interface TemplateMark {
  /** The first character behind it. */
  readonly end: number;
  /** True for a statement of the engine's own (`{% if %}`, `{{ end }}`), which leaves no text behind. */
  readonly isControl: boolean;
}

/**
 * Finds the marks of Jinja, Go templates, Handlebars (`{{ }}`, `{% %}`, `{# #}`) and ERB (`<% %>`). No program that
 * reads the text reads them. Asking for every place of a text in turn takes linear time.
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
 * Tells whether a template engine fills in parts of the text first: the marks of Jinja, Go templates and Handlebars
 * (`{{ }}`, `{% %}`) or ERB (`<% %>`). For texts in which these signs have no meaning of their own: nft's sets can begin
 * with two braces, and nginx's reader needs to know where a mark ends.
 */
export function hasTemplateMarks(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('<%');
}

/** `if`, `end`, a comment or the like, of Go templates and Handlebars; also assignments. `{{ end_port }}` is none. */
function isControl(inner: string): boolean {
  return /^[-~]?\s*(?:(?:if|else|end|range|with|define|template|block|include|tpl|each|unless|set|import|macro)(?![\w.-])|[#/^!>]|\$\w*\s*:?=)/.test(
    inner,
  );
}
