import type { Severity } from '../../model/finding';
import type { Rule } from '../../model/rule';
import { groupOf } from '../../model/rule-group';
import { type Choices, type Level, levels } from '../../model/settings';

/**
 * How grave a finding is by what has been settled at its place. A case that its rule judges milder than usual stays as
 * mild when the rule is set to something graver.
 *
 * @param own As the rule has it.
 */
export function levelOf(rule: Rule, own: Severity, choices: readonly Choices[]): Level {
  const chosen = chosenLevel(rule, choices);
  if (chosen === undefined) return own;
  const isMilderCase = levels.indexOf(own) > levels.indexOf(rule.severity);
  return isMilderCase && levels.indexOf(own) > levels.indexOf(chosen) ? own : chosen;
}

/** What the first that says something says: of the rule itself before its group. */
function chosenLevel(rule: Rule, choices: readonly Choices[]): Level | undefined {
  for (const { levels: chosen } of choices) {
    const level = chosen.get(rule.id) ?? chosen.get(groupOf(rule));
    if (level !== undefined) return level;
  }
  return undefined;
}
