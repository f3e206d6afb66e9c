import { type SourcedText, unknownText } from '../sourced-text';
import type { CommandState } from './command-state';
import { isForeignTarget, matchMeant, matchNamed, targetNamed } from './extensions';
import type { ReadOption } from './option-reader';
import { strtoul } from './port-text';
import { readProtocol } from './protocols';

/** Handles one of the program's own options as iptables/xshared.c, `do_parse` does. */
export function takeOwnOption(state: CommandState, option: ReadOption): void {
  const { id } = option.entry;
  if (state.negation) state.negated.add(option);
  if (commands.has(id)) takeCommand(state, option);
  else if (id === 'm') takeMatch(state, option);
  else if (id === 't') takeTable(state, option);
  else if (id === 'w' || id === 'W') takeWait(state, option);
  else if (id === 'h' || id === 'V') state.isOver = true;
  else if (id === '4' || id === '6') takeFamily(state, option);
  else if (id !== 'M') takeRulePart(state, option);
  state.negation = undefined;
}

const commands: ReadonlySet<string> = new Set([...'ACDIRLSFZNXEP']);

/** Commands that may stand together (`add_command`). */
const together: Readonly<Record<string, string>> = { L: 'Z', S: 'Z', Z: 'LS' };

function takeCommand(state: CommandState, { entry: { id }, word, value }: ReadOption): void {
  if (state.negation)
    state.refuseWord('syntax-error', state.negation, 'nothing can be negated here', "unexpected '!' flag");
  const { command, reader } = state;
  if (command !== undefined && !together[id]?.includes(command)) {
    const words = `Cannot use -${id} with -${command}`;
    state.refuseWord('unknown-parameter', word, `the command is -${command} already`, words);
  }
  state.command = id;
  const chain = value ?? ('LSFZX'.includes(id) ? reader.takePlain() : undefined);
  if (chain !== undefined) state.chain = chain;
  if (id === 'N' && chain) checkNewChain(state, chain);
  if (id === 'E' || id === 'P') {
    const second = reader.takePlain();
    if (id === 'P' && second) state.policy = second;
    if (second === undefined) {
      const needed = id === 'E' ? 'old-chain-name and new-chain-name' : 'a chain and a policy';
      state.refuseWord('syntax-error', word, `-${id} needs two words`, `-${id} requires ${needed}`);
    }
  } else if ('DRILSZ'.includes(id)) takeRuleNumber(state, id, word);
}

function takeRuleNumber(state: CommandState, id: string, word: SourcedText): void {
  const number = state.reader.takePlain();
  if (number === undefined) {
    if (id === 'R')
      state.refuseWord('syntax-error', word, '-R needs the number of a rule', '-R requires a rule number');
    return;
  }
  state.ruleNumber = number;
  if (number.value.includes(unknownText)) {
    // It is the number, or options, or nothing.
    state.isGuess = true;
    return;
  }
  const read = strtoul(number.value);
  const isNumber = read?.end === number.value.length && read.value >= 1 && read.value <= 0x7fffffff;
  if (!isNumber) {
    const words = `Invalid rule number \`${number.value}'`;
    state.refuseWord('syntax-error', number, `"${number.value}" is no number of a rule`, words);
  }
  if (id === 'D') state.isByNumber = true;
}

/** iptables/xshared.c, `assert_valid_chain_name`. */
function checkNewChain(state: CommandState, chain: SourcedText): void {
  const name = chain.value;
  if (name.includes(unknownText)) return;
  if (name.length > longestName) {
    const words = `chain name \`${name}' too long (must be under ${longestName + 1} chars)`;
    state.refuseWord('unknown-parameter', chain, `the name has ${name.length} characters`, words);
  } else if (/^[-!]/.test(name)) {
    const words = `chain name not allowed to start with \`${name.charAt(0)}'`;
    state.refuseWord('unknown-parameter', chain, `"${name}" is no name for a chain`, words);
  }
}

