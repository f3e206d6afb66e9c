import type { PortReference } from '../model/port';
import type { RuleOf } from '../model/rule';
import { slice } from '../model/span';

export const unknownService: RuleOf<'file'> = {
  id: 'unknown-service',
  over: 'file',
  severity: 'warning',
  summary: 'A firewall rule for a service whose name neither IANA nor Debian knows.',
  rationale:
    'The programs look a name up in /etc/services when the rule is loaded, and refuse one that is not there, mostly with the whole file. A machine can have names of its own, and then all is well.',
  *check({ uri, text, reading }, { books: { registry } }) {
    // What its reader refuses already is told.
    const refused = new Set(reading.faults.map(({ span }) => span.start));
    for (const reference of reading.references) {
      const name = refused.has(reference.portSpan.start) ? undefined : plainName(reference, text);
      if (name === undefined || elsewhere.has(name) || registry.byName(name).length > 0) continue;
      yield {
        uri,
        span: reference.portSpan,
        message: `Neither IANA nor Debian knows a service "${name}": unless /etc/services of the machine has it, the rule is refused.`,
        related: [],
        fixes: [],
      };
    }
  },
};

/**
 * The name that stands in the place of a packet filter's port, and that its reader could not tell the port of. Names in
 * capitals alone are somebody's placeholders.
 */
function plainName(reference: PortReference, text: string): string | undefined {
  const { ports, variables, rule, isRefused, portSpan } = reference;
  if (ports !== undefined || variables !== undefined || rule === undefined || isRefused) return undefined;
  if (portSpan.end - portSpan.start > longestName) return undefined;
  const name = slice(text, portSpan);
  return /^[A-Za-z0-9][A-Za-z0-9_.+*-]*$/.test(name) && /[a-z]/.test(name) ? name : undefined;
}

/** IANA's names have at most 15 characters (RFC 6335, section 5.1); older ones in use have a few more. */
const longestName = 40;

/** Names that the services of OpenBSD and FreeBSD have beyond IANA's. */
const elsewhere: ReadonlySet<string> = new Set(['spamd', 'spamd-cfg', 'spamd-sync', 'icb', 'imap4-ssl']);
