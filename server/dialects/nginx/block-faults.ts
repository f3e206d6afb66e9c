import type { Fault } from '../../model/fault';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import { hasPlaceholder } from '../../syntax/nginx/nginx-templates';
import { type NginxStatement, onlyRemark } from '../../syntax/nginx/nginx-tree';
import type { Directive } from './findings';
import { authHttpFaults } from './mail';
import { whereWords } from './misplaced';
import type { Place } from './places';
import { upstreamFault } from './upstream-servers';
import { serverFault } from './whole-file';

/** What nginx refuses of a block as a whole; `inner` is where the directives in it stand. */
export function* blockFaults({ statement, place }: Directive, inner: Place, text: string): Iterable<Fault> {
  const { words, block = [] } = statement;
  const name = words[0].text.value;
  const wrongPlace = misplacedBlock(statement, place);
  if (wrongPlace !== undefined) {
    yield wrongPlace;
    return;
  }
  yield* duplicateDirectives(block, inner);
  if (statement.isTemplate) return;
  const whole =
    name === 'server' && words.length === 1
      ? serverFault(statement, inner)
      : inner.block === 'upstream'
        ? upstreamFault(statement, onlyRemark(text, statement))
        : undefined;
  if (whole !== undefined) yield whole;
  if (inner.module === 'mail' && inner.block === 'module') yield* authHttpFaults(statement);
}

/** `server` and `upstream` outside of the blocks that belong around them. */
function misplacedBlock({ words, isTemplate }: NginxStatement, place: Place): Fault | undefined {
  const name = words[0].text.value;
  const isUpstream = name === 'upstream' && words.length === 2;
  if (isTemplate || place.module === 'other' || (!isUpstream && (name !== 'server' || words.length > 1)))
    return undefined;
  const isOutside = place.block === 'main' || place.block === 'events';
  const isInside = place.block === 'server' || place.block === 'location' || place.block === 'condition';
  if (!isOutside && !(isUpstream && isInside)) return undefined;
  const belongs = isUpstream ? '"http" or "stream"' : '"http", "stream" or "mail"';
  const reason = `this "${name}" block stands ${whereWords(place)}, and belongs directly in ${belongs}`;
  const message = nginxRefusal(reason, `"${name}" directive is not allowed here`);
  return { rule: 'misplaced-directive', span: words[0].span, message };
}

/**
 * Directives about peers that stand once in a block (`is duplicate` in ngx_http_proxy_pass, its sisters, and
 * ngx_http_upstream_bind_set_slot, ngx_http_core_resolver and their sisters in stream and mail).
 */
export function* duplicateDirectives(block: readonly NginxStatement[], place: Place): Iterable<Fault> {
  if (place.module === 'other' || place.block === 'data' || place.block === 'other') return;
  const seen = new Set<string>();
  for (const { words, block: inner, isTemplate } of block) {
    const [{ text, span }] = words;
    const name = text.value;
    if (inner !== undefined || isTemplate || !once.test(name)) continue;
    if (!seen.has(name)) {
      // Without a value it is a fault of its own.
      if (words.length > 1) seen.add(name);
      continue;
    }
    const reason = `"${name}" stands in this block already`;
    const message = nginxRefusal(reason, `"${name}" directive is duplicate`);
    yield { rule: 'duplicate-directive', span, message };
  }
}

const once = /^(?:resolver|(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_(?:pass|bind))$/;

/** The second upstream block of a name; names are compared in small letters (ngx_http_upstream_add). */
export function duplicateUpstream({ words, isTemplate }: NginxStatement): Fault | undefined {
  const value = words[1]?.text.value ?? '';
  const word = words[1];
  if (word === undefined || isTemplate || word.isTemplate || hasPlaceholder(value)) return undefined;
  const message = nginxRefusal(`there is an upstream "${value}" already`, `duplicate upstream "${value}"`);
  return { rule: 'duplicate-name', span: word.span, message };
}
