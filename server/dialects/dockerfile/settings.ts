import { isBlank, isSpace, skipSpace } from '../../syntax/blanks';
import type { DockerfileInstruction, EscapeToken } from '../../syntax/dockerfile-lines';
import { type SourcedText, subText } from '../../syntax/sourced-text';

/** One `NAME=value` of an ENV or ARG line, before expansion. */
export interface Setting {
  readonly name: SourcedText;
  /** Absent for `ARG NAME`. */
  readonly value?: SourcedText;
}

/**
 * The settings of an ENV line, or of an ARG line (moby/buildkit frontend/dockerfile/parser/line_parsers.go). Only
 * ENV has the old form `ENV NAME value`; only ARG may name a variable without a value. What Docker would refuse
 * is left out.
 */
export function settings({ keyword, arguments: text }: DockerfileInstruction, token: EscapeToken): Setting[] {
  const words = quotedWords(text, token);
  const first = words[0];
  if (keyword === 'ENV' && first !== undefined && !first.value.includes('=')) return oldForm(text);
  return words.flatMap((word): Setting[] => {
    const equals = word.value.indexOf('=');
    if (equals < 0) return keyword === 'ARG' ? [{ name: word }] : [];
    const value = subText(word, equals + 1, word.value.length);
    return [{ name: subText(word, 0, equals), value }];
  });
}

function oldForm(text: SourcedText): Setting[] {
  const { value } = text;
  let end = 0;
  while (end < value.length && !isBlank(value.charCodeAt(end))) end++;
  const from = skipSpace(value, end, value.length);
  if (from === value.length) return [];
  return [{ name: subText(text, 0, end), value: subText(text, from, value.length) }];
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
