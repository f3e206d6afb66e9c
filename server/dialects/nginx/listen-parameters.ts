import { nginxNumber } from '../../syntax/nginx/nginx-address';
import type { Module } from './places';

/** A parameter of `listen` that nginx refuses. */
export interface ParameterFault {
  /** Which parameter, counted from the first. */
  readonly index: number;
  readonly reason: string;
  /** nginx's own words. */
  readonly nginx: string;
}

type KnownModule = 'http' | 'stream' | 'mail';

/**
 * The first parameter that nginx refuses behind the address of `listen`
 * (src/http/ngx_http_core_module.c: ngx_http_core_listen, and the functions of the same name in stream and mail). In a
 * file that may be included anywhere, only what no module accepts is a fault; so it is in blocks of other modules.
 * What a system without the feature refuses (`setfib`) is accepted: nobody knows the system.
 */
export function listenParameterFault(
  parameters: readonly string[],
  module: Module,
): ParameterFault | undefined {
  if (module === 'other') return undefined;
  if (module !== 'unknown') return faultIn(parameters, module);
  const faults = (['http', 'stream', 'mail'] as const).map((each) => faultIn(parameters, each));
  // The module that gets furthest is the one that was meant.
  return faults.reduce((best, fault) =>
    best === undefined || fault === undefined ? undefined : fault.index > best.index ? fault : best,
  );
}

/** Tells whether the parameters make it a UDP socket. */
export function isUdp(parameters: readonly string[], module: Module): boolean {
  const mark = (name: string): boolean => parameters.includes(name);
  return (
    (mark('quic') && module !== 'stream' && module !== 'mail') ||
    (mark('udp') && module !== 'http' && module !== 'mail')
  );
}

function faultIn(parameters: readonly string[], module: KnownModule): ParameterFault | undefined {
  for (const [index, parameter] of parameters.entries()) {
    const fault = parameterFault(parameter, module);
    if (fault !== undefined) return { index, ...fault };
  }
  const mark = module === 'http' ? 'quic' : module === 'stream' ? 'udp' : undefined;
  return mark !== undefined && parameters.includes(mark) ? incompatible(parameters, mark) : undefined;
}

/** nginx looks for them in this order. */
const tcpOnly = [
  'fastopen=',
  'backlog=',
  'deferred',
  'multipath',
  'ssl',
  'http2',
  'so_keepalive=',
  'proxy_protocol',
];

function incompatible(parameters: readonly string[], mark: string): ParameterFault | undefined {
  for (const name of tcpOnly) {
    const isKey = name.endsWith('=');
    const index = parameters.findIndex((each) => each === name || (isKey && each.startsWith(name)));
    if (index < 0) continue;
    const word = name.replace('=', '');
    return {
      index,
      reason: `"${word}" is about TCP, and "${mark}" makes it a UDP socket`,
      nginx: `"listen" directive "${word}" parameter is incompatible with "${mark}"`,
    };
  }
  return undefined;
}

const flags: Readonly<Record<KnownModule, readonly string[]>> = {
  http: [
    ...['default_server', 'default', 'bind', 'deferred', 'reuseport', 'ssl', 'http2', 'quic'],
    ...['proxy_protocol', 'multipath'],
  ],
  stream: ['default_server', 'udp', 'bind', 'deferred', 'reuseport', 'ssl', 'proxy_protocol', 'multipath'],
  mail: ['bind', 'ssl', 'proxy_protocol', 'multipath'],
};

/** Parameters with a value, and whether nginx takes the value; mail has but the latter five. */
const valued: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['setfib', isNumber],
  ['fastopen', isNumber],
  ['accept_filter', () => true],
  ['backlog', (value: string) => (nginxNumber(value) ?? 0) > 0],
  ['rcvbuf', isSize],
  ['sndbuf', isSize],
  ['ipv6only', (value: string) => value === 'on' || value === 'off'],
  ['so_keepalive', isKeepalive],
]);

const notInMail: ReadonlySet<string> = new Set(['setfib', 'fastopen', 'accept_filter']);

function parameterFault(parameter: string, module: KnownModule): Omit<ParameterFault, 'index'> | undefined {
  if (flags[module].includes(parameter)) return undefined;
  const equals = parameter.indexOf('=');
  const name = equals < 0 ? '' : parameter.slice(0, equals);
  const value = parameter.slice(equals + 1);
  const takes = module === 'mail' && notInMail.has(name) ? undefined : valued.get(name);
  if (takes?.(value)) return undefined;
  if (takes !== undefined && (name !== 'ipv6only' || value.startsWith('o'))) {
    return { reason: `"${value}" is no value for "${name}"`, nginx: invalidValue(parameter, name, value) };
  }
  return { reason: unknownReason(parameter, module), nginx: `invalid parameter "${parameter}"` };
}

function invalidValue(parameter: string, name: string, value: string): string {
  if (name === 'ipv6only') return `invalid ipv6only flags "${value}"`;
  return name === 'so_keepalive'
    ? `invalid so_keepalive value: "${value}"`
    : `invalid ${name} "${parameter}"`;
}

function unknownReason(parameter: string, module: KnownModule): string {
  if (/^[0-9]/.test(parameter) || /:[0-9]+$/.test(parameter)) {
    return `"${parameter}" is one address more than a listen takes`;
  }
  const others = (['http', 'stream', 'mail'] as const).filter((each) => flags[each].includes(parameter));
  if (others.length > 0)
    return `"${parameter}" is no parameter of listen in ${module}, only in ${others.join(' and ')}`;
  return `"${parameter}" is no parameter of listen`;
}

function isNumber(value: string): boolean {
  return nginxNumber(value) !== undefined;
}

/** src/core/ngx_parse.c: ngx_parse_size. */
function isSize(value: string): boolean {
  return isNumber(value.replace(/[KkMm]$/, ''));
}

/** `on`, `off`, or `idle:interval:count`, each of which can be left out, but not all. */
function isKeepalive(value: string): boolean {
  if (value === 'on' || value === 'off') return true;
  const [idle = '', interval = '', ...rest] = value.split(':');
  const count = rest.join(':');
  const parts = [idle, interval].map((part) => (part === '' ? 0 : seconds(part)));
  const number = count === '' ? 0 : nginxNumber(count);
  return (
    [...parts, number].every((part) => part !== undefined) && [...parts, number].some((part) => part !== 0)
  );
}

/** The seconds of `1h30m` (src/core/ngx_parse.c: ngx_parse_time); undefined when it is none. */
export function seconds(text: string): number | undefined {
  const units = [...'yMwdhms'];
  let step = -1;
  let total = 0;
  for (const [, digits = '', unit = ''] of text.matchAll(/([0-9]*)([^0-9]|$)/g)) {
    if (unit === '' && digits === '') break;
    const at = unit === '' ? units.length : unit === ' ' ? units.length - 1 : units.indexOf(unit);
    if (at < 0 || (unit !== '' && at <= step) || nginxNumber(digits || '0') === undefined) return undefined;
    step = at;
    total += Number(digits) * (unitSeconds[unit] ?? 1);
  }
  return /[0-9]/.test(text) && !text.includes('ms') ? total : undefined;
}

const unitSeconds: Readonly<Record<string, number>> = {
  ...{ y: 31_536_000, M: 2_592_000, w: 604_800, d: 86_400, h: 3600, m: 60 },
};
