import type { Fault } from '../../model/fault';
import { slice } from '../../model/span';
import type { Heredoc } from '../commands/heredocs';
import { readResolved } from '../commands/resolved-commands';
import type { ShellScript } from '../commands/shell-script';
import { addFound, nothingFound, type PartReading } from '../found';
import { ScriptFilter } from '../packet-filter/script-filter';
import { iptablesCall } from './iptables-call';
import { type IptablesProgram, readIptablesCommand } from './iptables-command';
import { looksLikeSave } from './looks-like-save';
import { readSaveText } from './save-text';

/**
 * The iptables commands of a shell script, and the save files that it hands to iptables-restore in heredocs. What the
 * shell puts in at run time is not known, so it is neither guessed nor a fault.
 */
export function readIptablesScript(script: ShellScript): PartReading {
  const { text, commands, documents } = script;
  const found = nothingFound();
  let filter: ScriptFilter | undefined;
  for (const [index, words] of commands.entries()) {
    const call = iptablesCall(words, script);
    const place = { text, ...call?.place };
    const reading = call && readResolved(call.words, script, (known) => readIptablesCommand(known, place));
    if (reading) addFound(found, reading);
    if (reading?.steps) filter ??= new ScriptFilter(script);
    filter?.take(index, reading?.steps ?? []);
  }
  for (const document of documents) {
    const program = restoredBy(text, document);
    if (program !== undefined) {
      const { body, hasTabs } = document;
      filter ??= new ScriptFilter(script);
      addFound(
        found,
        readSaveText(text, {
          ...{ within: body, hasTabs, draft: filter.draft },
          ...(program !== 'either' && { program }),
        }),
      );
    }
  }
  found.references.sort(inOrder);
  found.slots.sort(inOrder);
  found.faults.sort(inOrder);
  const whole = filter?.draft.filter();
  return whole === undefined ? found : { ...found, filter: whole };
}

function inOrder(a: Pick<Fault, 'span'>, b: Pick<Fault, 'span'>): number {
  return a.span.start - b.span.start;
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
