import { parseArgs } from 'node:util';
import { dialectById, dialects } from '../engine';
import type { Dialect } from '../model/dialect';

/** The call makes no sense; the message says why, in a few words. */
export class UsageError extends Error {}

/** The options of a command that take a value, with the values they take. */
export type Choices = Readonly<Record<string, readonly string[]>>;

export interface Arguments {
  readonly paths: readonly string[];
  /** The folder that paths are relative to. */
  readonly root: string;
  /** The kind of file that was asked for with --as. */
  readonly dialect?: Dialect;
  /** What was said for an option of `Choices`. */
  option(name: string): string | undefined;
}

/**
 * Reads a command's arguments. Throws a UsageError for what it does not know. `--as` and `-C` are for the commands that
 * read files.
 */
export function readArguments(argv: readonly string[], choices: Choices, readsFiles = true): Arguments {
  const { values, positionals } = parse(argv, Object.keys(choices), readsFiles);
  for (const [name, allowed] of Object.entries(choices)) {
    const value = values[name];
    if (value !== undefined && !allowed.includes(value)) {
      throw new UsageError(`--${name} takes ${allowed.join(', ')}, not "${value}"`);
    }
  }
  const dialect = values.as === undefined ? undefined : dialectById(values.as);
  if (values.as !== undefined && dialect === undefined) {
    throw new UsageError(`--as takes ${dialects.map(({ id }) => id).join(', ')}, not "${values.as}"`);
  }
  return {
    paths: positionals,
    root: values.directory ?? '.',
    ...(dialect && { dialect }),
    option: (name) => values[name],
  };
}

function parse(
  argv: readonly string[],
  names: readonly string[],
  readsFiles: boolean,
): { values: Readonly<Record<string, string | undefined>>; positionals: readonly string[] } {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        ...options,
        ...(readsFiles && { as: { type: 'string' }, directory: { type: 'string', short: 'C' } }),
      },
    });
    return { values: values as Record<string, string | undefined>, positionals };
  } catch (error) {
    // parseArgs tells what is wrong in its first sentence and then gives advice on its own syntax.
    const [reason = ''] = (error as Error).message.split('. ');
    throw new UsageError(reason.replace(/\n.*/s, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase()));
  }
}
