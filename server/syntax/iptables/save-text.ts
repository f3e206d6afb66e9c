import type { Fault, FaultFix } from '../../model/fault';
import type { PortReference } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import { type Span, slice } from '../../model/span';
import type { PartReading } from '../found';
import { FilterDraft } from '../packet-filter/filter-draft';
import { Placeholders } from '../placeholders';
import { type SourcedText, spanOf } from '../sourced-text';
import { hookOf } from './filter-step';
import { type IptablesPlace, readIptablesCommand } from './iptables-command';
import { builtInChains } from './kernel-checks';
import { longestName } from './own-options';
import { type IptablesProgram, sentence } from './remark';
import { SaveChains } from './save-chains';
import {
  fieldsOf,
  firstWord,
  indexOrEnd,
  isTemplateLine,
  LineCounter,
  mayBeFilledIn,
  trimmed,
} from './save-lines';
import { saveWords, withoutProgram } from './save-words';

/** What a save file is read with. */
export interface SaveSituation {
  /** The program that loads it; absent when the IP family is not known. */
  readonly program?: IptablesProgram;
  /** The part of the text that it is, for one that stands in a script. */
  readonly within?: Span;
  /** True when a shell takes the tabs before each line away. */
  readonly hasTabs?: boolean;
  /** The filter of a script that the text stands in. */
  readonly draft?: FilterDraft;
  /** True when the text is loaded by itself, so that its chains are all there are. */
  readonly isWhole?: boolean;
}

/**
 * Reads a text of iptables-save, as iptables-restore 1.8.9 (nf_tables) loads it (iptables/xtables-restore.c,
 * `xtables_restore_parse_line`): comments from the first column on, `*table`, `:CHAIN POLICY [packets:bytes]`, rules
 * with `[packets:bytes]` before them if they like, and COMMIT. Every line is read by itself, so that one mistake does
 * not hide the next, although the program stops there. A carriage return before the newline is passed over: the
 * program minds it, but the editor's text need not be the file that is loaded.
 */
export function readSaveText(text: string, situation: SaveSituation = {}): PartReading {
  const { program, within = { start: 0, end: text.length }, hasTabs = false } = situation;
  const draft = situation.draft ?? new FilterDraft();
  const branch = situation.draft?.newBranch();
  const isWhole = situation.isWhole === true;
  const reading = new SaveReader(text, within, program, hasTabs, isWhole, draft, branch).read();
  const filter = situation.draft === undefined ? draft.filter() : undefined;
  return { ...reading, ...(filter && { filter }) };
}

class SaveReader {
  private readonly references: PortReference[] = [];
  private readonly slots: PortSlot[] = [];
  private readonly faults: Fault[] = [];
  /** The line that opened the table which is read; absent outside of tables. */
  private open: { readonly line: Span; readonly table?: string } | undefined;
  /** True where lines of a template may stand for anything. */
  private isTemplate = false;
  /** True when it was told that what stands here is outside of tables. */
  private isOutsideTold = false;
  /** Where the next character stands that ends a line for a program in C. */
  private nul = -1;
  private readonly lines: LineCounter;
  /** The chains of the open table. */
  private chains = new SaveChains('', false);
  private readonly placeholders: Placeholders;

  constructor(
    private readonly text: string,
    private readonly within: Span,
    private readonly program: IptablesProgram | undefined,
    private readonly hasTabs: boolean,
    private readonly isWhole: boolean,
    private readonly draft: FilterDraft,
    /** Lines that a template puts under a condition are in a branch of their own. */
    private branch: number | undefined,
  ) {
    this.lines = new LineCounter(text, within.start);
    this.placeholders = new Placeholders(text, { angle: true, dollar: true });
  }

  read(): PartReading {
    const { text, within } = this;
    let start = within.start === 0 && text.startsWith('\uFEFF') ? 1 : within.start;
    while (start < within.end) {
      const newline = text.indexOf('\n', start);
      const stop = newline < 0 ? within.end : Math.min(newline, within.end);
      this.readLine(start, stop);
      start = stop + 1;
    }
    if (this.open && !this.isTemplate) this.missingCommit(this.open.line);
    return { references: this.references, slots: this.slots, faults: this.faults };
  }

  private readLine(from: number, stop: number): void {
    const { text } = this;
    let start = from;
    while (this.hasTabs && text[start] === '\t') start++;
    let end = stop;
    while (end > start && text[end - 1] === '\r') end--;
    if (this.nul < start) this.nul = indexOrEnd(text, '\0', start);
    end = Math.min(end, this.nul);
    const line = { start, end };
    const first = text[start];
    if (start === end || first === '#') return;
    if (isTemplateLine(text, line, this.placeholders)) this.templateLine();
    else if (this.open === undefined) this.outsideLine(line);
    else if (/^COMMIT$/.test(text.slice(start, Math.min(end, start + 7)))) this.close();
    else if (first === ':') this.chainLine(line);
    else if (first === '*') this.nestedTable(line);
    else this.ruleLine(line);
  }

