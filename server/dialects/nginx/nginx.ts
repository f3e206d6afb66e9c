import type { Dialect, ReadInputs } from '../../model/dialect';
import type { Transport } from '../../model/port';
import { emptyReading, type Mention, type Reading } from '../../model/reading';
import { isFileGlob } from '../../syntax/file-glob';
import { includePattern } from '../../syntax/include-pattern';
import { type NginxStatement, nginxTree } from '../../syntax/nginx/nginx-tree';
import { argumentCountFault } from './argument-counts';
import { blockFaults, duplicateDirectives, duplicateUpstream } from './block-faults';
import type { Directive, FileFacts, Findings } from './findings';
import { listenTransport, readListen } from './listen';
import { isForeign, looksLikeNginx } from './looks-like';
import { protocolFault } from './mail';
import { peerLineFault } from './misplaced';
import { isOtherPeer, readHealthCheck, readOtherPeer } from './others';
import { isPass, readPass, readStreamPass, readUpstreamServer } from './passes';
import { type Place, placeIn, rootPlace } from './places';
import { pathlessBlock } from './proxy-uri';
import { type ServerUse, serverUse } from './server-use';
import { nginxServers } from './servers';
import { readAccess, readAuthHttp, readBind, readResolver } from './services';
import { type SetScope, setScope } from './set-variables';
import { readSyslog } from './syslog';
import { portInName, readAltSvc, readSet, readUrls, urlWords } from './texts';
import { peerFaults, slotsOfUpstreams, upstreamKey } from './whole-file';

/**
 * nginx configurations: main files and the files they include, of http, stream and mail. Nearly every file is named
 * `*.conf`, as are those of many other programs, and other extensions claim all of them as `nginx` or `NGINX`: there
 * the text decides. The names and places that prove the kind are those of nginx's own editor support
 * (contrib/vim/ftdetect/nginx.vim) and of Linguist, as far as no other program uses them.
 */
export const nginx: Dialect = {
  id: 'nginx',
  title: 'nginx configuration',
  files: ['nginx.conf', '*.nginx', '*.nginxconf'],
  languages: [],
  paths: [
    ...['*/etc/nginx/*.conf', '*/usr/local/nginx/conf/*.conf', '*/nginx/conf.d/*.conf'],
    ...['*/nginx/sites-available/*.conf', '*/nginx/sites-enabled/*.conf', '*/nginx/stream.d/*.conf'],
  ],
  shared: {
    files: [
      ...[
        '*.conf',
        '*.conf.*',
        '*.vhost',
        '*.template',
        '*tmpl',
        '*tpl',
        '*.j2',
        '*.jinja',
        '*.erb',
        '*.inc',
      ],
      // Backups, which an include of all files of a folder loads.
      ...['*~', '#*#', '*.bak', '*.backup', '*.old', '*.orig', '*.save', '*.disabled', '*.dpkg-*', '*.rpm*'],
      ...['nginx', 'nginx.cfg', '*/etc/nginx/*', '*/sites-available/*', '*/sites-enabled/*'],
    ],
    languages: ['nginx', 'NGINX'],
  },
  looksLike: looksLikeNginx,
  companions: [],
  countsBeside: true,
  read,
};

/** The folders that the packages of Debian, of nginx.org's source and of FreeBSD keep nginx.conf in. */
const installed = ['/etc/nginx/', '/usr/local/nginx/conf/', '/usr/local/etc/nginx/'];

