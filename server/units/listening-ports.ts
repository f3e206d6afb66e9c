import type { ProjectService, ServiceDefinition } from '../model/compose-project';
import { isPortSetting } from '../syntax/commands/command-ports';
import { hostBeside } from '../syntax/commands/host-beside';

/**
 * The image whose programs run in a service's container: what the stage that is built begins with, for what is built can be
 * called anything. Where its Dockerfile is not known, the name is all that tells.
 */
export function runImage({ image, built }: Pick<ProjectService, 'image' | 'built'>): string | undefined {
  return built === undefined ? image : built.stage.image;
}

/** A setting of a service that gives a port, with the definition that has the last word on it. */
export interface SettingPort {
  readonly name: string;
  readonly port: number;
  readonly definition: ServiceDefinition;
}

/** PORT and its kin among the settings of a service, but for those that are dialled at a host. */
export function settingPorts({ definitions }: Pick<ProjectService, 'definitions'>): readonly SettingPort[] {
  const settings = new Map<string, { readonly value: string; readonly definition: ServiceDefinition }>();
  for (const definition of definitions)
    for (const [name, value] of definition.service.environment) settings.set(name, { value, definition });
  const values = new Map([...settings].map(([name, { value }]) => [name, value]));
  return [...settings].flatMap(([name, { value, definition }]) => {
    const isOwn = isPortSetting(name) && hostBeside(name, values) === undefined;
    if (!isOwn || !/^[1-9][0-9]{0,4}$/.test(value) || Number(value) > 65535) return [];
    return [{ name, port: Number(value), definition }];
  });
}
