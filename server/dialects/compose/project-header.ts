import type { Variables } from '../../model/dialect';
import type { ProjectHeader, ProjectInclude } from '../../model/service';
import { activeProfilesOf, composeFilesOf } from '../../syntax/docker/compose-files';
import type { YamlNode } from '../../syntax/yaml/yaml';
import { type Anchors, type Field, fieldsOf, resolve } from './anchors';
import { nothingFound, type ServiceContext } from './found';
import { fieldOf, scalarsOf, scalarValue, settled, valueNode } from './service-values';

/** The keys of the top level that are about the project as a whole. */
export const headerKeys: ReadonlySet<string> = new Set(['name', 'include', 'networks']);

/**
 * What a compose file says of its project: its name and the files that go in with it (compose-spec 04-version-and-name.md
 * and 14-include.md), and what the `.env` beside it sets of Compose's own variables
 * (docs.docker.com/compose/how-tos/environment-variables/envvars).
 *
 * @param nodes The mappings of the top level that hold the keys of `headerKeys`.
 */
export function projectHeader(
  nodes: readonly YamlNode[],
  variables: Variables,
  anchors: Anchors,
): ProjectHeader | undefined {
  const context: ServiceContext = {
    ...{ text: '', service: '', owner: '', isBaseFile: true, found: nothingFound() },
    ...{ variables, anchors, budget: { left: 0 } },
  };
  let name: string | undefined;
  const includes: ProjectInclude[] = [];
  const hostNetworks: string[] = [];
  for (const node of nodes) {
    if (node.kind !== 'mapping') continue;
    const fields = fieldsOf(node, anchors);
    const named = valueNode(fields.get('name'), context);
    if (named !== undefined) name = scalarValue(named, context) ?? name;
    const list = valueNode(fields.get('include'), context);
    for (const item of list?.kind === 'sequence' ? list.items : []) {
      const included = includeOf(item, context);
      if (included !== undefined) includes.push(included);
    }
    const networks = valueNode(fields.get('networks'), context);
    if (networks?.kind === 'mapping')
      for (const [key, network] of fieldsOf(networks, anchors))
        if (isHost(key, network, context)) hostNetworks.push(key);
  }
  name = variables.get('COMPOSE_PROJECT_NAME') || name;
  const composeFiles = composeFilesOf(variables);
  const activeProfiles = activeProfilesOf(variables);
  const isPlain = name === undefined && composeFiles === undefined;
  if (isPlain && [activeProfiles, includes, hostNetworks].every(({ length }) => length === 0))
    return undefined;
  return {
    ...(name !== undefined && { name }),
    ...(composeFiles && { composeFiles }),
    activeProfiles,
    includes,
    ...(hostNetworks.length > 0 && { hostNetworks }),
  };
}

/**
 * Tells of a network whether it stands for Docker's `host`, which is there before any project: it is external and has that
 * name, or one that is not known. Its name is its key where none is given; the first formats put it below `external`.
 */
function isHost(key: string, network: Field, context: ServiceContext): boolean {
  const external = fieldOf(network, 'external', context);
  const isExternal = settled(external, context)?.value !== 'false';
  if (external === undefined || !isExternal) return false;
  const name = fieldOf(network, 'name', context) ?? fieldOf(external, 'name', context);
  const known = name === undefined ? key : settled(name, context)?.value;
  return known === undefined || known === 'host';
}

/** One entry of `include`: a path, or a mapping; undefined where it is not known which files or whose folder are meant. */
function includeOf(item: YamlNode, context: ServiceContext): ProjectInclude | undefined {
  const { span } = item;
  const entry = resolve(item, context.anchors)?.node;
  if (entry?.kind !== 'mapping') {
    const path = entry === undefined ? undefined : scalarValue(entry, context);
    return path === undefined || path === '' ? undefined : { paths: [path], span };
  }
  const fields = fieldsOf(entry, context.anchors);
  const paths = scalarsOf(fields.get('path'), context);
  const known = paths.filter((path) => path !== undefined && path !== '');
  const [projectDirectory] = scalarsOf(fields.get('project_directory'), context);
  const isElsewhere = fields.get('project_directory') !== undefined;
  if (known.length === 0 || known.length < paths.length) return undefined;
  if (isElsewhere && projectDirectory === undefined) return undefined;
  // An empty list is as good as none (compose-go loader/include.go).
  const envFiles = scalarsOf(fields.get('env_file'), context);
  return {
    ...{ paths: known as readonly string[], span },
    ...(projectDirectory && { projectDirectory }),
    ...(envFiles.length > 0 && { envFiles }),
  };
}
