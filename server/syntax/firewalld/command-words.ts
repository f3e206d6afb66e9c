import { type SourcedText, subText } from '../sourced-text';
import { type CommandName, type CommandOption, commandOption } from './firewall-cmd-options';
import { isOpaque } from './port-text';

/** An option as it stands in a command. */
export interface GivenOption {
  readonly option: CommandOption;
  /** The word that names it. */
  readonly word: SourcedText;
  /** The words that belong to it; behind `=` the rest of its own. */
  readonly values: readonly SourcedText[];
}

/** A command taken apart as argparse does it. */
export interface CommandWords {
  readonly given: readonly GivenOption[];
  /** Words that begin like an option and are none. */
  readonly unknown: readonly SourcedText[];
  /** Words that belong to no option, each with the option before it. */
  readonly stray: readonly { readonly word: SourcedText; readonly after?: GivenOption }[];
  /** True where a word is not known, which can be any number of options. */
  readonly isOpen: boolean;
}

/** Takes the words behind the program's name apart (Python's argparse, as src/firewall-cmd.in sets it up). */
export function readCommandWords(
  words: readonly SourcedText[],
  program: CommandName | undefined,
): CommandWords {
  const given: GivenOption[] = [];
  const unknown: SourcedText[] = [];
  const stray: { readonly word: SourcedText; readonly after?: GivenOption }[] = [];
  let isOpen = false;
  for (let index = 0; index < words.length; ) {
    const word = words[index++];
    if (word === undefined) break;
    const { value } = word;
    if (!isOptionLike(value)) {
      const after = given.at(-1);
      if (isOpaque(value)) isOpen = true;
      else stray.push(after === undefined ? { word } : { word, after });
      continue;
    }
    const equals = value.indexOf('=');
    const name = equals < 0 ? value : value.slice(0, equals);
    const option = isOpaque(name) ? 'unknown' : commandOption(name, program);
    if (option === 'unknown' || option === 'ambiguous') {
      // What has other signs in it is no option that somebody misspelt: the words are not what a shell makes of them.
      const isShort = /^-[a-z]/.test(name) && program === 'firewall-cmd' && isLong(`-${name}`);
      if (isShort || /^--[A-Za-z][A-Za-z0-9-]*$/.test(name)) unknown.push(word);
      else isOpen = true;
      continue;
    }
    const values = equals < 0 || option.takes === 'flag' ? [] : [subText(word, equals + 1, value.length)];
    const wanted = wantedWords(option) - values.length;
    for (let count = 0; count < wanted && index < words.length; count += 1) {
      const next = words[index];
      if (next === undefined || (option.takes !== 'rest' && isOptionLike(next.value))) break;
      values.push(next);
      index += 1;
    }
    given.push({ option, word, values });
  }
  return { given, unknown, stray, isOpen };
}

/** Tells whether it is an option with two dashes, written out. */
function isLong(name: string): boolean {
  const option = commandOption(name, 'firewall-cmd');
  return typeof option !== 'string' && option.name === name;
}

function wantedWords({ takes }: CommandOption): number {
  if (takes === 'flag') return 0;
  if (takes === 'value') return 1;
  return takes === 'rest' || takes === 'any' ? Number.POSITIVE_INFINITY : Number(takes);
}

/** A dash begins an option, unless a number or a blank follows (argparse, `_parse_optional`). */
function isOptionLike(value: string): boolean {
  return (
    value.length > 1 &&
    value.startsWith('-') &&
    !/^-[0-9]+$|^-[0-9]*\.[0-9]+$/.test(value) &&
    (!value.includes(' ') || /^--[a-z-]+=/.test(value))
  );
}
