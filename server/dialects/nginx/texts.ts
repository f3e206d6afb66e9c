import type { PortReference } from '../../model/port';
import { nginxNumber } from '../../syntax/nginx/nginx-address';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { longestWord } from '../../syntax/nginx/nginx-templates';
import { trap } from '../../syntax/refusal';
import { type SourcedText, sourceSpan } from '../../syntax/sourced-text';
import type { Directive, Findings } from './findings';
import { loosePort, looseReference } from './loose-ports';
import { gapSlot, portSlots } from './port-slots';

/** The words of a directive that hold URLs. */
export function urlWords({ statement }: Directive): readonly NginxWord[] {
  const [{ text }, ...words] = statement.words;
  switch (text.value) {
    case 'return':
      // A body behind another code may hold any text.
      return words.length === 1 || /^30[12378]$/.test(words[0]?.text.value ?? '') ? words.slice(-1) : [];
    case 'rewrite':
      return words.slice(1, 2);
    case 'error_page':
      return words.slice(-1);
    case 'proxy_redirect':
      return words;
    case 'add_header':
      return words[0]?.text.value.toLowerCase() === 'location' ? words.slice(1, 2) : [];
    case 'set':
      return words.slice(1, 2);
    case 'ssl_ocsp_responder':
    case 'ssl_stapling_responder':
    case 'js_fetch_proxy':
      return words.slice(0, 1);
    default:
      return [];
  }
}

/** Nobody writes more of them in one word. */
const mostUrls = 16;

/**
 * The directives whose URLs nginx sends to browsers or compares with what a server answers: to it they are mere
 * characters (ngx_http_core_module, ngx_http_rewrite_module, ngx_http_headers_module, `proxy_redirect`).
 */
const linking: ReadonlySet<string> = new Set([
  'return',
  'rewrite',
  'error_page',
  'proxy_redirect',
  'add_header',
]);

/** Reads the ports that stand in the URLs of a text as digits. */
export function readUrls(
  { owner, statement }: Directive,
  words: readonly NginxWord[],
  findings: Findings,
): void {
  if (statement.isTemplate) return;
  const role = linking.has(statement.words[0].text.value) ? 'link' : 'connect';
  for (const { text } of words) {
    if (text.value.length > longestWord) continue;
    let left = mostUrls;
    for (const found of text.value.matchAll(/(?:https?|wss?|\$[a-z_]*(?:scheme|proto)):\/\//gi)) {
      if (left-- === 0) break;
      const loose = loosePort(text.value, found.index + found[0].length, false);
      const reference = loose && looseReference(text, loose, { role, owner, transport: 'tcp' });
      if (reference?.ports !== undefined) findings.references.push(reference);
    }
  }
}

/** `add_header Alt-Svc 'h3=":443"'` tells browsers the UDP port of HTTP/3. */
export function readAltSvc({ owner, statement }: Directive, findings: Findings): void {
  const [, name, word] = statement.words;
  if (name?.text.value.toLowerCase() !== 'alt-svc' || word === undefined || statement.isTemplate) return;
  if (word.text.value.length > longestWord) return;
  for (const found of word.text.value.matchAll(/(?<=\bh3(?:-[0-9]{2})?="[^":]{0,99}:)[0-9]{1,5}(?=")/g)) {
    const part = { from: found.index, to: found.index + found[0].length };
    const reference = declared(word.text, part, owner);
    if (reference !== undefined) findings.references.push({ ...reference, transport: 'udp' });
  }
}

/**
 * `set $upstream_port 8080`: a variable whose name says that it holds a port. A host with a port in a variable that
 * is named after a server (`set $upstream app:8080`) is a peer.
 */
export function readSet({ owner, statement, file }: Directive, findings: Findings): void {
  const [keyword, variable, word] = statement.words;
  const name = /^\$([A-Za-z0-9_]+)$/.exec(variable?.text.value ?? '')?.[1];
  if (keyword.text.value !== 'set' || name === undefined || variable === undefined) return;
  if (isPortName(name)) {
    const base = { role: 'declare', owner } as const;
    if (word === undefined || word.startsLine)
      findings.slots.push(gapSlot(file.text, variable.span.end, base));
    if (word === undefined || word.text.value.length > longestWord || word.isTemplate) return;
    const whole = { from: 0, to: word.text.value.length };
    findings.slots.push(...portSlots(word.text, whole, base));
    const isNumber = /^[0-9]+$/.test(word.text.value);
    const found = isNumber
      ? declared(word.text, whole, owner)
      : /^\$\{[A-Z_]|^\$[A-Z_]/.test(word.text.value)
        ? looseReference(word.text, { host: { from: 0, to: 0 }, port: whole }, base)
        : undefined;
    if (found !== undefined) findings.references.push(found);
  } else if (word !== undefined && isPeerName(name)) {
    const loose = loosePort(word.text.value, 0, false);
    if (loose === undefined || !isHostPort(word.text.value)) return;
    const about = { role: 'connect', owner } as const;
    findings.slots.push(...portSlots(word.text, loose.port, about));
    const found = looseReference(word.text, loose, about);
    if (found !== undefined) findings.references.push(found);
  }
}

function declared(
  word: SourcedText,
  { from, to }: { from: number; to: number },
  owner: string,
): PortReference | undefined {
  const port = nginxNumber(word.value.slice(from, to)) ?? 0;
  if (port < 1) return undefined;
  const span = sourceSpan(word, from, to);
  return { span, portSpan: span, ports: { first: port, last: port }, role: 'declare', owner };
}

/** PORT as the last word of a name: `port`, `upstream_port`, `upstreamPort`. */
function isPortName(name: string): boolean {
  return /(?:^|_)port$/i.test(name) || /[a-z0-9]Port$/.test(name);
}

function isPeerName(name: string): boolean {
  return /upstream|backend|server|host|addr|target|proxy|endpoint|origin/i.test(name);
}

function isHostPort(value: string): boolean {
  return (
    value.length <= longestWord &&
    /^(?:[A-Za-z0-9_.-]*[A-Za-z_.][A-Za-z0-9_.-]*|\[[0-9a-f:.]+\]):[0-9]{1,5}$/i.test(value)
  );
}

/** A name with a port in `server_name` fits no request: nginx compares the name alone. */
export function portInName({ statement, place }: Directive, findings: Findings): void {
  // In mail it is the name that nginx greets with.
  if (statement.isTemplate || statement.isOpen || place.module === 'mail') return;
  for (const { text, isTemplate } of statement.words.slice(1)) {
    const port = /^[^~].*?(:[0-9]+)$/s.exec(text.value.slice(0, longestWord))?.[1];
    if (port === undefined || isTemplate || text.value.length > longestWord) continue;
    const span = sourceSpan(text, text.value.length - port.length, text.value.length);
    const reason = `"${text.value}" fits no request: nginx takes the port off before it compares names`;
    const fixes = [{ title: `Leave "${port}" out`, span, text: '' }];
    findings.faults.push({ rule: 'port-in-name', span, message: trap(reason), fixes });
  }
}
