import { type PortReference, portsText } from '../../model/port';
import type { PortEntry, Service } from '../../model/service';
import type { SourceFile } from '../../model/snapshot';
import { dotenv } from '../../syntax/docker/dotenv';

/** Hands out the name of the variable that gives a host port of a service. */
export type NameGiver = (service: Service, entry: PortEntry, publish: PortReference) => string;

/**
 * Names variables after their services: `WEB_PORT` for the first host port, `WEB_PORT_443` after the container's port for
 * further ones. The same host port of the same service has one name in all its entries and files, whatever their transport or address;
 * no name is one that the files or their environment file use for something else.
 *
 * @param files Those whose variables come from the same environment files: a name means the same in all of them.
 * @param environments The texts of those.
 */
export function nameGiver(files: readonly SourceFile[], environments: readonly string[]): NameGiver {
  const given = new Map<string, string>();
  const names = new Set(environments.flatMap((text) => dotenv(text)).map(({ name }) => name));
  const firsts = new Map<string, PortReference>();
  for (const { reading } of files)
    for (const { name, ports } of reading.services ?? []) {
      const publish = ports.find((entry) => entry.publish !== undefined)?.publish;
      if (publish !== undefined && !firsts.has(name)) firsts.set(name, publish);
    }
  const isFree = (name: string): boolean => !names.has(name) && !files.some(({ text }) => uses(text, name));
  return (service, { target }, publish) => {
    const ports = publish.ports ?? { first: 0, last: 0 };
    const key = `${portsText(ports)} ${service.name}`;
    const known = given.get(key);
    if (known !== undefined) return known;
    const base = baseOf(service.name);
    const first = firsts.get(service.name)?.ports;
    const own = `${base}_PORT_${target.ports?.first ?? ports.first}`;
    const isFirst = first !== undefined && portsText(first) === portsText(ports);
    const wanted = [...(isFirst ? [`${base}_PORT`, `${base}_HOST_PORT`] : []), own];
    const name = wanted.find(isFree) ?? numbered(own, isFree);
    names.add(name);
    given.set(key, name);
    return name;
  };
}

/** A service's name as shells can take it. */
function baseOf(service: string): string {
  return service
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=[0-9])|^_+/, 'P_')
    .replace(/_$/, '');
}

function numbered(name: string, isFree: (name: string) => boolean): string {
  let number = 2;
  while (!isFree(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}

function uses(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? ''}${text[at + name.length] ?? ''}`;
    if (!/[A-Za-z0-9_]/.test(around)) return true;
  }
  return false;
}
