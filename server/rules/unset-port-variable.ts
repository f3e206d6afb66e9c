import type { ComposeProject } from '../model/compose-project';
import { portsText } from '../model/port';
import type { RuleOf } from '../model/rule';
import type { SourceFile } from '../model/snapshot';
import { type Span, sameSpan } from '../model/span';

export const unsetPortVariable: RuleOf<'composeFile'> = {
  id: 'unset-port-variable',
  over: 'composeFile',
  severity: 'warning',
  summary: 'A host port from a variable that the `.env` beside the file does not set.',
  rationale:
    'An unset variable is an empty text: `"${PORT}:80"` becomes `":80"`, and Docker picks a random host port. It is told only where a `.env` is there and lacks the variable; the shell may still set it.',
  *check({ file, projects }) {
    for (const service of file.reading.services ?? []) {
      for (const { publish, target } of service.ports) {
        const [variable, ...others] = publish?.variables ?? [];
        if (publish === undefined || variable?.isUnset !== true || others.length > 0) continue;
        if (!sameSpan(variable.span, publish.portSpan)) continue;
        if (projects.some((project) => hasIt(project, file, variable.span))) continue;
        // Without a container port there is nothing to publish, and Docker refuses the entry.
        if (target.variables?.some(({ isUnset }) => isUnset)) continue;
        const { ports } = target;
        const text = `\${${variable.name}:-${ports === undefined ? '' : portsText(ports)}}`;
        yield {
          uri: file.uri,
          span: publish.usedAt ?? variable.span,
          message: `"${variable.name}" is not set in .env and has no default: unless the shell sets it, Docker picks a random host port for service "${service.name}".`,
          related: [],
          fixes:
            ports === undefined
              ? []
              : [{ title: `Write ${text}`, edits: [{ uri: file.uri, span: variable.span, text }] }],
        };
      }
    }
  },
};

/** Tells whether a project knows the variable at a place of a file, or cannot know what it is. */
function hasIt({ services }: ComposeProject, file: SourceFile, span: Span): boolean {
  const definitions = services.flatMap((service) => service.definitions);
  return definitions.some(
    (each) =>
      each.file === file &&
      each.service.ports.some(({ publish }) =>
        publish?.variables?.some((variable) => sameSpan(variable.span, span) && variable.isUnset !== true),
      ),
  );
}
