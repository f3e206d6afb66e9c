import type { Fault } from '../../model/port';
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
  return {
    rule: 'misplaced-directive',
    span: statement.words[0].span,
    message: nginxRefusal(
      `"${name}" stands ${whereWords(place)}, and belongs in a ${belongs} block`,
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

function whereWords({ block, module }: Place): string {
  if (block === 'main') return 'outside of all blocks';
  if (block === 'condition') return 'in an "if" block of a server';
  return block === 'module' ? `directly in "${module}"` : `in a "${block}" block`;
}
