import { baseName } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { Include } from '../model/include';
import type {
  LoadedBackup,
  LoadedListen,
  LoadedName,
  LoadedServer,
  NginxConfiguration,
  Place,
} from '../model/nginx-configuration';
import type { NginxServer, ServerModule, ServerParts } from '../model/nginx-server';
import { sameElements } from '../model/same-elements';
import type { SourceFile } from '../model/snapshot';
import {
  type IncludedFile,
  type IncludeFinder,
  includedFile,
  includeFinder,
  mainFiles,
} from './include-tree';
import { listenClaims } from './nginx-claims';
import { nginxSockets } from './nginx-sockets';
import { type Togetherness, togetherness } from './nginx-togetherness';

/** How many files the includes of a workspace may bring in; who has more includes files in circles. */
const mostIncluded = 20_000;

/** The configurations as they were found, and what that hung on. */
export interface KnownConfigurations {
  readonly configurations: readonly NginxConfiguration[];
  readonly own: readonly SourceFile[];
  /** All files, where it had to be known what compose files and Dockerfiles do with them. */
  readonly asked: readonly SourceFile[] | undefined;
}

/**
 * The configurations of a workspace: each file that nobody includes, with all that it includes. Files of one folder that
 * the packaged main files load whole (`conf.d/*.conf`: Debian, nginx.org's image; `sites-enabled/*`: Debian) are one
 * configuration also where the main file is not in the workspace.
 *
 * @param before Those of the last time; a configuration whose files are all the same objects is handed out again.
 */
export function nginxConfigurations(
  files: readonly SourceFile[],
  before: KnownConfigurations | undefined,
): KnownConfigurations {
  const own = files.filter(({ reading }) => reading.nginx !== undefined);
  const isSame =
    before !== undefined &&
    sameElements(before.own, own) &&
    (before.asked === undefined || sameElements(before.asked, files));
  if (isSame) return before;
  let asked: readonly SourceFile[] | undefined;
  const areTogether = togetherness(() => {
    asked = files;
    return files;
  });
  const last = new Map(before?.configurations.map((each) => [each.id, each]));
  const configurations = configurationsOf(own, areTogether, last);
  return { configurations, own, asked };
}

function configurationsOf(
  own: readonly SourceFile[],
  areTogether: Togetherness,
  before: ReadonlyMap<string, NginxConfiguration>,
): readonly NginxConfiguration[] {
  const find = finder(own, areTogether);
  let left = mostIncluded;
  const follows = (): boolean => left > 0;
  const counted: IncludeFinder = (include, main) => {
    const found = find(include, main);
    left -= found.length;
    return found;
  };
  const mains = mainFiles(own, find).map((main) => includedFile(main, counted, follows));
  mains.sort((a, b) => (a.file.address < b.file.address ? -1 : 1));
  const groups = grouped(mains, ({ file }) => (isPackagedFolder(file) ? `${file.folder}*` : file.address));
  return [...groups].flatMap(([id, roots]) => {
    const isWhole = areTogether(roots.map(({ file }) => file));
    const units = isWhole ? [{ id, roots }] : roots.map((root) => ({ id: root.file.address, roots: [root] }));
    return units.map((unit) => configuration(unit.id, unit.roots, before.get(unit.id)));
  });
}

function finder(files: readonly SourceFile[], areTogether: Togetherness): IncludeFinder {
  const find = includeFinder(files);
  const globs = new Map<string, readonly SourceFile[]>();
  return (include, main) => {
    const key = `${main.folder} ${include.pattern}`;
    const known = globs.get(key);
    if (known !== undefined) return known;
    const found = find(include, main);
    const taken = areTogether(found) ? found : [];
    globs.set(key, taken);
    return taken;
  };
}

/** A folder that the packages' own main files take whole; a file there that is a main file itself is none of it. */
function isPackagedFolder({ address, reading }: SourceFile): boolean {
  const isInside = /\/sites-enabled\/[^/.][^/]*$|\/conf\.d\/[^/.][^/]*\.conf$/.test(address);
  return isInside && (reading.nginx?.servers.every(({ within }) => within.length === 0) ?? false);
}

function configuration(
  id: string,
  roots: readonly IncludedFile[],
  last: NginxConfiguration | undefined,
): NginxConfiguration {
  const files = [...new Set(roots.flatMap(allFiles))];
  if (last !== undefined && sameElements(last.files, files)) return last;
  const isAssumed = id.endsWith('*');
  const assembly = new Assembly(isAssumed ? 'http' : 'unknown');
  for (const root of roots) {
    if (id.endsWith('/sites-enabled/*') && isBackup(root.file)) assembly.backups.push({ file: root.file });
    else assembly.load(root, [], undefined);
  }
  const { servers, backups } = assembly;
  const sockets = nginxSockets(servers);
  return { id, isAssumed, files, servers, sockets, claims: listenClaims(sockets), backups };
}

