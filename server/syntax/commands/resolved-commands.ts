import type { PortReference, VariableUse } from '../../model/port';
import { overlaps, type Span, slice } from '../../model/span';
import type { PartReading } from '../found';
import { type Piece, type SourcedText, SourcedTextBuilder, subText } from '../sourced-text';
import type { ShellScript } from './shell-script';
import { isPlainValue, type ShellValue, type ShellVariables, variableName } from './shell-variables';

/**
 * Reads a command with the values put in that its script gives its variables; where a loop gives one several values,
 * once for each. The references tell the variable and where its value stands. What was put in is nothing that could be
 * mended or completed where it is used.
 *
 * @param words The words of the command, with `unknownText` for each variable.
 * @param read Reads them.
 */
export function readResolved(
  words: readonly SourcedText[],
  { text, variables }: Pick<ShellScript, 'text' | 'variables'>,
  read: (words: readonly SourcedText[]) => PartReading,
): PartReading {
  const uses = words.flatMap(({ pieces }) => pieces.flatMap((piece) => useOf(piece, text, variables) ?? []));
  if (uses.length === 0 || uses.length > mostUses) return read(words);
  const rounds = uses.find(({ values }) => values.length > 1);
  const found = Array.from({ length: rounds?.values.length ?? 1 }, (_, round) => {
    const held = new Map<Span, VariableUse>();
    for (const { span, name, values } of uses) {
      // What two loops give together is not read for each pair.
      const value = values.length === 1 ? values[0] : name === rounds?.name ? values[round] : undefined;
      if (value === undefined) continue;
      held.set(span, { name, span, from: 'definition', value: value.value, definition: value.span });
    }
    const reading = read(words.map((word) => putIn(word, held)));
    return { ...reading, references: reading.references.map((reference) => named(reference, held)) };
  });
  return merged(
    found,
    uses.map(({ span }) => span),
  );
}

/** Nobody writes a command of more variables. */
const mostUses = 100;

interface Use {
  readonly name: string;
  readonly span: Span;
  readonly values: readonly ShellValue[];
}

/** The use of a known variable that a piece of a word stands for, if it is one. */
function useOf(
  { exact, variable, span }: Piece,
  text: string,
  variables: ShellVariables,
): readonly Use[] | undefined {
  const name = exact || variable !== undefined ? undefined : variableName(slice(text, span));
  const values = name === undefined ? undefined : variables.at(name, span);
  if (name === undefined || values === undefined) return undefined;
  return values.every(({ value }) => isPlainValue(value)) ? [{ name, span, values }] : undefined;
}

function putIn(word: SourcedText, held: ReadonlyMap<Span, VariableUse>): SourcedText {
  if (!word.pieces.some(({ span }) => held.has(span))) return word;
  const builder = new SourcedTextBuilder();
  for (const { at, length, span } of word.pieces) {
    const use = held.get(span);
    if (use?.value === undefined) builder.append(subText(word, at, at + length));
    else builder.replaced(use.value, span, use);
  }
  return builder.text();
}

/** A reference with the variables that its port is made of, where its reader took the value for mere text. */
function named(reference: PortReference, held: ReadonlyMap<Span, VariableUse>): PortReference {
  if (reference.variables !== undefined) return reference;
  const variables = [...held.values()].filter(({ span }) => overlaps(span, reference.portSpan));
  return variables.length > 0 ? { ...reference, variables } : reference;
}

/** What several readings of one command say together, each thing once. */
function merged(readings: readonly PartReading[], uses: readonly Span[]): PartReading {
  const isPutIn = (span: Span) => uses.some((use) => overlaps(use, span));
  const faults = readings.flatMap((reading) =>
    reading.faults.map(({ fixes = [], ...fault }) => {
      const mends = fixes.filter(({ span }) => !isPutIn(span));
      return mends.length > 0 ? { ...fault, fixes: mends } : fault;
    }),
  );
  const steps = readings.flatMap((reading) => reading.steps ?? []);
  return {
    ...(steps.length > 0 && { steps }),
    references: once(readings.flatMap(({ references }) => references)),
    slots: (readings[0]?.slots ?? []).filter(({ span }) => !isPutIn(span)),
    faults: once(faults),
  };
}

function once<T>(things: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return things.filter((thing) => {
    const key = JSON.stringify(thing);
    return !seen.has(key) && seen.add(key);
  });
}
