import type { PartReading } from '../found';
import { readIptablesCommand } from '../iptables/iptables-command';
import { type SourcedText, SourcedTextBuilder, spanOf } from '../sourced-text';

/** Arguments of iptables that firewalld hands on as they are. */
export interface DirectRule {
  /** `ipv4` or `ipv6`; those of `eb` are another program's. */
  readonly ipv: string;
  readonly table?: string;
  /** The chain that the rule is added to; absent where the arguments are a whole command. */
  readonly chain?: SourcedText;
  readonly words: readonly SourcedText[];
}

/**
 * The ports in a direct rule, and what iptables understands otherwise than it seems; what it refuses is told when
 * firewalld hands it on (firewalld.direct(5)).
 *
 * @param text The whole text that the words stand in.
 */
export function readDirectRule({ ipv, table, chain, words }: DirectRule, text: string): PartReading {
  if (ipv !== 'ipv4' && ipv !== 'ipv6') return { references: [], slots: [], faults: [] };
  const program = ipv === 'ipv4' ? 'iptables' : 'ip6tables';
  const reading =
    chain === undefined
      ? readIptablesCommand(words, { program, text })
      : readIptablesCommand([appendTo(chain), chain, ...words], {
          ...{ program, text, isSaved: true },
          ...(table !== undefined && { table }),
        });
  return { ...reading, faults: reading.faults.filter(({ rule }) => traps.has(rule)) };
}

function appendTo(chain: SourcedText): SourcedText {
  const append = new SourcedTextBuilder();
  append.replaced('-A', spanOf(chain));
  return append.text();
}

const traps: ReadonlySet<string> = new Set([
  'octal-port',
  'truncated-port',
  'zero-port',
  'repeated-port',
  'swapped-range',
]);
