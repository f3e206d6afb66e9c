import type { Claim } from '../model/claim';
import type { PublicationClaim } from '../model/compose-project';
import { grouped } from '../model/grouped';
import { portsText } from '../model/port';
import type { RuleFinding, RuleOf } from '../model/rule';
import { collide } from '../units/collide';
import { type HostEvidence, hostEvidence } from '../units/host-nginx';
import { alwaysRuns } from '../units/project-claims';
import { portMoves } from './shared/port-moves';
import { portWords } from './shared/port-words';

export const hostPortConflict: RuleOf<'workspace'> = {
  id: 'host-port-conflict',
  over: 'workspace',
  severity: 'warning',
  summary: 'A host port that a compose project publishes and that nginx on the host listens on.',
  rationale:
    "Only one of them gets it: the other does not start. It is told only where it is sure that nginx runs on the host itself: its configuration lies where the host's is installed, a service with `network_mode: host` runs nginx with it, or it dials, by the loopback address, a port that its project publishes on that address alone.",
  *check({ configurations, projects, hostContainers, isContained }) {
    const found = projects.filter(({ isFound }) => isFound);
    for (const configuration of configurations) {
      const evidence = hostEvidence(configuration, { projects, hostContainers, isContained });
      if (evidence === undefined) continue;
      const listens: readonly Claim[] = configuration.claims;
      // A project of another folder can be another machine's.
      const [main] = configuration.files;
      const near = found
        .filter(
          (project) => project === evidence.container?.project || main?.address.startsWith(project.folder),
        )
        .flatMap(({ claims }) => claims.filter(({ service }) => alwaysRuns(service)));
      const meetings = listens.flatMap((listen) =>
        near
          .filter((claim) => !claim.isFlexible && collide(listen, claim) !== undefined)
          .map((claim) => ({ listen, claim })),
      );
      const places = grouped(meetings, ({ claim }) => `${claim.file.uri} ${claim.publication.span.start}`);
      for (const [meeting, ...others] of places.values()) {
        if (meeting === undefined) continue;
        const { claim } = meeting;
        yield {
          uri: claim.file.uri,
          span: claim.reference.usedAt ?? claim.reference.portSpan,
          message: `nginx listens on ${wordsOf(claim)} of the host as well: its configuration ${evidence.words}.`,
          related: [
            ...[meeting, ...others].map(({ listen }) => ({
              uri: listen.file.uri,
              span: listen.reference.portSpan,
              message: `nginx listens on port ${portsText(listen.ports)} here.`,
            })),
            ...(evidence.connection === undefined
              ? []
              : [
                  {
                    uri: evidence.connection.file.uri,
                    span: evidence.connection.reference.portSpan,
                    message: 'This port is published for the host alone, so nginx runs there.',
                  },
                ]),
            ...containerRelated(evidence),
          ],
          fixes: [],
          moves: portMoves(claim),
        };
      }
    }
  },
};

function containerRelated({ container }: HostEvidence): RuleFinding['related'] {
  return (container?.service.definitions ?? []).flatMap(({ file, service: { network } }) =>
    network.kind === 'host'
      ? [
          {
            uri: file.uri,
            span: network.span,
            message: 'This service runs nginx in the network of the host.',
          },
        ]
      : [],
  );
}

function wordsOf({ ports, transport }: PublicationClaim): string {
  return portWords(ports, transport, undefined);
}
