import { columns } from '../registry/table';
import { UpdateRefused } from './refused';

/** The most that a cell holds: IANA's longest is a note of some 1,500 characters. */
const longestCell = 8000;

/** The compiled form counts rows with 16 bits. */
const mostRows = 0xffff;

/**
 * Checks that a text is CSV with as many cells in every row as IANA's file has, in one pass over it and without
 * keeping anything. A CSV library gets only what has passed here: given a quote that never ends or a row of a million
 * cells, it would build them up in memory first.
 *
 * @throws UpdateRefused with the number of the row, counted from the header as a spreadsheet counts.
 */
export function checkShape(text: string): void {
  let at = 0;
  for (let row = 1; at < text.length; row += 1) {
    if (row > mostRows) throw new UpdateRefused(`The file has more than ${mostRows} rows.`);
    at = endOfRow(text, at, row);
  }
}

/** Where the row after this one begins. */
function endOfRow(text: string, start: number, row: number): number {
  let at = start;
  for (let cells = 1; ; cells += 1) {
    const end = endOfCell(text, at, row);
    if (end - at > longestCell)
      throw new UpdateRefused(`Row ${row} of the file has a cell of more than ${longestCell} characters.`);
    at = end + 1;
    const next = text[end];
    if (next === ',' && cells < columns.length) continue;
    if (next === ',')
      throw new UpdateRefused(`Row ${row} of the file has more than ${columns.length} cells.`);
    if (next === undefined) throw brokenOff(row);
    if (next !== '\n' && !text.startsWith('\r\n', end)) throw misplaced(row);
    if (cells !== columns.length)
      throw new UpdateRefused(`Row ${row} of the file has only ${cells} of ${columns.length} cells.`);
    return next === '\n' ? at : at + 1;
  }
}

/** The place of the comma or line break behind the cell that begins at `start`. */
function endOfCell(text: string, start: number, row: number): number {
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && !',\r\n'.includes(text.charAt(end))) {
      if (text[end] === '"') throw misplaced(row);
      end += 1;
    }
    return end;
  }
  let end = start;
  do {
    const quote = text.indexOf('"', end + 1);
    if (quote < 0) throw brokenOff(row);
    // Two quotes are a quote in the text.
    end = text[quote + 1] === '"' ? quote + 1 : -quote;
  } while (end > 0);
  return 1 - end;
}

/** Every row of a whole file ends in a line break, the last one as well. */
function brokenOff(row: number): UpdateRefused {
  return new UpdateRefused(`The file breaks off in row ${row}.`);
}

function misplaced(row: number): UpdateRefused {
  return new UpdateRefused(`Row ${row} of the file has a quote or a line break where none may stand.`);
}
