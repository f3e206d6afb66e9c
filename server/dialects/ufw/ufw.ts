import { hashLines } from '../../model/comments';
import type { Dialect, ReadInputs } from '../../model/dialect';
import type { Reading } from '../../model/reading';
import { addFound, nothingFound } from '../../syntax/found';
import { FilterDraft } from '../../syntax/packet-filter/filter-draft';
import { readCommandLines } from './command-lines';
import { readTuples } from './tuples';

/** ufw's own rules file, and lists of ufw commands. */
export const ufw: Dialect = {
  id: 'ufw',
  title: 'ufw rules',
  files: ['user6.rules'],
  languages: [],
  // `ufw reset` keeps the old file with the time in its name.
  paths: ['*/ufw/user*.rules', '*/ufw/user.rules.*', '*/ufw/user6.rules.*'],
  shared: {
    files: [
      'user*.rules',
      '*ufw*.rules',
      '*.ufw',
      '*ufw*.txt',
      '*ufw*.list',
      'ufw-rules*',
      'ufw_rules*',
      'ufw-commands*',
    ],
    // The editor's id `ufw` is for before.rules and after.rules, too, which are texts of iptables.
    languages: ['ufw'],
  },
  looksLike,
  comments: hashLines,
  companions: [],
  read,
};

/**
 * Reads a rules file by its tuples, in which ufw keeps its rules (src/backend_iptables.py, _read_rules); the lines of
 * iptables between them are made from these and are not read again. Any other text is one of commands.
 */
function read(text: string, { name }: ReadInputs): Reading {
  const found = nothingFound();
  const draft = new FilterDraft();
  const parts = isRulesFile(text) ? readTuples(text, name) : readCommandLines(text);
  for (const part of parts) {
    addFound(found, part);
    for (const step of part.steps ?? []) {
      step.take(draft, { span: part.span, branch: undefined, isSteady: step.variables.length === 0 });
    }
  }
  const filter = draft.filter();
  return { ...found, ...(filter && { filter }) };
}

/** A rules file has tuples, or at least the table that they stand in. */
function isRulesFile(text: string): boolean {
  return /^### (?:tuple|RULES) ###|^\*filter\s*$|^:ufw6?-user-/m.test(text);
}

/**
 * Tells a text of ufw's: one with tuples, or one in which most lines that are no comments are ufw commands. A script
 * says by its first line that it is one, and is somebody else's.
 */
function looksLike(text: string): boolean {
  const beginning = text.slice(0, longestBeginning);
  if (beginning.startsWith('#!')) return false;
  if (/^### tuple ###|^:ufw6?-user-/m.test(beginning)) return true;
  const lines = beginning.split('\n').filter((line) => /^[^\S\n]*[^\s#]/.test(line));
  const commands = lines.filter((line) => /^\s*(?:\$ )?(?:sudo\s+)?ufw\s/.test(line));
  return commands.length > 0 && commands.length * 2 > lines.length;
}

const longestBeginning = 16_384;
