import type { Fault, FaultFix } from '../../model/fault';
import { lineEnd, lineStart } from '../../model/lines';
import { type Span, slice } from '../../model/span';
import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import { isSpecFault, type PortSpecFault, readPortSpec } from '../../syntax/docker/port-spec';
import { turnedRange } from '../../syntax/docker/turned-range';
import { type SourcedText, sourceSpan, spanOf, unknownText } from '../../syntax/sourced-text';
import type { ExpansionFault } from './expansion/expansion';
import type { ExposedWord } from './expose';
import { blankSeparated, type DockerfileInstruction } from './lines';

/** What is wrong with an EXPOSE line as a whole, and the arguments that are left to judge one by one. */
export interface FormRead {
  readonly faults: readonly Fault[];
  readonly arguments: readonly SourcedText[];
}

/** Flags, no arguments, the JSON form of other instructions, and comments at the end of a line. */
export function readForm(instruction: DockerfileInstruction, text: string): FormRead {
  const words = blankSeparated(instruction.arguments);
  const flag = instruction.flags[0];
  if (words.length === 0) return { faults: [noArguments(instruction)], arguments: [] };
  if (flag !== undefined) return { faults: [unknownFlag(flag)], arguments: words };
  const json = jsonForm(instruction.arguments, text);
  if (json !== undefined) return { faults: [json], arguments: [] };
  return instruction.arguments.value.includes('#')
    ? withoutComments(instruction, words, text)
    : { faults: [], arguments: words };
}

