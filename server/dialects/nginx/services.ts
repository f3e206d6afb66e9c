import type { Fault } from '../../model/fault';
import { isAddressFault, readNginxAddress } from '../../syntax/nginx/nginx-address';
import { isInet6Address, parseInetAddress } from '../../syntax/nginx/nginx-inet';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import { hasPlaceholder, longestWord } from '../../syntax/nginx/nginx-templates';
import { sourceSpan } from '../../syntax/sourced-text';
import { addressOf, type Directive, type Findings, portReason } from './findings';
import { seconds } from './listen-parameters';
import { readPeer } from './peers';

/** `resolver`: name servers, asked by UDP, port 53 where none is written (src/core/ngx_resolver.c: ngx_resolver_create). */
export function readResolver(directive: Directive, findings: Findings): void {
  const none = noNameServer(directive);
  if (none !== undefined) findings.faults.push(none);
  for (const word of directive.statement.words.slice(1)) {
    const { value } = word.text;
    const wrong = value.includes('=') && !directive.statement.isTemplate && isWrongOption(value);
    if (wrong) {
      const message = nginxRefusal(`"${value}" is no option of resolver`, `invalid parameter: ${value}`);
      findings.faults.push({ rule: 'unknown-parameter', span: word.span, message });
    }
    if (value.includes('=') || value === 'off') continue;
    const list = directive.statement.isTemplate ? undefined : addressList(word);
    if (list !== undefined) {
      findings.faults.push(list);
      continue;
    }
    const nginx = (address: string) => `in resolver "${address}"`;
    readPeer(directive, word, { from: 0, transport: 'udp', protocol: 'dns', nginx }, findings);
  }
}

/** Options alone; those that relatives of nginx know may bring name servers along. */
function noNameServer({ statement: { words, isTemplate, isOpen } }: Directive): Fault | undefined {
  const [{ span }, ...values] = words;
  const areOptions = values.every(({ text }) => /^(?:valid|ipv4|ipv6)=/.test(text.value));
  if (isTemplate || isOpen || values.length === 0 || !areOptions) return undefined;
  const message = nginxRefusal('no name server stands among the options', 'no name servers defined');
  return { rule: 'invalid-address', span, message };
}

/** IP addresses with commas between or behind them: nginx wants blanks, and takes the whole for one name. */
function addressList(word: NginxWord): Fault | undefined {
  const { value } = word.text;
  const parts = value.split(',');
  if (parts.length < 2 || parts[0] === '' || value.length > longestWord) return undefined;
  const addresses = parts.filter((part) => part !== '');
  const reads = addresses.map((part) => readNginxAddress(part, {}));
  if (!reads.every((read) => !isAddressFault(read) && read.kind === 'ipv4')) return undefined;
  const colon = value.indexOf(':');
  const nginx = colon >= 0 ? 'invalid port' : 'host not found';
  const reason = `name servers stand apart by blanks, not by commas`;
  const fix = { title: 'Put blanks in place of the commas', span: word.span, text: addresses.join(' ') };
  const message = nginxRefusal(reason, `${nginx} in resolver "${value}"`);
  return { rule: 'invalid-address', span: word.span, message, ...(!word.isQuoted && { fixes: [fix] }) };
}

function isWrongOption(value: string): boolean {
  if (hasPlaceholder(value) || value.includes('$')) return false;
  const [, name = '', given = ''] = /^([a-z0-9]+)=(.*)$/s.exec(value) ?? [];
  if (name === 'ipv4' || name === 'ipv6') return given !== 'on' && given !== 'off';
  return name === 'valid' && seconds(given) === undefined;
}

