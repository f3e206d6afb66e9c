import type { Transport } from '../../model/port';
import type { Uri } from '../../model/snapshot';
import type { Span } from '../../model/span';
import type { Check } from '../port-facts/checks';

/** A page about one port, ready to be written as text or as HTML. */
export interface PortPage {
  readonly port: number;
  readonly transport?: Transport;
  readonly title: string;
  /** The answer in a line or two. */
  readonly lead: readonly Line[];
  readonly sections: readonly Section[];
}

export interface Section {
  /** Its name in links: `in-practice`. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly line: Line }
  /** Of a long list, the first `shown` items are seen at once, where a page can hide the others. */
  | { readonly kind: 'list'; readonly items: readonly Line[]; readonly shown?: number }
  /** Names and what stands for them, one pair a row. */
  | { readonly kind: 'fields'; readonly title: Line; readonly rows: readonly (readonly [string, Line])[] }
  | { readonly kind: 'checks'; readonly checks: readonly Check[] };

/** A run of text with marks in it. */
export type Line = readonly Inline[];

export type Inline =
  | string
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** Leads to the page of another port. */
  | { readonly kind: 'port'; readonly port: number; readonly text: string }
  /** Leads to a place of the workspace. */
  | { readonly kind: 'place'; readonly uri: Uri; readonly span: Span };
