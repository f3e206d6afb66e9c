/**
 * Tells whether a template engine fills in parts of the text first: the marks of Jinja, Go templates and Handlebars
 * (`{{ }}`, `{% %}`) or ERB (`<% %>`). For texts in which these signs have no meaning of their own: nft's sets can begin
 * with two braces, and nginx's reader needs to know where a mark ends.
 */
export function hasTemplateMarks(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('<%');
}
