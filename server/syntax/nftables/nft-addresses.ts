import { ipAddress } from '../../model/address';
import type { NftNotes } from './nft-notes';
import { nftRefusal } from './nft-refusal';
import type { NftExpr, NftType, NftValue } from './nft-tree';

/**
 * Tells addresses that nft cannot resolve: `10.0.0.300`, an IPv6 address where an IPv4 address must stand, a list
 * without braces. A host's name is not judged, nft asks the resolver for it (nftables src/datatype.c,
 * ipaddr_type_parse, ip6addr_type_parse).
 */
export function checkAddress(expr: NftExpr, type: NftType, notes: NftNotes): void {
  if (type !== 'ipv4' && type !== 'ipv6' && type !== 'l4proto') return;
  switch (expr.kind) {
    case 'value':
      if (type === 'l4proto') checkProtocol(expr, notes);
      else checkValue(expr, type, notes);
      return;
    case 'range':
      checkAddress(expr.low, type, notes);
      checkAddress(expr.high, type, notes);
      return;
    case 'prefix':
      checkAddress(expr.base, type, notes);
      checkLength(expr.length, type, notes);
      return;
    case 'set':
      for (const { key } of expr.elements) checkAddress(key, type, notes);
      return;
    case 'list':
      refuseList(expr, type, notes);
      return;
  }
}

function checkValue(value: NftValue, type: 'ipv4' | 'ipv6', notes: NftNotes): void {
  const { text, form } = value;
  if (form === 'unknown' || form === 'number') return;
  const isDotted = /^[0-9]+(?:\.[0-9]+){3}$/.test(text);
  const isColoned = /^[0-9A-Fa-f:.]*::?[0-9A-Fa-f:.]*$/.test(text) && /:.*:/.test(text);
  if (!isDotted && !isColoned) return;
  const fault = (reason: string, nft: string): void => {
    const message = nftRefusal(reason, `Could not resolve hostname: ${nft}`);
    notes.fault({ rule: 'invalid-address', message, from: value.from, to: value.to });
  };
  if (isDotted && text.split('.').some((part) => Number(part) > 255))
    fault(`"${text}" is no IPv4 address`, 'Name or service not known');
  else if (type === 'ipv4' && isColoned && ipAddress(text) !== undefined)
    fault(`"${text}" is an IPv6 address, and IPv4 is asked for`, otherFamily);
  else if (type === 'ipv6' && isDotted)
    fault(`"${text}" is an IPv4 address, and IPv6 is asked for`, otherFamily);
}

function checkLength({ text, from, to }: NftValue, type: NftType, notes: NftNotes): void {
  const bits = type === 'ipv4' ? 32 : 128;
  if (type === 'l4proto' || Number(text) <= bits) return;
  const nft = `Prefix length ${text} is invalid for type of ${bits} bits width`;
  notes.fault({ rule: 'invalid-address', message: nftRefusal(`An address has ${bits} bits`, nft), from, to });
}

const otherFamily = 'Address family for hostname not supported';

function checkProtocol({ text, form, from, to }: NftValue, notes: NftNotes): void {
  if (form !== 'number' || Number(text) <= 255) return;
  const message = nftRefusal(`${text} is above 255, the highest protocol number`, 'Protocol out of range');
  notes.fault({ rule: 'invalid-transport', message, from, to });
}

const listTypes = {
  ipv4: { rule: 'invalid-address', words: 'addresses', nft: 'IPv4 address' },
  ipv6: { rule: 'invalid-address', words: 'addresses', nft: 'IPv6 address' },
  l4proto: { rule: 'invalid-transport', words: 'protocols', nft: 'Internet protocol' },
} as const;

function refuseList({ from, to }: NftExpr, type: keyof typeof listTypes, notes: NftNotes): void {
  const { rule, words, nft } = listTypes[type];
  const text = `{ ${notes.text.slice(from, to)} }`;
  const message = nftRefusal(`Several ${words} stand in braces`, `Basetype of type ${nft} is not bitmask`);
  notes.fault({ rule, message, from, to, fixes: [{ title: `Put the ${words} in braces`, from, to, text }] });
}

const states = new Set(['invalid', 'established', 'related', 'new', 'untracked']);

/** Tells words that are no state of a connection (nftables src/ct.c, ct_state_tbl). */
export function checkStates(expr: NftExpr, notes: NftNotes): void {
  if (expr.kind === 'list' || expr.kind === 'operation') {
    for (const part of expr.parts) checkStates(part, notes);
  } else if (expr.kind === 'set') {
    for (const { key } of expr.elements) checkStates(key, notes);
  } else if (expr.kind === 'value' && expr.form === 'word' && !states.has(expr.text)) {
    const message = nftRefusal(
      `"${expr.text}" is no state of a connection`,
      'Could not parse conntrack state',
    );
    notes.fault({ rule: 'unknown-parameter', message, from: expr.from, to: expr.to });
  }
}
