import type { PartReading } from '../found';
import { type SourcedText, unknownText } from '../sourced-text';
import { CommandState, type IptablesPlace } from './command-state';
import { takeExtensionOption, takeUnknown, takeValueless } from './extension-options';
import { isForeignTarget } from './extensions';
import { filterStep } from './filter-step';
import { finalChecks } from './final-checks';
import { OptionReader, type Step } from './option-reader';
import { takeOwnOption } from './own-options';
import { commandReading } from './rule-report';

export type { IptablesPlace } from './command-state';
export type { IptablesProgram } from './remark';

/** The chains that a command names, as far as they can be known. */
export interface NamedChains {
  /** The chain that it makes. */
  readonly made?: SourcedText;
  /** The chain whose rules it changes. */
  readonly chain?: SourcedText;
  /** Where its rule jumps to, when that is no target of the program. */
  readonly jump?: SourcedText;
}

/** What a command says of ports, and of chains. */
export type IptablesReading = PartReading & NamedChains;

/**
 * Reads the words of one command without the program's name, in the order in which iptables 1.8.9 (nf_tables) reads
 * them (iptables/xshared.c, `do_parse`): an option means what the words before it make of it, and the first thing that
 * is wrong is what the program tells. What cannot be known (`unknownText` in a word) is neither guessed nor a fault.
 * Where 1.8.9 and 1.8.11 differ, what either takes is no fault.
 */
export function readIptablesCommand(words: readonly SourcedText[], place: IptablesPlace): IptablesReading {
  const most = place.isSaved ? mostSavedWords : mostWords;
  const reader = new OptionReader(words.slice(0, most));
  const state = new CommandState(reader, place);
  const beyond = words[most];
  if (beyond !== undefined && place.isSaved) {
    const reason = `a line has at most ${most} words`;
    state.refuseWord('syntax-error', beyond, reason, 'Parser cannot handle more arguments');
  }
  for (let step = reader.next(); step !== undefined; step = reader.next()) {
    take(state, step);
    if (state.isOver || step.kind === 'stop') break;
  }
  if (beyond !== undefined) state.isGuess = true;
  if (!state.isOver) finalChecks(state, words);
  const step = filterStep(state, words);
  return { ...commandReading(state), ...chainsOf(state), ...(step && { steps: [step] }) };
}

/** The chains that a command names; all of them are known. */
function chainsOf({ command = '', chain, target, isGuess, isOver, refusal }: CommandState): NamedChains {
  if (isGuess || isOver || refusal !== undefined) return {};
  const name = target?.word.value ?? '';
  const isChain = target !== undefined && target.extension === undefined && !isForeignTarget(name);
  const isKnown = chain !== undefined && !chain.value.includes(unknownText);
  return {
    ...(command === 'N' && isKnown && { made: chain }),
    ...(/^[AIRDC]$/.test(command) && isKnown && { chain }),
    ...(isChain && !name.includes(unknownText) && { jump: target.word }),
  };
}

/** MAX_ARGC of iptables/xshared.h, without the program's name, `-t` and the table. */
const mostSavedWords = 251;

/** A command of a script that is longer was written by no one. */
const mostWords = 1000;

function take(state: CommandState, step: Step): void {
  switch (step.kind) {
    case 'guess':
      state.isGuess = true;
      state.conditions.push({ text: state.written(step.word) });
      break;
    case 'word':
      takeWord(state, step.word);
      break;
    case 'stop':
      state.rest = step.rest;
      break;
    case 'unknown':
      takeUnknown(state, step.word, step.name);
      break;
    case 'valueless':
      takeValueless(state, step.word, step.entry);
      break;
    case 'option': {
      const { option } = step;
      if (option.extension === undefined) takeOwnOption(state, option);
      else takeExtensionOption(state, option, option.extension);
      state.previous = option;
      break;
    }
  }
}

/** A word that is no option: the exclamation mark, or what the program takes for a mistake. */
function takeWord(state: CommandState, word: SourcedText): void {
  const { value } = word;
  if (value === '!') {
    if (state.negation) {
      const words = 'multiple consecutive ! not allowed';
      state.refuseWord('syntax-error', word, 'one "!" negates, two do not undo it', words);
    }
    state.negation = word;
    return;
  }
  // An extension that is not known here may take more words than one.
  if (state.hasForeign) return;
  const words = `Bad argument \`${value}'`;
  const dashed = state.previous?.word;
  const [, name] = /^-([ds]ports?)$/.exec(dashed?.value ?? '') ?? [];
  if (dashed !== undefined && name !== undefined && state.previous?.isAttached) {
    const { length } = dashed.value;
    state.refuse(dashed, {
      rule: 'unknown-parameter',
      from: 0,
      to: length,
      reason: `"-${name}" with one dash is "-${name.charAt(0)} ${name.slice(1)}"`,
      words,
      fixes: [{ title: `Write --${name}`, from: 0, to: length, text: `--${name}` }],
    });
    return;
  }
  state.refuseWord('syntax-error', word, explainedWord(state, value), words);
}

function explainedWord(state: CommandState, value: string): string {
  if (value.startsWith('#') && state.place.isSaved)
    return 'a comment has a line of its own, from its first column on';
  if (/^(?:\S*\/)?ip6?tables$/.test(value)) return 'a line of a save file is the command without the program';
  if (value === '') return 'an empty word stands where an option is expected';
  return `"${value}" stands where an option is expected`;
}
