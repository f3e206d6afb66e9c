import type { Edit, Fix } from '../model/finding';

/**
 * The edits of many fixes as one list without overlaps: a fix is taken whole or not at all, and one that touches what an
 * earlier one has edited is left out. The same edit of two fixes is made once.
 */
export function together(fixes: readonly Pick<Fix, 'edits'>[]): readonly Edit[] {
  const taken = new Map<string, Edit[]>();
  const known = new Set<string>();
  for (const { edits } of fixes) {
    const fresh = edits.filter((edit) => !known.has(keyOf(edit)));
    if (fresh.some((edit) => collides(edit, taken.get(edit.uri) ?? []))) continue;
    for (const edit of fresh) {
      known.add(keyOf(edit));
      const here = taken.get(edit.uri) ?? [];
      here.splice(placeOf(edit, here), 0, edit);
      taken.set(edit.uri, here);
    }
  }
  return [...taken.values()].flat();
}

function keyOf({ uri, span, text }: Edit): string {
  return `${span.start} ${span.end} ${uri} ${text}`;
}

/** Whether an edit overlaps one of those that are taken, which stand in the order of the text. */
function collides(edit: Edit, taken: readonly Edit[]): boolean {
  const at = placeOf(edit, taken);
  const before = taken[at - 1];
  const behind = taken[at];
  if (before !== undefined && before.span.end > edit.span.start) return true;
  // Of two edits that begin at one place nobody could tell which goes first.
  return behind !== undefined && (behind.span.start < edit.span.end || behind.span.start === edit.span.start);
}

/** Where an edit belongs among others that are sorted. */
function placeOf({ span }: Edit, sorted: readonly Edit[]): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle]?.span.start ?? 0) < span.start) from = middle + 1;
    else to = middle;
  }
  return from;
}
