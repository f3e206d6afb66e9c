import type { Variables } from '../../model/dialect';
import { folderOf } from '../../model/file-name';
import type { Mention, Reading } from '../../model/reading';

/**
 * The files that COMPOSE_FILE names, in their order; undefined when it names none. A colon stands between them where
 * COMPOSE_PATH_SEPARATOR says nothing else (docs.docker.com/compose/how-tos/environment-variables/envvars).
 */
export function composeFilesOf(variables: Variables): readonly string[] | undefined {
  const separator = variables.get('COMPOSE_PATH_SEPARATOR') || ':';
  const files = variables
    .get('COMPOSE_FILE')
    ?.split(separator)
    .filter((path) => path !== '');
  return files?.length ? files : undefined;
}

/** Compose files that are read together, each over those before it: all their paths count from the folder of the first. */
export function composeMentions(
  paths: readonly string[],
  folder: string = folderOf(paths[0] ?? ''),
): readonly Mention[] {
  return paths.map((path) => ({
    ...{ path, dialect: 'compose' },
    ...(folder !== folderOf(path) && { from: folder === '' ? '.' : folder }),
  }));
}

/** The profiles that COMPOSE_PROFILES turns on. */
export function activeProfilesOf(variables: Variables): readonly string[] {
  return (variables.get('COMPOSE_PROFILES') ?? '').split(',').filter((each) => each !== '');
}

/** What the variables of a `.env` say of the project that is called in its folder: nothing where they name no files. */
export function namedProject(variables: Variables): Pick<Reading, 'mentions' | 'project'> {
  const composeFiles = composeFilesOf(variables);
  if (composeFiles === undefined) return {};
  const name = variables.get('COMPOSE_PROJECT_NAME');
  return {
    mentions: composeMentions([...new Set(composeFiles)]),
    project: {
      ...(name && { name }),
      ...{ composeFiles, activeProfiles: activeProfilesOf(variables), includes: [] },
    },
  };
}