function allFiles(root: IncludedFile): readonly SourceFile[] {
  const files: SourceFile[] = [];
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    files.push(next.file);
    open.push(...[...next.taken.values()].flat().reverse());
  }
  return files;
}

/** Puts the servers of a configuration together, in the order in which nginx meets them. */
class Assembly {
  readonly servers: LoadedServer[] = [];
  readonly backups: LoadedBackup[] = [];

  /** `module` is where files stand that nobody includes and that do not tell themselves. */
  constructor(private readonly module: ServerModule) {}

  /** Takes in a file that stands in the blocks `around`, and what it includes beside its servers. */
  load({ file, taken }: IncludedFile, around: readonly string[], includedAt: Place | undefined): void {
    const { servers = [] } = file.reading.nginx ?? {};
    const ofServers = new Set(servers.flatMap(({ includes }) => includes));
    const includes = [...taken.keys()].filter((include) => !ofServers.has(include));
    const parts = [...servers, ...includes].sort((a, b) => a.span.start - b.span.start);
    for (const part of parts) {
      const blocks = [...around, ...part.within];
      if ('pattern' in part) this.include(part, taken.get(part) ?? [], blocks, file);
      else if (isModuleLevel(blocks)) this.server(part, blocks[0], { file, taken }, includedAt);
    }
  }

  private include(
    include: Include,
    included: readonly IncludedFile[],
    blocks: readonly string[],
    { uri }: SourceFile,
  ): void {
    const includedAt = { uri, span: include.span };
    for (const each of included) {
      if (takesBackup(include, each.file)) this.backups.push({ file: each.file, includedAt });
      else this.load(each, blocks, includedAt);
    }
  }

  private server(
    server: NginxServer,
    module: string | undefined,
    loaded: IncludedFile,
    includedAt: Place | undefined,
  ): void {
    const found: ServerDraft = { listens: [], names: [], isWhole: true };
    addParts(found, server, loaded, undefined);
    this.servers.push({
      module: isModule(module) ? module : server.module === 'unknown' ? this.module : server.module,
      ...{ file: loaded.file, server, isPlaced: isModule(module) },
      ...(includedAt && { includedAt }),
      ...found,
    });
  }
}

interface ServerDraft {
  readonly listens: LoadedListen[];
  readonly names: LoadedName[];
  isWhole: boolean;
}

function addParts(
  draft: ServerDraft,
  { listens, names, includes, isOpen }: ServerParts,
  { file, taken }: IncludedFile,
  includedAt: Place | undefined,
): void {
  const at = includedAt && { includedAt };
  if (isOpen) draft.isWhole = false;
  const parts = [...listens, ...names, ...includes].sort((a, b) => a.span.start - b.span.start);
  for (const part of parts) {
    if ('addressSpan' in part) draft.listens.push({ file, listen: part, ...at });
    else if ('directiveSpan' in part) draft.names.push({ file, name: part, ...at });
    else {
      const included = taken.get(part) ?? [];
      if (included.length === 0) draft.isWhole = false;
      for (const each of included) {
        const loose = each.file.reading.nginx?.loose;
        const place = includedAt ?? { uri: file.uri, span: part.span };
        if (loose === undefined) draft.isWhole = false;
        else addParts(draft, loose, each, place);
      }
    }
  }
}

/**
 * Tells whether a glob takes in a backup because it takes any ending. One that is meant to be taken has its ending in
 * the glob. What collides with a backup goes when the backup goes, and is not worth a word of its own.
 */
function takesBackup({ pattern }: Include, file: SourceFile): boolean {
  return pattern.endsWith('*') && isBackup(file);
}

/** Names that editors, package managers and people give to what is no longer in use. */
function isBackup({ uri }: SourceFile): boolean {
  return backupName.test(baseName(uri));
}

const backupName =
  /(?:^#.*#|~|\.(?:bak|backup|old|orig|save|disabled|swp|rej|(?:dpkg|ucf)-(?:old|dist|new|tmp|bak)|rpm(?:save|new|orig)))$/i;

/** Server blocks stand directly in the block of a module; elsewhere nginx refuses them, or a fragment begins there. */
function isModuleLevel(blocks: readonly string[]): boolean {
  return blocks.length === 0 || (blocks.length === 1 && isModule(blocks[0]));
}

function isModule(name: string | undefined): name is 'http' | 'stream' | 'mail' {
  return name === 'http' || name === 'stream' || name === 'mail';
}
