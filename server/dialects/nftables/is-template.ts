import { hasPlaceholders } from '../../syntax/placeholders';

/**
 * Tells whether a ruleset is a template that another program fills in first: Jinja, Go or ERB, which leave their
 * marks in comments, too; envsubst, or placeholders for sed.
 */
export function isTemplate(text: string): boolean {
  if (/\{\{[^{}\n]*[A-Za-z][^{}\n]*\}\}|\{%|<%/.test(text)) return true;
  const rules = text.replace(/#.*/g, '');
  return /\$[{(]/.test(rules) || hasPlaceholders(rules, { angle: true });
}
