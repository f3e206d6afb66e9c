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
      const entry = resolve(item, anchors)?.node;
      const paths =
        entry?.kind === 'mapping'
          ? scalarsOf(fieldsOf(entry, anchors).get('path'), context)
          : [entry === undefined ? undefined : scalarValue(entry, context)];
      const known = paths.filter((path) => path !== undefined && path !== '');
      if (known.length > 0 && known.length === paths.length)
        includes.push({ paths: known as readonly string[], span: item.span });
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