/** `auth_http` of mail: `[http://]host[:port]/path`, port 80 where none is written. */
export function readAuthHttp(directive: Directive, findings: Findings): void {
  const word = directive.statement.words[1];
  if (word === undefined || directive.place.module === 'http') return;
  const { value } = word.text;
  const nginx = (address: string) => `in auth_http "${address}"`;
  if (/^https:\/\//i.test(value)) {
    if (directive.statement.isTemplate) return;
    const span = sourceSpan(word.text, 0, 'https://'.length);
    const message = nginxRefusal('there is no https in auth_http', `invalid port ${nginx(value)}`);
    findings.faults.push({ rule: 'invalid-address', span, message });
    return;
  }
  const from = value.startsWith('http://') ? 'http://'.length : 0;
  readPeer(directive, word, { from, takesUri: true, transport: 'tcp', nginx }, findings);
}

/** `proxy_bind` and its sisters: the address, and the port, that nginx connects from (ngx_http_upstream_bind_set_slot). */
export function readBind({ owner, statement, place }: Directive, findings: Findings): void {
  const [, word, mode] = statement.words;
  if (word === undefined || statement.isTemplate || word.isTemplate || place.module === 'other') return;
  const { value } = word.text;
  if (mode !== undefined && !statement.isOpen && !isTransparent(mode)) findings.faults.push(wrongMode(mode));
  if (
    (value === 'off' && (mode === undefined || statement.isOpen)) ||
    value.includes('$') ||
    hasPlaceholder(value) ||
    value.length > longestWord
  )
    return;
  if (parseInetAddress(value) !== undefined || isInet6Address(value)) return;
  const read = readNginxAddress(value, {});
  const isAddress = !isAddressFault(read) && (read.kind === 'ipv4' || read.kind === 'ipv6');
  if (isAddressFault(read) || !isAddress || read.port === undefined || read.ports === undefined) {
    findings.faults.push(wrongBind(word));
    return;
  }
  const address = addressOf(value, read);
  findings.references.push({
    span: word.span,
    portSpan: sourceSpan(word.text, read.port.from, read.port.to),
    ports: read.ports,
    transport: 'tcp',
    role: 'source',
    ...(address && { address }),
    owner,
  });
}

function isTransparent({ text: { value } }: NginxWord): boolean {
  return value === 'transparent' || hasPlaceholder(value);
}

function wrongMode({ span, text: { value } }: NginxWord): Fault {
  const message = nginxRefusal(
    `"${value}" is no parameter of it; only "transparent" is`,
    `invalid parameter "${value}"`,
  );
  return { rule: 'unknown-parameter', span, message };
}

function wrongBind({ text }: NginxWord): Fault {
  const { value } = text;
  const [, host = '', port] = /^(.*?):([^:\]]*)$/s.exec(value) ?? [];
  const isPort = port !== undefined && parseInetAddress(host) !== undefined;
  const span = sourceSpan(text, isPort ? host.length + 1 : 0, value.length);
  const reason = isPort ? portReason(port, span).reason : `"${value}" is not an IP address`;
  const rule = isPort ? 'invalid-port' : 'invalid-address';
  return { rule, span, message: nginxRefusal(reason, `invalid address "${value}"`) };
}

/** `allow`, `deny` and the like take addresses without ports. */
export function readAccess({ statement, place }: Directive, findings: Findings): void {
  const word = statement.words[1];
  if (word === undefined || statement.isTemplate || place.module === 'other') return;
  const port = /^(?:[0-9.]+(?:\/[0-9]+)?|\[[0-9a-f:.]+\])(:[0-9]+)$/i.exec(word.text.value)?.[1];
  if (port === undefined) return;
  const { value } = word.text;
  const span = sourceSpan(word.text, value.length - port.length, value.length);
  const name = statement.words[0].text.value;
  const isRule = name === 'allow' || name === 'deny';
  const nginx = isRule ? `invalid parameter "${value}"` : `host not found in ${name} "${value}"`;
  const message = nginxRefusal(`no port can stand here; "${name}" is about every port`, nginx);
  const fixes = [{ title: `Leave "${port}" out`, span, text: '' }];
  findings.faults.push({ rule: 'unexpected-port', span, message, fixes });
}
