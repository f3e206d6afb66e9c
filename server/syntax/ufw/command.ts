import type { Fault } from '../../model/fault';
import type { Span } from '../../model/span';
import type { PartReading } from '../found';
import type { SourcedText } from '../sourced-text';
import { addressFamily } from './addresses';
import { type Argument, isUnknown, ufwArguments } from './arguments';
import { judgeOtherCommand, readCommand } from './commands';
import { otherStep, ruleStep } from './filter-step';
import { badAddress, portWordFault, unsupportedProtocol } from './judged-clauses';
import { judgeRouteRule, judgeRule } from './judged-rule';
import { judgeSimpleRule } from './judged-simple-rule';
import { isProtocol } from './protocols';
import { readRule } from './rule-reading';
import { type RuleSketch, sketchRule } from './rule-sketch';

const nothing: PartReading = { references: [], slots: [], faults: [] };

/** One command or line of a text of ufw's, with the place that findings about it underline. */
export type UfwPart = PartReading & { readonly span: Span };

/**
 * Reads one call of ufw(8), version 0.36.2, as its own parser does.
 *
 * A command whose words are all known has the fault that ufw tells first. Where a word holds text that cannot be known
 * (`unknownText`), it may be several words or none, so only what is wrong in a known word whatever the others say is
 * told.
 *
 * @param words The words behind the program's name.
 * @param text The text that they stand in: where a port is still to be typed, the blanks there tell.
 */
export function readUfwCommand(words: readonly SourcedText[], text: string): PartReading {
  const command = readCommand(ufwArguments(words));
  if (command.kind === 'none') return nothing;
  const isKnown = !command.all.some(isUnknown);
  const isTrial = command.all[0]?.value.toLowerCase() === '--dry-run';
  if (command.kind === 'other') {
    const fault = isKnown ? judgeOtherCommand(command) : undefined;
    const step = fault === undefined && !isTrial ? otherStep(command) : undefined;
    return { ...nothing, faults: fault === undefined ? [] : [fault], ...(step && { steps: [step] }) };
  }
  const isRoute = command.kind === 'route';
  const sketch = sketchRule(command.words, isRoute);
  const judged = isKnown ? (isRoute ? judgeRouteRule : judgeRule)(command.words) : unsureFault(sketch);
  const faults = judged === undefined ? [] : [judged];
  const steps = judged === undefined && !isTrial ? { steps: [ruleStep(command.words, sketch)] } : {};
  if (sketch === undefined) return { ...nothing, faults, ...steps };
  const reading = readRule(sketch, text, judged !== undefined);
  return { ...reading, faults: [...faults, ...reading.faults], ...steps };
}

/** What is wrong in the known words of a command that has unknown ones, whatever these are. */
function unsureFault(sketch: RuleSketch | undefined): Fault | undefined {
  if (sketch?.action === undefined) return undefined;
  const known = (word: Argument | undefined): Argument | undefined =>
    word !== undefined && !isUnknown(word) ? word : undefined;
  const simple = known(sketch.simple);
  if (simple !== undefined) return sketch.isBodyUnknown ? undefined : judgeSimpleRule(simple);
  if (sketch.isBodyUnknown) return undefined;
  for (const side of ['from', 'to'] as const) {
    const address = known(sketch.addresses[side]);
    const text = address?.value.toLowerCase() ?? 'any';
    if (address !== undefined && text !== 'any' && addressFamily(text) === undefined)
      return badAddress(address, side);
  }
  for (const { keyword, word } of sketch.ports) {
    const port = keyword === 'port' ? known(word) : undefined;
    const fault = port && portWordFault(port)?.fault;
    if (fault !== undefined) return fault;
  }
  const protocol = known(sketch.protocol);
  return protocol !== undefined && !isProtocol(protocol.value) ? unsupportedProtocol(protocol) : undefined;
}
