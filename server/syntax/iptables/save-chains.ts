import type { FaultFix } from '../../model/fault';
import type { Span } from '../../model/span';
import { type SourcedText, spanOf } from '../sourced-text';
import { targetMeant } from './extensions';
import type { NamedChains } from './iptables-command';
import { builtInChains } from './kernel-checks';
import { mayBeFilledIn } from './save-lines';

/**
 * The chains of one table of a save file. A rule can name those that stand above it, and the built-in ones; `--test`
 * does not look, so that the file fails when it is loaded (iptables 1.8.9, nf_tables: "Chain '…' does not exist").
 * A file that is loaded with `--noflush` can name chains that are there already.
 */
export class SaveChains {
  private readonly names: Set<string>;
  /** True when there may be any chain: in a table that nobody knows, or by a template's line. */
  private isOpen: boolean;

  /** @param isWhole True when the file is loaded by itself. */
  constructor(
    table: string,
    private readonly isWhole: boolean,
  ) {
    this.names = new Set(builtInChains(table));
    this.isOpen = this.names.size === 0;
  }

  declare(name: string): void {
    if (mayBeFilledIn(name)) this.isOpen = true;
    this.names.add(name);
  }

  /** What is wrong with the chains of a command; takes in the one that it makes. */
  missing({ made, chain, jump }: NamedChains): MissingChain | undefined {
    if (made !== undefined) this.declare(made.value);
    if (this.isOpen) return undefined;
    if (jump !== undefined && !this.names.has(jump.value)) {
      const meant = targetMeant(jump.value);
      if (meant !== undefined) return wrongCase(jump, meant);
      if (this.isWhole) return noChain(jump, notThere(jump.value));
    }
    if (!this.isWhole || chain === undefined || this.names.has(chain.value)) return undefined;
    return noChain(chain, 'No chain/target/match by that name');
  }
}

export interface MissingChain {
  readonly span: Span;
  readonly reason: string;
  readonly words: string;
  readonly fixes?: readonly FaultFix[];
}

function wrongCase(jump: SourcedText, meant: string): MissingChain {
  const span = spanOf(jump);
  const reason = `"${jump.value}" is no chain of this table, and targets are written in capitals`;
  const fixes = [{ title: `Write ${meant}`, span, text: meant }];
  return { span, reason, words: notThere(jump.value), fixes };
}

function noChain(name: SourcedText, words: string): MissingChain {
  return { span: spanOf(name), reason: `no line above declares the chain ${name.value}`, words };
}

function notThere(name: string): string {
  return `Chain '${name}' does not exist`;
}
