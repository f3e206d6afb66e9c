import type { VariableUse } from '../../model/port';
import type { Span } from '../../model/span';
import type { SourcedText } from '../sourced-text';

/** A macro of pf.conf: `web = "80, 443"`. */
export interface PfMacro {
  readonly name: string;
  /** Its text with the way back to the characters that gave it, those of other macros too. */
  readonly value: SourcedText;
  /** The text as it is told, with an ellipsis for what is not known. */
  readonly shown: string;
  /** Everything behind the `=`. */
  readonly definition: Span;
}

/** How a macro's use is told; `at` are the characters of `$name`. */
export function macroUse(macro: PfMacro, at: Span): VariableUse {
  return {
    name: macro.name,
    span: at,
    from: 'definition',
    value: macro.shown,
    definition: macro.definition,
  };
}
