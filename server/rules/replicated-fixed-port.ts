import { portsText } from '../model/port';
import type { RuleOf } from '../model/rule';
import { portMoves } from './shared/port-moves';
import { portWords } from './shared/port-words';

export const replicatedFixedPort: RuleOf<'project'> = {
  id: 'replicated-fixed-port',
  over: 'project',
  severity: 'error',
  summary: 'More containers of one service than host ports for them.',
  rationale:
    'Every replica wants the same host port, and only the first one gets it. A range of host ports in front of one container port gives each replica one of them; without a host port Docker picks one. It is a warning where a variable may say otherwise.',
  *check(project) {
    for (const claim of project.claims) {
      const { file, reference, ports, takers, service, isFlexible, publication } = claim;
      const width = isFlexible ? ports.last - ports.first + 1 : 1;
      if (takers <= width || service.replicas === undefined) continue;
      const own = service.definitions.findLast(({ service: { replicas } }) => replicas !== undefined);
      const { portSpan, transport } = reference;
      const isByDefault =
        service.replicas.isByDefault ||
        publication.isProposed ||
        reference.variables?.some(({ from }) => from === 'default');
      yield {
        ...(isByDefault && { severity: 'warning' as const }),
        uri: file.uri,
        span: reference.usedAt ?? portSpan,
        message: `${takers} containers of service "${service.name}" want ${isFlexible ? `one of the ${width} host ports` : portWords(ports, transport, 'host')}${isFlexible ? ` ${portsText(ports)}/${transport}` : ''}${isByDefault ? ', unless a variable says otherwise' : ''} (Docker: ${isFlexible ? 'all ports are allocated' : `Bind for ${reference.address?.text ?? '0.0.0.0'}:${ports.first} failed: port is already allocated`}).`,
        related:
          own === undefined
            ? []
            : [
                {
                  uri: own.file.uri,
                  span: service.replicas.span,
                  message: `${takers} containers are asked for here.`,
                },
              ],
        fixes: [],
        moves: portMoves(claim),
      };
    }
  },
};
