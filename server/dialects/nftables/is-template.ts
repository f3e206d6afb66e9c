/**
 * Tells whether a ruleset is a template that another program fills in first: Jinja, Go or ERB, which leave their
 * marks in comments, too; envsubst, or placeholders for sed.
 */
export function isTemplate(text: string): boolean {
  if (/\{\{[^{}\n]*\}\}|\{%|<%/.test(text)) return true;
  const rules = text.replace(/#.*/g, '');
  return /\$[{(]|%[A-Za-z_][A-Za-z0-9_]*%|@@?[A-Z][A-Z0-9_]+@|<[A-Za-z_][A-Za-z0-9_ -]*>|__[A-Z][A-Z0-9_]*__/.test(
    rules,
  );
}
