import { type Address, address } from '../../model/address';
import type { Dialect, ReadInputs } from '../../model/dialect';
import type { PortReference } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Reading } from '../../model/reading';
import { environmentPorts, isPortSetting, transportOf } from '../../syntax/commands/command-ports';
import { hostBeside } from '../../syntax/commands/host-beside';
import { namedProject } from '../../syntax/docker/compose-files';
import { dotenv, readVariables } from '../../syntax/docker/dotenv';
import { urlSlot, valueSlot } from './value-slot';

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
  countsBeside: true,
  read,
};

/** Words for messages; there is one in each file. */
const owner = 'the environment file';

/** The address of the host that stands beside a port. */
function addressBeside(name: string, values: ReadonlyMap<string, string>): Address | undefined {
  const host = hostBeside(name, values);
  return host === undefined || !/^[A-Za-z0-9_.:-]+$/.test(host) ? undefined : address(host);
}

function read(text: string, { name: file }: ReadInputs): Reading {
  const references: PortReference[] = [];
  const slots: PortSlot[] = [];
  const settings = dotenv(text);
  const values = new Map(settings.map(({ name, value }) => [name, value?.value ?? '']));
  for (const setting of settings) {
    const { name, value } = setting;
    const host = addressBeside(name, values);
    for (const port of value === undefined ? [] : environmentPorts(name, value)) {
      // Who reads the setting, and from where it dials, is not known: the file itself connects to nothing.
      const role = port.role === 'connect' ? 'declare' : port.role;
      references.push({ ...port, owner, role, ...(host && !port.address && { address: host }) });
    }
    const slot = isPortSetting(name) ? valueSlot(text, setting) : undefined;
    const transport = transportOf(name);
    const url = urlSlot(text, setting);
    if (url !== undefined)
      slots.push({ ...url, role: 'connect', owner, transport: 'tcp', accepts: 'port', names: false });
    if (slot !== undefined)
      slots.push({
        ...{ ...slot, role: 'declare', owner, accepts: 'port', names: false, variable: name },
        ...(transport && { transport }),
      });
  }
  // Compose reads the file of this very name in the folder that it is called in, whatever else lies there (compose-go
  // cli/options.go, `WithDotEnv` before `WithConfigFileEnv`): what it names is a project, by any name and in any folder.
  const project = file === '.env' ? namedProject(readVariables(text)) : {};
  // What is kept to be copied sets nothing.
  const isSample = /\.(?:example|sample|template|tmpl|dist)(?:\.|$)/i.test(file);
  return { references, slots, faults: [], ...(!isSample && { isEnvironment: true as const }), ...project };
}
