/** Tells whether two lists hold the same objects in the same order. */
export function sameElements(one: readonly object[], other: readonly object[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
