import { fileIndex } from '../model/file-index';
import type { RuleSet } from '../model/rule-set';
import { sameElements } from '../model/same-elements';
import type { Snapshot, SourceFile } from '../model/snapshot';
import type { ComposeFile, Dialer, Rivalry, Surroundings, Units } from '../model/unit';
import { composeFiles, projectsByFile } from './compose-files';
import { calledProjects, projectsOf } from './compose-projects';
import { containedFiles } from './contained-files';
import { dialers } from './dialers';
import { hostContainers } from './host-containers';
import { type KnownConfigurations, nginxConfigurations } from './nginx-trees';
import { rivalries } from './rivalries';
import { ruleSets } from './rule-sets';

/** Finds the units of a workspace, and hands out again those that nothing has changed in. */
export class UnitBook {
  private nginx: KnownConfigurations | undefined;
  private sets: ReadonlyMap<string, RuleSet> = new Map();
  private rivalries: ReadonlyMap<number, Rivalry> = new Map();
  private composeFiles: ReadonlyMap<SourceFile, ComposeFile> = new Map();
  private dialers: ReadonlyMap<SourceFile, Dialer> = new Map();
  private around: Surroundings | undefined;
  /** The Dockerfiles that copy something into an image: what a container sees hangs on them. */
  private copying: readonly SourceFile[] = [];

  /** The units of the snapshot; one for which nothing has changed is the same object as before. */
  of(snapshot: Snapshot): Units {
    const { files } = fileIndex(snapshot);
    const projects = calledProjects(projectsOf(snapshot));
    const byFile = projectsByFile(projects);
    this.nginx = nginxConfigurations(files, this.nginx);
    const { configurations } = this.nginx;
    const sets = ruleSets(files, this.sets);
    this.sets = new Map(sets.map((set) => [set.id, set]));
    const contested = rivalries(projects, this.rivalries);
    this.rivalries = new Map(contested.map((each) => [each.port, each]));
    const composed = composeFiles(byFile, this.composeFiles);
    this.composeFiles = new Map(composed.map((each) => [each.file, each]));
    const dialling = dialers(files, projects, byFile, this.dialers);
    this.dialers = new Map(dialling.map((each) => [each.file, each]));
    const copying = files.filter(({ reading }) => (reading.copied?.length ?? 0) > 0);
    return {
      file: files,
      project: projects,
      nginx: configurations,
      composeFile: composed,
      dialer: dialling,
      filter: sets,
      rivalry: contested,
      workspace: [
        this.surroundings(copying, {
          projects,
          configurations,
          sets,
          hostContainers: hostContainers(projects),
          isContained: containedFiles(files),
        }),
      ],
    };
  }

  private surroundings(copying: readonly SourceFile[], now: Surroundings): Surroundings {
    const before = this.around;
    const isSame =
      before !== undefined &&
      sameElements(this.copying, copying) &&
      sameElements(before.projects, now.projects) &&
      sameElements(before.configurations, now.configurations) &&
      sameElements(before.sets, now.sets);
    this.around = isSame ? before : now;
    this.copying = copying;
    return this.around;
  }
}
