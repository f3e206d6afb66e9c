import { type Role, type Transport, transports } from '../../model/port';
import type { SourcedText } from '../sourced-text';
import { isBindFlag, isPortFlag, mayBind, type Program, programs, silentPrograms } from './command-programs';
import { type CommandPort, commandPort, hostPort, isEveryHost, isOwnHost, portNumber } from './host-port';
import { netcatPorts } from './netcat-ports';
import { assignment, programOf } from './program-of';
import { shellCommands } from './shell-commands';
import { urlPorts } from './url-ports';

export type { CommandPort } from './host-port';

/**
 * The ports of a command given as words (the exec form), where the words leave no doubt: URLs, flags whose name
 * says port or bind, and the arguments of programs that are known here. A missing port is better than a false
 * one, so a value that is only half known, or is not within 1-65535, is none. `sh -c` is followed.
 */
export function commandPorts(words: readonly SourcedText[]): CommandPort[] {
  return portsOf(words, 0);
}

/** The ports of shell text: of each command in it. */
export function shellPorts(script: SourcedText): CommandPort[] {
  return scriptPorts(script, 0);
}

/**
 * The ports of an environment variable or build argument: `PORT` and `*_PORT` with a number, a URL, and an
 * address to listen on (`*_ADDR=:8080`).
 */
export function environmentPorts(name: string, value: SourcedText): CommandPort[] {
  const whole = { from: 0, to: value.value.length };
  if (isPortSetting(name)) {
    const port = portNumber(value.value);
    if (port !== undefined)
      return [commandPort(value, whole, { port, portPart: whole }, 'declare', transportOf(name))];
  }
  const found = /(?:^|_)(?:ADDR|ADDRESS|LISTEN|BIND)$/i.test(name) ? hostPort(value.value) : undefined;
  if (found !== undefined && isEveryHost(found.host)) return [commandPort(value, whole, found, 'listen')];
  const urls = urlPorts(value);
  if (!isLinkSetting(name)) return urls;
  return urls.map((url) => (url.role === 'connect' ? { ...url, role: 'link' } : url));
}

/**
 * Tells whether a setting's name says that its URLs are compared with what others send (`CORS_ALLOWED_ORIGINS`), or are
 * for others to dial: browsers (`PUBLIC_URL`, and what bundlers put into pages) and clients (`ADVERTISED_LISTENERS`).
 */
function isLinkSetting(name: string): boolean {
  return linkWords.test(name) || pageVariables.test(name);
}

const linkWords =
  /(?:^|_)(?:(?:ALLOW|ALLOWED|TRUSTED|CORS|CSRF|CSP|ORIGINS?|WHITELIST|ALLOWLIST|REFERR?ERS?)(?:_|$)|(?:PUBLIC|EXTERNAL|ADVERTISED?|REDIRECT|CALLBACK)(?:_|$)|(?:FRONTEND|SITE|ROOT|HOST)_UR[IL]S?$|UR[IL]_PREFIX$)/i;

/** The prefixes of Vite, Create React App, Vue's command line and Gatsby; those of Next, Nuxt and Expo have PUBLIC in them. */
const pageVariables = /^(?:VITE|REACT_APP|VUE_APP|GATSBY)_/;

/** Tells whether a setting's name says that its value is a port: PORT as its last word, not `EXPORT`, not a device. */
export function isPortSetting(name: string): boolean {
  return /^(?:[A-Z0-9_]+_)?PORT$/i.test(name) && !/(?:^|_)(?:SERIAL|USB|COM|PARALLEL)_PORT$/i.test(name);
}

/** The one transport that a setting's name has among its words: `SYSLOG_UDP_PORT`. */
export function transportOf(name: string): Transport | undefined {
  const words = new Set(name.toLowerCase().split('_'));
  const named = transports.filter((transport) => words.has(transport));
  return named.length === 1 ? named[0] : undefined;
}

/** Shells within shells are followed this far; each level has its own quotes, so nobody goes deeper. */
const deepestShell = 4;

function scriptPorts(script: SourcedText, depth: number): CommandPort[] {
  return shellCommands(script).flatMap((words) => portsOf(words, depth));
}

function portsOf(words: readonly SourcedText[], depth: number): CommandPort[] {
  const { settings, name, arguments: rest, script } = programOf(words);
  const assigned = settings.flatMap((setting) => {
    const { name: variable, value } = assignment(setting);
    return environmentPorts(variable, value);
  });
  if (script !== undefined)
    return depth < deepestShell ? [...assigned, ...scriptPorts(script, depth + 1)] : assigned;
  if (silentPrograms.has(name)) return assigned;
  if (name === 'nc' || name === 'ncat' || name === 'netcat') return [...assigned, ...netcatPorts(rest)];
  return [...assigned, ...devicePort(words), ...argumentPorts(programs.get(name), name, rest)];
}