function read(text: string, { name, within }: ReadInputs): Reading {
  const tree = nginxTree(text);
  if (isForeign(tree)) return { ...emptyReading, includes: [] };
  const findings: Findings = { references: [], slots: [], faults: [], includes: [], dialled: [], passed: [] };
  const file: FileFacts = { text, isTemplate: tree.isTemplate || isTemplateName(name) };
  if (!tree.isTemplate) for (const fault of tree.faults) findings.faults.push(fault);
  const place = rootPlace(tree.statements, within);
  const isMain = place.block === 'main';
  const upstreams = new Set<string>();
  let areAll = isMain && !tree.isTemplate;
  const root: Block = {
    statements: tree.statements,
    place,
    owner: fileOwner,
    within: [],
    scope: setScope(tree.statements, undefined),
  };
  if (!file.isTemplate)
    for (const fault of duplicateDirectives(tree.statements, place)) findings.faults.push(fault);
  for (const { directive, within: blocks } of directives(root, file)) {
    const { statement, place: at } = directive;
    const [keyword, value] = statement.words;
    if (statement.block === undefined && keyword.text.value === 'include' && value !== undefined) {
      const pattern = includePattern(value.text.value, installed);
      if (!value.isTemplate) findings.includes.push({ span: value.span, pattern, within: blocks });
      if (at.block === 'main' || at.block === 'module') areAll &&= /(?:^|\/)mime\.types$/.test(pattern);
    } else if (statement.block !== undefined) {
      const inner = placeIn(at, statement);
      if (inner.block === 'upstream' && value !== undefined) {
        const key = upstreamKey(value.text.value, at);
        const fault = upstreams.has(key) && !file.isTemplate ? duplicateUpstream(statement) : undefined;
        if (fault !== undefined) findings.faults.push(fault);
        upstreams.add(key);
      }
      if (!file.isTemplate)
        for (const fault of blockFaults(directive, inner, text)) findings.faults.push(fault);
    } else {
      readDirective(directive, findings);
    }
  }
  for (const fault of peerFaults(findings.dialled, { names: upstreams, areAll })) findings.faults.push(fault);
  const portless = new Set(slotsOfUpstreams(findings.passed, upstreams));
  const mentions = mentionsOf(findings);
  return {
    references: findings.references,
    ...(mentions.length > 0 && { mentions }),
    slots: findings.slots.filter((slot) => !portless.has(slot)),
    faults: findings.faults.sort((a, b) => a.span.start - b.span.start),
    includes: findings.includes,
    nginx: nginxServers(tree, place, file.isTemplate, findings),
  };
}

/**
 * The files that are included by their paths, whatever they are called. All paths count from the folder of the main file, and
 * those in them do so as well (src/core/ngx_conf_file.c: ngx_conf_full_name).
 */
function mentionsOf({ includes }: Findings): readonly Mention[] {
  const plain = includes.flatMap(({ pattern }) =>
    pattern === '' || pattern.includes('$') || isFileGlob(pattern) ? [] : [pattern],
  );
  return [...new Set(plain)].map((path) => ({ path, dialect: 'nginx', from: '.' }));
}

/** A name that says that something else makes the real file of it. */
function isTemplateName(name: string): boolean {
  return /\.(?:template|[a-z]{0,2}tmpl|[a-z]?tpl|j2|jinja2?|erb|in|mustache|hbs)(?:$|\.)/i.test(name);
}

/** Directives that stand together, and what their surroundings are. */
interface Block {
  readonly statements: readonly NginxStatement[];
  readonly place: Place;
  readonly owner: string;
  readonly within: readonly string[];
  readonly parent?: string;
  readonly serverTransport?: Transport;
  readonly serverUse?: ServerUse;
  readonly pathless?: string;
  readonly scope?: SetScope;
}

interface Visit {
  readonly directive: Directive;
  readonly within: readonly string[];
}

