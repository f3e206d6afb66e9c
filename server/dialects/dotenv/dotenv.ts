import type { Dialect } from '../../model/dialect';
import { emptyReading, type Reading } from '../../model/port';
import { namedProject } from '../../syntax/docker/compose-files';
import { readVariables } from '../../syntax/docker/dotenv';

/**
 * A `.env` that tells Compose its files. Compose reads the one in the folder that it is called in, whatever else lies
 * there (compose-go cli/options.go, `WithDotEnv` before `WithConfigFileEnv`), so that the files it names are a project
 * by any name and in any folder.
 */
export const dotenv: Dialect = {
  id: 'dotenv',
  title: '.env file with COMPOSE_FILE',
  files: [],
  languages: [],
  shared: { files: ['.env'], languages: [] },
  looksLike: (text) => /^\uFEFF?[ \t]*(?:export[ \t]+)?COMPOSE_FILE[ \t]*[=:]/m.test(text),
  companions: [],
  read,
};

function read(text: string): Reading {
  return { ...emptyReading, ...namedProject(readVariables(text)) };
}
