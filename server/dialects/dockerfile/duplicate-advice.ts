import type { Fault, FaultFix } from '../../model/fault';
import { linesOf } from '../../model/lines';
import { type PortReference, portsText } from '../../model/port';
import type { ExposeLine } from './expose';
import type { Stage } from './stages';

/** How many repetitions of one stage are told. */
const mostTold = 100;

/** Ports that a stage exposes a second time, each told at the later place. */
export function duplicateAdvice(
  { exposed, lines, lost }: Pick<Stage, 'exposed' | 'lines' | 'lost'>,
  text: string,
): readonly Fault[] {
  const meant = exposed.filter((reference) => !lost.has(reference));
  const repeated = new Map(meant.filter(isRepeated()).map((reference) => [reference, keyOf(reference)]));
  if (repeated.size === 0) return [];
  const fixes = new Map(lines.flatMap((line) => removals(line, repeated, text)));
  return [...repeated].slice(0, mostTold).map(([reference, key]) => {
    const fix = fixes.get(reference);
    return {
      rule: 'duplicate-expose',
      span: reference.span,
      message: `${key} is exposed already; Docker takes both for one.`,
      ...(fix && { fixes: [fix] }),
    };
  });
}

/** Tells of one port after the other whether it was there before. */
function isRepeated(): (reference: PortReference) => boolean {
  const seen = new Set<string>();
  return (reference) => {
    const key = keyOf(reference);
    if (key === undefined) return false;
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  };
}

function keyOf({ ports, transport }: PortReference): string | undefined {
  return ports === undefined || transport === undefined ? undefined : `${portsText(ports)}/${transport}`;
}

/**
 * What takes the repeated ports of a line away, alone and together: an argument goes with all that parts it from the word
 * before, line breaks and comments too, so that no backslash is left to join the line with the next instruction. Where every
 * argument repeats something, the mend of each is to remove the whole instruction: EXPOSE cannot stand alone.
 */
function removals(
  { instruction, arguments: all }: ExposeLine,
  repeated: ReadonlyMap<PortReference, unknown>,
  text: string,
): readonly (readonly [PortReference, FaultFix])[] {
  const goes = ({ references }: ExposeLine['arguments'][number]): boolean =>
    references.length > 0 && references.every((reference) => repeated.has(reference));
  if (all.length > 0 && all.every(goes)) {
    const span = linesOf(text, { start: instruction.keywordSpan.start, end: instruction.end });
    const fix: FaultFix = { title: 'Remove this EXPOSE', text: '', span, isSafe: true };
    return all.flatMap(({ references }) => references.map((reference) => [reference, fix] as const));
  }
  return all.flatMap((argument, index) => {
    const [reference] = argument.references;
    // An argument that comes to several ports is a list in a variable: the others are wanted.
    if (reference === undefined || argument.references.length > 1 || !goes(argument)) return [];
    const start = all[index - 1]?.span.end ?? instruction.keywordSpan.end;
    const fix: FaultFix = {
      title: 'Remove it',
      text: '',
      span: { start, end: argument.span.end },
      isSafe: true,
    };
    return [[reference, fix] as const];
  });
}
