import type { Span } from '../../model/span';
import { firewalldRefusal } from '../../syntax/firewalld/firewalld-refusal';
import { type Found, faultAt } from '../../syntax/found';
import type { XmlEvent } from '../../syntax/xml/xml';
import type { Kind } from './elements';

/** One file as it is read. */
export interface FileContext {
  readonly kind: Kind;
  /** The name of the object: that of the file without `.xml`; empty where the text has no file. */
  readonly name: string;
  readonly text: string;
  readonly events: readonly XmlEvent[];
  /** True where a template is filled in before firewalld sees the text: what is missing may come, what is double go. */
  readonly isTemplate: boolean;
  readonly found: Found;
}

/** `zone "public"`, or `the zone` where its name is not known. */
export function ownerOf({ kind, name }: FileContext): string {
  return name === '' ? `the ${kind}` : `${kind} "${name}"`;
}

/** Adds a fault that firewalld tells. */
export function refuse(
  { found }: FileContext,
  rule: string,
  span: Span,
  reason: string,
  words: string,
): void {
  found.faults.push(faultAt(rule, span, firewalldRefusal(reason, 'firewalld', words)));
}
