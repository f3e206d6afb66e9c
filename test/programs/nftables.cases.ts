import type { Line } from './nftables-line';
import { nat } from './nftables-nat.cases';
import { badPorts, comparedPorts, fieldPorts, fields, goodPorts, operators } from './nftables-ports.cases';
import { moreRules, rules } from './nftables-rules.cases';
import { objects, texts } from './nftables-texts.cases';

/** One ruleset for the comparison with the real nft. */
export interface NftablesCase {
  readonly text: string;
  /** Why nft and Portolan do not agree on it; one that begins with `nft` is about a version. */
  readonly differs?: string;
}

const names = `set ports { type inet_service; elements = { 22, 80 }; }
set ranges { type inet_service; flags interval; elements = { 22, 80-90 }; }
set addresses { type ipv4_addr; elements = { 10.0.0.1 }; }
set pairs { type ipv4_addr . inet_service; elements = { 10.0.0.1 . 22 }; }
set recent { type ipv4_addr; flags dynamic, timeout; timeout 1h; }
map forwards { type inet_service : inet_service; elements = { 80 : 8080 }; }
map targets { type inet_service : ipv4_addr . inet_service; elements = { 80 : 10.0.0.1 . 8080 }; }
map verdicts { type inet_service : verdict; elements = { 80 : accept }; }
chain other {
}`;
const variables = `define one = 22
define from = 80
define to = 90
define many = { 22, 80-90 }
define named = http
define listed = 22, 80
define none = { }
`;

/** All inputs: every way of writing a port in one field, and the others in fewer. */
export const nftablesCases: readonly NftablesCase[] = [
  ...[...goodPorts, ...badPorts].map((port) => inChain(`tcp dport ${port} accept`)),
  ...operators.flatMap((operator) =>
    comparedPorts.map((port) => inChain(`tcp dport ${operator} ${port} drop`)),
  ),
  ...fields.flatMap((field) => fieldPorts.map((port) => inChain(`${field} ${port}`))),
  ...[...rules, ...moreRules].map((line) => inChain(line)),
  ...nat.flatMap(([chain, lines]) => lines.map((line) => inChain(line, chain))),
  ...objects.map((line) => inTable(line)),
  ...texts.map((line) => caseOf(line, (text) => `${text}\n`)),
];

function inChain(line: Line, chain = 'type filter hook input priority 0;'): NftablesCase {
  return caseOf(line, (text) => `${variables}table inet t {\n${names}\nchain c {\n${chain}\n${text}\n}\n}\n`);
}

function inTable(line: Line): NftablesCase {
  return caseOf(line, (text) => `${variables}table inet t {\nchain other {\n}\n${text}\n}\n`);
}

function caseOf(line: Line, text: (line: string) => string): NftablesCase {
  if (typeof line === 'string') return { text: text(line) };
  const [written, differs] = line;
  return { text: text(written), differs };
}
