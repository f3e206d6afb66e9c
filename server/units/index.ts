import type { ComposeProject } from '../model/compose-project';
import { canonicalUri } from '../model/file-name';
import type { Snapshot } from '../model/snapshot';
import type { Units } from '../model/unit';
import { composeProjects } from './compose-projects';

/** Finds the units of a workspace, and hands out again those that nothing has changed in. */
export class UnitBook {
  private projects: ReadonlyMap<string, ComposeProject> = new Map();

  /** The units of the snapshot; one whose files are the same objects as before is the same object, too. */
  of(snapshot: Snapshot): Units {
    const files = [...snapshot.files.values()];
    const projects = composeProjects(files, this.projects);
    this.projects = new Map(projects.map((project) => [project.id, project]));
    const known = new Map(files.map((file) => [canonicalUri(file.uri), file]));
    return { file: files, project: projects, workspace: [{ files, known, projects }] };
  }
}
