import { lineEnd } from '../../model/lines';
import { commandSpan } from '../../syntax/commands/command-span';
import { programOf } from '../../syntax/commands/program-of';
import { shellCommands } from '../../syntax/commands/shell-commands';
import { withPlaceholders } from '../../syntax/placeholders';
import { type SourcedText, SourcedTextBuilder } from '../../syntax/sourced-text';
import { readUfwCommand, type UfwPart } from '../../syntax/ufw/command';

/**
 * Reads a text of commands, one a line, as they are typed into a shell; a backslash at the end takes the next line
 * along. Every line is read by itself, so an open quotation mark spoils its own line alone. Commands of other programs
 * are passed by.
 */
export function* readCommandLines(text: string): Iterable<UfwPart> {
  for (const line of joinedLines(text)) {
    // Most lines of a long text name other programs.
    if (!line.value.includes('ufw')) continue;
    const commands = shellCommands(withPlaceholders(line, { angle: true }));
    const isSketchy = hasOpenQuote(line.value);
    for (const words of commands) {
      const { name, arguments: rest } = programOf(words);
      if (name !== 'ufw') continue;
      const reading = readUfwCommand(rest, text);
      const { references, slots } = reading;
      const span = commandSpan(words, text);
      yield isSketchy ? { references, slots, faults: [], span } : { ...reading, span };
    }
  }
}

/** What stands behind a quotation mark that does not close goes on in lines that are not read along. */
function hasOpenQuote(line: string): boolean {
  let quote: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at];
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote !== undefined) quote = char === quote ? undefined : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && /\s/.test(line[at - 1] ?? ' ')) return false;
  }
  return quote !== undefined;
}

/** A prompt stands at the beginning of a line and is short. */
const longestPrompt = 64;

/** Lines without prompt and carriage return, those that a backslash joins in one. */
function* joinedLines(text: string): Iterable<SourcedText> {
  let line = new SourcedTextBuilder();
  for (let start = 0; start < text.length; ) {
    const next = lineEnd(text, start);
    const end = text[next - 1] === '\r' && next > start ? next - 1 : next;
    const from = line.isEmpty ? start + promptLength(text, start, end) : start;
    const isContinued = endsWithBackslash(text, from, end) && next < text.length;
    line.literal(text.slice(from, end), from);
    if (isContinued) line.replaced('\n', { start: end, end: next + 1 });
    if (!isContinued) {
      yield line.text();
      line = new SourcedTextBuilder();
    }
    start = next + 1;
  }
}

function promptLength(text: string, start: number, end: number): number {
  return /^\s*\$ /.exec(text.slice(start, Math.min(end, start + longestPrompt)))?.[0].length ?? 0;
}

/** An odd number of backslashes; two are one that stands for itself. */
function endsWithBackslash(text: string, start: number, end: number): boolean {
  let at = end;
  while (at > start && text[at - 1] === '\\') at -= 1;
  return (end - at) % 2 === 1;
}
