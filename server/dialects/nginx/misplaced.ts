import type { Fault } from '../../model/fault';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import type { Directive } from './findings';
import type { Place } from './places';

/** The fault of a directive that stands where it certainly cannot; `blocks` are those it can stand in. */
export function misplaced(
  { statement, place }: Directive,
  blocks: readonly Place['block'][],
): Fault | undefined {
  if (blocks.includes(place.block) || !isCertain(place)) return undefined;
  const name = statement.words[0].text.value;
  const belongs = blocks.map((block) => `"${block}"`).join(' or ');
  const article = blocks[0] === 'upstream' ? 'an' : 'a';
  return {
    rule: 'misplaced-directive',
    span: statement.words[0].span,
    message: nginxRefusal(
      `"${name}" stands ${whereWords(place)}, and belongs in ${article} ${belongs} block`,
      `"${name}" directive is not allowed here`,
    ),
  };
}

/** In a fragment, in blocks of other modules and in data nobody knows what is allowed. */
function isCertain({ block, module }: Place): boolean {
  if (block === 'main' || block === 'events' || block === 'upstream') return true;
  if (block === 'module' || block === 'location' || block === 'condition') return module !== 'other';
  return block === 'server' && (module === 'http' || module === 'stream' || module === 'mail');
}

/** Words for where a directive stands. */
export function whereWords({ block, module }: Place): string {
  if (block === 'main') return 'outside of all blocks';
  if (block === 'events') return 'in "events"';
  if (block === 'condition') return 'in an "if" block of a server';
  return block === 'module' ? `directly in "${module}"` : `in a "${block}" block`;
}

/** `server` with an address, outside of the upstream block that it belongs in; an address without its `server`. */
export function peerLineFault(directive: Directive): Fault | undefined {
  const { statement, place } = directive;
  const [name, word] = statement.words;
  const { value } = name.text;
  if (statement.isTemplate || statement.isOpen) return undefined;
  if (value !== 'server') {
    const isAddress =
      place.block === 'upstream' && /^(?:[A-Za-z0-9.-]+|\[[0-9a-f:.]+\]):[0-9]+$/i.test(value);
    if (!isAddress) return undefined;
    const message = nginxRefusal(
      `"server" is missing in front of "${value}"`,
      `unknown directive "${value}"`,
    );
    const span = { start: name.span.start, end: name.span.start };
    const fixes = [{ title: 'Put "server" in front', span, text: 'server ' }];
    return { rule: 'syntax-error', span: name.span, message, fixes };
  }
  if (word === undefined || place.block !== 'module') return word && misplaced(directive, ['upstream']);
  if (!isCertain(place)) return undefined;
  const reason = `"server ${word.text.value}" stands directly in "${place.module}", and belongs in an "upstream" block`;
  const message = nginxRefusal(reason, 'directive "server" has no opening "{"');
  return { rule: 'misplaced-directive', span: name.span, message };
}
