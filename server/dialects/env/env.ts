import type { Dialect, ReadInputs } from '../../model/dialect';
import type { PortReference } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Reading } from '../../model/reading';
import { environmentPorts, isPortSetting, transportOf } from '../../syntax/commands/command-ports';
import { namedProject } from '../../syntax/docker/compose-files';
import { dotenv, readVariables } from '../../syntax/docker/dotenv';
import { valueSlot } from './value-slot';

/** Programs and data about an environment have its name in front, too: `.env.local.js`. */
const programEndings = [
  ...['js', 'cjs', 'mjs', 'jsx', 'ts', 'cts', 'mts', 'tsx', 'py', 'rb', 'php', 'go', 'rs'],
  ...['sh', 'bash', 'zsh', 'fish', 'ps1', 'bat', 'cmd', 'json', 'json5', 'yaml', 'yml', 'toml', 'xml', 'md'],
];

/**
 * Environment files: `.env` beside a compose file and its kin for one environment (`.env.production`), and the files that
 * `env_file` names. Whatever stands in one is right; its ports are those of variables whose names or values say so.
 */
export const env: Dialect = {
  id: 'env',
  title: 'environment file',
  files: ['.env', '.env.*', '*.env'],
  otherFiles: programEndings.flatMap((ending) => [`.env.${ending}`, `.env.*.${ending}`]),
  // VS Code's own name for them (its extensions/dotenv/package.json).
  languages: ['dotenv'],
  companions: [],
  read,
};

/** Words for messages; there is one in each file. */
const owner = 'the environment file';

function read(text: string, { name: file }: ReadInputs): Reading {
  const references: PortReference[] = [];
  const slots: PortSlot[] = [];
  for (const setting of dotenv(text)) {
    const { name, value } = setting;
    for (const port of value === undefined ? [] : environmentPorts(name, value)) {
      // Who reads the setting, and from where it dials, is not known: the file itself connects to nothing.
      references.push({ ...port, owner, role: port.role === 'connect' ? 'declare' : port.role });
    }
    const slot = isPortSetting(name) ? valueSlot(text, setting) : undefined;
    const transport = transportOf(name);
    if (slot !== undefined)
      slots.push({
        ...{ ...slot, role: 'declare', owner, accepts: 'port', names: false, variable: name },
        ...(transport && { transport }),
      });
  }
  // Compose reads the file of this very name in the folder that it is called in, whatever else lies there (compose-go
  // cli/options.go, `WithDotEnv` before `WithConfigFileEnv`): what it names is a project, by any name and in any folder.
  const project = file === '.env' ? namedProject(readVariables(text)) : {};
  return { references, slots, faults: [], isEnvironment: true, ...project };
}
