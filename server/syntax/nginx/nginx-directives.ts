/** The directives of nginx's own modules that are blocks (NGX_CONF_BLOCK in their command tables). */
export const blockDirectives: ReadonlySet<string> = new Set([
  ...['http', 'stream', 'mail', 'events', 'server', 'upstream', 'location', 'if', 'limit_except'],
  ...['map', 'geo', 'types', 'split_clients', 'charset_map'],
]);

/** Blocks whose lines are data: their first words are keys, not directives. */
export const dataBlocks: ReadonlySet<string> = new Set([
  ...['map', 'geo', 'types', 'split_clients', 'charset_map'],
]);

/** Tells whether a name is that of a directive of nginx that is no block; the list holds what stands in real files. */
export function isSimpleDirective(name: string): boolean {
  return simple.has(name) || (/^[a-z0-9_]+$/.test(name) && family.test(name));
}

/** Tells whether nginx refuses a block under this name for certain: no other module can have another use for it. */
export function isNeverBlock(name: string): boolean {
  return simple.has(name) || isPassName(name);
}

function isPassName(name: string): boolean {
  return /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/.test(name);
}

/** Tells whether a directive takes just one value (NGX_CONF_TAKE1, NGX_CONF_FLAG), so that another word is refused. */
function takesOneValue(name: string): boolean {
  return (
    oneValue.has(name) || /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_(?:pass|[a-z]+_timeout)$/.test(name)
  );
}

const oneValue: ReadonlySet<string> = new Set([
  ...['root', 'alias', 'include', 'pid', 'worker_processes', 'worker_connections', 'client_max_body_size'],
  ...['ssl_certificate', 'ssl_certificate_key', 'ssl_dhparam', 'ssl_ciphers', 'ssl_prefer_server_ciphers'],
  ...[
    'sendfile',
    'tcp_nopush',
    'tcp_nodelay',
    'gzip',
    'server_tokens',
    'default_type',
    'charset',
    'autoindex',
  ],
  ...['proxy_http_version', 'proxy_buffering', 'proxy_timeout', 'auth_basic', 'auth_basic_user_file'],
  ...['resolver_timeout', 'auth_http', 'protocol', 'ssl_preread', 'fastcgi_index', 'ssl_session_timeout'],
]);

const simple: ReadonlySet<string> = new Set([
  ...oneValue,
  ...[
    'listen',
    'server_name',
    'index',
    'return',
    'rewrite',
    'set',
    'break',
    'allow',
    'deny',
    'resolver',
    'user',
  ],
  ...['daemon', 'expires', 'etag', 'internal', 'satisfy', 'zone', 'hash', 'ip_hash', 'least_conn', 'random'],
  ...[
    'keepalive',
    'keepalive_timeout',
    'starttls',
    'timeout',
    'pass',
    'add_header',
    'add_trailer',
    'try_files',
  ],
  ...['access_log', 'error_log', 'error_page', 'log_format', 'log_not_found', 'load_module', 'env', 'mirror'],
  ...['multi_accept', 'use', 'http2', 'http3', 'slice', 'stub_status', 'send_timeout', 'types_hash_max_size'],
  ...['underscores_in_headers', 'absolute_redirect', 'port_in_redirect', 'recursive_error_pages'],
  ...['large_client_header_buffers', 'reset_timedout_connection', 'server_names_hash_bucket_size'],
]);

/** The names that begin like this are all directives, and none of them is a block. */
const family =
  /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached|ssl|client|worker|gzip|limit_req|limit_conn|limit_rate|auth|sub|open_file_cache|real_ip|set_real_ip|smtp|imap|pop3|map_hash|server_name|keepalive|http2|http3|quic)_/;

/** Blocks that no directive of another module shares its name with. */
export const needsBlock: ReadonlySet<string> = new Set([
  ...['http', 'stream', 'mail', 'events', 'location', 'upstream', 'map', 'types', 'geo', 'split_clients'],
]);

/** What nginx says of a directive that runs on into the name of another one; undefined when it may be all right. */
export function runsInto(name: string, next: string, isBlock: boolean): string | undefined {
  if (isBlock && isSimpleDirective(name) && blockDirectives.has(next))
    return `directive "${name}" is not terminated by ";"`;
  if (name === 'listen' || name === 'server') {
    const isDirective = isSimpleDirective(next) || (name === 'server' && next === 'server');
    return isDirective ? `invalid parameter "${next}"` : undefined;
  }
  return takesOneValue(name) && isSimpleDirective(next)
    ? `invalid number of arguments in "${name}" directive`
    : undefined;
}
