/**
 * Tells which variables of a script keep what they have: those that it gives a value at most once, and that no loop,
 * `read` or function changes. A look at the text decides, so a name that an unrelated text assigns counts as changing.
 *
 * @returns Whether a variable is one, from a place in the text on: it does not get its value behind that.
 */
export function steadyVariables(text: string): (name: string, at: number) => boolean {
  const places = new Map<string, number>();
  const changing = new Set<string>();
  const note = (name: string, at: number): void => {
    if (places.has(name)) changing.add(name);
    else places.set(name, at);
  };
  for (const { 1: name = '', index } of text.matchAll(
    /(?<![\w$.-])([A-Za-z_]\w*)(?:\[[^\]\n]{0,40}\])?[+-]?=/g,
  )) {
    note(name, index);
  }
  for (const { 1: names = '' } of text.matchAll(
    /\b(?:for|select|read|getopts|mapfile|readarray|unset|local)\b([^;\n|]{0,200})/g,
  )) {
    for (const [name] of names.matchAll(/[A-Za-z_]\w*/g)) changing.add(name);
  }
  for (const { 1: name = '' } of text.matchAll(/\(\([^)\n]{0,40}?([A-Za-z_]\w*)/g)) changing.add(name);
  return (name, at) => name !== '' && !changing.has(name) && (places.get(name) ?? -1) < at;
}
