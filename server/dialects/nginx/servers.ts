import type { Include } from '../../model/include';
import type {
  ListenParameter,
  ListenSocket,
  NginxListen,
  NginxServer,
  NginxServerName,
  NginxServers,
  ServerModule,
  ServerParts,
} from '../../model/nginx-server';
import type { PortReference } from '../../model/port';
import type { Span } from '../../model/span';
import { isAddressFault, readNginxAddress } from '../../syntax/nginx/nginx-address';
import type { NginxWord } from '../../syntax/nginx/nginx-lexer';
import { hasPlaceholder, longestWord } from '../../syntax/nginx/nginx-templates';
import type { NginxStatement, NginxTree } from '../../syntax/nginx/nginx-tree';
import { sourceSpan } from '../../syntax/sourced-text';
import { addressOf, type Findings } from './findings';
import { listenTransport } from './listen';
import { type Place, placeIn } from './places';

/**
 * Tells the server blocks of a text and what decides where they listen and for whom. Of a text that nginx stops reading at a
 * fault of its structure, and of one in which a template engine decides on whole directives, it tells drafts alone: there
 * the blocks can be others than they seem.
 *
 * @param place Where the text stands.
 * @param isTemplateFile True when the file's name says that something else makes the real file of it.
 */
export function nginxServers(
  tree: NginxTree,
  place: Place,
  isTemplateFile: boolean,
  findings: Findings,
): NginxServers {
  const text = new ServerReader(findings, isTemplateFile);
  const outer: readonly Outer[] = [{ statements: tree.statements, place, within: [] }];
  const modules = tree.statements.flatMap((statement): readonly Outer[] => {
    const name = statement.words[0].text.value;
    const isModule = statement.block !== undefined && /^(?:http|stream|mail)$/.test(name);
    if (!isModule || statement.words.length > 1) return [];
    return [{ statements: statement.block, place: placeIn(place, statement), within: [name] }];
  });
  const drafts = [...outer, ...modules].flatMap((each) => text.serversIn(each));
  drafts.sort((a, b) => a.span.start - b.span.start);
  return tree.faults.length > 0 || tree.hasTemplateLines
    ? { servers: [], drafts, loose: { listens: [], names: [], includes: [], isOpen: true } }
    : { servers: drafts, drafts, loose: text.parts(tree.statements, place) };
}

/** Directives that can be server blocks. */
interface Outer {
  readonly statements: readonly NginxStatement[];
  readonly place: Place;
  readonly within: readonly string[];
}

class ServerReader {
  private readonly references: ReadonlyMap<number, PortReference>;
  private readonly includes: ReadonlyMap<number, Include>;

  constructor(
    { references, includes }: Findings,
    private readonly isTemplateFile: boolean,
  ) {
    const listens = references.filter(({ role }) => role === 'listen');
    this.references = new Map(listens.map((reference) => [reference.span.start, reference]));
    this.includes = new Map(includes.map((include) => [include.span.start, include]));
  }

  serversIn({ statements, place, within }: Outer): readonly NginxServer[] {
    return statements.flatMap((statement): readonly NginxServer[] => {
      const { words, block, blockEnd } = statement;
      if (words[0].text.value !== 'server' || words.length > 1 || block === undefined) return [];
      const inner = placeIn(place, statement);
      const nameSpan = words[0].span;
      return [
        {
          span: { start: nameSpan.start, end: blockEnd ?? statement.span.end },
          ...{ nameSpan, within, module: moduleOf(inner) },
          ...this.parts(block, inner),
        },
      ];
    });
  }

  /** What stands in a block itself, and not in the blocks within it. */
  parts(statements: readonly NginxStatement[], place: Place): ServerParts {
    const listens: NginxListen[] = [];
    const names: NginxServerName[] = [];
    const includes: Include[] = [];
    let isOpen = false;
    for (const statement of statements) {
      const [keyword, word, ...parameters] = statement.words;
      isOpen ||= statement.isTemplate;
      if (statement.block !== undefined) continue;
      const name = keyword.text.value;
      if (name === 'listen' && word !== undefined) {
        listens.push(this.listen(statement, word, parameters, place));
      } else if (name === 'server_name') {
        for (const each of statement.words.slice(1)) names.push(this.serverName(each, statement.span));
      } else if (name === 'include' && word !== undefined) {
        const include = this.includes.get(word.span.start);
        if (include === undefined || hasPlaceholder(word.text.value)) isOpen = true;
        else includes.push(include);
      } else if (hasPlaceholder(name)) {
        isOpen = true;
      }
    }
    return { listens, names, includes, isOpen };
  }

  private listen(
    statement: NginxStatement,
    word: NginxWord,
    words: readonly NginxWord[],
    place: Place,
  ): NginxListen {
    const reference = this.references.get(sourceSpan(word.text, 0, word.text.value.length).start);
    const isUnknown = statement.isTemplate || [word, ...words].some((each) => this.isFilledIn(each));
    const isRefused = reference?.isRefused === true || isTooLong(word);
    const socket = isUnknown || isRefused ? undefined : socketOf(statement, word, reference, place);
    return {
      ...{ span: statement.span, addressSpan: word.span },
      ...(socket && { socket }),
      ...(reference && { reference }),
      parameters: words.map(parameterOf),
    };
  }

  private serverName(word: NginxWord, directiveSpan: Span): NginxServerName {
    const { value } = word.text;
    const isRegex = value.startsWith('~');
    const isHost = value.toLowerCase() === '$hostname';
    // nginx takes other variables for characters of the name; what makes the real file may not.
    const isUnknown =
      this.isFilledIn(word) || isTooLong(word) || (!isHost && !isRegex && value.includes('$'));
    const name = isUnknown ? undefined : value.toLowerCase();
    return { ...{ span: word.span, directiveSpan, isRegex }, ...(name !== undefined && { name }) };
  }

  private isFilledIn({ isTemplate, text: { value } }: NginxWord): boolean {
    return isTemplate || hasPlaceholder(value) || (this.isTemplateFile && value.includes('$'));
  }
}

function isTooLong({ text }: NginxWord): boolean {
  return text.value.length > longestWord;
}

function moduleOf({ module, block }: Place): ServerModule {
  return block === 'server' && module !== 'other' ? module : 'unknown';
}

function socketOf(
  statement: NginxStatement,
  { text }: NginxWord,
  reference: PortReference | undefined,
  place: Place,
): ListenSocket | undefined {
  const transport = listenTransport({ statement, place });
  const read = readNginxAddress(text.value, { listens: true });
  if (isAddressFault(read) || transport === undefined) return undefined;
  if (read.kind === 'unix') {
    return { family: 'unix', host: text.value.slice(read.host.from, read.host.to), transport };
  }
  const address = addressOf(text.value, read);
  const ports = reference?.ports;
  if (address === undefined || ports === undefined || reference?.variables !== undefined) return undefined;
  // An IPv4 address in an IPv6 one is neither to nginx nor to the kernel what it is elsewhere.
  if (read.kind === 'ipv6' && address.kind !== 'ipv6') return undefined;
  return { family: address.kind, host: address.canonical, ports, transport };
}

function parameterOf({ text: { value }, span }: NginxWord): ListenParameter {
  const equals = value.indexOf('=');
  return equals < 0
    ? { name: value, span }
    : { name: value.slice(0, equals), value: value.slice(equals + 1), span };
}
