import type { Fault, FaultFix } from '../../model/fault';
import { refusal, trap } from '../refusal';
import { type SourcedText, sourceSpan } from '../sourced-text';

/** What is wrong with a part of one word: a fault before it has its place in the source. */
export interface Remark {
  readonly rule: string;
  /** Indexes into the word's value. */
  readonly from: number;
  readonly to: number;
  /** What is wrong, with the values. */
  readonly reason: string;
  /** The program's own words; absent for a trap, of which the program says nothing. */
  readonly words?: string;
  readonly fixes?: readonly Mend[];
}

/** A mend within one word. */
export interface Mend {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The programs whose rules these are; they differ in the IP family alone. */
export type IptablesProgram = 'iptables' | 'ip6tables';

/** The remark as a fault at its characters. */
export function remarkFault(word: SourcedText, remark: Remark, program: IptablesProgram): Fault {
  const { rule, from, to, reason, words, fixes } = remark;
  const mends = (fixes ?? []).map(
    (mend): FaultFix => ({
      title: mend.title,
      span: sourceSpan(word, mend.from, mend.to),
      text: mend.text,
    }),
  );
  return {
    rule,
    span: sourceSpan(word, from, to),
    message: sentence(reason, words, program),
    ...(mends.length > 0 && { fixes: mends }),
  };
}

/** One sentence: what is wrong in our words, and the program's own where it has some. */
export function sentence(reason: string, words: string | undefined, program: string): string {
  return words === undefined ? trap(reason) : refusal(reason, program, words);
}
