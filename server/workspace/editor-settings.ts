import type { Choices, Level } from '../model/settings';
import { isLevel, levelTrouble, shown, versionTrouble } from './setting-words';

/**
 * Reads what the editor's section `portolan` chooses: levels in the object `rules` or in dotted keys (`rules.octal-port`),
 * and the version of nginx.
 *
 * @param warn Is told of what cannot be followed; the default holds for it.
 */
export function editorChoices(section: unknown, warn: (message: string) => void): Choices {
  const given = new Map(entriesOf(section));
  const levels = new Map<string, Level>();
  for (const [name, value] of rulesIn(given, warn)) {
    const trouble = levelTrouble(name, value);
    if (trouble !== undefined) warn(`portolan.rules: ${trouble}`);
    else if (isLevel(value)) levels.set(name, value);
  }
  const version = given.get('nginxVersion') ?? undefined;
  const isGiven = version !== undefined && version !== '';
  const trouble = isGiven ? versionTrouble(version) : undefined;
  if (trouble !== undefined) warn(`portolan.${trouble}`);
  return {
    levels,
    ...(isGiven && trouble === undefined && typeof version === 'string' && { nginxVersion: version }),
  };
}

/**
 * The globs of the editor's setting `files.exclude` that are switched on. One with a condition on its neighbours
 * (`when`) is not followed: it hides what a program has made of a file, and keeps that file.
 */
export function hiddenGlobs(exclude: unknown): readonly string[] {
  return entriesOf(exclude).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []));
}

function rulesIn(
  given: ReadonlyMap<string, unknown>,
  warn: (message: string) => void,
): readonly (readonly [name: string, value: unknown])[] {
  const object = given.get('rules') ?? {};
  const isObject = typeof object === 'object' && !Array.isArray(object);
  if (!isObject)
    warn(`portolan.rules takes an object: the id of a rule, and its level; not ${shown(object)}.`);
  const dotted = [...given]
    .filter(([key]) => key.startsWith('rules.'))
    .map(([key, value]) => [key.slice('rules.'.length), value] as const);
  return [...(isObject ? entriesOf(object) : []), ...dotted];
}

function entriesOf(given: unknown): readonly (readonly [string, unknown])[] {
  return typeof given === 'object' && given !== null ? Object.entries(given) : [];
}
