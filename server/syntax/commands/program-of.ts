import { type SourcedText, subText } from '../sourced-text';

/** A command without what stands around the program: wrappers, assignments, an interpreter. */
export interface ProgramCall {
  /** The `NAME=value` words before the program. */
  readonly settings: readonly SourcedText[];
  /** The program's base name in small letters, without `.sh`, `.py` and `.exe`; empty when it cannot be known. */
  readonly name: string;
  readonly arguments: readonly SourcedText[];
  /** The shell text of `sh -c text`. */
  readonly script?: SourcedText;
}

/** Words that may stand before a program, and how many more words each takes along. */
const wrappers: ReadonlyMap<string, number> = new Map([
  ...['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', 'time', 'exec', 'command'].map(zero),
  ...['env', 'sudo', 'nohup', 'nice', 'setsid', 'tini', 'dumb-init', 'catchsegv', 'npx', 'bunx'].map(zero),
  ...['gosu', 'su-exec', 'timeout', 'bundle', 'poetry', 'pipenv', 'uv', 'chpst'].map(one),
]);

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);

/** Finds the program that a command runs, past wrappers such as `exec`, `env`, `tini --` and `python -m`. */
export function programOf(words: readonly SourcedText[]): ProgramCall {
  const settings: SourcedText[] = [];
  let at = 0;
  let wrapped = false;
  for (let word = words[at]; word !== undefined; word = words[at]) {
    const taken = wrappers.get(baseName(word.value));
    const isSetting = isAssignment(word);
    if (taken === undefined && !isSetting && !(wrapped && word.value.startsWith('-'))) break;
    if (isSetting) settings.push(word);
    wrapped ||= taken !== undefined;
    at += 1 + (taken ?? 0);
  }
  const first = words[at]?.value ?? '';
  // Without a program there are arguments alone: CMD adds them to an ENTRYPOINT that stands elsewhere.
  if (first.startsWith('-')) return { settings, name: '', arguments: words.slice(at) };
  const name = baseName(first);
  if (shells.has(name)) return shellCall(settings, name, words.slice(at + 1));
  if (/^python[0-9.]*$/.test(name) && words[at + 1]?.value === '-m') {
    return { settings, name: (words[at + 2]?.value ?? '').toLowerCase(), arguments: words.slice(at + 3) };
  }
  return { settings, name, arguments: words.slice(at + 1) };
}

/** Tells whether a word is `NAME=value`. */
export function isAssignment({ value }: SourcedText): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*=/.test(value);
}

/** The `NAME=value` word taken apart. */
export function assignment(word: SourcedText): { readonly name: string; readonly value: SourcedText } {
  const equals = word.value.indexOf('=');
  return { name: word.value.slice(0, equals), value: subText(word, equals + 1, word.value.length) };
}

function shellCall(
  settings: readonly SourcedText[],
  name: string,
  rest: readonly SourcedText[],
): ProgramCall {
  const flag = rest.findIndex(({ value }) => !/^[-+][a-zA-Z-]+$/.test(value) || /^-[a-z]*c$/.test(value));
  const script = /^-[a-z]*c$/.test(rest[flag]?.value ?? '') ? rest[flag + 1] : undefined;
  return { settings, name, arguments: rest, ...(script && { script }) };
}

function baseName(value: string): string {
  const name = value.slice(value.lastIndexOf('/') + 1).toLowerCase();
  return name.replace(/\.(?:sh|py|exe)$/, '');
}

function zero(name: string): [string, number] {
  return [name, 0];
}

function one(name: string): [string, number] {
  return [name, 1];
}
