import type { Mention } from '../../model/reading';
import type { ProjectHeader, Service } from '../../model/service';
import { composeMentions } from '../../syntax/docker/compose-files';

/**
 * The files that a compose file names: those that it includes, extends or is read with, the
 * environments of those and of its services, and the Dockerfiles it builds.
 */
export function mentions(
  services: readonly Service[],
  project: ProjectHeader | undefined,
): readonly Mention[] {
  const compose = [
    ...composeMentions(project?.composeFiles ?? []),
    ...(project?.includes ?? []).flatMap(({ paths, projectDirectory }) =>
      composeMentions(paths, projectDirectory),
    ),
    ...services.flatMap(({ extends: extended }) =>
      extended?.file === undefined ? [] : composeMentions([extended.file]),
    ),
  ];
  const environments = [
    ...(project?.includes ?? []).flatMap(({ envFiles = [] }) =>
      envFiles.filter((path) => path !== undefined),
    ),
    ...services.flatMap(({ envFiles = [] }) => envFiles.map(({ path }) => path)),
  ];
  const dockerfiles = services.flatMap(({ build }) =>
    build === undefined ? [] : `${build.context}/${build.dockerfile}`,
  );
  return [
    ...new Map(compose.map((mention) => [`${mention.path} ${mention.from}`, mention])).values(),
    ...[...new Set(environments)].map((path) => ({ path, dialect: 'env' })),
    ...[...new Set(dockerfiles)].map((path) => ({ path, dialect: 'dockerfile' })),
  ];
}
