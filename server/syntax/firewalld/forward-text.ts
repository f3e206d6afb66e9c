import type { Fault } from '../../model/fault';
import { faultAt } from '../found';
import { type SourcedText, sourceSpan, spanOf, subText } from '../sourced-text';
import { firewalldRefusal, quoted } from './firewalld-refusal';
import type { PortValues } from './port-entry';
import { isOpaque } from './port-text';

/** The value of `--add-forward-port`, by the names that XML has for its parts, and what is to be said of it. */
export interface ForwardText {
  readonly values: PortValues;
  readonly faults: readonly Fault[];
}

/** The names on the command line, and those of the same things in XML. */
const names: ReadonlyMap<string, string> = new Map([
  ['port', 'port'],
  ['proto', 'protocol'],
  ['toport', 'to-port'],
  ['toaddr', 'to-addr'],
]);

/**
 * Takes apart `port=80:proto=tcp:toport=8080:toaddr=10.0.0.1` (src/firewall/command.py, `parse_forward_port`): each
 * value ends at a colon, the last one at the end, so that only there an IPv6 address can stand. Of a name that stands
 * there twice the last one counts.
 *
 * @param isLokkit True for firewall-offline-cmd's `--forward-port`, which takes an interface as well.
 */
export function readForwardText(text: SourcedText, isLokkit: boolean): ForwardText {
  const { value } = text;
  const values = new Map<string, SourcedText>();
  const faults: Fault[] = [];
  const lastEquals = value.lastIndexOf('=');
  let at = 0;
  while (at <= lastEquals) {
    const equals = value.indexOf('=', at);
    const colon = value.indexOf(':', equals + 1);
    const end = equals === lastEquals || colon < 0 ? value.length : colon;
    const name = value.slice(at, equals);
    const known = names.get(name);
    if (known !== undefined) {
      if (values.has(known) && known.endsWith('port')) faults.push(repeated(text, at, end, name));
      values.set(known, subText(text, equals + 1, end));
    } else if (!(isLokkit && name === 'if') && !isOpaque(name)) {
      const words = `INVALID_FORWARD: invalid forward port arg '${name}'`;
      const message = firewalldRefusal(
        `there is no ${quoted(name)} in a forward port`,
        'firewall-cmd',
        words,
      );
      faults.push(faultAt('unknown-parameter', sourceSpan(text, at, equals), message));
    }
    at = end + 1;
  }
  return { values, faults: [...faults, ...missing(text, values)] };
}

function repeated(text: SourcedText, from: number, to: number, name: string): Fault {
  const message = `"${name}" stands there twice; firewall-cmd takes the last one without a word.`;
  return faultAt('repeated-port', sourceSpan(text, from, to), message);
}

function missing(text: SourcedText, values: PortValues): readonly Fault[] {
  if (isOpaque(text.value)) return [];
  for (const [name, what] of [
    ['port', 'port'],
    ['protocol', 'protocol'],
  ] as const) {
    if ((values.get(name)?.value ?? '') !== '') continue;
    const message = firewalldRefusal(
      `the ${what} is missing`,
      'firewall-cmd',
      `INVALID_FORWARD: missing ${what}`,
    );
    return [faultAt(name === 'port' ? 'missing-port' : 'missing-transport', spanOf(text), message)];
  }
  return [];
}
