import type { Snapshot, SourceFile } from '../model/snapshot';
import type { Dialer, Units } from '../model/unit';
import { composeProjects, type KnownProject } from './compose-projects';
import { dialers } from './dialers';

/** Finds the units of a workspace, and hands out again those that nothing has changed in. */
export class UnitBook {
  private projects: ReadonlyMap<string, KnownProject> = new Map();
  private readonly dialers = new WeakMap<SourceFile, Dialer>();

  /** The units of the snapshot; one for which nothing has changed is the same object as before. */
  of(snapshot: Snapshot): Units {
    const files = [...snapshot.files.values()];
    const known = composeProjects(files, this.projects);
    this.projects = new Map(known.map((each) => [each.project.id, each]));
    const projects = known.map(({ project }) => project);
    return {
      file: files,
      project: projects,
      dialer: dialers(files, projects, this.dialers),
      workspace: [{ files, projects }],
    };
  }
}
