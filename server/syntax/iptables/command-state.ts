import type { Fault, FaultFix } from '../../model/fault';
import { type SourcedText, spanOf, unknownText } from '../sourced-text';
import type { Extension } from './extensions';
import type { OptionReader, ReadOption } from './option-reader';
import type { PortOption } from './port-options';
import type { Protocol } from './protocols';
import { type IptablesProgram, type Remark, remarkFault } from './remark';

/** What is known around a command. */
export interface IptablesPlace {
  /** The program that reads it; absent for a save file of which nobody can tell the IP family. */
  readonly program?: IptablesProgram;
  /** The whole text that the words stand in: what cannot be known is told as it is written. */
  readonly text: string;
  /** True for a line of a save file, which iptables-restore reads: it takes no `-t` and no `-w`. */
  readonly isSaved?: boolean;
  /** The table of the save file's line; absent when it is not known. */
  readonly table?: string;
  /** True when the program's name came from a variable, which can hold `-t` and a table as well. */
  readonly isTableOpen?: boolean;
}

/** A match of a rule with the options that it was given. */
export interface UsedMatch {
  readonly extension: Extension;
  /** Where it is named; absent when `-p` brought it along. */
  readonly word?: SourcedText;
  readonly options: ReadOption[];
}

/** One condition of a rule, as it is written. */
export interface Condition {
  readonly text: string;
  /** The option with ports that it is, if it is one. */
  readonly ports?: PortOption;
}

/** What was read of a command so far; the order of the words decides, as it does for the program. */
export class CommandState {
  /** The letter of the command: `A`, `I`, `D`, `R`, `C` act on a rule. */
  command?: string;
  chain?: SourcedText;
  /** True when a rule is named by its number alone. */
  isByNumber = false;
  policy?: SourcedText;
  table?: SourcedText;
  protocol?: { readonly word: SourcedText; readonly known?: Protocol; readonly isNegated: boolean };
  /** True once the protocol's own match was loaded for an option that nothing else has. */
  isProtocolLoaded = false;
  target?: { readonly word: SourcedText; readonly extension?: Extension; readonly isGoto: boolean };
  readonly targetOptions: ReadOption[] = [];
  readonly matches: UsedMatch[] = [];
  /** The program's own options that were given, by letter, with their values. */
  readonly own = new Map<string, ReadOption>();
  readonly conditions: Condition[] = [];
  readonly ports: PortOption[] = [];
  /** The exclamation mark that waits for its option. */
  negation: SourcedText | undefined;
  /** The options with an exclamation mark before them. */
  readonly negated = new Set<ReadOption>();
  /** The further words of options that take more than one. */
  readonly furtherWords = new Map<ReadOption, SourcedText>();
  /** Where `-I`, `-R` and `-D` put, replace or delete a rule, as it is written. */
  ruleNumber?: SourcedText;
  /** The exclamation mark before `-s` or `-d`. */
  negatedAddresses?: SourcedText;
  /** Set by a word that may be any options at run time: from here on nothing is certain. */
  isGuess = false;
  /** Set by an extension that iptables itself does not have: it can have options of any name. */
  hasForeign = false;
  /** Set by what makes the program print something and leave. */
  isOver = false;
  /** What stands behind `--`. */
  rest: readonly SourcedText[] = [];
  /** The option before the word that is read. */
  previous?: ReadOption;
  refusal?: Fault;
  readonly traps: Fault[] = [];

  constructor(
    readonly reader: OptionReader,
    readonly place: IptablesPlace,
  ) {}

  /** The program's name for messages. */
  get program(): IptablesProgram {
    return this.place.program ?? 'iptables';
  }

  get family(): 'ipv4' | 'ipv6' | undefined {
    const { program } = this.place;
    return program === undefined ? undefined : program === 'ip6tables' ? 'ipv6' : 'ipv4';
  }

  /** Notes why the program refuses the command: what comes first is what it tells. */
  refuse(word: SourcedText, remark: Remark, fix?: FaultFix): void {
    if (this.isGuess || this.refusal !== undefined) return;
    const fault = remarkFault(word, remark, this.program);
    this.refusal = fix === undefined ? fault : { ...fault, fixes: [fix] };
  }

  /** Notes what loads but means something else. */
  trap(word: SourcedText, remark: Remark): void {
    if (!this.isGuess) this.traps.push(remarkFault(word, remark, this.program));
  }

  /** Notes a refusal of a word as a whole. */
  refuseWord(rule: string, word: SourcedText, reason: string, words: string): void {
    this.refuse(word, { rule, from: 0, to: word.value.length, reason, words });
  }

  /** A word as it stands in the text, without quotes; what cannot be known shows its name. */
  written(word: SourcedText): string {
    if (!word.value.includes(unknownText)) return word.value;
    let written = '';
    for (const { at, length, span, exact } of word.pieces) {
      const value = word.value.slice(at, at + length);
      written += exact || value !== unknownText ? value : this.place.text.slice(span.start, span.end);
    }
    return written;
  }

  /** Where a word ends in the text. */
  endOf(word: SourcedText): number {
    return spanOf(word).end;
  }
}
