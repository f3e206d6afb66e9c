import type { Fault } from '../../model/fault';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import type { Directive } from './findings';

/** How many values a directive takes, and what it is without one. */
interface Count {
  readonly most?: number;
  readonly missing: { readonly rule: string; readonly what: string };
}

const address = { rule: 'invalid-address', what: 'no address' };

const counts: ReadonlyMap<string, Count> = new Map([
  ...['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc', 'memcached'].flatMap((module): [string, Count][] => [
    // That a second value is one too many is told where the first one is read.
    [`${module}_pass`, { missing: address }],
    [`${module}_bind`, { missing: address, most: 2 }],
  ]),
  ['resolver', { missing: address }],
  ['server', { missing: address }],
  ['auth_http', { missing: address, most: 1 }],
  ['protocol', { missing: { rule: 'unknown-mail-protocol', what: 'no protocol' }, most: 1 }],
]);

/** The fault of a directive about peers with too few or too many values (src/core/ngx_conf_file.c: ngx_conf_handler). */
export function argumentCountFault({ statement, place }: Directive): Fault | undefined {
  const [name, ...values] = statement.words;
  const { value } = name.text;
  const count = counts.get(value);
  if (count === undefined || statement.isTemplate || statement.isOpen || !isOwn(value, place))
    return undefined;
  const nginx = `invalid number of arguments in "${value}" directive`;
  if (values.length === 0) {
    const { rule, what } = count.missing;
    return { rule, span: name.span, message: nginxRefusal(`${what} follows "${value}"`, nginx) };
  }
  const more = values[count.most ?? values.length];
  if (more === undefined) return undefined;
  const reason = `"${more.text.value}" is one value more than ${value} takes`;
  return { rule: 'unknown-parameter', span: more.span, message: nginxRefusal(reason, nginx) };
}

/** Blocks of other modules have directives under the same names. */
function isOwn(name: string, { module, block }: Directive['place']): boolean {
  if (name === 'server') return block === 'upstream';
  if (name === 'auth_http' || name === 'protocol') return module === 'mail';
  return module !== 'other' && block !== 'other';
}
