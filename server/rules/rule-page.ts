/** Where RULES.md is published; each rule has a heading of its own there. */
const rulesPage = 'https://github.com/portolan/portolan/blob/main/RULES.md';

/** The web address of a rule's documentation. */
export function rulePage(rule: string): string {
  return `${rulesPage}#${rule}`;
}
