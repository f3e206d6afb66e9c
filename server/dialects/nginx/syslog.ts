import type { Fault } from '../../model/fault';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import { hasPlaceholder } from '../../syntax/nginx/nginx-templates';
import { sourceSpan, subText } from '../../syntax/sourced-text';
import type { Directive, Findings } from './findings';
import { readPeer } from './peers';

const scheme = 'syslog:';
const serverKey = 'server=';

/** The log server of `error_log` and `access_log` (src/core/ngx_syslog.c): `syslog:server=host:port,…`, UDP, port 514. */
export function readSyslog(directive: Directive, findings: Findings): void {
  const word = directive.statement.words[1];
  if (word === undefined || !word.text.value.startsWith(scheme)) return;
  const { value } = word.text;
  const isJudged = !directive.statement.isTemplate && !word.isTemplate && !hasPlaceholder(value);
  const fault = isJudged && !value.includes('$') ? optionFault(word) : undefined;
  if (fault !== undefined) findings.faults.push(fault);
  for (const { from, to } of options(value)) {
    if (!value.startsWith(serverKey, from)) continue;
    const text = subText(word.text, from + serverKey.length, to);
    const nginx = (address: string) => `in syslog server "${address}"`;
    const form = {
      ...({ from: 0, transport: 'udp', protocol: 'syslog' } as const),
      ...{ nginx, isJudged: fault === undefined },
    };
    readPeer(directive, { ...word, text }, form, findings);
  }
}

function* options(value: string): Iterable<{ readonly from: number; readonly to: number }> {
  let from = scheme.length;
  for (const option of value.slice(from).split(',')) {
    yield { from, to: from + option.length };
    from += option.length + 1;
  }
}

/** The first option that nginx refuses for what it is (ngx_syslog_parse_args), or that there is no server among them. */
function optionFault({ text, span }: NginxWord): Fault | undefined {
  const { value } = text;
  let hasServer = false;
  for (const { from, to } of options(value)) {
    const option = value.slice(from, to);
    const isServer = option.startsWith(serverKey);
    const wrong = isServer && hasServer ? secondServer : wrongOption(option);
    hasServer ||= isServer;
    if (wrong === undefined) continue;
    // Where nothing stands, the mark next to it is to blame.
    const at = to > from ? sourceSpan(text, from, to) : sourceSpan(text, from - 1, from);
    return { rule: 'unknown-parameter', span: at, message: nginxRefusal(wrong.reason, wrong.nginx) };
  }
  if (hasServer) return undefined;
  const message = nginxRefusal('there is no "server=" to log to', 'no syslog server specified');
  return { rule: 'invalid-address', span, message };
}

interface Wrong {
  readonly reason: string;
  readonly nginx: string;
}

const secondServer: Wrong = {
  reason: 'a log has one server; another one needs a directive of its own',
  nginx: 'duplicate syslog "server"',
};

/** Twice the same facility and the like are left to nginx: this is about servers and their ports. */
function wrongOption(option: string): Wrong | undefined {
  const [, key = '', given = ''] = /^([a-z]+)=(.*)$/s.exec(option) ?? [];
  if (option === 'nohostname' || key === 'server' || key === 'tag') return undefined;
  const known = key === 'facility' ? facilities : key === 'severity' ? severities : undefined;
  if (known?.has(given)) return undefined;
  if (known !== undefined)
    return { reason: `"${given}" is no ${key} of syslog`, nginx: `unknown syslog ${key} "${given}"` };
  const nginx = `unknown syslog parameter "${option}"`;
  if (option === '') return { reason: 'nothing stands at this place of the list; it takes no blanks', nginx };
  const isAddress = /^[A-Za-z0-9_.[\]-]+(?::[0-9]+)?$/.test(option) && /[.:[]/.test(option);
  if (isAddress) return { reason: `an address stands behind "server=": "server=${option}"`, nginx };
  if (key === 'port') return { reason: 'the port stands behind the address and a colon', nginx };
  return { reason: `"${option}" is no option of a syslog server`, nginx };
}

/** src/core/ngx_syslog.c: facilities and severities. */
const facilities: ReadonlySet<string> = new Set([
  ...['kern', 'user', 'mail', 'daemon', 'auth', 'intern', 'lpr', 'news', 'uucp', 'clock', 'authpriv', 'ftp'],
  ...['ntp', 'audit', 'alert', 'cron', 'local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6'],
  'local7',
]);

const severities: ReadonlySet<string> = new Set([
  ...['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'],
]);
