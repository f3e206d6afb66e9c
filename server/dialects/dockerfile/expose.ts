import type { PortReference, VariableUse } from '../../model/port';
import { type Span, slice } from '../../model/span';
import { isSpecFault, type PortSpec, readPortSpec } from '../../syntax/docker/port-spec';
import type { Found } from '../../syntax/found';
import {
  type SourcedText,
  sourceSpan,
  spanOf,
  unknownText,
  variablesWithin,
} from '../../syntax/sourced-text';
import { isExpansionFault } from './expansion/expansion';
import { expandWord } from './expansion/shell-expansion';
import type { VariableState } from './expansion/shell-variables';
import { emptyAdvice, unseenAdvice, wordAdvice } from './expose-advice';
import { argumentFault, expansionFault, readForm } from './expose-faults';
import { exposeSlots } from './expose-slots';
import type { DockerfileInstruction, EscapeToken } from './lines';

/** Where an EXPOSE line stands. */
export interface ExposePlace {
  readonly text: string;
  readonly token: EscapeToken;
  readonly owner: string;
  /** The image that the stage builds on. */
  readonly image?: string;
  readonly variable: (name: string) => VariableState;
  /** Whether an ARG in front of the first FROM gives the variable a value: no stage sees it by itself. */
  readonly isGlobal: (name: string) => boolean;
  /** Where an instruction in front of this one would be written. */
  readonly start: number;
  /** How many words more than one an argument may still give: a list in a variable is soon named very often. */
  readonly budget: { left: number };
}

/** What an EXPOSE line says, argument by argument. */
export interface ExposeLine {
  readonly instruction: DockerfileInstruction;
  readonly arguments: readonly ExposedArgument[];
}

/** An argument with the ports that it comes to. */
export interface ExposedArgument {
  readonly span: Span;
  readonly references: readonly PortReference[];
}

/** A word that an argument of EXPOSE comes to. */
export interface ExposedWord {
  readonly argument: SourcedText;
  readonly word: SourcedText;
  /** Characters of the argument that BuildKit lost on the way to the word. */
  readonly lost: Span | undefined;
  readonly text: string;
}

/** What is found in an EXPOSE line. */
export interface ExposeReading extends Found {
  readonly line: ExposeLine;
  /** The ports of arguments of which BuildKit loses characters. */
  readonly lost: readonly PortReference[];
}

/**
 * Reads the arguments of an EXPOSE line as BuildKit does: they are split at blanks, then expanded, and each word
 * that comes out is a port in Docker's short syntax, of which only the container part counts
 * (moby/buildkit frontend/dockerfile/dockerfile2llb/convert_expose.go).
 */
export function readExpose(instruction: DockerfileInstruction, place: ExposePlace): ExposeReading {
  // A template's placeholder is not Docker's to read; whatever fills it in comes first.
  if (instruction.arguments.value.includes('{{'))
    return { references: [], slots: [], faults: [], lost: [], line: { instruction, arguments: [] } };
  const form = readForm(instruction, place.text);
  const lost: PortReference[] = [];
  const reading: Found & { readonly lost: PortReference[] } = {
    ...{ references: [], slots: [], lost },
    faults: [...form.faults],
  };
  const read = form.arguments.map((argument): ExposedArgument => {
    const before = reading.references.length;
    readArgument(argument, place, reading);
    return { span: spanOf(argument), references: reading.references.slice(before) };
  });
  // Of a form that Docker does not take nobody knows what its words are.
  const line = { instruction, arguments: form.faults.length > 0 ? [] : read };
  return {
    ...reading,
    line,
    slots: exposeSlots(form.arguments, instruction.gaps, reading.references, place),
  };
}

function readArgument(
  argument: SourcedText,
  place: ExposePlace,
  reading: Found & { readonly lost: PortReference[] },
): void {
  const { token, variable, budget } = place;
  const expansion = expandWord(argument, { escape: token, variable, mostWords: 1 + budget.left });
  if (isExpansionFault(expansion)) {
    reading.faults.push(expansionFault(argument, expansion));
    return;
  }
  budget.left -= Math.max(0, expansion.words.length - 1);
  for (const word of expansion.words) {
    const spec = readPortSpec(word.value);
    const exposed: ExposedWord = { argument, word, lost: expansion.lost, text: place.text };
    if (isSpecFault(spec)) {
      reading.faults.push(argumentFault({ ...exposed, spec }));
    } else {
      const found = reference(word, spec, place);
      reading.references.push(found);
      if (expansion.lost !== undefined) reading.lost.push(found);
      reading.faults.push(...wordAdvice(exposed, spec));
    }
  }
  const variables = variablesWithin(expansion.text, 0, expansion.text.value.length);
  reading.faults.push(...unseenAdvice(argument, variables, place));
  if (expansion.words.length === 0 && variables.length > 0) {
    // All its variables are empty: Docker exposes nothing, without a word about it.
    const span = spanOf(argument);
    reading.references.push({ span, portSpan: span, role: 'expose', owner: place.owner, variables });
    reading.faults.push(emptyAdvice(argument, [...new Set(variables.map(({ name }) => name))]));
  }
}

function reference(word: SourcedText, spec: PortSpec, { owner, text, image }: ExposePlace): PortReference {
  const { container, transport } = spec;
  const variables = variablesWithin(word, container.from, container.to);
  // An unknown text may bring a transport along, unless one is written after it.
  const decides = transport === undefined ? container : transport;
  const certain = !word.value.slice(decides.from, decides.to).includes(unknownText);
  const found: PortReference = {
    span: wholeSpan(word, 0, word.value.length),
    portSpan: portSpan(word, container, text),
    role: 'expose',
    owner,
    ...(container.ports && { ports: container.ports }),
    ...(certain && { transport: transport?.value ?? 'tcp' }),
    ...(image && { image }),
  };
  // A default over several lines is several pieces of one variable.
  return variables.length === 0 ? found : { ...found, variables: [...new Set(variables)] };
}

/** The digits where they stand in one stretch, a default's too; else all that they are made of. */
function portSpan(word: SourcedText, { from, to }: PortSpec['container'], text: string): Span {
  const span = sourceSpan(word, from, to);
  return slice(text, span) === word.value.slice(from, to) ? span : wholeSpan(word, from, to);
}

/** A default's digits stand within an expression, and all of it belongs to the word. */
function wholeSpan(word: SourcedText, from: number, to: number): Span {
  const span = sourceSpan(word, from, to);
  return variablesWithin(word, from, to).reduce(around, span);
}

function around(span: Span, variable: VariableUse): Span {
  return { start: Math.min(span.start, variable.span.start), end: Math.max(span.end, variable.span.end) };
}
