import { blockDirectives, dataBlocks, isSimpleDirective } from '../../syntax/nginx/nginx-directives';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { hasPlaceholder } from '../../syntax/nginx/nginx-templates';
import { type NginxStatement, type NginxTree, nginxTree } from '../../syntax/nginx/nginx-tree';

/**
 * Tells whether a text is an nginx configuration: directives that only nginx has, in its grammar, and next to nothing
 * that its grammar does not have. The files of php-fpm, supervisor, Apache, HAProxy, systemd, fail2ban and their like
 * have assignments, sections or no `;`; those of BIND, SRS and others with braces and `;` have other directives.
 */
export function looksLikeNginx(text: string): boolean {
  const { own, foreign } = signs(nginxTree(text));
  return own > 0 && own >= 2 * foreign;
}

/** Tells whether a file that bears nginx's name is another program's: the logs' rotation, a supervisor's program. */
export function isForeign(tree: NginxTree): boolean {
  const { own, foreign } = signs(tree);
  return foreign > 0 && own === 0;
}

/** What speaks for nginx and what against it, counted. */
interface Signs {
  own: number;
  foreign: number;
}

/** A long file has shown what it is by then. */
const mostCounted = 2000;

function signs({ statements }: NginxTree): Signs {
  const found: Signs = { own: 0, foreign: 0 };
  const open: { readonly statements: readonly NginxStatement[]; next: number }[] = [{ statements, next: 0 }];
  for (
    let top = open.at(-1), count = 0;
    top !== undefined && count < mostCounted;
    top = open.at(-1), count++
  ) {
    const statement = top.statements[top.next++];
    if (statement === undefined) {
      open.pop();
      continue;
    }
    const name = statement.words[0].text.value;
    if (isProse(statement)) found.foreign += proseWeight;
    else if (isForeignStatement(statement)) found.foreign++;
    else if (isOwnStatement(statement)) found.own++;
    if (statement.block !== undefined && !dataBlocks.has(name))
      open.push({ statements: statement.block, next: 0 });
  }
  return found;
}

/** A page about nginx quotes more of its directives than it has sentences. */
const proseWeight = 20;

/** Sentences, and the fences of code in Markdown, which no directive has. */
function isProse({ words, isTemplate }: NginxStatement): boolean {
  const name = words[0].text.value;
  if (isTemplate || isSimpleDirective(name) || blockDirectives.has(name)) return false;
  const plain = words.filter(({ isQuoted }) => !isQuoted).map(({ text }) => text.value);
  if (plain.some((word) => word.startsWith('```'))) return true;
  return plain.filter((word) => /^[A-Z][a-z]+$|[a-z][.,:!?]$/.test(word)).length >= 3;
}

function isOwnStatement({ words, block, isOpen }: NginxStatement): boolean {
  const name = words[0].text.value;
  const names = (block ?? []).map((each) => each.words[0].text.value);
  if (block === undefined) {
    if (isOpen || words.length < 2) return false;
    return name === 'listen' ? isListen(words) : ownNames.test(name);
  }
  switch (name) {
    case 'server':
      return words.length === 1 && names.some((each) => serverNames.has(each));
    case 'upstream':
      return words.length === 2 && names.includes('server');
    case 'location':
      return (
        words.length <= 3 &&
        names.some((each) => isSimpleDirective(each) || each === 'if' || each === 'location')
      );
    case 'http':
    case 'stream':
    case 'mail':
      return (
        words.length === 1 &&
        names.some((each) => each === 'server' || each === 'upstream' || isSimpleDirective(each))
      );
    case 'events':
      return (
        words.length === 1 && names.some((each) => /^(?:worker_connections|use|multi_accept)$/.test(each))
      );
    default:
      return false;
  }
}

const ownNames =
  /^(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass|proxy_set_header|fastcgi_param|uwsgi_param|scgi_param|server_name|ssl_certificate|ssl_certificate_key|add_header|worker_processes|try_files)$/;

const serverNames: ReadonlySet<string> = new Set([
  ...[
    'listen',
    'server_name',
    'location',
    'root',
    'proxy_pass',
    'return',
    'ssl_certificate',
    'try_files',
    'include',
  ],
]);

/** Others have a `listen` as well; nginx's has a number, or an address with a port, and words in small letters. */
function isListen(words: readonly NginxWord[]): boolean {
  const [, first = '', ...rest] = words.map(({ text }) => text.value);
  const isAddress = /^(?:[0-9]{1,5}|[0-9.]+:[0-9]+|\*:[0-9]+|\[[0-9a-f:]*\](?::[0-9]+)?|unix:\/.*)$/i.test(
    first,
  );
  return (
    (isAddress || hasPlaceholder(first)) &&
    rest.every((word) => /^[a-z0-9_]+(?:=\S+)?$/.test(word) || hasPlaceholder(word))
  );
}

function isForeignStatement({ words, block, isOpen }: NginxStatement): boolean {
  const [first, second, third] = words.map(({ text }) => text.value);
  const name = first ?? '';
  if (hasPlaceholder(name) || words[0].isTemplate) return false;
  if (!/^\$?[a-z_][a-z0-9_]*$/.test(name)) return true;
  if (isAssignment(second) && name !== 'location') return true;
  if (isAssignment(third) && name !== 'if' && name !== 'location') return true;
  if (block !== undefined) return isForeignBlock(name, words.length, block);
  // Sections, and lines without a ";" one after the other.
  if (isOpen && words.some(isForeignWord)) return true;
  const lines = isOpen && !isSimpleDirective(name) ? words.filter(({ startsLine }) => startsLine).length : 0;
  return lines > 3 || (name === 'enabled' && words.length === 2);
}

function isForeignWord({ text, startsLine, isQuoted }: NginxWord): boolean {
  return !isQuoted && (isAssignment(text.value) || (startsLine && /^[[<]/.test(text.value)));
}

function isForeignBlock(name: string, words: number, block: readonly NginxStatement[]): boolean {
  if (isSimpleDirective(name) || name === 'vhost') return true;
  return name === 'server' && words > 1 && block.length > 0;
}

function isAssignment(word: string | undefined): boolean {
  return word === '=' || word === '=>' || word === ':=' || word === '+=' || word === ':';
}