/** XT_EXTENSION_MAXNAMELEN with its terminating zero. */
export const longestName = 28;

function takeMatch(state: CommandState, option: ReadOption): void {
  const { word, value } = option;
  if (state.negation) {
    const words = 'unexpected ! flag before --match';
    state.refuseWord('syntax-error', state.negation, '"!" stands before an option of the match', words);
  }
  if (value === undefined) return;
  const name = value.value;
  const extension = matchNamed(name);
  if (extension === undefined) {
    checkMatchName(state, option, value);
    state.hasForeign = true;
    state.conditions.push({ text: `${state.written(word)} ${state.written(value)}` });
    return;
  }
  // The options of a match that stands twice are known already; they are of the later one from here on.
  if (!state.matches.some((used) => used.extension === extension)) state.reader.load(extension);
  state.matches.push({ extension, word: value, options: [] });
  if (extension.options.length === 0) state.conditions.push({ text: `-m ${name}` });
}

/** A match that iptables does not have may be another package's, unless its name is a slip of the keys. */
function checkMatchName(state: CommandState, { word, isAttached }: ReadOption, value: SourcedText): void {
  const name = value.value;
  const words = `Couldn't load match \`${name}':No such file or directory`;
  if (name.includes(unknownText)) return;
  if (name.length > longestName) {
    const long = `Invalid match name "${name}" (${longestName} chars max)`;
    state.refuseWord('unknown-parameter', value, `there is no match "${name}"`, long);
  } else if (name.startsWith('-')) {
    const reason = `${word.value} takes "${name}" for the name of a match`;
    state.refuse(word, { rule: 'unknown-parameter', from: 0, to: word.value.length, reason, words });
    // What stands there by itself is the next option: it is read as such, to tell all there is to tell.
    if (!isAttached) state.reader.back();
  } else {
    const meant = matchMeant(name);
    const place = { from: 0, to: name.length };
    const reason = `there is no match "${name}"`;
    const fixes = [{ title: `Write ${meant}`, ...place, text: meant ?? '' }];
    if (meant !== undefined)
      state.refuse(value, { rule: 'unknown-parameter', ...place, reason, words, fixes });
  }
}

function takeTable(state: CommandState, { word, value }: ReadOption): void {
  if (state.negation) {
    state.refuseWord(
      'syntax-error',
      state.negation,
      'a table cannot be negated',
      'unexpected ! flag before --table',
    );
  }
  if (state.place.isSaved) {
    const words = 'The -t option cannot be used in iptables-restore';
    state.refuseWord('unknown-parameter', word, 'a save file names the table in its own line', words);
  } else if (value) state.table = value;
}

function takeWait(state: CommandState, { entry: { id }, word, value }: ReadOption): void {
  if (state.place.isSaved) {
    const words = `You cannot use \`-${id}' from iptables-restore`;
    state.refuseWord('unknown-parameter', word, 'a save file cannot tell the program to wait', words);
  }
  if (value === undefined) state.reader.takePlain();
}

/** A save file may have lines for one family alone: the other program passes them over. */
function takeFamily(state: CommandState, { entry: { id }, word }: ReadOption): void {
  const isOther = state.family !== undefined && (id === '6') !== (state.family === 'ipv6');
  if (!isOther) return;
  if (state.place.isSaved) state.isOver = true;
  else {
    const reason = `${state.program} has no option -${id}`;
    state.refuseWord('unknown-parameter', word, reason, `Try \`${state.program} -h' for more information`);
  }
}

/** What may be negated (`inverse_for_options`). */
const negatable = 'sdpiof';

