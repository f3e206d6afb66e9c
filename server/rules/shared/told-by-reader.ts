import type { Fault } from '../../model/fault';
import type { RuleFinding, RuleOf } from '../../model/rule';
import type { SourceFile } from '../../model/snapshot';

/** What such a rule is made of: its name and its page. */
type Words = Pick<RuleOf<'file'>, 'id' | 'summary' | 'rationale' | 'group'>;

/**
 * A rule for what the reader of a file already found: the program that loads the file refuses it. The reader
 * knows the format and says where and why; the rule gives it a name, a severity and a page.
 */
export function refused(words: Words): RuleOf<'file'> {
  return { ...words, over: 'file', severity: 'error', check: (file) => findingsOf(words.id, file) };
}

/** The same for what the program loads although it means something else than what seems to be written. */
export function trap(words: Words): RuleOf<'file'> {
  return { ...words, over: 'file', severity: 'warning', check: (file) => findingsOf(words.id, file) };
}

/** The same for what the program loads and does as it is written, and what is still worth knowing. */
export function advice(words: Words, severity: 'information' | 'hint'): RuleOf<'file'> {
  return { ...words, over: 'file', severity, check: (file) => findingsOf(words.id, file) };
}

function* findingsOf(id: string, file: SourceFile): Iterable<RuleFinding> {
  for (const fault of file.reading.faults) {
    if (fault.rule === id) yield finding(file, fault);
  }
}

function finding({ uri }: SourceFile, fault: Fault): RuleFinding {
  const fixes = (fault.fixes ?? []).map(({ title, span, text, isSafe }) => ({
    title,
    edits: [{ uri, span, text }],
    ...(isSafe && { isSafe }),
  }));
  return { uri, span: fault.span, message: fault.message, related: [], fixes };
}
