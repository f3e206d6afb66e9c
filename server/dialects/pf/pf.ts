import type { Dialect, ReadInputs } from '../../model/dialect';
import { lineEnd } from '../../model/lines';
import { emptyReading, type Reading } from '../../model/reading';
import { includePattern } from '../../syntax/include-pattern';
import { PfCursor } from '../../syntax/pf/pf-cursor';
import type { PfMacro } from '../../syntax/pf/pf-macros';
import { syntaxFault } from '../../syntax/pf/pf-port-spec';
import type { PfToken } from '../../syntax/pf/pf-tokens';
import { isPfKeyword, isPfStatement } from '../../syntax/pf/pf-words';
import { hasPlaceholders } from '../../syntax/placeholders';
import { looksLikePf } from './looks-like';
import { declareNamed, openQuote, readMacro } from './macros';
import { PfNotes } from './notes';
import { type AnchorBody, type RulePlace, readRule } from './rule';
import { plainText } from './rule-draft';
import { skipBraces, skipParentheses } from './skip';

/**
 * pf.conf(5) of OpenBSD, FreeBSD and macOS. The three took the same grammar different ways; what is told as a fault is
 * what all of them refuse, or what only one of them knows and refuses.
 */
export const pf: Dialect = {
  id: 'pf',
  title: 'pf rules',
  files: ['pf.conf'],
  languages: ['pf'],
  paths: ['*/pf.anchors/*'],
  shared: {
    files: ['*.conf', '*.pf', '*.rules', '*.anchor', 'pf.conf.*', '*/pf.d/*'],
    languages: ['properties', 'plaintext', 'ini'],
  },
  looksLike: looksLikePf,
  companions: [],
  read,
};

function read(text: string, { name }: ReadInputs): Reading {
  if (isOfAnotherProgram(text)) return emptyReading;
  const macros = new Map<string, PfMacro>();
  const cursor = new PfCursor(text, macros);
  const notes = new PfNotes();
  const anchors: AnchorBody[] = [];
  while (cursor.token.kind !== 'end') readStatement(cursor, macros, anchors, notes);
  for (const { open } of anchors) notes.fault(syntaxFault(open, 'The anchor is never closed'));
  declareNamed(notes);
  const { references, slots, faults, includes } = notes;
  const filter = notes.filter.filter(/^pf\b.*conf/i.test(name));
  const isTemplate = hasPlaceholders(text) || text.includes('${');
  const sorted = [...references].sort((a, b) => a.portSpan.start - b.portSpan.start);
  return {
    references: sorted,
    slots: slots.sort((a, b) => a.span.start - b.span.start),
    // What fills in a template comes before pfctl.
    faults: isTemplate ? [] : faults.sort((a, b) => a.span.start - b.span.start),
    ...(includes.length > 0 && { includes }),
    ...(filter && !isTemplate && { filter }),
  };
}

const longestStart = 200;

/** PacketFence, a network access control, has a pf.conf of its own, an INI file. */
function isOfAnotherProgram(text: string): boolean {
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    const line = text
      .slice(at, Math.min(end, at + longestStart))
      .replace(/^\uFEFF/, '')
      .trimStart();
    if (line !== '' && !line.startsWith('#')) return /^(?:\[|<[?!A-Za-z])/.test(line);
    at = end + 1;
  }
  return false;
}

function readStatement(
  cursor: PfCursor,
  macros: Map<string, PfMacro>,
  anchors: AnchorBody[],
  notes: PfNotes,
): void {
  const { token } = cursor;
  if (token.kind === 'newline') {
    cursor.advance();
  } else if (cursor.isMark('}')) {
    if (anchors.pop() === undefined) notes.fault(syntaxFault(token.span, 'No bracket is open here'));
    cursor.advance();
  } else if (cursor.isMark('{')) {
    // pfctl wraps the rules of an anchor in brackets when it reads them from another pfctl (`fakeanchor`).
    anchors.push({ name: '', chain: '', open: cursor.advance().span });
  } else if (token.kind === 'word' && isPfStatement(token.value)) {
    readKnown(cursor, anchors, notes);
  } else if (token.kind === 'quoted' || token.kind === 'word') {
    if (token.isOpen) notes.fault(openQuote(token));
    cursor.advance();
    if (cursor.isMark('=')) readDefinition(cursor, token, macros, notes);
    else skipStatement(cursor, notes);
  } else {
    skipStatement(cursor, notes);
  }
}

