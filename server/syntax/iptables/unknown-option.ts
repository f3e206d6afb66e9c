import type { SourcedText } from '../sourced-text';
import type { CommandState } from './command-state';
import { likelyPortOption, type PortKind } from './port-options';
import type { Remark } from './remark';

/** Why the program does not know an option; with ports it is mostly that something is missing before it. */
export function explainUnknown(state: CommandState, word: SourcedText, name: string): Remark {
  const place = { from: 0, to: name.length };
  const words = `unknown option "${word.value}"`;
  const kind = likelyPortOption(name)?.kind;
  if (kind === undefined) {
    return {
      rule: 'unknown-parameter',
      ...place,
      reason: `${name} is none of the rule's options, or may be several`,
      words,
    };
  }
  if (kind.extension === 'multiport') return { ...unknownList(state, name), ...place, words };
  if (kind.form !== 'plain') {
    return { rule: 'unknown-parameter', ...place, reason: unloaded(kind, name), words };
  }
  const { protocol } = state;
  if (protocol === undefined || protocol.known?.number === 0) {
    const reason =
      protocol === undefined
        ? `${name} needs "-p tcp" or another protocol with ports before it`
        : `${name} needs one protocol with ports, and "${protocol.word.value}" is none`;
    return { rule: 'missing-transport', ...place, reason, words };
  }
  const lists = protocol.known?.transport === 'udplite';
  const reason = lists
    ? `${name} is no option for udplite; "-m multiport" has ${name}s`
    : `${name} has no meaning for ${protocol.word.value}, which has no ports`;
  return { rule: 'invalid-transport', ...place, reason, words };
}

function unknownList(state: CommandState, name: string): Pick<Remark, 'rule' | 'reason' | 'fixes'> {
  const reason = `${name} needs "-m multiport" before it`;
  // Without a protocol the next thing would be wrong as well.
  if (state.protocol?.known?.transport === undefined) return { rule: 'unknown-parameter', reason };
  const text = `-m multiport ${name}`;
  const fixes = [{ title: `Write ${text}`, from: 0, to: name.length, text }];
  return { rule: 'unknown-parameter', reason, fixes };
}

function unloaded({ extension, side }: PortKind, name: string): string {
  if (!side.startsWith('new')) return `${name} needs "-m ${extension}" before it`;
  const targets = extension === 'REDIRECT' ? 'REDIRECT or MASQUERADE' : extension;
  return `${name} is an option of ${targets}, which has to stand before it`;
}
