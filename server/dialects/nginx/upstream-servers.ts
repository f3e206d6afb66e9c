import type { Fault } from '../../model/fault';
import { nginxNumber } from '../../syntax/nginx/nginx-address';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import { hasPlaceholder } from '../../syntax/nginx/nginx-templates';
import type { NginxStatement } from '../../syntax/nginx/nginx-tree';
import { seconds } from './listen-parameters';

/**
 * The first word behind the address of `server` in an upstream block that nginx refuses (src/http/ngx_http_upstream.c:
 * ngx_http_upstream_server, and its sister in stream). The words of the commercial version and of relatives (`drain`)
 * are accepted, and so is a value under a name that nobody here knows.
 */
export function serverParameterFault(parameters: readonly NginxWord[]): Fault | undefined {
  const wrong = parameters.find(isNoParameter);
  if (wrong === undefined) return undefined;
  const { value } = wrong.text;
  const [, name = '', given = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
  return {
    rule: 'unknown-parameter',
    span: wrong.span,
    message: nginxRefusal(reasonOf(value, name, given), `invalid parameter "${value}"`),
  };
}

/** Parameters that stand alone. */
const flags: ReadonlySet<string> = new Set(['backup', 'down', 'resolve', 'drain']);

/** Parameters with a value, and whether nginx takes it. */
const valued: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['weight', (value: string) => (nginxNumber(value) ?? 0) !== 0],
  ['max_fails', isNumber],
  ['max_conns', isNumber],
  ['fail_timeout', (value: string) => seconds(value) !== undefined],
]);

function isNoParameter({ text: { value } }: NginxWord): boolean {
  if (hasPlaceholder(value) || flags.has(value)) return false;
  const equals = value.indexOf('=');
  if (equals < 0) return true;
  const name = value.slice(0, equals);
  const takes = valued.get(name);
  if (takes !== undefined) return !takes(value.slice(equals + 1));
  // Names are compared with their case.
  return name === '' || flags.has(name) || valued.has(name.toLowerCase());
}

function reasonOf(value: string, name: string, given: string): string {
  if (valued.has(name)) return `"${given}" is no value for "${name}"`;
  if (flags.has(name)) return `"${name}" takes no value`;
  if (valued.has(value)) return `"${value}" stands without a value: "${value}=…", without blanks`;
  const small = value.toLowerCase();
  if (flags.has(small)) return `"${value}" is written "${small}"`;
  if (/^:?[0-9]+$/.test(value))
    return `"${value}" is no parameter of a server; a port stands behind the host and a colon`;
  if (/:[0-9]+,?$/.test(value)) return `"${value}" is one address more than a server takes`;
  return `"${value}" is no parameter of a server`;
}

function isNumber(value: string): boolean {
  return nginxNumber(value) !== undefined;
}

/**
 * The fault of an upstream block as a whole (src/http/ngx_http_upstream.c: ngx_http_upstream, and
 * ngx_http_upstream_round_robin.c: ngx_http_upstream_init_round_robin; their sisters in stream): no server, or none but
 * backups. Other modules fill such blocks, too, and the commercial version those that have a zone: where a directive
 * stands that is not certain to add no server, nothing is said.
 *
 * @param remark What a comment says where the block holds nothing else.
 */
export function upstreamFault(
  { words, block = [] }: NginxStatement,
  remark: string | undefined,
): Fault | undefined {
  const [name, value] = words;
  // A lone remark that is no server commented out marks the place that a script fills.
  if (remark !== undefined && !/\bserver\b/.test(remark)) return undefined;
  if (value === undefined || words.length > 2) return undefined;
  const servers = block.filter((each) => nameOf(each) === 'server');
  const isKnown = block.every((each) => addsNoServer.test(nameOf(each)) || servers.includes(each));
  if (!isKnown || block.some(({ isTemplate, isOpen }) => isTemplate || isOpen)) return undefined;
  const rule = 'empty-upstream';
  if (servers.length === 0) {
    const reason = `the upstream "${value.text.value}" has no server`;
    return { rule, span: name.span, message: nginxRefusal(reason, 'no servers are inside upstream') };
  }
  const isBackup = (server: NginxStatement) =>
    server.words.slice(2).some(({ text }) => text.value === 'backup');
  const takesBackups = !block.some((each) => /^(?:ip_hash|hash|random)$/.test(nameOf(each)));
  if (!takesBackups || !servers.every(isBackup)) return undefined;
  const reason = `the upstream "${value.text.value}" has no server but backups`;
  const nginx = `no servers in upstream "${value.text.value}"`;
  return { rule, span: name.span, message: nginxRefusal(reason, nginx) };
}

const addsNoServer = /^(?:keepalive|keepalive_(?:requests|time|timeout)|ip_hash|hash|random|least_conn)$/;

function nameOf({ words }: NginxStatement): string {
  return words[0].text.value;
}
