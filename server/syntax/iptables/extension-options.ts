import type { FaultFix } from '../../model/fault';
import { slice } from '../../model/span';
import { type SourcedText, spanOf, unknownText } from '../sourced-text';
import type { CommandState } from './command-state';
import { type Extension, matchNamed, type OptionEntry } from './extensions';
import { portList } from './match-ports';
import type { ReadOption } from './option-reader';
import { likelyPortOption, type PortKind, portKind, readPortOption } from './port-options';
import { explainUnknown } from './unknown-option';

/** Handles an option that a match or target brought along (iptables/xshared.c, `command_default`). */
export function takeExtensionOption(state: CommandState, option: ReadOption, extension: Extension): void {
  const kind = portKind(option.entry);
  const used =
    extension.kind === 'target'
      ? state.targetOptions
      : (state.matches.findLast((match) => match.extension === extension)?.options ?? []);
  const isRepeated = used.some(({ entry }) => entry.id === option.entry.id);
  used.push(option);
  if (state.negation) state.negated.add(option);
  if (kind !== undefined) {
    if (isRepeated) refuseRepeated(state, option, kind);
    takePortOption(state, option, kind);
  } else {
    const more = option.entry.more === undefined ? undefined : moreWords(state, option);
    if (more) state.furtherWords.set(option, more);
    if (extension.kind === 'match' && extension.name !== 'comment') addCondition(state, option, more);
  }
  state.negation = undefined;
}

/**
 * Handles an option that none of the loaded options is: the protocol's own match is loaded for it, once; else it is
 * wrong, unless something that cannot be known here may have it.
 */
export function takeUnknown(state: CommandState, word: SourcedText, name: string): void {
  const { protocol, reader } = state;
  const extension = protocol?.known?.match === undefined ? undefined : matchNamed(protocol.known.match);
  if (!state.isProtocolLoaded && extension !== undefined) {
    state.isProtocolLoaded = true;
    if (!state.matches.some((used) => used.extension === extension)) reader.load(extension);
    state.matches.push({ extension, options: [] });
    reader.back();
    return;
  }
  const isOpen =
    state.isGuess || state.hasForeign || (protocol !== undefined && protocol.known === undefined);
  if (!isOpen) state.refuse(word, explainUnknown(state, word, name));
  const equals = word.value.indexOf('=');
  const isAttached = equals >= 0 && name.length === equals;
  const likely = likelyPortOption(name);
  if (likely !== undefined) {
    const value = isAttached ? undefined : reader.take();
    const option = { entry: likely.entry, word, name, isAttached, ...(value && { value }) };
    takePortOption(state, option, likely.kind);
  } else if (isOpen) {
    const value = isAttached ? undefined : reader.takePlain();
    addCondition(state, { entry: nothing, word, name, isAttached, ...(value && { value }) });
  }
  state.negation = undefined;
}

const nothing: OptionEntry = { name: '', takes: 'nothing', id: '' };

/** Handles an option that needs a value and is the last word. */
export function takeValueless(state: CommandState, word: SourcedText, entry: OptionEntry): void {
  const kind = portKind(entry);
  const rule = kind === undefined ? 'syntax-error' : 'missing-port';
  const what = kind === undefined ? 'value' : kind.form === 'address' ? 'address' : 'port';
  const words = `option "${word.value}" requires an argument`;
  state.refuseWord(rule, word, `${word.value} has no ${what}`, words);
  if (kind !== undefined) {
    const option = { entry, word, name: word.value, isAttached: false };
    state.ports.push({ option, kind, isNegated: state.negation !== undefined });
  }
  state.negation = undefined;
}

function takePortOption(state: CommandState, option: ReadOption, kind: PortKind): void {
  checkUse(state, option, kind);
  const ports = readPortOption(state, option, kind);
  const { value, read } = ports;
  const refusal = read?.refusal;
  if (value !== undefined && refusal !== undefined) {
    state.refuse(value, refusal, widerFix(state, option, kind, value));
    if (!option.isAttached && isNoValue(value)) {
      // What stands there is the next option: it is read as such, to tell all there is to tell.
      state.ports.push({ option, kind, isNegated: ports.isNegated });
      state.reader.back();
      return;
    }
  }
  if (value !== undefined) for (const trap of read?.traps ?? []) state.trap(value, trap);
  state.ports.push(ports);
  const sign = state.negation ? '! ' : '';
  const written =
    option.isAttached || value === undefined
      ? state.written(option.word)
      : `${option.name} ${state.written(value)}`;
  if (!kind.side.startsWith('new')) state.conditions.push({ text: sign + written, ports });
}

