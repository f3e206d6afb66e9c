import { literalText, type SourcedText, SourcedTextBuilder, unknownText } from '../sourced-text';
import { addFault, type Scan } from './xml-scan';

/** Where characters stand: blanks and references are read differently in each place. */
export type CharacterPlace = 'text' | 'cdata' | 'attribute';

/**
 * The characters that `text[from, to)` stands for: references are replaced, a line break is one line feed, and in an
 * attribute each blank is a space (XML 1.0, 2.11 and 3.3.3).
 */
export function readCharacters(scan: Scan, from: number, to: number, place: CharacterPlace): SourcedText {
  const raw = scan.text.slice(from, to);
  refuseControls(scan, raw, from);
  const special = place === 'attribute' ? /[&\r\n\t]/g : place === 'text' ? /[&\r]/g : /\r/g;
  if (raw.search(special) < 0) return literalText(raw, from);
  const builder = new SourcedTextBuilder();
  let done = 0;
  for (const { index, 0: character } of raw.matchAll(special)) {
    if (index < done) continue;
    builder.literal(raw.slice(done, index), from + done);
    const length =
      character === '&'
        ? readReference(scan, raw, index, from, builder)
        : readBreak(raw, index, builder, { place, from });
    done = index + length;
  }
  builder.literal(raw.slice(done), from + done);
  return builder.text();
}

/** A carriage return and a line feed are one character; answers how many characters of the source it is. */
function readBreak(
  raw: string,
  index: number,
  builder: SourcedTextBuilder,
  { place, from }: { readonly place: CharacterPlace; readonly from: number },
): number {
  const length = raw.startsWith('\r\n', index) ? 2 : 1;
  const span = { start: from + index, end: from + index + length };
  builder.replaced(place === 'attribute' ? ' ' : '\n', span);
  return length;
}

/** Adds what a reference stands for, and answers how many characters of the source it is. */
function readReference(
  scan: Scan,
  raw: string,
  index: number,
  from: number,
  builder: SourcedTextBuilder,
): number {
  reference.lastIndex = index;
  const [whole = '', decimal, hex, name] = reference.exec(raw) ?? [];
  const start = from + index;
  if (whole === '') {
    const span = { start, end: start + 1 };
    addFault(scan, span, '"&" begins no reference; it is written &amp;', 'not well-formed (invalid token)');
    builder.literal('&', start);
    return 1;
  }
  const span = { start, end: start + whole.length };
  if (name === undefined) {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    if (!isCharacter(code)) {
      addFault(scan, span, `${whole} is no character`, 'reference to invalid character number');
    }
    builder.replaced(isCharacter(code) ? String.fromCodePoint(code) : unknownText, span);
    return whole.length;
  }
  const character = entities.get(name);
  if (character === undefined && !scan.hasDoctype) {
    addFault(scan, span, `${whole} is not defined`, 'undefined entity');
  }
  builder.replaced(character ?? unknownText, span);
  return whole.length;
}

const reference = /&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|([\p{L}_:][\p{L}\p{M}\p{N}_:.\-\u00B7]*));/uy;

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** XML 1.0, production 2. */
function isCharacter(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

function refuseControls(scan: Scan, raw: string, from: number): void {
  if (scan.fault !== undefined) return;
  const index = raw.search(control);
  if (index < 0) return;
  const span = { start: from + index, end: from + index + 1 };
  addFault(scan, span, 'a control character stands here', 'not well-formed (invalid token)');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML does not have.
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\uFFFE\uFFFF]/;
