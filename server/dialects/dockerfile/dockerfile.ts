import type { Dialect } from '../../model/dialect';
import type { Fault, PortReference, PortSlot, Reading } from '../../model/port';
import { type CommandPort, commandPorts, shellPorts } from '../../syntax/command-ports';
import {
  type DockerfileInstruction,
  dockerfileLines,
  type EscapeToken,
  triggerOf,
} from '../../syntax/dockerfile-lines';
import { jsonStrings } from '../../syntax/json-strings';
import { type SourcedText, subText } from '../../syntax/sourced-text';
import { readExpose } from './expose';
import { readSettings } from './settings';
import { type Stage, Stages } from './stages';

/** Dockerfiles as BuildKit reads them: EXPOSE, and the other places where the text leaves no doubt of a port. */
export const dockerfile: Dialect = {
  id: 'dockerfile',
  title: 'Dockerfile',
  files: ['Dockerfile', 'Containerfile', '*.dockerfile', '*.containerfile', 'Dockerfile.*', 'Containerfile.*'],
  languages: ['dockerfile'],
  companions: [],
  read,
};

/** What is known at one instruction, and where it is noted down. */
interface Progress {
  readonly text: string;
  readonly token: EscapeToken;
  readonly references: PortReference[];
  readonly slots: PortSlot[];
  readonly faults: Fault[];
}

function read(text: string): Reading {
  const { escape: token, instructions } = dockerfileLines(text);
  const stages = new Stages(instructions.filter(({ keyword }) => keyword === 'FROM').length, token);
  const progress: Progress = { text, token, references: [], slots: [], faults: [] };
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') stages.begin(instruction);
    else readInstruction(instruction, stages, progress);
  }
  const { references, slots, faults } = progress;
  return { references, slots, faults };
}

function readInstruction(instruction: DockerfileInstruction, stages: Stages, progress: Progress): void {
  const stage = stages.current;
  if (instruction.keyword === 'EXPOSE' && stage === undefined) progress.faults.push(outsideStage(instruction));
  if (instruction.keyword === 'ARG' && stage === undefined) {
    note(readSettings(instruction, stages.beforeFirst, stages.beforeFirst.scope, progress.token), progress);
  }
  const here = stage ?? stages.beforeFirst;
  switch (instruction.keyword) {
    case 'ONBUILD':
      return readTrigger(instruction, here, progress);
    case 'ARG':
    case 'ENV':
      return note(readSettings(instruction, here, stages.globalScope, progress.token), progress);
    default:
      return readInStage(instruction, here, progress);
  }
}