function argumentPorts(
  known: Program | undefined,
  name: string,
  words: readonly SourcedText[],
): CommandPort[] {
  const ports: CommandPort[] = [];
  let program = known;
  let previous = name;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    // After `wait-for-it host:port --` comes the command that waited.
    if (word.value === '--' && known?.dials === 'any') program = undefined;
    const flag = flagOf(word.value, program);
    const separate = flag !== undefined && flag.valueFrom === undefined;
    const value = separate ? words[at + 1] : word;
    const found = flag && value ? flagPorts(program, flag.name, value, flag.valueFrom ?? 0) : [];
    if (found.length > 0 && separate) at++;
    // One by one: an evil word holds more than a call takes arguments.
    for (const port of found.length > 0
      ? found
      : flag
        ? urlPorts(word)
        : plainPorts(program, previous, word)) {
      ports.push(port);
    }
    previous = word.value;
  }
  return ports;
}

interface Flag {
  readonly name: string;
  /** Where the value begins in the same word; absent when it is the next word. */
  readonly valueFrom?: number;
}

/** `--name`, `--name=value`, `-name` as Go has it, `-Dname=value`, `-p 80` and `-p80` of a known program. */
function flagOf(value: string, program: Program | undefined): Flag | undefined {
  if (value[0] !== '-' || value.length < 2) return undefined;
  const letter = value[1] ?? '';
  const known = (program?.ports ?? '') + (program?.binds ?? '');
  if (known.includes(letter)) {
    if (value.length === 2) return { name: letter };
    if (/^[0-9:[=]/.test(value.slice(2))) return { name: letter, valueFrom: value[2] === '=' ? 3 : 2 };
  }
  const nameFrom = value.startsWith('--') ? 2 : value.startsWith('-D') && value.includes('=') ? 2 : 1;
  const equals = value.indexOf('=');
  const name = value.slice(nameFrom, equals < 0 ? value.length : equals);
  if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(name)) return undefined;
  return equals < 0 ? { name } : { name, valueFrom: equals + 1 };
}

function flagPorts(
  program: Program | undefined,
  name: string,
  word: SourcedText,
  from: number,
): CommandPort[] {
  const { value } = word;
  const whole = { from, to: value.length };
  const short = name.length === 1;
  const binds = short ? (program?.binds ?? '').includes(name) : isBindFlag(name);
  const port = portNumber(value, from);
  if (port !== undefined) {
    const isPort = short ? (program?.ports ?? '').includes(name) : isPortFlag(name) || name === 'listen';
    const role: Role = program?.role ?? (/^(?:listen|bind)/.test(name) ? 'listen' : 'declare');
    return isPort ? [commandPort(word, whole, { port, portPart: whole }, role, program?.transport)] : [];
  }
  const found = hostPort(value, from);
  if (found !== undefined) {
    if (program?.role === 'connect')
      return mayBind(name) ? [commandPort(word, whole, found, 'connect', program.transport)] : [];
    if (binds || (!short && mayBind(name) && isEveryHost(found.host))) {
      return [commandPort(word, whole, found, 'listen', program?.transport)];
    }
    return [];
  }
  if (short) return [];
  const urls = urlPorts(word);
  return binds ? urls.map((url) => ({ ...url, role: 'listen' })) : urls;
}

/** Plain arguments: URLs, addresses that stand for every address, and what a known program dials. */
function plainPorts(program: Program | undefined, previous: string, word: SourcedText): CommandPort[] {
  const { value } = word;
  if (previous === 'http.server' || previous === 'simplehttpserver' || previous === 'runserver') {
    const port = portNumber(value);
    const whole = { from: 0, to: value.length };
    const found = port === undefined ? hostPort(value) : { port, portPart: whole };
    return found === undefined ? [] : [commandPort(word, whole, found, 'listen', 'tcp')];
  }
  const end = value.search(/[/?#]/);
  const to = end < 0 ? value.length : end;
  const found = hostPort(value, 0, to);
  if (found === undefined) return urlPorts(word);
  if (program?.dials !== undefined) {
    const dials = program.dials === 'any' ? found.host !== '' : isOwnHost(found.host);
    return dials ? [commandPort(word, { from: 0, to }, found, 'connect', program.transport)] : [];
  }
  const listens = to === value.length && (found.host === '0.0.0.0' || found.host === '[::]');
  return listens ? [commandPort(word, { from: 0, to }, found, 'listen')] : [];
}

/** bash opens `/dev/tcp/host/port` as a connection. */
function devicePort(words: readonly SourcedText[]): CommandPort[] {
  const word = words[0];
  const match = /^\/dev\/(tcp|udp)\/([A-Za-z0-9_.-]+)\/([0-9]+)$/.exec(word?.value ?? '');
  const to = word?.value.length ?? 0;
  const from = to - (match?.[3]?.length ?? 0);
  const port = word && portNumber(word.value, from);
  if (word === undefined || match === null || port === undefined) return [];
  const transport = match[1] === 'udp' ? 'udp' : 'tcp';
  const found = { host: match[2] ?? '', port, portPart: { from, to } };
  return [commandPort(word, { from: 0, to }, found, 'connect', transport)];
}
