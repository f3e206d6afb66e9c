import type { RuleSet } from '../model/rule-set';
import { sameElements } from '../model/same-elements';
import type { Snapshot, SourceFile } from '../model/snapshot';
import type { ComposeFile, Dialer, Rivalry, Surroundings, Units } from '../model/unit';
import { composeFiles, projectsByFile } from './compose-files';
import { composeProjects, type FolderProjects } from './compose-projects';
import { containedFiles } from './contained-files';
import { dialers } from './dialers';
import { hostContainers } from './host-containers';
import { type KnownConfigurations, nginxConfigurations } from './nginx-trees';
import { rivalries } from './rivalries';
import { ruleSets } from './rule-sets';

/** Finds the units of a workspace, and hands out again those that nothing has changed in. */
export class UnitBook {
  private folders: ReadonlyMap<string, FolderProjects> = new Map();
  private nginx: KnownConfigurations | undefined;
  private sets: ReadonlyMap<string, RuleSet> = new Map();
  private rivalries: ReadonlyMap<number, Rivalry> = new Map();
  private readonly composeFiles = new WeakMap<SourceFile, ComposeFile>();
  private readonly dialers = new WeakMap<SourceFile, Dialer>();
  private around: Surroundings | undefined;

  /** The units of the snapshot; one for which nothing has changed is the same object as before. */
  of(snapshot: Snapshot): Units {
    const files = [...snapshot.files.values()];
    const folders = composeProjects(files, this.folders);
    this.folders = new Map(folders.map((each) => [each.folder, each]));
    const projects = folders.flatMap(({ known }) => known.map(({ project }) => project));
    const byFile = projectsByFile(projects);
    this.nginx = nginxConfigurations(files, this.nginx);
    const { configurations } = this.nginx;
    const sets = ruleSets(files, this.sets);
    this.sets = new Map(sets.map((set) => [set.id, set]));
    const rival = rivalries(projects, this.rivalries);
    this.rivalries = new Map(rival.map((each) => [each.port, each]));
    const dockerfiles = files.filter(({ reading }) => (reading.copied?.length ?? 0) > 0);
    return {
      file: files,
      project: projects,
      nginx: configurations,
      composeFile: composeFiles(byFile, this.composeFiles),
      dialer: dialers(files, projects, byFile, this.dialers),
      filter: sets,
      rivalry: rival,
      workspace: [
        this.surroundings({
          dockerfiles,
          projects,
          configurations,
          sets,
          hostContainers: hostContainers(projects),
          isContained: containedFiles(files),
        }),
      ],
    };
  }

  private surroundings(now: Surroundings): Surroundings {
    const before = this.around;
    const isSame =
      before !== undefined &&
      sameElements(before.dockerfiles, now.dockerfiles) &&
      sameElements(before.projects, now.projects) &&
      sameElements(before.configurations, now.configurations) &&
      sameElements(before.sets, now.sets);
    this.around = isSame ? before : now;
    return this.around;
  }
}