/** Every directive that is one, in the order of the text; without recursion, since braces may be nested without end. */
function* directives(root: Block, file: FileFacts): Iterable<Visit> {
  const open: { readonly block: Block; next: number }[] = [{ block: root, next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { block } = top;
    const statement = block.statements[top.next++];
    if (statement === undefined) {
      open.pop();
      continue;
    }
    const { statements: _, within, ...around } = block;
    yield { directive: { ...around, statement, file }, within };
    if (statement.block !== undefined) open.push({ block: inside(block, statement), next: 0 });
  }
}

function inside(around: Block, statement: NginxStatement): Block {
  const { words, block = [] } = statement;
  const name = words[0].text.value;
  const place = placeIn(around.place, statement);
  const pathless = pathlessBlock(statement, around.place);
  const transport = isServer(statement) ? commonTransport(block, place) : around.serverTransport;
  return {
    statements: block,
    place,
    owner: ownerOf(statement, around.owner),
    // Nobody nests blocks this deep; the names of all blocks around would take quadratic room.
    within: around.within.length < deepestNamed ? [...around.within, name] : around.within,
    parent: name,
    scope: setScope(block, around.scope),
    ...(transport && { serverTransport: transport }),
    ...(isServer(statement) && { serverUse: serverUse(block, place) }),
    ...(pathless !== undefined && { pathless }),
  };
}

const deepestNamed = 16;

/** Words for what stands in no block. */
const fileOwner = 'nginx configuration';

function isServer({ words, block }: NginxStatement): boolean {
  return words[0].text.value === 'server' && words.length === 1 && block !== undefined;
}

/** The transport of all listeners of a server block, when there is just one. */
function commonTransport(block: readonly NginxStatement[], place: Place): Transport | undefined {
  const transports = new Set<Transport | undefined>();
  for (const statement of block) {
    const name = statement.words[0].text.value;
    if (name === 'include') return undefined;
    if (name === 'listen') transports.add(listenTransport({ statement, place }));
  }
  const [transport] = transports;
  return transports.size === 1 ? transport : undefined;
}

/** Words for messages: `server "example.org"`, `upstream "app"`. */
function ownerOf(statement: NginxStatement, around: string): string {
  const { words, block = [] } = statement;
  const name = words[0].text.value;
  if (isServer(statement)) {
    const named = block.find((each) => each.words[0].text.value === 'server_name');
    const serverName = named?.words[1]?.text.value ?? '';
    return serverName === '' || serverName === '_' ? 'server block' : `server "${shortened(serverName)}"`;
  }
  const value = words[1]?.text.value;
  if (name === 'upstream' && value !== undefined) return `upstream "${shortened(value)}"`;
  if (name === 'http' || name === 'stream' || name === 'mail') return `${name} block`;
  if (name === 'location' && (around === fileOwner || around === 'http block'))
    return `location "${shortened(words.at(-1)?.text.value ?? '')}"`;
  return around;
}

function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

function readDirective(directive: Directive, findings: Findings): void {
  const { statement, place, parent } = directive;
  const name = statement.words[0].text.value;
  if (place.block === 'data') return;
  const fault = argumentCountFault(directive) ?? peerLineFault(directive);
  if (fault !== undefined) findings.faults.push(fault);
  if (name === 'listen') readListen(directive, findings);
  else if (name === 'server') {
    if (place.block === 'upstream' || place.block === 'fragment') readUpstreamServer(directive, findings);
  } else if (isPass(name)) readPass(directive, findings);
  else if (name === 'pass') readStreamPass(directive, findings);
  else if (name === 'resolver') readResolver(directive, findings);
  else if (name === 'error_log' || name === 'access_log') readSyslog(directive, findings);
  else if (name === 'protocol') {
    const wrong = protocolFault(directive);
    if (wrong !== undefined) findings.faults.push(wrong);
  } else if (name === 'auth_http') readAuthHttp(directive, findings);
  else if (name === 'server_name') portInName(directive, findings);
  else if (name === 'health_check') readHealthCheck(directive, findings);
  else if (/^(?:proxy|grpc|fastcgi|uwsgi|scgi|memcached|tunnel)_bind$/.test(name))
    readBind(directive, findings);
  else if (/^(?:allow|deny|set_real_ip_from|debug_connection)$/.test(name)) readAccess(directive, findings);
  else if (isOtherPeer(name, parent)) readOtherPeer(directive, findings);
  else {
    if (name === 'set') readSet(directive, findings);
    if (name === 'add_header') readAltSvc(directive, findings);
    readUrls(directive, urlWords(directive), findings);
  }
}
