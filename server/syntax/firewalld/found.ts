import type { Fault, FaultFix, PortReference, PortSlot } from '../../model/port';
import type { Span } from '../../model/span';
import { type SourcedText, sourceSpan } from '../sourced-text';

/** What was found in one text, or in one command, as it grows. */
export interface Found {
  readonly references: PortReference[];
  readonly slots: PortSlot[];
  readonly faults: Fault[];
}

export function nothingFound(): Found {
  return { references: [], slots: [], faults: [] };
}

/** The characters of a value; for one without any, the place where they would stand. */
export function spanOf(text: SourcedText): Span {
  return sourceSpan(text, 0, text.value.length);
}

/** A fix that puts `replacement` in the place of a value, where the value's characters are those of the source. */
export function replacing(text: SourcedText, title: string, replacement: string): readonly FaultFix[] {
  const span = spanOf(text);
  if (span.end - span.start !== text.value.length) return [];
  return [{ title, span, text: replacement }];
}

/** A fault with fixes, or without the property where there are none. */
export function faultAt(rule: string, span: Span, message: string, fixes: readonly FaultFix[] = []): Fault {
  return fixes.length === 0 ? { rule, span, message } : { rule, span, message, fixes };
}
