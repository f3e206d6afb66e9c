import type { KeyPlace } from '../../model/service';

/** The two halves of a text around a place that is filled in later. */
export type Halves = readonly [before: string, after: string];

/** A text between marks as it stands; undefined where either kind would need an escape (YAML 1.2.2, 7.3). */
export function quotedText(text: string): string | undefined {
  // A backslash has a meaning between double quotes alone, and no mark can stand between its own kind.
  const quote = ['"', "'"].find((mark) => !text.includes(mark) && !(mark === '"' && text.includes('\\')));
  return quote && `${quote}${text}${quote}`;
}

/** A text of two halves between marks; neither has a mark or a backslash of its own. */
export function quotedHalves([before, after]: Halves): Halves {
  return [`"${before}`, `${after}"`];
}

/** A list in brackets of such texts, one of them in two halves. */
export function listInBrackets(before: readonly string[], item: Halves, after: readonly string[]): Halves {
  const quoted = (text: string): string => `"${text}"`;
  const [start, end] = quotedHalves(item);
  const [front, behind] = [
    [...before.map(quoted), start],
    [end, ...after.map(quoted)],
  ];
  return [`[${front.join(', ')}`, `${behind.join(', ')}]`];
}

/** A key with its value for its place, both written as they are. */
export function keyAt({ separator }: KeyPlace, key: string, [before, after]: Halves): Halves {
  return [`${key}: ${before}`, `${after}${separator}`];
}

/** A key with a text for its place, both in the mark that the key behind them has. */
export function textAt(place: KeyPlace, key: string, text: string): string {
  const mark = place.quote ?? '';
  return keyAt(place, `${mark}${key}${mark}`, [`${mark}${text}`, mark]).join('');
}
