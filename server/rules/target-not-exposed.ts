import { portsText } from '../model/port';
import type { RuleOf } from '../model/rule';
import { slice } from '../model/span';
import { builtExposes } from '../units/built-ports';
import { isAt, isSaidToListen } from '../units/container-ports';
import { portWords } from './shared/port-words';

export const targetNotExposed: RuleOf<'project'> = {
  id: 'target-not-exposed',
  over: 'project',
  severity: 'information',
  summary: 'A published container port that the Dockerfile of the service does not expose.',
  rationale:
    'The Dockerfile in this workspace exposes other ports, and neither the base image nor the settings of the service name the one that is published: mostly nothing listens there. EXPOSE opens nothing by itself, so the port can be right all the same.',
  *check({ services }, { books }) {
    for (const service of services) {
      const { built, claims } = service;
      const exposed = builtExposes(service);
      if (built === undefined || exposed === undefined || exposed.length === 0) continue;
      for (const { publication } of claims) {
        const { target, file } = publication;
        const { ports, transport } = target;
        if (ports === undefined || ports.first !== ports.last) continue;
        if (exposed.some((each) => isAt(each, ports, transport))) continue;
        if (isSaidToListen(service, ports.first, books.knowledge)) continue;
        const [only, ...more] = exposed;
        const digits = slice(file.text, target.portSpan) === portsText(ports);
        const text = only?.ports === undefined ? undefined : portsText(only.ports);
        const isOne =
          more.length === 0 && only?.transport === transport && text !== undefined && !text.includes('-');
        yield {
          uri: file.uri,
          span: target.usedAt ?? target.portSpan,
          message: `The Dockerfile of service "${service.name}" exposes ${exposed.map((each) => `${each.ports && portsText(each.ports)}/${each.transport ?? 'tcp'}`).join(', ')}, and not ${portWords(ports, transport, 'container')}.`,
          related: exposed.map((each) => ({
            uri: built.file.uri,
            span: each.portSpan,
            message: 'The image exposes this port.',
          })),
          fixes:
            isOne && digits
              ? [
                  {
                    title: `Use the container port ${text}`,
                    edits: [{ uri: file.uri, span: target.portSpan, text }],
                  },
                ]
              : [],
        };
      }
    }
  },
};
