import type { Variables } from '../../model/dialect';
import type { ProjectHeader, ProjectInclude } from '../../model/service';
import { activeProfilesOf, composeFilesOf } from '../../syntax/docker/compose-files';
import type { YamlNode } from '../../syntax/yaml/yaml';
import { type Anchors, fieldsOf, resolve } from './anchors';
import { nothingFound, type ServiceContext } from './found';
import { scalarsOf, scalarValue, valueNode } from './service-values';

/** The keys of the top level that are about the project as a whole. */
export const headerKeys: ReadonlySet<string> = new Set(['name', 'include']);

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
    ...{ service: '', owner: '', isBaseFile: true, found: nothingFound() },
    ...{ variables, anchors, budget: { left: 0 } },
  };
  let name: string | undefined;
  const includes: ProjectInclude[] = [];
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
  }
  name = variables.get('COMPOSE_PROJECT_NAME') || name;
  const composeFiles = composeFilesOf(variables);
  const activeProfiles = activeProfilesOf(variables);
  const isPlain = name === undefined && includes.length === 0 && composeFiles === undefined;
  if (isPlain && activeProfiles.length === 0) return undefined;
  return {
    ...(name !== undefined && { name }),
    ...(composeFiles && { composeFiles }),
    activeProfiles,
    includes,
  };
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
