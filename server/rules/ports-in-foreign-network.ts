import type { RuleOf } from '../model/rule';
import { removedPorts, sharesPorts } from './shared/removed-ports';

export const portsInForeignNetwork: RuleOf<'project'> = {
  id: 'ports-in-foreign-network',
  over: 'project',
  severity: 'error',
  summary: 'Ports of a service that uses the network of another container.',
  rationale:
    'With `network_mode: service:…` or `container:…` the other container has the network, and its ports are published there. The engine refuses to create a container that wants both.',
  *check({ services }) {
    for (const each of services) {
      const { network, definitions, ports, name } = each;
      if (network.kind !== 'service' && network.kind !== 'container') continue;
      const setting = definitions.findLast(({ service }) => service.network.kind === network.kind);
      const other = services.find((service) => network.kind === 'service' && service.name === network.name);
      for (const definition of definitions) {
        const { file, service } = definition;
        const isPublishing = ports.length > 0 && service.ports.length > 0;
        const [exposed] = service.exposes;
        if (!isPublishing && exposed === undefined) continue;
        const start = isPublishing ? service.portsSpan?.start : exposed?.span.start;
        if (start === undefined) continue;
        const isOwn = isPublishing && !sharesPorts(definition, each, services);
        const fix = isOwn ? removedPorts(definition) : undefined;
        const end = isPublishing ? start + 'ports'.length : (exposed?.span.end ?? start);
        const home = other?.definitions.at(-1);
        yield {
          uri: file.uri,
          span: { start, end },
          message: `Service "${name}" has no network of its own to ${isPublishing ? 'publish' : 'expose'} ports of; put them on ${network.kind} "${network.name}" (Docker: conflicting options: port ${isPublishing ? 'publishing' : 'exposing'} and the container type network mode).`,
          related: [
            ...(setting === undefined
              ? []
              : [{ uri: setting.file.uri, span: network.span, message: 'The network mode is set here.' }]),
            ...(home === undefined
              ? []
              : [
                  {
                    uri: home.file.uri,
                    span: home.service.nameSpan,
                    message: `Service "${network.name}" has the network.`,
                  },
                ]),
          ],
          fixes: fix === undefined ? [] : [fix],
        };
      }
    }
  },
};