/** Why Docker cannot expand an argument. */
export function expansionFault(argument: SourcedText, { span, reason, docker }: ExpansionFault): Fault {
  if (!docker.startsWith('unexpected end')) {
    return { rule: 'invalid-interpolation', span, message: dockerRefusal(reason, docker) };
  }
  const why = `${reason}; Docker splits EXPOSE at blanks before it looks at quotes`;
  const bare = argument.value.replace(/["']/g, '');
  const fix = isPort(bare) && replace('Remove the quotation mark', wordSpan(argument), bare);
  return { rule: 'invalid-port', span, message: dockerRefusal(why, docker), ...(fix && { fixes: [fix] }) };
}

/** A word that is no port. */
export interface RefusedWord extends ExposedWord {
  readonly spec: PortSpecFault;
}

/** Why Docker refuses a word, told at its characters. */
export function argumentFault(refused: RefusedWord): Fault {
  const { argument, word, spec, lost, text } = refused;
  const span = sourceSpan(word, spec.from, spec.to);
  const fault = { rule: spec.rule, span };
  const docker = dockerWords(word.value, spec);
  if (lost !== undefined) {
    const why = `${spec.reason}: Docker drops "${slice(text, lost)}", as it does with all that stands before an unquoted "\${…}" with an operator`;
    const whole = slice(text, lost) + word.value;
    const heals = !/["'\\`]/.test(argument.value) && !isSpecFault(readPortSpec(whole));
    const fix =
      heals && replace('Put the argument in double quotes', wordSpan(argument), `"${argument.value}"`);
    return { ...fault, message: dockerRefusal(why, docker), ...(fix && { fixes: [fix] }) };
  }
  if (/\s/.test(word.value)) {
    const why = `the quotation marks make one word of "${word.value}"`;
    const fix = unquoted(argument, word);
    return { ...fault, message: dockerRefusal(why, docker), ...(fix && { fixes: [fix] }) };
  }
  const { reason, fix } = isLiteral(argument, word) ? literalReason(refused) : { reason: spec.reason };
  return { ...fault, message: dockerRefusal(reason, docker), ...(fix && { fixes: [fix] }) };
}

/** Mistakes that show what was meant. */
function literalReason({ argument, word, spec }: RefusedWord): {
  readonly reason: string;
  readonly fix?: FaultFix;
} {
  const { value } = word;
  const span = wordSpan(argument);
  const ports = value.split(/[,;]/).filter((part) => part !== '');
  if (/[,;]/.test(value) && ports.length > 0 && ports.every(isPort)) {
    const reason = `"${value}" is not one port; ports are separated by blanks`;
    return { reason, fix: replace('Separate the ports by blanks', span, ports.join(' ')) };
  }
  if (value.startsWith('<<')) return { reason: 'EXPOSE takes no heredoc' };
  if (/^[A-Za-z][A-Za-z0-9-]*$/.test(value)) {
    return { reason: `"${value}" is not a port number; EXPOSE takes no service names` };
  }
  const turned = turnedRange(value.slice(spec.from, spec.to), sourceSpan(word, spec.from, spec.to));
  if (turned !== undefined) return { reason: spec.reason, fix: turned };
  const container = value.slice(value.lastIndexOf(':') + 1);
  if (container.length < value.length && isPort(container)) {
    return { reason: spec.reason, fix: replace('Keep the container port alone', span, container) };
  }
  return { reason: spec.reason };
}

/** Without its quotes, a variable that holds several ports gives several words. */
function unquoted({ value, pieces }: SourcedText, word: SourcedText): FaultFix | undefined {
  const bare = /^"(\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\})"$/.exec(value)?.[1];
  const ports = word.value.split(/\s+/).filter((part) => part !== '');
  if (bare === undefined || pieces.length !== 1 || !ports.every(isPort)) return undefined;
  return replace('Take the quotation marks away', wordSpan({ value, pieces }), bare);
}

function noArguments({ keywordSpan }: DockerfileInstruction): Fault {
  return {
    rule: 'missing-port',
    span: keywordSpan,
    message: dockerRefusal('EXPOSE names no port', 'EXPOSE requires at least one argument'),
  };
}

function unknownFlag(flag: SourcedText): Fault {
  const name = /^[^=]*/.exec(flag.value)?.[0] ?? '';
  return {
    rule: 'unknown-flag',
    span: wordSpan(flag),
    message: dockerRefusal('EXPOSE takes no flags', `unknown flag: ${name}`),
  };
}

/** `["80", "443"]`: other instructions have such a form, EXPOSE has not. */
function jsonForm(text: SourcedText, source: string): Fault | undefined {
  const { value } = text;
  if (!value.startsWith('[') || !value.endsWith(']')) return undefined;
  const items = value
    .slice(1, -1)
    .split(',')
    .map((item) => item.trim().replace(/^"([^"]*)"$|^'([^']*)'$/, '$1$2'));
  if (!items.every(isPort)) return undefined;
  const span = wordSpan(text);
  const first =
    blankSeparated(text)
      .map((word) => word.value.replaceAll('"', ''))
      .sort()[0] ?? '';
  return {
    rule: 'invalid-port',
    span,
    message: dockerRefusal(
      'EXPOSE has no JSON form; ports are separated by blanks',
      `invalid containerPort: ${first}`,
    ),
    ...(!slice(source, span).includes('\n') && {
      fixes: [replace('Separate the ports by blanks', span, items.join(' '))],
    }),
  };
}

/** A comment lasts to the end of its physical line; arguments on lines after it are ports again. */
function withoutComments(
  instruction: DockerfileInstruction,
  words: readonly SourcedText[],
  text: string,
): FormRead {
  const faults: Fault[] = [];
  const ports: SourcedText[] = [];
  for (let at = 0; at < words.length; at++) {
    const first = words[at];
    if (first === undefined || !first.value.startsWith('#')) {
      if (first !== undefined) ports.push(first);
      continue;
    }
    const { start } = wordSpan(first);
    const stop = lineEnd(text, start);
    while (at + 1 < words.length && wordSpan(words[at + 1]).start < stop) at++;
    const span = { start, end: Math.min(wordSpan(words[at]).end, stop) };
    faults.push(commentFault(instruction, span, first.value, text));
  }
  return { faults, arguments: ports };
}

function commentFault(instruction: DockerfileInstruction, span: Span, word: string, text: string): Fault {
  const reason = 'a comment stands on a line of its own; here it is read as ports';
  const fix = commentFix(instruction, span, text);
  return {
    rule: 'invalid-port',
    span,
    message: dockerRefusal(reason, `invalid containerPort: ${word}`),
    ...(fix && { fixes: [fix] }),
  };
}

/** Moves the comment above an EXPOSE line that is one physical line and has ports of its own. */
function commentFix({ keywordSpan }: DockerfileInstruction, span: Span, text: string): FaultFix | undefined {
  const line = text.slice(keywordSpan.start, span.start).trimEnd();
  const rest = text.slice(span.end, lineEnd(text, span.end));
  if (line.includes('\n') || rest.trim() !== '' || keywordSpan.start + line.length === keywordSpan.end)
    return undefined;
  const indent = text.slice(lineStart(text, keywordSpan.start), keywordSpan.start);
  if (indent.replace('\uFEFF', '').trim() !== '') return undefined;
  const newline = rest.endsWith('\r') ? '\r\n' : '\n';
  const moved = `${slice(text, span)}${newline}${indent.replace('\uFEFF', '')}${line}`;
  return replace('Move the comment to a line of its own', { start: keywordSpan.start, end: span.end }, moved);
}

/** Docker's words for EXPOSE wrap those for a published port in two cases. */
function dockerWords(value: string, spec: PortSpecFault): string {
  const shown = JSON.stringify(value.replaceAll(unknownText, '…'));
  if (spec.rule === 'missing-port') return `invalid port: ${shown}: no port specified`;
  if (spec.rule === 'invalid-transport') return `invalid port: ${shown}: ${spec.docker}`;
  return spec.docker.replaceAll(unknownText, '…');
}

function isPort(text: string): boolean {
  return !isSpecFault(readPortSpec(text));
}

/** The word is what stands in the source, so that a fix can be written in its place. */
function isLiteral(argument: SourcedText, word: SourcedText): boolean {
  return argument.value === word.value;
}

function wordSpan(word: SourcedText | undefined): Span {
  return word === undefined ? { start: 0, end: 0 } : spanOf(word);
}

function replace(title: string, span: Span, text: string): FaultFix {
  return { title, span, text };
}
