import type { ProjectService, ServiceDefinition } from '../model/compose-project';
import type { Variables } from '../model/dialect';
import type { ServicePart } from '../model/service';
import type { SourceFile } from '../model/snapshot';
import { isPortSetting } from '../syntax/commands/command-ports';
import { hostBeside } from '../syntax/commands/host-beside';
import { readRawVariables, readVariables } from '../syntax/docker/dotenv';

/** A setting of a service that gives a port, with the definition that has the last word on it. */
export interface SettingPort {
  readonly name: string;
  readonly port: number;
  readonly definition: ServiceDefinition;
}

/** PORT and its kin among the settings of a service, but for those that are dialled at a host. */
export function settingPorts(service: Pick<ProjectService, 'definitions'>): readonly SettingPort[] {
  const settings = serviceSettings(service);
  const values = valuesOf(settings);
  return [...settings].flatMap(([name, { value, definition }]) => {
    const isOwn = isPortSetting(name) && hostBeside(name, values) === undefined;
    if (!isOwn || !/^[1-9][0-9]{0,4}$/.test(value) || Number(value) > 65535) return [];
    return [{ name, port: Number(value), definition }];
  });
}

/** Tells whether the port of a setting is dialled at a host that another setting of the service gives. */
export function isDialled(name: string, service: Pick<ProjectService, 'definitions'>): boolean {
  return hostBeside(name, valuesOf(serviceSettings(service))) !== undefined;
}

function valuesOf(settings: ReadonlyMap<string, Setting>): ReadonlyMap<string, string> {
  return new Map([...settings].map(([name, { value }]) => [name, value]));
}

/** The value of a setting, and the definition that gives it. */
export interface Setting {
  readonly value: string;
  readonly definition: ServiceDefinition;
}

/**
 * The settings that a service's container gets: what its environment says goes over what the files of `env_file` say, of which
 * the later go over the earlier; one without a value is passed on from where Compose runs, and in the files that goes over what
 * stands above (compose-go types/project.go, WithServicesEnvironmentResolved). One that nobody gives a known value is left out.
 */
export function serviceSettings({
  definitions,
}: Pick<ProjectService, 'definitions'>): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  const set = (name: string, value: string | undefined, definition: ServiceDefinition): void => {
    if (value === undefined) settings.delete(name);
    else settings.set(name, { value, definition });
  };
  for (const definition of said(definitions, 'env_file'))
    for (const { file, isRaw } of definition.envFiles)
      for (const [name, value] of isRaw ? file.once(rawSettings) : valuesIn(file, definition.variables))
        set(name, value, definition);
  for (const definition of said(definitions, 'environment'))
    for (const [name, value] of definition.service.environment)
      set(name, value ?? definition.variables.get(name), definition);
  return settings;
}

/** The definitions from the last one on that takes a part of those before it away. */
function said(definitions: readonly ServiceDefinition[], part: ServicePart): readonly ServiceDefinition[] {
  return definitions.slice(
    Math.max(
      0,
      definitions.findLastIndex(({ service }) => service.clears.includes(part)),
    ),
  );
}

function valuesIn(file: SourceFile, variables: Variables): Variables {
  return file.text.includes('$') ? readVariables(file.text, variables) : file.once(plainSettings);
}

function plainSettings({ text }: SourceFile): Variables {
  return readVariables(text);
}

function rawSettings({ text }: SourceFile): Variables {
  return readRawVariables(text);
}
