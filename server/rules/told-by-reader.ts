import type { Fault } from '../model/port';
import type { Rule, RuleFinding } from '../model/rule';
import type { SourceFile } from '../model/snapshot';
import type { Unit } from '../model/unit';

/** What such a rule is made of: its name and its page. */
type Words = Pick<Rule, 'id' | 'summary' | 'rationale'>;

/**
 * A rule for what the reader of a file already found: the program that loads the file refuses it. The reader
 * knows the format and says where and why; the rule gives it a name, a severity and a page.
 */
export function refused(words: Words): Rule {
  return { ...words, severity: 'error', check: (unit) => findingsOf(words.id, unit) };
}

/** The same for what the program loads although it means something else than what seems to be written. */
export function trap(words: Words): Rule {
  return { ...words, severity: 'warning', check: (unit) => findingsOf(words.id, unit) };
}

function* findingsOf(id: string, unit: Unit): Iterable<RuleFinding> {
  for (const file of unit.files) {
    for (const fault of file.reading.faults) {
      if (fault.rule === id) yield finding(file, fault);
    }
  }
}

function finding({ uri }: SourceFile, fault: Fault): RuleFinding {
  const fixes = (fault.fixes ?? []).map(({ title, span, text }) => ({ title, edits: [{ uri, span, text }] }));
  return { uri, span: fault.span, message: fault.message, related: [], fixes };
}
