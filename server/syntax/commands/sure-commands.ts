import { type SourcedText, spanOf } from '../sourced-text';

/**
 * Tells for each command of a script whether it runs once whenever the script does: not in a condition, a loop, a
 * function or a subshell, and not behind `&&` or `||` (POSIX, Shell Command Language, 2.9).
 */
export function sureCommands(
  commands: readonly (readonly SourcedText[])[],
  text: string,
): readonly boolean[] {
  const open: Frame[] = [];
  let before = 0;
  return commands.map((words) => {
    const [first] = words;
    const last = words.at(-1);
    if (first === undefined || last === undefined) return false;
    // Words can come from anywhere in a text that is put together.
    const signs = text.slice(before, Math.max(before, spanOf(first).start)).replace(/(^|\s)#.*/g, '$1');
    before = Math.max(before, spanOf(last).end);
    readSigns(signs, open);
    readWords(words, open);
    return open.length === 0 && !/&&|\|\|/.test(signs);
  });
}

/** What is open: a `case`, another compound command, or brackets. */
type Frame = 'case' | 'block' | 'brackets';

/** The closing bracket behind a pattern of `case` closes nothing. */
function readSigns(signs: string, open: Frame[]): void {
  for (const sign of signs) {
    if (sign === '(') open.push('brackets');
    else if (sign === ')' && open.at(-1) === 'brackets') open.pop();
  }
}

function readWords(words: readonly SourcedText[], open: Frame[]): void {
  for (const { value } of words) {
    if (/^(?:if|while|until|for|select|\{)$/.test(value)) open.push('block');
    else if (value === 'case') open.push('case');
    else if (value === 'function') open.push(...(words.at(-1)?.value === '{' ? (['block'] as const) : []));
    else if (/^(?:fi|done|\}|esac)$/.test(value)) close(value === 'esac' ? 'case' : 'block', open);
    else if (!/^(?:then|else|elif|do|!|time)$/.test(value)) return;
    if (/^(?:for|select|case|function)$/.test(value)) return;
  }
}

/** What was left open within is closed with it. */
function close(frame: Frame, open: Frame[]): void {
  const at = open.lastIndexOf(frame);
  if (at >= 0) open.length = at;
}
