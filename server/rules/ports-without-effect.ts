import type { RuleOf } from '../model/rule';
import type { PortEntry } from '../model/service';
import { removedPorts } from './shared/removed-ports';

export const portsWithoutEffect: RuleOf<'project'> = {
  id: 'ports-without-effect',
  over: 'project',
  severity: 'warning',
  summary: 'Published ports of a service that uses the network of the host.',
  rationale:
    'With `network_mode: host` the container has no ports of its own to publish: it binds those of the host, whatever `ports` says. The engine discards them with a warning; older versions of Compose refuse the file. It is information where every entry has the same port at both ends: there it changes nothing.',
  *check({ services }) {
    for (const { network, definitions, ports, name } of services) {
      if (network.kind !== 'host' || ports.length === 0) continue;
      const setting = definitions.findLast(({ service }) => service.network.kind === 'host');
      for (const definition of definitions) {
        const { file, service } = definition;
        if (service.portsSpan === undefined || service.ports.length === 0) continue;
        const fix = removedPorts(definition);
        yield {
          uri: file.uri,
          span: { start: service.portsSpan.start, end: service.portsSpan.start + 'ports'.length },
          // Where both ends are the same, the port is found where the text says, all the same.
          ...(service.ports.every(hasSameEnds) && { severity: 'information' as const }),
          message: `Service "${name}" uses the host's network, so its ports are not published (Docker: Published ports are discarded when using host network mode).`,
          related:
            setting === undefined
              ? []
              : [{ uri: setting.file.uri, span: network.span, message: 'The network mode is set here.' }],
          fixes: fix === undefined ? [] : [fix],
        };
      }
    }
  },
};

function hasSameEnds({ publish, target }: PortEntry): boolean {
  return publish?.ports?.first === target.ports?.first && publish?.ports?.last === target.ports?.last;
}