function readDefinition(
  cursor: PfCursor,
  { kind, value, span }: PfToken,
  macros: Map<string, PfMacro>,
  notes: PfNotes,
): void {
  if (kind === 'word' && isPfKeyword(value))
    notes.fault(syntaxFault(span, `"${value}" is a keyword of pf and names no macro`));
  if (macros.has(value)) notes.filter.areMacrosSteady = false;
  macros.set(value, readMacro(cursor, value, notes));
}

function readKnown(cursor: PfCursor, anchors: AnchorBody[], notes: PfNotes): void {
  const names = anchors.slice(0, deepest).map(({ name }) => name);
  const path = anchors
    .slice(0, deepest)
    .map(({ chain }) => chain)
    .filter((chain) => chain !== '');
  const place: RulePlace = {
    anchors: names.filter((name) => name !== ''),
    path,
    isNo: false,
    start: cursor.token.span.start,
  };
  switch (cursor.token.value) {
    case 'include':
      cursor.advance();
      noteFile(cursor.token, notes, cursor.text);
      skipStatement(cursor, notes);
      notes.filter.open(path);
      break;
    case 'antispoof':
      readAntispoof(cursor, path, notes);
      break;
    case 'set':
      readSetting(cursor, notes);
      break;
    case 'load':
      readLoad(cursor, notes);
      break;
    case 'no':
      cursor.advance();
      if (rules.has(cursor.token.value)) readRule(cursor, { ...place, isNo: true }, notes);
      skipStatement(cursor, notes);
      break;
    default:
      if (rules.has(cursor.token.value)) {
        const body = readRule(cursor, place, notes);
        if (body !== undefined) anchors.push(body);
        else skipStatement(cursor, notes);
      } else {
        skipStatement(cursor, notes);
      }
  }
}

/** How deep pfctl lets anchors stand in each other (`PFCTL_ANCHOR_STACK_DEPTH`). */
const deepest = 64;

/** Statements that can have ports. */
const rules: ReadonlySet<string> = new Set([
  ...['pass', 'block', 'match', 'scrub', 'nat', 'rdr', 'binat'],
  ...['anchor', 'nat-anchor', 'rdr-anchor', 'binat-anchor', 'scrub-anchor', 'dummynet-anchor', 'dummynet'],
]);

function readAntispoof(cursor: PfCursor, anchors: readonly string[], notes: PfNotes): void {
  const { start } = cursor.token.span;
  skipStatement(cursor, notes);
  const words = plainText(cursor.text.slice(start, cursor.previousEnd));
  const span = { start, end: cursor.previousEnd };
  notes.filter.addAntispoof(words, /\bquick\b/.test(words), anchors, span);
}

function readSetting(cursor: PfCursor, notes: PfNotes): void {
  cursor.advance();
  if (cursor.isWord('block-policy')) {
    cursor.advance();
    notes.filter.blockPolicy = cursor.isWord('return') ? 'reject' : 'drop';
  }
  skipStatement(cursor, notes);
}

/** `load anchor` with a name, and a file behind the word `from`. */
function readLoad(cursor: PfCursor, notes: PfNotes): void {
  cursor.advance();
  while (!cursor.isLineEnd() && !cursor.isWord('from')) cursor.advance();
  if (cursor.isWord('from')) {
    cursor.advance();
    noteFile(cursor.token, notes, cursor.text);
  }
  skipStatement(cursor, notes);
}

function noteFile(token: PfToken, notes: PfNotes, text: string): void {
  if (token.isOpen || token.variable !== undefined || token.value === '') return;
  if (token.kind !== 'quoted' && token.kind !== 'word') return;
  const inner = { start: token.span.start + 1, end: token.span.end - 1 };
  const isInner = token.kind === 'quoted' && text.slice(inner.start, inner.end) === token.value;
  notes.includes.push({
    span: isInner ? inner : token.span,
    pattern: includePattern(token.value, ['/etc/']),
    within: [],
  });
}

/** Goes past everything up to the end of the line, and over the lines of a list. */
function skipStatement(cursor: PfCursor, notes: PfNotes): void {
  while (!cursor.isLineEnd() && !cursor.isMark('}')) {
    if (cursor.token.isOpen) notes.fault(openQuote(cursor.token));
    if (cursor.isMark('{')) skipBraces(cursor, notes);
    else if (cursor.isMark('(')) skipParentheses(cursor);
    else cursor.advance();
  }
}
