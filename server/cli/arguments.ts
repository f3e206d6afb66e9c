import { parseArgs } from 'node:util';
import { dialectById, dialects } from '../engine';
import type { Dialect } from '../model/dialect';

/** The call makes no sense; the message says why, in a few words. */
export class UsageError extends Error {}

/** What a command takes beside its paths. */
export interface Options {
  /** Options that take one of the given values. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Options that take any text. */
  readonly texts?: readonly string[];
  /** Options that take nothing. */
  readonly flags?: readonly string[];
  /** True for a command that works in a folder: it takes `-C`. */
  readonly hasRoot?: boolean;
  /** True for a command that reads files as a kind of its caller's choice: it takes `--as`. */
  readonly hasKind?: boolean;
}

export interface Arguments {
  readonly paths: readonly string[];
  /** The folder that was named with -C. */
  readonly root?: string;
  /** The kind of file that was asked for with --as. */
  readonly dialect?: Dialect;
  /** What was said for an option that takes a value. */
  option(name: string): string | undefined;
  /** Whether an option was given that takes none. */
  flag(name: string): boolean;
}

/** Reads a command's arguments. Throws a UsageError for what it does not know. */
export function readArguments(argv: readonly string[], options: Options): Arguments {
  const { values, positionals } = parse(argv, options);
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  for (const [name, allowed] of Object.entries(options.choices ?? {})) {
    const value = text(name);
    if (value !== undefined && !allowed.includes(value)) {
      throw new UsageError(`--${name} takes ${allowed.join(', ')}, not "${value}"`);
    }
  }
  const kind = text('as');
  const dialect = kind === undefined ? undefined : dialectById(kind);
  if (kind !== undefined && dialect === undefined) {
    throw new UsageError(`--as takes ${dialects.map(({ id }) => id).join(', ')}, not "${kind}"`);
  }
  const root = text('directory');
  return {
    paths: positionals,
    ...(root !== undefined && { root }),
    ...(dialect && { dialect }),
    option: text,
    flag: (name) => values[name] === true,
  };
}

/** The options of the commands that read files. */
export const fileOptions: Options = { hasRoot: true, hasKind: true };

function parse(
  argv: readonly string[],
  { choices = {}, texts = [], flags = [], hasRoot, hasKind }: Options,
): { values: Readonly<Record<string, string | boolean | undefined>>; positionals: readonly string[] } {
  const string = { type: 'string' as const };
  const valued = [
    ...[...Object.keys(choices), ...texts].map((name) => [name, string] as const),
    ...(hasKind ? [['as', string] as const] : []),
    ...(hasRoot ? [['directory', { ...string, short: 'C' }] as const] : []),
  ];
  const set = flags.map((name) => [name, { type: 'boolean' as const }] as const);
  const args = withValues(argv, [...valued.map(([name]) => `--${name}`), ...(hasRoot ? ['-C'] : [])]);
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries([...valued, ...set]),
    });
    return { values: values as Record<string, string | boolean | undefined>, positionals };
  } catch (error) {
    // parseArgs tells what is wrong in its first sentence and then gives advice on its own syntax.
    const [reason = ''] = (error as Error).message.split('. ');
    throw new UsageError(reason.replace(/\n.*/s, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase()));
  }
}

/**
 * The same words with a number below zero joined to the option that it is the value of, so that whoever reads the value can
 * say what is wrong with it: parseArgs takes it for another option. Throws a UsageError for an option without its value.
 */
function withValues(argv: readonly string[], valued: readonly string[]): string[] {
  const words: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') return [...words, ...argv.slice(at)];
    words.push(word);
    if (!valued.includes(word)) continue;
    at += 1;
    const value = argv[at];
    if (value === undefined) throw new UsageError(`${word} needs a value`);
    if (/^-[^0-9]/.test(value)) throw new UsageError(`${word} needs a value, and "${value}" is an option`);
    if (!/^-[0-9]/.test(value)) words.push(value);
    else words[words.length - 1] = word.startsWith('--') ? `${word}=${value}` : `${word}${value}`;
  }
  return words;
}
