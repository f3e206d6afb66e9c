import { dataBlocks } from '../../syntax/nginx/nginx-directives';
import type { NginxStatement } from '../../syntax/nginx/nginx-tree';

/** The module whose directives stand in a block; `other` for modules that are not nginx's own (rtmp). */
export type Module = 'http' | 'stream' | 'mail' | 'other' | 'unknown';

/** Where a directive stands, as far as the text, or the file that includes it, tells. */
export interface Place {
  readonly module: Module;
  /**
   * - `main`: outside of all blocks of a main file; `fragment`: outside of all blocks of a file that another includes.
   * - `module`: in `http`, `stream` or `mail` themselves.
   * - `location`: in `location`, or in an `if` or `limit_except` there; `condition`: in an `if` of a server block.
   * - `data`: in a block whose lines are no directives.
   * - `other`: in a block that is not nginx's own.
   */
  readonly block:
    | 'main'
    | 'fragment'
    | 'module'
    | 'events'
    | 'server'
    | 'condition'
    | 'location'
    | 'upstream'
    | 'data'
    | 'other';
}

/**
 * Where the directives of a whole text stand: in the blocks `within` that its includer gives it, else outside of all
 * blocks when it holds one that can only stand there, else somewhere in a file that includes it. What its server
 * blocks hold tells the module.
 */
export function rootPlace(
  statements: readonly NginxStatement[],
  within: readonly string[] | undefined,
): Place {
  if (statements.some(isMainBlock)) return { module: 'unknown', block: 'main' };
  const fragment: Place = { module: moduleOf(statements), block: 'fragment' };
  return (within ?? []).reduce(
    (place: Place, name) => inner(place, name, name === 'upstream' ? 2 : 1),
    fragment,
  );
}

/** Where the directives in a block stand. */
export function placeIn(place: Place, { words, block = [] }: NginxStatement): Place {
  const found = inner(place, words[0].text.value, words.length);
  if (found.block !== 'server' || found.module !== 'unknown') return found;
  return { ...found, module: serverModule(block) };
}

function inner(place: Place, name: string, words: number): Place {
  const { module, block } = place;
  if (block === 'data' || dataBlocks.has(name)) return { module, block: 'data' };
  const isOutside = block === 'main' || block === 'fragment';
  if (isOutside && words === 1) {
    if (name === 'http' || name === 'stream' || name === 'mail') return { module: name, block: 'module' };
    if (name === 'events') return { module: 'unknown', block: 'events' };
  }
  if (name === 'server' && words === 1) return { module, block: 'server' };
  if (name === 'upstream' && words === 2 && module !== 'other') return { module, block: 'upstream' };
  if (name === 'location' || name === 'if' || name === 'limit_except') {
    const isCondition = name === 'if' && (block === 'server' || block === 'condition');
    return { module: module === 'unknown' ? 'http' : module, block: isCondition ? 'condition' : 'location' };
  }
  return { module: 'other', block: 'other' };
}

function isMainBlock({ words, block }: NginxStatement): boolean {
  return (
    block !== undefined && words.length === 1 && /^(?:http|stream|mail|events)$/.test(words[0].text.value)
  );
}

/** All directives of a fragment stand in one place of its includer, so one of them can tell for all. */
function moduleOf(statements: readonly NginxStatement[]): Module {
  const modules = new Set(statements.map(statementModule).filter((module) => module !== 'unknown'));
  const [module] = modules;
  return modules.size === 1 && module !== undefined ? module : 'unknown';
}

function statementModule({ words, block }: NginxStatement): Module {
  const name = words[0].text.value;
  if (name === 'server' && words.length === 1 && block !== undefined) return serverModule(block);
  return httpAnywhere.test(name) ? 'http' : 'unknown';
}

function serverModule(statements: readonly NginxStatement[]): Module {
  for (const { words } of statements) {
    const name = words[0].text.value;
    if (httpAnywhere.test(name) || httpServer.has(name)) return 'http';
    if (mailServer.has(name)) return 'mail';
    if (streamServer.has(name)) return 'stream';
  }
  return 'unknown';
}

/** Directives that stand in http alone, in whatever block. */
const httpAnywhere =
  /^(?:location|root|index|try_files|rewrite|add_header|error_page|expires|autoindex|charset|server_tokens|client_[a-z_]+|gzip(?:_[a-z_]+)?|(?:fastcgi|uwsgi|scgi|grpc)_[a-z_]+|proxy_(?:set_header|redirect|http_version|cache[a-z_]*|hide_header|read_timeout)|keepalive_timeout|auth_basic|limit_req[a-z_]*)$/;

const httpServer: ReadonlySet<string> = new Set([
  'if',
  'http2',
  'http3',
  'large_client_header_buffers',
  'etag',
]);

const streamServer: ReadonlySet<string> = new Set([
  ...['proxy_pass', 'pass', 'ssl_preread', 'proxy_timeout', 'proxy_responses', 'proxy_requests', 'proxy_ssl'],
  ...['preread_buffer_size', 'preread_timeout', 'js_preread', 'proxy_upload_rate', 'proxy_download_rate'],
]);

const mailServer: ReadonlySet<string> = new Set([
  ...['auth_http', 'auth_http_header', 'starttls', 'smtp_auth', 'smtp_capabilities', 'imap_auth', 'xclient'],
  ...['imap_capabilities', 'pop3_auth', 'pop3_capabilities', 'proxy_pass_error_message', 'proxy_smtp_auth'],
]);