  private templateLine(): void {
    this.isTemplate = true;
    this.branch = this.draft.newBranch();
  }

  private close(): void {
    this.open = undefined;
    this.isOutsideTold = false;
  }

  private outsideLine(line: Span): void {
    if (this.text[line.start] === '*') this.tableLine(line);
    else {
      // Whoever shows rules alone, without their table, gets at least their ports.
      if (!this.isOutsideTold && !this.isTemplate) {
        const reason =
          'this stands outside of a table: "*filter" or another one has to come first, and COMMIT last';
        this.fault('syntax-error', trimmed(this.text, line), reason, `line ${this.lineNumber(line)} failed`);
      }
      this.isOutsideTold = true;
      if (/^\s*(?:\[[0-9:]*\]\s*)?-/.test(this.text.slice(line.start, line.end))) this.ruleLine(line, true);
    }
  }

  private tableLine(line: Span, isTold = false): void {
    const [named = { start: 0, end: 0 }] = fieldsOf(this.text, { start: line.start + 1, end: line.end });
    const table = slice(this.text, named);
    const word = firstWord(this.text, line);
    const isKnown = builtInChains(table).length > 0;
    const isUnknown = mayBeFilledIn(table);
    if (!isKnown && !isUnknown && !isTold) {
      const told = table === '' ? 'table name invalid' : `table name '${table}' invalid`;
      const reason = table === '' ? 'the table has no name' : `"${table}" is no table`;
      this.fault('unknown-parameter', word, reason, `line ${this.lineNumber(line)} ${told}`);
    }
    this.open = { line: word, ...(isKnown && { table }) };
    this.chains = new SaveChains(isKnown ? table : '', this.isWhole);
    // Without --noflush the program empties the table first.
    if (isKnown) this.draft.empty({ ...this.family, prefix: `${table}/` }, this.branch);
  }

  private get family(): { readonly family?: 'ipv4' | 'ipv6' } {
    const { program } = this;
    return program === undefined ? {} : { family: program === 'ip6tables' ? 'ipv6' : 'ipv4' };
  }

  /** A table begins before the one before it is committed. */
  private nestedTable(line: Span): void {
    const word = firstWord(this.text, line);
    const { open } = this;
    const before = open === undefined ? '' : this.text.slice(open.line.start + 1, open.line.end);
    const fix = {
      title: 'Put COMMIT before it',
      span: { start: line.start, end: line.start },
      text: 'COMMIT\n',
    };
    if (!this.isTemplate) {
      const words = `Bad argument \`${this.text.slice(word.start, word.end)}'`;
      this.fault('syntax-error', word, `the table ${before} has no COMMIT before this one`, words, [fix]);
    }
    this.tableLine(line, true);
  }

  /** `:CHAIN POLICY [packets:bytes]`; a chain of the user has the policy `-`. */
  private chainLine(line: Span): void {
    const [chain, policy] = fieldsOf(this.text, { start: line.start + 1, end: line.end });
    const number = this.lineNumber(line);
    if (chain === undefined) {
      this.fault(
        'syntax-error',
        trimmed(this.text, line),
        'the chain has no name',
        `line ${number} chain name invalid`,
      );
      return;
    }
    const name = this.text.slice(chain.start, chain.end);
    this.chains.declare(name);
    if (name.length > longestName && !mayBeFilledIn(name)) {
      const words = `chain name \`${name}' too long (must be under ${longestName + 1} chars)`;
      this.fault('unknown-parameter', chain, `the name has ${name.length} characters`, words);
    } else if (policy === undefined) {
      const reason = `the chain ${name} has no policy; one of your own has "-"`;
      this.fault('syntax-error', chain, reason, `line ${number} policy invalid`);
    } else {
      const written = this.text.slice(policy.start, policy.end);
      const isBuiltIn = builtInChains(this.open?.table ?? '').includes(name);
      this.noteChain(name, written, policy);
      if (!isBuiltIn || ['ACCEPT', 'DROP', '-'].includes(written) || mayBeFilledIn(written)) return;
      const reason = `"${written}" is no policy; a built-in chain has ACCEPT or DROP`;
      this.fault('unknown-parameter', policy, reason, `line ${number} failed: Bad policy name`);
    }
  }

