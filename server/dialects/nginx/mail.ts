import type { Fault } from '../../model/fault';
import type { Protocol } from '../../model/port';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import { hasPlaceholder } from '../../syntax/nginx/nginx-templates';
import type { NginxStatement } from '../../syntax/nginx/nginx-tree';
import type { Directive } from './findings';
import { misplaced } from './misplaced';

/** The protocols of mail (src/mail: the names of ngx_mail_protocol_t in smtp, pop3 and imap). */
const protocols: ReadonlySet<string> = new Set<Protocol>(['smtp', 'pop3', 'imap']);

/** The protocol that a name is to mail; undefined for one that nginx refuses. */
export function mailProtocol(name: string): Protocol | undefined {
  return protocols.has(name) ? (name as Protocol) : undefined;
}

/** What nginx refuses of `protocol` in mail (src/mail/ngx_mail_core_module.c: ngx_mail_core_protocol). */
export function protocolFault(directive: Directive): Fault | undefined {
  const { statement, place, file } = directive;
  if (place.module !== 'mail' || statement.isTemplate || statement.isOpen) return undefined;
  const [, word, more] = statement.words;
  if (word === undefined || more !== undefined) return undefined;
  const { value } = word.text;
  if (hasPlaceholder(value) || (file.isTemplate && value.includes('$'))) return undefined;
  const wrongPlace = misplaced(directive, ['server']);
  if (wrongPlace !== undefined || protocols.has(value)) return wrongPlace;
  const plain = value.toLowerCase().replace(/s$/, '');
  const isSecure = protocols.has(plain) && /s$/i.test(value);
  const reason = isSecure
    ? `"${value}" is no protocol of mail: it is "${plain}", and "ssl" behind the port of listen makes it secure`
    : `"${value}" is no protocol of mail; there are smtp, pop3 and imap`;
  const fixes = protocols.has(plain) && {
    fixes: [{ title: `Write "${plain}"`, span: word.span, text: plain }],
  };
  const message = nginxRefusal(reason, `unknown protocol "${value}"`);
  return { rule: 'unknown-mail-protocol', span: word.span, message, ...fixes };
}

/**
 * The servers of a mail block that nobody tells where to ask for the server behind them
 * (src/mail/ngx_mail_auth_http_module.c: ngx_mail_auth_http_merge_srv_conf). The answer may stand in an included file,
 * or belong to another module: then nothing is said.
 */
export function* authHttpFaults({ words, block = [] }: NginxStatement): Iterable<Fault> {
  if (words.length > 1 || !block.every(isOwn) || named(block, 'auth_http')) return;
  for (const server of block) {
    if (nameOf(server) !== 'server' || server.block === undefined || server.isTemplate) continue;
    if (server.words.length > 1 || !server.block.every(isOwn) || named(server.block, 'auth_http')) continue;
    const reason = 'nothing tells this mail server where to ask for the server behind it';
    const message = nginxRefusal(reason, 'no "auth_http" is defined for server');
    yield { rule: 'missing-directive', span: server.words[0].span, message };
  }
}

function named(block: readonly NginxStatement[], name: string): boolean {
  return block.some((each) => nameOf(each) === name);
}

/** Nothing that adds directives or is another module's. */
function isOwn(statement: NginxStatement): boolean {
  return !statement.isTemplate && !statement.isOpen && own.test(nameOf(statement));
}

const own =
  /^(?:server|listen|protocol|server_name|timeout|max_errors|starttls|xclient|error_log|resolver(?:_timeout)?|(?:auth_http|proxy|ssl|smtp|imap|pop3)(?:_[a-z_]+)?)$/;

function nameOf({ words }: NginxStatement): string {
  return words[0].text.value;
}
