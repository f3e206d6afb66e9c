import type { Fault, PortReference, PortSlot } from '../../model/port';
import { slice } from '../../model/span';
import type { Heredoc } from '../commands/heredocs';
import type { ShellScript } from '../commands/shell-script';
import { iptablesCall } from './iptables-call';
import { type IptablesProgram, type IptablesReading, readIptablesCommand } from './iptables-command';
import { looksLikeSave } from './looks-like-save';
import { readSaveText } from './save-text';

/**
 * The iptables commands of a shell script, and the save files that it hands to iptables-restore in heredocs. What the
 * shell puts in at run time is not known, so it is neither guessed nor a fault.
 */
export function readIptablesScript(script: ShellScript): IptablesReading {
  const { text, commands, documents } = script;
  const found: Found = { references: [], slots: [], faults: [] };
  for (const words of commands) {
    const call = iptablesCall(words, script);
    if (call) add(found, readIptablesCommand(call.words, { text, ...call.place }));
  }
  for (const document of documents) {
    const program = restoredBy(text, document);
    if (program !== undefined) {
      const { body, hasTabs } = document;
      add(found, readSaveText(text, { within: body, hasTabs, ...(program !== 'either' && { program }) }));
    }
  }
  found.references.sort(inOrder);
  found.slots.sort(inOrder);
  found.faults.sort(inOrder);
  return found;
}

interface Found {
  readonly references: PortReference[];
  readonly slots: PortSlot[];
  readonly faults: Fault[];
}

function inOrder(a: Pick<Fault, 'span'>, b: Pick<Fault, 'span'>): number {
  return a.span.start - b.span.start;
}

function add(found: Found, { references, slots, faults }: IptablesReading): void {
  // One by one: an evil script holds more than a call takes arguments.
  for (const reference of references) found.references.push(reference);
  for (const slot of slots) found.slots.push(slot);
  for (const fault of faults) found.faults.push(fault);
}

/** The program that loads the body of a heredoc, as far as the line that opens it tells; undefined for another text. */
function restoredBy(text: string, { line, body }: Heredoc): IptablesProgram | 'either' | undefined {
  const opening = slice(text, line);
  const [, six] = /\bip(6?)tables(?:-legacy|-nft)?-restore\b/.exec(opening) ?? [];
  if (six !== undefined) return six === '6' ? 'ip6tables' : 'iptables';
  if (!looksLikeSave(slice(text, body))) return undefined;
  if (/\.v6\b|ip6tables|ipv6|\b(?:before|after)6\.rules/.test(opening)) return 'ip6tables';
  return /\.v4\b|iptables|ipv4|\b(?:before|after)\.rules/.test(opening) ? 'iptables' : 'either';
}
