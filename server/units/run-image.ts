import type { ProjectService } from '../model/compose-project';

/**
 * The image whose programs run in a service's container: what the stage that is built begins with, for what is built can be
 * called anything. Where its Dockerfile is not known, the name is all that tells.
 */
export function runImage({
  image,
  built,
  inlineBuild,
}: Pick<ProjectService, 'image' | 'built' | 'inlineBuild'>): string | undefined {
  if (inlineBuild !== undefined) return inlineBuild.image;
  return built === undefined ? image : built.stage.image;
}
