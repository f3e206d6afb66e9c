import { type SourcedText, SourcedTextBuilder, sourceSpan, subText, unknownText } from '../sourced-text';
import type { OptionEntry } from './extensions';

/**
 * The value of an option that takes an address, with `unknownText` for a name in capitals with an underscore
 * (`AAA_VPS_EXT_IP`, `LAN_RANGE`): somebody's script puts an address there before the program reads it. No host is
 * called so, for names of hosts have no underscores (RFC 952), and the ports of NAT behind a colon stay as they are.
 */
export function withAddressNames(value: SourcedText, { id, name }: OptionEntry): SourcedText {
  if (!ownAddresses.has(id) && !addressOptions.has(name)) return value;
  const builder = new SourcedTextBuilder();
  let from = 0;
  for (const { 0: found, index } of value.value.matchAll(nameOfAddress)) {
    if (index > from) builder.append(subText(value, from, index));
    const span = sourceSpan(value, index, index + found.length);
    builder.replaced(unknownText, span, { name: found, span, from: 'unknown' });
    from = index + found.length;
  }
  if (from === 0) return value;
  if (from < value.value.length) builder.append(subText(value, from, value.value.length));
  return builder.text();
}

/** Of the program's own options, source and destination. */
const ownAddresses: ReadonlySet<string> = new Set(['s', 'd']);
const addressOptions: ReadonlySet<string> = new Set([
  ...['to-source', 'to-destination', 'src-range', 'dst-range'],
]);

/** It is a whole address, mask or end of a range. */
const nameOfAddress = /(?<![^,/\s-])[A-Z][A-Z0-9]{0,99}(?:_[A-Z0-9]{1,99}){1,9}(?![^,/:\s-])/g;
