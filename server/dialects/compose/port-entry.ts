import type { PortReference } from '../../model/port';
import type { EntryWriting, PortEntry } from '../../model/service';
import type { Span } from '../../model/span';
import { quotingAt } from '../../syntax/yaml/yaml-place';
import { base60 } from '../../syntax/yaml/yaml-types';

/** Which entry of `ports` it is, and the alias by which it comes in, where one does. */
export interface EntryPlace {
  readonly index: number;
  readonly usedAt?: Span;
  readonly alias?: NonNullable<EntryWriting['alias']>;
}

/** What only the reader of either form knows of how an entry is written. */
export type OwnWriting = Pick<EntryWriting, 'form' | 'address' | 'keys'>;

/**
 * Puts an entry together of its two ends; undefined for one that is refused, and for one without a container port.
 *
 * @param text The whole file.
 */
export function portEntry(
  text: string,
  publish: PortReference | undefined,
  target: PortReference | undefined,
  own: OwnWriting,
  { usedAt, alias }: EntryPlace,
): PortEntry | undefined {
  if (target === undefined || target.isRefused) return undefined;
  const start = own.form === 'short' ? target.span.start : publish?.portSpan.start;
  const quoting = start === undefined ? 'fixed' : quotingAt(text, start);
  const isText = own.form === 'short' && quoting === 'quoted';
  const takesDigits = isText || (target.ports?.first ?? 0) >= base60;
  return {
    span: usedAt ?? target.span,
    target,
    ...(publish && { publish }),
    writing: {
      ...{ ...own, quoting },
      ...(takesDigits && { takesDigits }),
      ...(alias && { alias }),
    },
  };
}
