import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Fault } from '../model/fault';
import { baseName } from '../model/file-name';
import type { Choices, Level, SettingsFile } from '../model/settings';
import type { Uri } from '../model/snapshot';
import type { Span } from '../model/span';
import { isLevel, levelTrouble, shown, versionTrouble } from './setting-words';

/** What a settings file is called. */
export const settingsFileName = '.portolan.json';

export function isSettingsFile(uri: Uri): boolean {
  return baseName(uri) === settingsFileName;
}

/** How deep brackets may stand in each other: the library reads by recursion, and no setting is deeper than two. */
const deepest = 64;

/**
 * Reads a settings file: JSON in which comments and commas in front of a closing bracket are allowed, as in the editor's own
 * settings. What cannot be followed becomes a fault with its place, and the rest holds; never throws.
 */
export function readSettingsFile(uri: Uri, given: string): SettingsFile {
  // The text is read without its mark; the places count it.
  const text = given.startsWith('\uFEFF') ? ` ${given.slice(1)}` : given;
  const notes: Notes = { faults: [], levels: new Map(), exclude: [] };
  if (isTooDeep(text)) tell(notes, { start: 0, end: 1 }, 'The brackets stand too deep in each other.');
  else readTree(text, notes);
  const choices: Choices = {
    levels: notes.levels,
    ...(notes.nginxVersion !== undefined && { nginxVersion: notes.nginxVersion }),
  };
  return { uri, text: given, choices, exclude: notes.exclude, faults: notes.faults };
}

interface Notes {
  readonly faults: Fault[];
  readonly levels: Map<string, Level>;
  readonly exclude: string[];
  nginxVersion?: string;
}

function isTooDeep(text: string): boolean {
  const scanner = createScanner(text, true);
  let depth = 0;
  let found = 0;
  // These are SyntaxKind's numbers: 1 and 3 open, 2 and 4 close, 17 is the end; the enum itself exists in types alone.
  for (let kind: number = scanner.scan(); kind !== 17; kind = scanner.scan()) {
    if (kind === 1 || kind === 3) depth += 1;
    if (kind === 2 || kind === 4) depth -= 1;
    found = Math.max(found, depth);
  }
  return found > deepest;
}

function readTree(text: string, notes: Notes): void {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  // What comes behind the first one mostly follows from it.
  if (first !== undefined) {
    const start = Math.min(first.offset, text.length);
    tell(notes, { start, end: Math.min(start + first.length, text.length) }, wordsOf(first));
  }
  if (root === undefined) return;
  if (root.type !== 'object') {
    tell(notes, spanOf(root), 'The settings are an object: { … }.');
    return;
  }
  for (const [key, value] of members(root)) {
    if (key.value === 'rules') readRules(value, notes);
    else if (key.value === 'exclude') readExclude(value, notes);
    else if (key.value === 'nginxVersion') readVersion(value, notes);
    else if (key.value !== '$schema')
      tell(
        notes,
        spanOf(key),
        `${shown(key.value)} is no setting; there are rules, exclude and nginxVersion.`,
      );
  }
}

function readRules(node: Node, notes: Notes): void {
  if (node.type !== 'object') {
    tell(notes, spanOf(node), 'rules takes an object: the id of a rule, and its level.');
    return;
  }
  for (const [key, value] of members(node)) {
    const level = plain(value);
    const trouble = levelTrouble(key.value, level);
    if (trouble === undefined && isLevel(level)) notes.levels.set(key.value, level);
    else if (trouble !== undefined)
      tell(notes, spanOf(trouble.startsWith('There is') ? key : value), trouble);
  }
}

function readExclude(node: Node, notes: Notes): void {
  const items = node.type === 'array' ? (node.children ?? []) : undefined;
  if (items === undefined) {
    tell(notes, spanOf(node), 'exclude takes a list of globs.');
    return;
  }
  for (const item of items) {
    if (item.type === 'string') notes.exclude.push(item.value);
    else tell(notes, spanOf(item), `exclude takes globs, not ${shown(plain(item))}.`);
  }
}

function readVersion(node: Node, notes: Notes): void {
  const version = plain(node);
  const trouble = versionTrouble(version);
  if (trouble !== undefined) tell(notes, spanOf(node), trouble);
  else if (typeof version === 'string') notes.nginxVersion = version;
}

/** The pairs of an object that have both halves. */
function members(object: Node): readonly (readonly [key: Node, value: Node])[] {
  return (object.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [[key, value] as const],
  );
}

/** A node's value, told by its kind where it is a list or an object. */
function plain({ type, value }: Node): unknown {
  return type === 'object' ? {} : type === 'array' ? [] : value;
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}

function tell({ faults }: Notes, span: Span, message: string): void {
  faults.push({ rule: 'invalid-setting', span, message });
}

/** The library's name of an error, `CommaExpected`, as words. */
function wordsOf({ error }: ParseError): string {
  const words = printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return `This cannot be read as JSON: ${words}.`;
}
