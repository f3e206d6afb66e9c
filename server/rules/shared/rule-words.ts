import type { Fix, Related } from '../../model/finding';
import { lineStart, linesOf } from '../../model/lines';
import type { PlacedRule } from '../../model/rule-set';
import { type Span, slice } from '../../model/span';

/** The rule as it is written, on one line and not too long, in quotation marks. */
export function quotedRule({ file, rule }: PlacedRule): string {
  const written = slice(file.text, rule.span)
    .replace(/\\?\s+/g, ' ')
    .trim();
  return `"${written.length > longestRule ? `${written.slice(0, longestRule)}…` : written}"`;
}

const longestRule = 90;

/** What a rule does with its packets, as one says it of something else. */
export function ruleVerb({ rule }: PlacedRule): string {
  switch (rule.verdict) {
    case 'accept':
      return 'accepts';
    case 'drop':
      return 'drops';
    case 'reject':
      return 'rejects';
    case 'return':
      return 'ends the chain for';
    case 'translate':
      return 'translates';
    default:
      return 'takes';
  }
}

/** The other rule of a finding. */
export function relatedRule(placed: PlacedRule, message: string): Related {
  return { uri: placed.file.uri, span: placed.rule.span, message };
}

/** Takes a rule out with its whole lines; none where something else stands on them. */
export function removal({ file, rule }: PlacedRule, title: string): readonly Fix[] {
  const span = rule.removal ?? wholeLines(file.text, rule.span);
  return span === undefined ? [] : [{ title, edits: [{ uri: file.uri, span, text: '' }] }];
}

/** The lines of a rule that stands on them alone; undefined where it is a part of something that goes on. */
function wholeLines(text: string, { start, end }: Span): Span | undefined {
  const lines = linesOf(text, { start, end });
  const isAlone =
    /^[ \t]*$/.test(text.slice(lines.start, start)) &&
    /^[ \t]*;?[ \t]*\r?\n?$/.test(text.slice(end, lines.end));
  const before = text.slice(lineStart(text, Math.max(lines.start - 1, 0)), lines.start).trimEnd();
  const isContinued = /(?:\\|&&|\|)$/.test(before);
  return isAlone && !isContinued ? lines : undefined;
}