function takeRulePart(state: CommandState, option: ReadOption): void {
  const { entry, word, value } = option;
  const letter = entry.id === 'g' ? 'j' : entry.id;
  // `-v` may stand several times, and only the first one is looked at.
  if (state.own.has(letter) && letter !== 'v') {
    const words = `multiple -${letter} flags not allowed`;
    const what = letter === 'j' ? 'a target' : option.name;
    state.refuseWord('unknown-parameter', word, `the rule has ${what} already`, words);
  } else if (state.negation && !negatable.includes(letter)) {
    const words = `cannot have ! before -${letter}`;
    state.refuseWord('syntax-error', state.negation, `${option.name} cannot be negated`, words);
  }
  if (!state.own.has(letter)) state.own.set(letter, option);
  switch (entry.id) {
    case 'p':
      if (value) takeProtocol(state, value);
      break;
    case 'j':
    case 'g':
      if (value) takeTarget(state, value, entry.id === 'g');
      break;
    case 'i':
    case 'o':
      if (value) checkInterface(state, value);
      addCondition(state, option);
      break;
    case 'f':
      if (state.family === 'ipv6') {
        const words = "`-f' is not supported in IPv6, use -m frag instead";
        state.refuseWord('unknown-parameter', word, 'IPv6 has no such fragments', words);
      }
      addCondition(state, option);
      break;
    case 's':
    case 'd':
      if (state.negation) state.negatedAddresses = state.negation;
      addCondition(state, option);
      break;
    case 'c':
      if (value && !value.value.includes(',')) state.reader.takePlain();
      break;
  }
}

function takeProtocol(state: CommandState, word: SourcedText): void {
  const isNegated = state.negation !== undefined;
  const name = word.value.toLowerCase();
  if (name.includes(unknownText)) {
    state.protocol = { word, isNegated };
    return;
  }
  const known = readProtocol(name);
  if (known === undefined) {
    const fix = /^(tcp|udp)[,/|+](tcp|udp)$/.test(name) ? '; a rule has one protocol' : '';
    const reason = `"${word.value}" is no protocol${fix}`;
    state.refuseWord('invalid-transport', word, reason, `unknown protocol "${name}" specified`);
  } else if (known.number === 0 && isNegated) {
    const reason = 'no packet has none of all protocols';
    state.refuseWord('invalid-transport', word, reason, 'rule would never match protocol');
  }
  state.protocol = { word, isNegated, ...(known && { known }) };
}

function takeTarget(state: CommandState, word: SourcedText, isGoto: boolean): void {
  const name = word.value;
  const extension = isGoto ? undefined : targetNamed(name);
  if (name === '') {
    state.refuseWord('syntax-error', word, 'the target has no name', 'Invalid target name (too short)');
  } else if (name.length > longestName && !name.includes(unknownText)) {
    const words = `Invalid target name \`${name}' (${longestName} chars max)`;
    state.refuseWord('unknown-parameter', word, `the name has ${name.length} characters`, words);
  }
  if (name.includes(unknownText) || isForeignTarget(name)) state.hasForeign = true;
  if (state.target === undefined) state.target = { word, isGoto, ...(extension && { extension }) };
  if (extension) state.reader.load(extension);
}

/** libxtables/xtables.c, `xtables_parse_interface`, and `check_empty_interface`. */
function checkInterface(state: CommandState, word: SourcedText): void {
  const { value } = word;
  if (value === '') {
    const words = 'Empty interface is likely to be undesired';
    state.refuseWord('unknown-parameter', word, 'the interface has no name', words);
  } else if (value.length > longestInterface && !value.includes(unknownText)) {
    const words = `interface name \`${value}' must be shorter than IFNAMSIZ (${longestInterface})`;
    state.refuseWord('unknown-parameter', word, `the name has ${value.length} characters`, words);
  }
}

const longestInterface = 15;

function addCondition(state: CommandState, { word, name, value, isAttached }: ReadOption): void {
  const sign = state.negation ? '! ' : '';
  const written = isAttached || value === undefined ? state.written(word) : `${name} ${state.written(value)}`;
  state.conditions.push({ text: sign + written });
}
