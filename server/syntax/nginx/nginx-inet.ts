/**
 * Reads an IPv4 address as nginx does (src/core/ngx_inet.c: ngx_inet_addr): four decimal numbers up to 255, leading
 * zeros allowed; no digits at all are 0. Answers its usual spelling. Shorter forms go to the resolver as names.
 */
export function parseInetAddress(text: string): string | undefined {
  const parts = text.split('.', 5);
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]*$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.map(Number).join('.');
}

/**
 * Tells whether the C library takes a text for an IPv4 address in one of the short forms (inet_aton): `8080` is
 * 0.0.31.144, `127.1` is 127.0.0.1, `0x50` is 0.0.0.80.
 */
export function isShortInetAddress(text: string): boolean {
  const parts = text.split('.', 5);
  if (parts.length > 4) return false;
  const numbers = parts.map((part) =>
    /^(?:0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)$/i.test(part) ? numberOf(part) : -1,
  );
  const last = numbers.pop() ?? -1;
  return numbers.every((part) => part >= 0 && part < 256) && last >= 0 && last < 256 ** (5 - parts.length);
}

/** The address in the usual spelling that a short form stands for. */
export function longInetAddress(text: string): string {
  const numbers = text.split('.').map(numberOf);
  const last = numbers.pop() ?? 0;
  const tail = [3, 2, 1, 0].slice(numbers.length).map((power) => Math.floor(last / 256 ** power) % 256);
  return [...numbers, ...tail].join('.');
}

/** Tells whether nginx takes a text for an IPv6 address (src/core/ngx_inet.c: ngx_inet6_addr). */
export function isInet6Address(text: string): boolean {
  const body = text.startsWith(':') ? text.slice(1) : text;
  if (text === '') return false;
  let groups = 8;
  let nibbles = 0;
  let hasZero = false;
  let digits = -1;
  for (let at = 0; at < body.length; at++) {
    const char = body[at] ?? '';
    if (char === ':') {
      if (nibbles > 0) {
        digits = at + 1;
        groups--;
        if (groups === 0) return false;
        nibbles = 0;
      } else {
        if (hasZero) return false;
        digits = at + 1;
        hasZero = true;
      }
      continue;
    }
    if (char === '.' && nibbles > 0) {
      if (groups < 2 || digits < 0 || parseInetAddress(body.slice(digits)) === undefined) return false;
      groups--;
      break;
    }
    nibbles++;
    if (nibbles > 4 || !/[0-9a-f]/i.test(char)) return false;
  }
  if (nibbles === 0 && !hasZero) return false;
  groups--;
  return groups > 0 ? hasZero : !hasZero;
}

function numberOf(part: string): number {
  if (/^0x/i.test(part)) return Number.parseInt(part, 16);
  return part.length > 1 && part.startsWith('0') ? Number.parseInt(part, 8) : Number(part);
}
