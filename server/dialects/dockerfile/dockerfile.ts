import { hashLines } from '../../model/comments';
import type { Dialect } from '../../model/dialect';
import type { Fault } from '../../model/fault';
import type { Reading } from '../../model/reading';
import { type CommandPort, commandPorts, shellPorts } from '../../syntax/commands/command-ports';
import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import { addFound, type Found, nothingFound, type PartReading } from '../../syntax/found';
import { type SourcedText, subText } from '../../syntax/sourced-text';
import { hasTemplateMarks } from '../../syntax/template-marks';
import { builtStages } from './built-stages';
import { copiedPaths } from './copied-paths';
import { readExpose } from './expose';
import { jsonStrings } from './json-strings';
import { type DockerfileInstruction, dockerfileLines, type EscapeToken, triggerOf } from './lines';
import { readSettings } from './settings';
import { type Stage, Stages } from './stages';

/** Dockerfiles as BuildKit reads them: EXPOSE, and the other places where the text leaves no doubt of a port. */
export const dockerfile: Dialect = {
  id: 'dockerfile',
  title: 'Dockerfile',
  files: [
    'Dockerfile',
    'Containerfile',
    '*.dockerfile',
    '*.containerfile',
    'Dockerfile.*',
    'Containerfile.*',
  ],
  languages: ['dockerfile'],
  comments: hashLines,
  companions: [],
  countsBeside: true,
  read,
};

function read(text: string): Reading {
  const { escape: token, instructions } = dockerfileLines(text);
  const stages = new Stages(instructions.filter(({ keyword }) => keyword === 'FROM').length, token);
  const source: Source = { text, token, stages, budget: { left: mostListed, triggers: mostTriggered } };
  const notes = nothingFound();
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      for (const trigger of stages.begin(instruction)) {
        // What can be typed there is offered where the trigger is written, once.
        if (source.budget.triggers > 0)
          readInstruction(trigger, stages.current, source, { ...notes, slots: [] });
        source.budget.triggers -= 1;
      }
    } else if (instruction.keyword === 'ONBUILD') {
      const trigger = triggerOf(instruction, token);
      // A trigger is kept as it is written: Docker judges it when an image is built on this one.
      if (trigger === undefined) continue;
      stages.current.triggers.push(trigger);
      readInstruction(trigger, stages.later(), source, { ...notes, faults: [] });
    } else {
      // A template's own FROM may come from what is filled in.
      if (instruction.keyword === 'EXPOSE' && !stages.begun && !hasTemplateMarks(source.text))
        notes.faults.push(outsideStage(instruction));
      readInstruction(instruction, stages.current, source, notes);
    }
  }
  const copied = copiedPaths(instructions);
  return {
    ...notes,
    stages: builtStages(stages, text, notes),
    ...(copied.length > 0 && { copied }),
  };
}

interface Source {
  readonly text: string;
  readonly token: EscapeToken;
  readonly stages: Stages;
  readonly budget: { left: number; triggers: number };
}

/** How many ports of one file may come from lists in variables, each list's first port not counted. */
const mostListed = 1000;

/** How many triggers of one file run in its own later stages. */
const mostTriggered = 1000;

function readInstruction(
  instruction: DockerfileInstruction,
  stage: Stage,
  source: Source,
  notes: Found,
): void {
  switch (instruction.keyword) {
    case 'EXPOSE': {
      const variable = (name: string) => stage.scope.state(name);
      const { owner, image } = stage;
      const isGlobal = (name: string) =>
        source.stages.begun && typeof source.stages.global.state(name) === 'object';
      const start = instruction.keywordSpan.start;
      const place = { ...source, owner, variable, isGlobal, start, ...(image && { image }) };
      const reading = readExpose(instruction, place);
      addFound(notes, reading);
      for (const reference of reading.references) stage.exposed.push(reference);
      for (const reference of reading.lost) stage.lost.add(reference);
      if (instruction.isTrigger !== true) stage.lines.push(reading.line);
      break;
    }
    case 'USER':
      stage.user = instruction.arguments.value.trim();
      break;
    case 'ARG':
    case 'ENV': {
      const reading = readSettings(instruction, stage, source);
      addFound(notes, { ...reading, faults: [] });
      break;
    }
    case 'CMD':
    case 'ENTRYPOINT':
      addFound(notes, owned(runPorts(instruction.arguments), stage));
      break;
    case 'HEALTHCHECK': {
      const { value } = instruction.arguments;
      const command = /^CMD(?=[\s[])/i.test(value)
        ? subText(instruction.arguments, 3, value.length)
        : undefined;
      if (command !== undefined) addFound(notes, owned(runPorts(command), stage));
      break;
    }
  }
}

/** The exec form is a JSON array of words; everything else is shell text, as it is for Docker. */
function runPorts(command: SourcedText): CommandPort[] {
  const words = jsonStrings(command);
  return words === undefined ? shellPorts(command) : commandPorts(words);
}

function owned(ports: readonly CommandPort[], { owner }: Stage): PartReading {
  return { references: ports.map((port) => ({ ...port, owner })), slots: [], faults: [] };
}

function outsideStage({ keywordSpan }: DockerfileInstruction): Fault {
  return {
    rule: 'expose-outside-stage',
    span: keywordSpan,
    message: dockerRefusal(
      'EXPOSE stands before the first FROM, so there is no image to expose a port of',
      'no build stage in current context',
    ),
  };
}
