import type { Fault } from '../../model/fault';
import type { Protocol } from '../../model/port';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { nginxRefusal } from '../../syntax/nginx/nginx-refusal';
import { hasPlaceholder } from '../../syntax/nginx/nginx-templates';
import type { Directive, Findings } from './findings';
import { loosePort, looseReference } from './loose-ports';
import { misplaced } from './misplaced';
import { noPort, numberAsHost, readPeer } from './peers';
import { gapSlot, peerSlots } from './port-slots';
import { proxyUriFault } from './proxy-uri';
import { serverParameterFault } from './upstream-servers';

/** What may stand in front of the address. */
const schemes: ReadonlyMap<string, RegExp> = new Map([
  ['proxy_pass', /^https?:\/\//i],
  ['grpc_pass', /^grpcs?:\/\//i],
  ['uwsgi_pass', /^s?uwsgi:\/\//i],
]);

/** What they speak; `proxy_pass` and gRPC's speak what browsers do. */
const protocols: ReadonlyMap<string, Protocol> = new Map([
  ['fastcgi_pass', 'fastcgi'],
  ['uwsgi_pass', 'uwsgi'],
  ['scgi_pass', 'scgi'],
  ['memcached_pass', 'memcached'],
]);

const passes: ReadonlySet<string> = new Set([
  ...['proxy_pass', 'grpc_pass', 'uwsgi_pass', 'fastcgi_pass', 'scgi_pass', 'memcached_pass', 'tunnel_pass'],
]);

/** Tells whether a directive hands requests on to an address or an upstream block. */
export function isPass(name: string): boolean {
  return passes.has(name);
}

/**
 * Reads `proxy_pass` and its sisters (src/http/modules: ngx_http_proxy_pass, ngx_http_fastcgi_pass and so on;
 * src/stream: ngx_stream_proxy_pass). With a variable in it, the value is taken apart at run time only.
 */
export function readPass(directive: Directive, findings: Findings): void {
  const { statement, place } = directive;
  const [name, word, more] = statement.words;
  const pass = name.text.value;
  const blocks =
    pass === 'proxy_pass' && place.module !== 'http'
      ? (['server', 'location'] as const)
      : (['location'] as const);
  const inWrongPlace = statement.isTemplate ? undefined : misplaced(directive, blocks);
  if (inWrongPlace !== undefined) findings.faults.push(inWrongPlace);
  const isStream = place.module === 'stream';
  const isHttp = pass === 'proxy_pass' && !isStream;
  const protocol = protocols.get(pass);
  const transport = isStream ? directive.serverTransport : 'tcp';
  const about = {
    ...({ role: 'connect', owner: directive.owner } as const),
    ...(transport && { transport }),
    ...(protocol && { protocol }),
  };
  const isKnown = inWrongPlace === undefined && !statement.isTemplate && place.module !== 'unknown';
  if (isKnown && (word === undefined || word.startsLine))
    findings.slots.push(
      gapSlot(directive.file.text, name.span.end, isHttp ? { ...about, before: 'http://' } : about, 'peer'),
    );
  if (word === undefined) return;
  if (more !== undefined && !statement.isTemplate && !statement.isOpen)
    findings.faults.push(secondValue(pass, more));
  const { value } = word.text;
  const scheme = isStream ? undefined : schemes.get(pass)?.exec(value)?.[0];
  const isPlain = !value.includes('$') && !hasPlaceholder(value) && !word.isTemplate;
  if (isHttp && scheme === undefined && isPlain && place.module === 'http') {
    if (!statement.isTemplate && inWrongPlace === undefined) findings.faults.push(noScheme(word));
    const port = loosePort(value, 0, false);
    const found = port && looseReference(word.text, port, about);
    if (port === undefined && isKnown && !word.startsLine && !value.includes('/'))
      findings.slots.push(...peerSlots(word.text, 0, { ...about, before: 'http://' }));
    if (found !== undefined) findings.references.push({ ...found, isRefused: true });
    return;
  }
  const from = scheme?.length ?? (isPlain ? 0 : looseScheme(value));
  // In a fragment it may be that of stream, which has no schemes.
  const isEither = isHttp && place.module === 'unknown' && from === 0;
  const form = {
    ...(protocol && { protocol }),
    ...{ from, takesUri: isHttp && scheme !== undefined, takesVariables: true, isUpstream: true as const },
    nginx: (address: string) => `in upstream "${address}"`,
    ...(transport && !isEither && { transport }),
  };
  const known = findings.slots.length;
  const read = readPeer(directive, word, form, findings);
  for (const slot of findings.slots.slice(known)) findings.passed.push({ slot, place });
  if (read !== undefined && isHttp && directive.pathless !== undefined && !statement.isTemplate) {
    const path = proxyUriFault(word, read, directive.pathless);
    if (path !== undefined) findings.faults.push(path);
  }
  if (read === undefined || read.kind === 'unix' || isEither) return;
  const defaultPort = isHttp ? (/^https/i.test(scheme ?? '') ? 443 : 80) : undefined;
  findings.dialled.push({ directive, word, read, ...(defaultPort && { defaultPort }) });
}

/** `http://$host:80`, `$scheme://$host:80`: where a value with variables has its address. */
function looseScheme(value: string): number {
  const sign = value.indexOf('://');
  return sign < 0 || !/^[A-Za-z${}_]*$/.test(value.slice(0, sign)) ? 0 : sign + 3;
}

function noScheme({ span, text }: NginxWord): Fault {
  const reason = `"${text.value}" has no "http://" or "https://" in front`;
  const start = { start: span.start, end: span.start };
  const isBare = span.end - span.start === text.value.length;
  const fixes = isBare &&
    /^[A-Za-z0-9_.[\]:-]+(?:\/|$)/.test(text.value) && {
      fixes: [{ title: 'Put "http://" in front', span: start, text: 'http://' }],
    };
  return { rule: 'invalid-address', span, message: nginxRefusal(reason, 'invalid URL prefix'), ...fixes };
}

function secondValue(name: string, { span, text }: NginxWord): Fault {
  const nginx = `invalid number of arguments in "${name}" directive`;
  return {
    rule: 'unknown-parameter',
    span,
    message: nginxRefusal(`"${text.value}" is one value more than ${name} takes`, nginx),
  };
}

/** `pass` of stream hands a connection on to a listener of this nginx (src/stream/ngx_stream_pass_module.c). */
export function readStreamPass(directive: Directive, findings: Findings): void {
  const { statement, place, serverTransport } = directive;
  const word = statement.words[1];
  if (place.module !== 'stream' || place.block !== 'server' || word === undefined) return;
  const nginx = (address: string) => `in "${address}" of the "pass" directive`;
  const form = {
    from: 0,
    takesVariables: true,
    nginx,
    ...(serverTransport && { transport: serverTransport }),
  };
  const read = readPeer(directive, word, form, findings);
  if (read === undefined || statement.isTemplate || read.kind === 'unix') return;
  if (read.kind === 'name') {
    const reason = `"${word.text.value}" is no IP address, and pass looks up no names`;
    const message = nginxRefusal(reason, '"pass" directive has no addresses');
    findings.faults.push({ rule: 'invalid-address', span: word.span, message });
  } else if (read.port === undefined) {
    findings.faults.push(noPort(word, read, '"pass" directive has no port'));
  }
}

/**
 * Reads `server` in an upstream block (src/http/ngx_http_upstream.c: ngx_http_upstream_server, and its sister in
 * stream). In http port 80 is the default, in stream a port is mandatory.
 */
export function readUpstreamServer(directive: Directive, findings: Findings): void {
  const { statement, place } = directive;
  const [name, word, ...parameters] = statement.words;
  const transport = place.module === 'http' && ({ transport: 'tcp' } as const);
  // In a fragment what is typed may become a server block.
  const isUpstream = place.block === 'upstream' && !statement.isTemplate;
  if (isUpstream && (word === undefined || word.startsLine)) {
    const base = { role: 'connect', owner: directive.owner, ...transport } as const;
    findings.slots.push(gapSlot(directive.file.text, name.span.end, base, 'peer'));
  }
  if (word === undefined) return;
  const wrong = statement.isTemplate || statement.isOpen ? undefined : serverParameterFault(parameters);
  if (wrong !== undefined) findings.faults.push(wrong);
  const nginx = (address: string) => `in upstream "${address}"`;
  // nginx judges the parameters before the address, and stops at the first fault.
  const form = {
    ...{ from: 0, nginx, isJudged: wrong === undefined, ...transport },
    ...(isUpstream && { isUpstream }),
  };
  const read = readPeer(directive, word, form, findings);
  if (read === undefined || read.kind === 'unix' || read.port !== undefined || statement.isTemplate) return;
  const isService = parameters.some(
    ({ text }) => text.value.startsWith('service=') || hasPlaceholder(text.value),
  );
  if (place.module === 'stream') {
    if (!isService) findings.faults.push(noPort(word, read, `no port in upstream "${word.text.value}"`));
  } else {
    const trap = numberAsHost(word, read, 80);
    if (trap !== undefined) findings.faults.push(trap);
  }
}
