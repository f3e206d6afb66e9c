import type { RuleOf } from '../model/rule';
import type { PortEntry } from '../model/service';
import { removedPorts, sharesPorts } from './shared/removed-ports';

export const portsWithoutEffect: RuleOf<'project'> = {
  id: 'ports-without-effect',
  over: 'project',
  severity: 'warning',
  summary: 'Published ports of a service that uses the network of the host.',
  rationale:
    'With `network_mode: host` the container has no ports of its own to publish: it binds those of the host, whatever `ports` says. The engine discards them with a warning; older versions of Compose refuse the file. It is information where every entry has the same port at both ends: there it changes nothing.',
  *check({ services }) {
    for (const each of services) {
      const { network, definitions, ports, name } = each;
      if (network.kind !== 'host' || ports.length === 0) continue;
      const setting = definitions.findLast(({ service }) => service.network.kind === 'host');
      for (const definition of definitions) {
        const { file, service } = definition;
        if (service.portsSpan === undefined || service.ports.length === 0) continue;
        const key = { start: service.portsSpan.start, end: service.portsSpan.start + 'ports'.length };
        const isShared = sharesPorts(definition, each, services);
        const fix = isShared ? undefined : removedPorts(definition);
        const mode = setting && { uri: setting.file.uri, span: network.span };
        // Where others publish these ports, nothing is wrong with them: it is told of the service's own line.
        const isToldOfMode = isShared && mode !== undefined;
        yield {
          ...(isToldOfMode ? mode : { uri: file.uri, span: key }),
          // Where both ends are the same, the port is found where the text says, all the same.
          ...(service.ports.every(hasSameEnds) && { severity: 'information' as const }),
          message: `Service "${name}" uses the host's network, so its ports are not published (Docker: Published ports are discarded when using host network mode).`,
          related:
            mode === undefined
              ? []
              : isToldOfMode
                ? [{ uri: file.uri, span: key, message: 'The ports stand here.' }]
                : [{ ...mode, message: 'The network mode is set here.' }],
          fixes: fix === undefined ? [] : [fix],
        };
      }
    }
  },
};

function hasSameEnds({ publish, target }: PortEntry): boolean {
  return publish?.ports?.first === target.ports?.first && publish?.ports?.last === target.ports?.last;
}
