import { pythonInt, pythonLiteral } from './python-int';

/** src/firewall/core/rich.py, `Rich_Log.check`. */
export const logLevels: readonly string[] = [
  'emerg',
  'alert',
  'crit',
  'error',
  'warning',
  'notice',
  'info',
  'debug',
];

/** src/firewall/core/base.py, `REJECT_TYPES`. */
export const rejectTypes: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'ipv4',
    (
      'icmp-host-prohibited host-prohib icmp-net-unreachable net-unreach icmp-host-unreachable host-unreach ' +
      'icmp-port-unreachable port-unreach icmp-proto-unreachable proto-unreach icmp-net-prohibited net-prohib ' +
      'tcp-reset tcp-rst icmp-admin-prohibited admin-prohib'
    ).split(' '),
  ],
  [
    'ipv6',
    (
      'icmp6-adm-prohibited adm-prohibited icmp6-no-route no-route icmp6-addr-unreachable addr-unreach ' +
      'icmp6-port-unreachable port-unreach tcp-reset'
    ).split(' '),
  ],
]);

/** src/firewall/functions.py, `checkTcpMssClamp`. */
export function isClamp(text: string): boolean {
  if (/^[0-9]+$/.test(text)) return Number(text) >= 536;
  return text === '' || text === 'None' || text === 'pmtu';
}

/** src/firewall/core/rich.py, `Rich_Mark.check`. */
export function isMark(text: string): boolean {
  const parts = text.split('/');
  const isWord = (part: string): boolean => {
    const number = pythonLiteral(part);
    return number !== undefined && number >= 0 && number <= 0xffffffff;
  };
  return parts.length <= 2 && parts.every(isWord);
}

/** src/firewall/core/rich.py, `Rich_Limit.check`; that a limit is too fast is new in 2.x and not told. */
export function isLimit(text: string): boolean {
  const [rate = '', unit = '', ...more] = text.split('/');
  const number = pythonInt(rate);
  const isUnit = ['s', 'm', 'h', 'd', 'second', 'minute', 'hour', 'day'].includes(unit.trim());
  if (more.length > 0 || number === undefined || number < 1 || !isUnit) return false;
  return !(number === 1 && unit.trim().startsWith('d'));
}

/** src/firewall/core/rich.py, `Rich_Limit._burst_parse`, since 2.1. */
export function isBurst(text: string): boolean {
  const number = pythonInt(text);
  return number !== undefined && number >= 0 && number <= 10_000_000;
}
