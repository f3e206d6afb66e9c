import type { PortReference } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Span } from '../../model/span';
import { isBlank, isSpace, skipSpace } from '../../syntax/blanks';
import { environmentPorts, isPortSetting } from '../../syntax/commands/command-ports';
import {
  literalText,
  type SourcedText,
  sourceSpan,
  spanOf,
  subText,
  unknownText,
} from '../../syntax/sourced-text';
import { isExpansionFault } from './expansion/expansion';
import { expandWord } from './expansion/shell-expansion';
import type { DockerfileInstruction, EscapeToken } from './lines';
import type { Stage, Stages } from './stages';

/** What an ENV or ARG line says about ports. */
interface SettingsReading {
  readonly references: PortReference[];
  readonly slots: PortSlot[];
}

/**
 * Reads an ENV or ARG line and sets its variables in the stage. The values of one ENV line do not see each other,
 * those of one ARG line do (moby/buildkit frontend/dockerfile/dockerfile2llb/convert.go `dispatch`, `dispatchArg`).
 */
export function readSettings(
  instruction: DockerfileInstruction,
  { owner, scope }: Stage,
  { token, stages }: { readonly token: EscapeToken; readonly stages: Stages },
): SettingsReading {
  const reading: SettingsReading = { references: [], slots: [] };
  const from = instruction.keyword === 'ENV' ? 'ENV' : 'ARG';
  const pending: (() => void)[] = [];
  for (const setting of settings(instruction, token)) {
    const { name } = setting;
    if (setting.value === undefined) {
      // `ARG NAME` alone takes the value that an ARG before the first FROM has.
      const global = scope === stages.global ? 'undeclared' : stages.global.state(name);
      if (typeof global === 'string') scope.declare(name);
      else scope.set(name, global);
      continue;
    }
    const expansion = expandWord(setting.value, { escape: token, variable: (wanted) => scope.state(wanted) });
    const text = isExpansionFault(expansion) ? literalText(unknownText, 0) : expansion.text;
    const definition = definitionOf(text);
    const set = () => scope.set(name, { value: text.value, from, ...(definition && { definition }) });
    if (from === 'ENV') pending.push(set);
    else set();
    if (!isExpansionFault(expansion)) {
      for (const port of environmentPorts(name, text)) reading.references.push({ ...port, owner });
    }
    const slot = isPortSetting(name) ? digitsSpan(setting) : undefined;
    if (slot !== undefined) {
      reading.slots.push({ span: slot, role: 'declare', owner, accepts: 'port', names: false });
    }
  }
  for (const set of pending) set();
  return reading;
}

/** The characters that give the value: those of the line itself, or of the variable it is made of. */
function definitionOf(text: SourcedText): Span | undefined {
  const [piece] = text.pieces;
  if (text.pieces.length === 1 && piece?.exact === false) return piece.variable?.definition;
  if (text.value === '' || text.pieces.some(({ exact }) => !exact)) return undefined;
  return spanOf(text);
}

/** The place of the digits in `PORT=8080`, `PORT="8080"` and `PORT=`; none where a variable stands. */
function digitsSpan({ value, valueSpan }: Setting): Span | undefined {
  const match = /^(["']?)[0-9A-Za-z]*(["']?)$/.exec(value?.value ?? '');
  if (match === null || valueSpan === undefined) return undefined;
  const inner = valueSpan.end - valueSpan.start - (match[1] === '' ? 0 : 1) - (match[2] === '' ? 0 : 1);
  const start = valueSpan.start + (match[1] === '' ? 0 : 1);
  return { start, end: start + Math.max(0, inner) };
}

/** One `NAME=value` of an ENV or ARG line, before expansion. */
interface Setting {
  readonly name: string;
  /** Absent for `ARG NAME`. */
  readonly value?: SourcedText;
  readonly valueSpan?: Span;
}

/**
 * The settings of an ENV line, or of an ARG line (moby/buildkit frontend/dockerfile/parser/line_parsers.go). Only
 * ENV has the old form `ENV NAME value`; only ARG may name a variable without a value. What Docker would refuse
 * is left out.
 */
function settings({ keyword, arguments: text }: DockerfileInstruction, token: EscapeToken): Setting[] {
  const words = quotedWords(text, token);
  const first = words[0];
  if (keyword === 'ENV' && first !== undefined && !first.value.includes('=')) return oldForm(text);
  return words.flatMap((word): Setting[] => {
    const equals = word.value.indexOf('=');
    if (equals < 0) return keyword === 'ARG' ? [{ name: word.value }] : [];
    return [pair(word, equals, equals + 1)];
  });
}

function oldForm(text: SourcedText): Setting[] {
  const { value } = text;
  let end = 0;
  while (end < value.length && !isBlank(value.charCodeAt(end))) end++;
  const from = skipSpace(value, end, value.length);
  if (from === value.length) return [];
  return [pair(text, end, from)];
}

function pair(text: SourcedText, nameEnd: number, valueFrom: number): Setting {
  const to = text.value.length;
  return {
    name: text.value.slice(0, nameEnd),
    value: subText(text, valueFrom, to),
    valueSpan: sourceSpan(text, valueFrom, to),
  };
}

/** Words separated by blanks outside quotes; quotes and escapes stay in them for the expansion. */
function quotedWords(text: SourcedText, token: EscapeToken): SourcedText[] {
  const { value } = text;
  const words: SourcedText[] = [];
  let start = skipSpace(value, 0, value.length);
  let quote: string | undefined;
  for (let at = start; at <= value.length; at++) {
    const char = value[at] ?? '';
    if (at >= value.length || (quote === undefined && isSpace(value.charCodeAt(at)))) {
      if (Math.min(at, value.length) > start) words.push(subText(text, start, Math.min(at, value.length)));
      start = skipSpace(value, at, value.length);
      at = Math.max(at, start - 1);
    } else if (char === token && quote !== "'") {
      at++;
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'") {
      quote = char;
    }
  }
  return words;
}
