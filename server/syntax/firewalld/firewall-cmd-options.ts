/** The two programs that take these options. */
export type CommandName = 'firewall-cmd' | 'firewall-offline-cmd';

/** One option of firewall-cmd or firewall-offline-cmd. */
export interface CommandOption {
  readonly name: string;
  /** Of one group a command takes one option only, if again and again; `alone` and `lokkit` are no such groups. */
  readonly group: string;
  /** How many words follow: none, one, a given number, any number, or all that are left. */
  readonly takes: 'flag' | 'value' | '1' | '2' | '3' | 'any' | 'rest';
  readonly program: CommandName | 'both';
}

/** An option that a word names, or why it names none. */
export type NamedOption = CommandOption | 'unknown' | 'ambiguous';

/**
 * The option that `name` stands for: argparse takes the beginning of a long one for all of it, where no other begins
 * like that.
 *
 * @param program Without one, an option of either.
 */
export function commandOption(name: string, program: CommandName | undefined): NamedOption {
  const own = (option: CommandOption): boolean =>
    program === undefined || option.program === 'both' || option.program === program;
  const exact = options.get(name)?.find(own);
  if (exact !== undefined) return exact;
  if (!name.startsWith('--')) return 'unknown';
  const longer = [...options].filter(([each, list]) => each.startsWith(name) && list.some(own));
  const [only] = longer;
  if (only === undefined) return 'unknown';
  return longer.length > 1 ? 'ambiguous' : (only[1].find(own) ?? 'unknown');
}

/**
 * Group, what follows, program, and below them the options: all that firewalld 1.3 and 2.5 have (src/firewall-cmd.in,
 * src/firewall-offline-cmd.in), so that an option that is not among them is none.
 */
const table = `
config value both
  --delete-helper --delete-icmptype --delete-ipset --delete-policy --delete-service --delete-zone
  --load-helper-defaults --load-icmptype-defaults --load-ipset-defaults --load-policy-defaults
  --load-service-defaults --load-zone-defaults --new-helper --new-helper-from-file --new-icmptype
  --new-icmptype-from-file --new-ipset --new-ipset-from-file --new-policy --new-policy-from-file
  --new-service --new-service-from-file --new-zone --new-zone-from-file --path-helper
  --path-icmptype --path-ipset --path-policy --path-service --path-zone
direct 1 both
  --get-passthroughs
direct 2 both
  --get-chains
direct 3 both
  --add-chain --get-rules --query-chain --remove-chain --remove-rules
direct flag both
  --get-all-chains --get-all-passthroughs --get-all-rules
direct rest both
  --add-passthrough --add-rule --query-passthrough --query-rule --remove-passthrough
  --remove-rule
direct rest firewall-cmd
  --passthrough
helper any both
  --set-family
helper flag both
  --get-family --get-helpers --get-module
helper value both
  --set-module
icmptype flag both
  --get-destinations
icmptype value both
  --add-destination --query-destination --remove-destination
ipset flag both
  --get-entries --get-ipsets
ipset value both
  --add-entries-from-file --add-entry --query-entry --remove-entries-from-file --remove-entry
lockdown flag both
  --list-lockdown-whitelist-commands --list-lockdown-whitelist-contexts
  --list-lockdown-whitelist-uids --list-lockdown-whitelist-users
lockdown value both
  --add-lockdown-whitelist-command --add-lockdown-whitelist-context --add-lockdown-whitelist-uid
  --add-lockdown-whitelist-user --query-lockdown-whitelist-command
  --query-lockdown-whitelist-context --query-lockdown-whitelist-uid
  --query-lockdown-whitelist-user --remove-lockdown-whitelist-command
  --remove-lockdown-whitelist-context --remove-lockdown-whitelist-uid
  --remove-lockdown-whitelist-user
lokkit flag firewall-offline-cmd
  --disabled --enabled
lokkit value firewall-offline-cmd
  --addmodule --block-icmp --custom-rules --forward-port --masq --port --remove-service
  --removemodule --service --trust -m -p -s -t
alone flag both
  --direct
alone flag firewall-cmd
  --permanent
alone flag firewall-offline-cmd
  --check-config
alone value both
  --family --helper --icmptype --ipset --module --name --option --policy --policy-set --type
  --zone
alone value firewall-cmd
  --service --timeout
alone value firewall-offline-cmd
  --default-config --system-config
output flag both
  --quiet --verbose -q -v
service flag both
  --get-description --get-destination --get-includes --get-modules --get-ports --get-protocols
  --get-service-helpers --get-short --get-source-ports
service value both
  --add-helper --add-include --add-module --query-helper --query-include --query-module
  --remove-helper --remove-include --remove-module --set-description --set-destination
  --set-short
standalone flag both
  --get-automatic-helpers --get-default-zone --get-icmptypes --get-log-denied --get-policies
  --get-services --get-zones --help --list-all-policies --list-all-zones --lockdown-off
  --lockdown-on --query-lockdown --reset-to-defaults --version -V -h
standalone flag firewall-cmd
  --check-config --complete-reload --get-active-policies --get-active-zones --get-ipset-types
  --panic-off --panic-on --query-panic --reload --runtime-to-permanent --state
standalone flag firewall-offline-cmd
  --policy-desktop --policy-server
standalone value both
  --get-zone-of-interface --get-zone-of-source --info-helper --info-icmptype --info-ipset
  --info-policy --info-service --info-zone --set-automatic-helpers --set-default-zone
  --set-log-denied
zone flag both
  --add-disable --add-forward --add-icmp-block-inversion --add-masquerade --get-egress-priority
  --get-ingress-priority --get-priority --get-target --list-all --list-egress-zones
  --list-forward-ports --list-icmp-blocks --list-ingress-zones --list-interfaces --list-ports
  --list-protocols --list-rich-rules --list-services --list-source-ports --list-sources
  --query-disable --query-forward --query-icmp-block-inversion --query-masquerade
  --remove-disable --remove-forward --remove-icmp-block-inversion --remove-masquerade
zone value both
  --add-egress-zone --add-forward-port --add-icmp-block --add-ingress-zone --add-interface
  --add-port --add-protocol --add-rich-rule --add-service --add-source --add-source-port
  --change-interface --change-source --change-zone --query-egress-zone --query-forward-port
  --query-icmp-block --query-ingress-zone --query-interface --query-port --query-protocol
  --query-rich-rule --query-service --query-source --query-source-port --remove-egress-zone
  --remove-forward-port --remove-icmp-block --remove-ingress-zone --remove-interface
  --remove-port --remove-protocol --remove-rich-rule --remove-source --remove-source-port
  --set-egress-priority --set-ingress-priority --set-priority --set-target
zone value firewall-cmd
  --remove-service
zone value firewall-offline-cmd
  --remove-service-from-policy --remove-service-from-zone
`;

const options: ReadonlyMap<string, readonly CommandOption[]> = readTable();

function readTable(): ReadonlyMap<string, readonly CommandOption[]> {
  const found = new Map<string, CommandOption[]>();
  let [group, takes, program] = ['', '', ''];
  for (const line of table.trim().split('\n')) {
    const words = line.trim().split(' ');
    if (!line.startsWith(' ')) {
      [group = '', takes = '', program = ''] = words;
      continue;
    }
    for (const name of words) {
      const option = { name, group, takes, program } as CommandOption;
      found.set(name, [...(found.get(name) ?? []), option]);
    }
  }
  return found;
}