  private noteChain(name: string, written: string, policySpan: Span): void {
    const table = this.open?.table;
    if (table === undefined || mayBeFilledIn(name)) return;
    const key = { ...this.family, name: `${table}/${name}` };
    const hook = hookOf(key.name);
    const policy = written === 'ACCEPT' ? 'accept' : written === 'DROP' ? 'drop' : undefined;
    this.draft.chain(key, hook && { hook });
    if (policy !== undefined) this.draft.policy(key, { policy, policySpan }, this.branch);
  }

  private ruleLine(line: Span, isQuiet = false): void {
    const { text, program, open } = this;
    const rest = this.afterCounters(line);
    if (rest === undefined) return;
    // iptables-restore reads lines in pieces of this length: where the cut falls nobody means.
    const isLong = line.end - line.start > longestLine;
    const words = saveWords(text, rest, this.placeholders);
    if (words.length === 0) {
      const fix = { title: 'Remove the blanks', span: line, text: '' };
      const reason = 'a line of blanks alone is a rule without a command';
      if (!isQuiet) this.fault('syntax-error', line, reason, 'no command specified', [fix]);
      return;
    }
    const place: IptablesPlace = {
      text,
      isSaved: true,
      ...(program && { program }),
      ...(open?.table && { table: open.table }),
    };
    const command = withoutProgram(words);
    const reading = readIptablesCommand(command, place);
    // One by one: an evil line holds more than a call takes arguments.
    for (const reference of reading.references) this.references.push(reference);
    for (const slot of reading.slots) this.slots.push(slot);
    if (isQuiet || isLong) return;
    for (const step of reading.steps ?? []) {
      step.take(this.draft, { span: trimmed(text, line), branch: this.branch, isSteady: true });
    }
    const long = words.find(({ value }) => value.length > longestWord);
    const program1 = words.length > command.length ? words[0] : undefined;
    if (long) this.fault('syntax-error', spanOf(long), 'this word is too long', 'Parameter too long!');
    else if (program1) this.programFault(program1, command);
    else {
      for (const fault of reading.faults) this.faults.push(fault);
      const missing = this.isTemplate || !this.open ? undefined : this.chains.missing(reading);
      if (missing) this.fault('undefined-name', missing.span, missing.reason, missing.words, missing.fixes);
    }
  }

  /** Somebody pasted a line of a script. */
  private programFault(word: SourcedText, [next]: readonly SourcedText[]): void {
    const span = spanOf(word);
    const fix = next && {
      title: `Remove ${word.value}`,
      span: { start: span.start, end: spanOf(next).start },
      text: '',
    };
    const reason = 'a line of a save file is the command without the program';
    this.fault('syntax-error', span, reason, `Bad argument \`${word.value}'`, fix && [fix]);
  }

  /** The line without `[packets:bytes]`, which look like ports and are none (`tokenize_rule_counters`). */
  private afterCounters(line: Span): Span | undefined {
    const { text } = this;
    if (text[line.start] !== '[') return line;
    const found = text.indexOf(']', line.start);
    const close = found < 0 || found >= line.end ? undefined : found;
    const counters = text.slice(line.start + 1, close ?? line.end);
    const isPair = /^:*[^:]+:/.test(counters) || mayBeFilledIn(counters);
    if (close !== undefined && isPair) return { start: close + 1, end: line.end };
    const span = { start: line.start, end: close === undefined ? line.end : close + 1 };
    const words = `Bad line ${this.lineNumber(line)}: need ]`;
    this.fault('syntax-error', span, 'the counters of a rule are [packets:bytes]', words);
    return close === undefined ? undefined : { start: close + 1, end: line.end };
  }

  private missingCommit(table: Span): void {
    const { text, within } = this;
    const name = text.slice(table.start + 1, table.end);
    const { end } = within;
    const lead = end > within.start && text[end - 1] !== '\n' ? '\n' : '';
    const fix = { title: 'Add COMMIT at the end', span: { start: end, end }, text: `${lead}COMMIT\n` };
    const lines = this.lineNumber({ start: end, end }) + (lead === '' ? 0 : 1);
    const words = `COMMIT expected at line ${lines}`;
    this.fault('syntax-error', table, `the table ${name} has no COMMIT, so nothing of it is loaded`, words, [
      fix,
    ]);
  }

  private fault(rule: string, span: Span, reason: string, words: string, fixes?: readonly FaultFix[]): void {
    const program = `${this.program ?? 'iptables'}-restore`;
    this.faults.push({ rule, span, message: sentence(reason, words, program), ...(fixes && { fixes }) });
  }

  /** Counted only for a message. */
  private lineNumber({ start }: Span): number {
    return this.lines.at(start);
  }
}

/** The longest line that is read in one piece, and the longest word (iptables/xshared.h). */
const longestLine = 10_238;
const longestWord = 1023;
