/** The names under which rules are switched together, each with what its rules look at. */
export const ruleGroups = {
  format: 'what the program that loads a file refuses or takes for something else, in all kinds of file',
  compose: 'compose projects',
  dockerfile: 'Dockerfiles',
  nginx: 'nginx configurations',
  firewall: 'firewall rules',
  workspace: 'what is seen only across several kinds of file or several projects',
  portolan: "Portolan's own comments and settings files",
} as const;

/** One of them. */
export type RuleGroup = keyof typeof ruleGroups;

/** The group of a rule: its own say, else that of its kind of unit. */
export function groupOf({ group, over }: { readonly group?: RuleGroup; readonly over: string }): RuleGroup {
  return group ?? ofUnit.get(over) ?? 'workspace';
}

/** By the kind of unit that a rule looks at; a kind that is not listed spans several kinds of file. */
const ofUnit: ReadonlyMap<string, RuleGroup> = new Map<string, RuleGroup>([
  ['file', 'format'],
  ['project', 'compose'],
  ['composeFile', 'compose'],
  ['nginx', 'nginx'],
  ['filter', 'firewall'],
  ['settings', 'portolan'],
  ['suppressions', 'portolan'],
]);
