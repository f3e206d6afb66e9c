import type { CopiedPath } from '../../model/build-stage';
import { jsonStrings } from './json-strings';
import { blankSeparated, type DockerfileInstruction } from './lines';

/**
 * What COPY and ADD take from the build's context, stage by stage and as written; what comes from another stage or
 * image, from the network or from a heredoc is left out.
 */
export function copiedPaths(
  instructions: readonly DockerfileInstruction[],
): readonly (readonly CopiedPath[])[] {
  const stages: CopiedPath[][] = [[]];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') stages.push([]);
    else if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
      stages.at(-1)?.push(...sources(instruction));
  }
  return stages.filter((paths) => paths.length > 0);
}

function sources({ flags, arguments: text }: DockerfileInstruction): readonly CopiedPath[] {
  if (flags.some(({ value }) => value.startsWith('--from='))) return [];
  const words = jsonStrings(text) ?? blankSeparated(text);
  const paths = words
    .slice(0, -1)
    .map(({ value }) => value.replace(/^\.?\/+/, '').replace(/(?:^|\/)\.?$/, ''));
  // What several are copied to is a folder.
  const last = words.at(-1)?.value ?? '';
  const target = words.length > 2 && !last.endsWith('/') ? `${last}/` : last;
  return paths.filter((path) => !/^<<|:\/\//.test(path)).map((source) => ({ source, target }));
}
