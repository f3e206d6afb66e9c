import { slice } from '../../model/span';
import type { Heredoc } from '../commands/heredocs';
import type { PartReading } from '../found';
import { withPlaceholders } from '../placeholders';
import { literalText } from '../sourced-text';
import type { NftMemory } from './nft-known';
import { readNftText } from './nft-text';

/**
 * Reads a ruleset that a script hands to `nft -f -` in a heredoc; undefined for one that is for another program. What
 * the shell puts in is unknown; where it may be whole lines, nothing is said to be wrong.
 */
export function readNftHeredoc(
  text: string,
  { line, body }: Heredoc,
  memory: NftMemory,
): PartReading | undefined {
  const opening = slice(text, line);
  if (!readsInput.test(opening)) return undefined;
  const isExpanded = !/<<-?[ \t]*['"\\]/.test(opening);
  const source = literalText(slice(text, body), body.start);
  const filled = withPlaceholders(source, { angle: true, ...(isExpanded && { dollar: true }) });
  const { references, slots, faults } = readNftText(filled, [], memory);
  const mayBeLines = (isExpanded && /`|\$\(/.test(source.value)) || ownLine.test(filled.value);
  return { references, slots, faults: mayBeLines ? [] : faults };
}

/** `nft -f -`, `nft -c -f /dev/stdin`. */
const readsInput =
  /(?:^|[\s/"'}])nft[ \t]+(?:-{1,2}[a-z]+[ \t]+)*(?:-[a-z]*f|--file)[ \t=]*(?:-|\/dev\/stdin)(?=[\s<;|&]|$)/;

/** Something unknown that has a line for itself. */
const ownLine = /^[ \t]*\uE000[ \t]*$/m;
