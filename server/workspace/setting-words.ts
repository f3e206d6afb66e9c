import { ruleGroups } from '../model/rule-group';
import { type Level, levels } from '../model/settings';
import { rules } from '../rules';

/** The ids of all rules and the names of all groups: what levels are chosen for. */
const switchable: ReadonlySet<string> = new Set([...rules.map(({ id }) => id), ...Object.keys(ruleGroups)]);

/** What is wrong with choosing a level for something; undefined when nothing is. */
export function levelTrouble(name: string, value: unknown): string | undefined {
  if (!switchable.has(name)) return `There is no rule and no group of rules ${shown(name)}.`;
  if (isLevel(value)) return undefined;
  return `${name} takes ${levels.slice(0, -1).join(', ')} or ${levels.at(-1)}, not ${shown(value)}.`;
}

export function isLevel(value: unknown): value is Level {
  return levels.some((level) => level === value);
}

/** What is wrong with a version of nginx. */
export function versionTrouble(value: unknown): string | undefined {
  const isVersion = typeof value === 'string' && /^\d{1,4}\.\d{1,4}(?:\.\d{1,4})?$/.test(value);
  return isVersion ? undefined : `nginxVersion takes a version like "1.25.3", not ${shown(value)}.`;
}

/** A value as a message can hold it. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