/** A mend that takes the option and its value together: a list needs another match, a negation another place. */
function widerFix(
  state: CommandState,
  { word, name, isAttached }: ReadOption,
  kind: PortKind,
  value: SourcedText,
): FaultFix | undefined {
  if (isAttached || state.negation !== undefined || (kind.form !== 'plain' && kind.form !== 'resolved'))
    return undefined;
  const { text } = state.place;
  const { start } = spanOf(word);
  const to = (last: SourcedText, put: string, title: string): FaultFix | undefined => {
    const span = { start, end: state.endOf(last) };
    return /[\n"'\\]/.test(slice(text, span)) ? undefined : { title, span, text: put };
  };
  const next = state.reader.peek();
  if (value.value === '!' && next !== undefined && /^[0-9A-Za-z:]+$/.test(next.value)) {
    return to(next, `! ${name} ${next.value}`, `Put the "!" before ${name}`);
  }
  const { transport } = kind;
  const setting = {
    notation: 'strtoul',
    extension: '',
    option: '',
    ...(transport && { lookup: transport }),
  } as const;
  const isList = value.value.includes(',') && portList(value.value, setting).refusal === undefined;
  const lists = `-m multiport ${kind.side === 'source' ? '--sports' : '--dports'}`;
  return isList && kind.extension !== 'conntrack'
    ? to(value, `${lists} ${value.value}`, `Write ${lists}`)
    : undefined;
}

/** The next option, or the sign that negates it. */
function isNoValue({ value }: SourcedText): boolean {
  return value === '!' || /^--?[A-Za-z]/.test(value);
}

/** What the program checks before it looks at the value. */
function checkUse(state: CommandState, option: ReadOption, kind: PortKind): void {
  const { word, name } = option;
  const place = { from: 0, to: name.length };
  if (kind.side.startsWith('new') && state.negation) {
    const words = `${kind.extension}: option "--${kind.name}" cannot be inverted`;
    state.refuseWord('syntax-error', state.negation, `${name} cannot be negated`, words);
  }
  const { protocol } = state;
  if (kind.extension !== 'multiport' || (protocol !== undefined && protocol.known === undefined)) return;
  const only = 'multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP';
  if (protocol?.isNegated) {
    const reason = `${name} needs one protocol with ports, not all but one`;
    state.refuse(word, { rule: 'invalid-transport', ...place, reason, words: only });
  } else if (protocol === undefined || protocol.known?.number === 0) {
    const words = "multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'";
    const reason = `${name} needs "-p tcp" or another protocol with ports before it`;
    state.refuse(word, { rule: 'missing-transport', ...place, reason, words });
  } else if (protocol.known?.transport === undefined) {
    const reason = `${name} has no meaning for ${protocol.word.value}, which has no ports`;
    state.refuse(word, { rule: 'invalid-transport', ...place, reason, words: only });
  }
}

/** The older extensions name the option in their own way. */
function refuseRepeated(state: CommandState, { word, name }: ReadOption, kind: PortKind): void {
  const isOlder = kind.form === 'plain';
  const words = isOlder
    ? `Only one \`--${kind.name}' allowed`
    : `${kind.extension}: option "--${kind.name}" can only be used once`;
  const reason = `the ${kind.side.startsWith('new') ? 'target' : 'match'} has ${name} already`;
  state.refuse(word, { rule: 'unknown-parameter', from: 0, to: name.length, reason, words });
}

/** The words that an option takes beside its value, read by the extension itself. */
function moreWords(state: CommandState, { entry, word, name }: ReadOption): SourcedText | undefined {
  const next = state.reader.takePlain();
  if (next === undefined && entry.more === 'one' && !name.includes(unknownText)) {
    state.refuseWord('syntax-error', word, `${name} takes two words`, `--${entry.name} requires two args`);
  }
  return next;
}

function addCondition(state: CommandState, option: ReadOption, more?: SourcedText): void {
  const { word, name, value, isAttached } = option;
  const written = isAttached || value === undefined ? [word] : [value];
  const texts = [...written, ...(more ? [more] : [])].map((each) => state.written(each));
  const sign = state.negation ? '! ' : '';
  const lead = isAttached || value === undefined ? '' : `${name} `;
  state.conditions.push({ text: `${sign}${lead}${texts.join(' ')}` });
}
