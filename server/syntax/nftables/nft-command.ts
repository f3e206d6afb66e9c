import type { PartReading } from '../found';
import { type SourcedText, SourcedTextBuilder, spanOf } from '../sourced-text';
import type { NftFilter, ScriptCommand } from './nft-filter';
import type { NftMemory } from './nft-known';
import { readNftText } from './nft-text';

/**
 * Reads one call of `nft` in a shell script: `nft add rule inet filter input tcp dport 22 accept`. nft itself joins
 * its arguments by blanks, so it makes no difference which of them are quoted (nftables src/main.c, main). What a
 * script's variable puts in is unknown, and nothing is said against it.
 *
 * @param words The arguments behind the program's name.
 * @param text The text that they stand in.
 * @param memory One for all commands of a script: `nft add element` says nothing of the type of its set.
 */
export function readNftCommand(words: readonly SourcedText[], text: string, memory?: NftMemory): PartReading {
  const first = commandStart(words);
  if (first === undefined) return { references: [], slots: [], faults: [] };
  const { references, slots, faults } = readNftText(joined(words.slice(first), text), [], memory);
  return { references, slots, faults };
}

/**
 * Takes the same call in as a part of the filter that a script sets up.
 *
 * @param command Where the call stands in its script.
 */
export function takeNftCommand(
  words: readonly SourcedText[],
  text: string,
  filter: NftFilter,
  command: ScriptCommand,
): void {
  const first = commandStart(words);
  if (first === undefined) filter.takeFile();
  else readNftText(joined(words.slice(first), text), [], undefined, { ...command, filter });
}

/** Options that have their value in the next word (nftables src/main.c). */
const withValue = new Set(['-f', '--file', '-I', '--includepath', '-D', '--define', '-d', '--debug']);

/** The first word of the command; absent where a file is read or nothing is. */
function commandStart(words: readonly SourcedText[]): number | undefined {
  let index = 0;
  for (let word = words[0]?.value; word?.startsWith('-'); word = words[index]?.value) {
    if (/^(?:-[a-zA-Z]*f|--file)/.test(word) || /^-[hvVi]$|^--(?:help|version|interactive)$/.test(word))
      return undefined;
    index += withValue.has(word) ? 2 : 1;
  }
  return index < words.length ? index : undefined;
}

/** The blanks behind a word stand for themselves, for a port may be typed there; whatever else is there is one blank. */
function joined(words: readonly SourcedText[], text: string): SourcedText {
  const builder = new SourcedTextBuilder();
  let end = 0;
  for (const [index, word] of words.entries()) {
    const span = word.pieces.length === 0 ? { start: end, end } : spanOf(word);
    const [blanks = ''] = /^[ \t]*/.exec(text.slice(end, span.start)) ?? [];
    if (index > 0 && blanks !== '') builder.literal(blanks, end);
    else if (index > 0) builder.replaced(' ', { start: span.start, end: span.start });
    builder.append(word);
    end = span.end;
  }
  return builder.text();
}
