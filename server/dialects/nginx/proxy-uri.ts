import type { Fault } from '../../model/fault';
import type { NginxAddress } from '../../syntax/nginx/nginx-address';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import type { NginxStatement } from '../../syntax/nginx/nginx-tree';
import { sourceSpan } from '../../syntax/sourced-text';
import type { Place } from './places';

/**
 * The fault of a path behind the address of `proxy_pass` in a block that has no prefix which the path could take the
 * place of (src/http/modules/ngx_http_proxy_module.c: ngx_http_proxy_pass).
 *
 * @param block Words for the block, as `pathlessBlock` answers them.
 */
export function proxyUriFault({ text }: NginxWord, read: NginxAddress, block: string): Fault | undefined {
  const { value } = text;
  const bracket = read.kind === 'ipv6' ? 1 : 0;
  const from = read.port?.to ?? read.host.to + bracket;
  if (from >= value.length) return undefined;
  const span = sourceSpan(text, from, value.length);
  const path = value.slice(from);
  // The colon alone ends the path of a socket.
  if (path === ':') return undefined;
  const reason = `no "${path.replace(/^:/, '')}" can follow the address in ${block}: there is no prefix that it could take the place of`;
  return {
    rule: 'unexpected-path',
    span,
    message: nginxRefusal(
      reason,
      '"proxy_pass" cannot have URI part in location given by regular expression',
    ),
    fixes: [{ title: `Leave "${path}" out`, span, text: '' }],
  };
}

/** Words for a block in which `proxy_pass` takes no path; undefined for one that may be all right. */
export function pathlessBlock({ words }: NginxStatement, around: Place): string | undefined {
  const [name, first, second, third] = words.map(({ text }) => text.value);
  if (name === 'limit_except') return 'a "limit_except" block';
  if (name === 'if') return around.block === 'location' ? 'an "if" block' : undefined;
  // A relative of nginx has locations of several patterns.
  if (name !== 'location' || first === undefined || third !== undefined) return undefined;
  const isRegular = second === undefined ? first.startsWith('~') : first === '~' || first === '~*';
  if (isRegular) return 'a location with a regular expression';
  return second === undefined && first.startsWith('@') ? 'a named location' : undefined;
}
