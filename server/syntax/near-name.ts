/**
 * The one name of several that a text was meant to be: the same but for the case of letters, or with one slip of the
 * keys in four or five letters, two in more. Undefined where none is that near, or two are equally near.
 */
export function nearName(text: string, names: Iterable<string>): string | undefined {
  const lower = text.toLowerCase();
  const most = text.length < 4 ? 0 : text.length < 6 ? 1 : 2;
  let nearest: { readonly name: string; readonly slips: number } | undefined;
  let isTie = false;
  for (const name of names) {
    if (Math.abs(name.length - text.length) > most) continue;
    const slips = slipsBetween(lower, name.toLowerCase());
    if (slips > most || (nearest !== undefined && slips > nearest.slips)) continue;
    isTie = nearest?.slips === slips;
    nearest = { name, slips };
  }
  return isTie ? undefined : nearest?.name;
}

/** Letters that are missing, too many, others or in each other's place (the optimal string alignment distance). */
function slipsBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = row > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      current.push(least);
    }
    before = last;
    last = current;
  }
  return last[other.length] ?? 0;
}
