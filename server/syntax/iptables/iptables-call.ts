import { programOf } from '../commands/program-of';
import { heldBy, variableIn } from '../commands/shell-assignments';
import type { ShellScript } from '../commands/shell-script';
import { type SourcedText, SourcedTextBuilder, spanOf, unknownText } from '../sourced-text';
import type { IptablesPlace, IptablesProgram } from './iptables-command';

/** A call of iptables in a script. */
export interface IptablesCall {
  /** What the call says of the program. */
  readonly place: Pick<IptablesPlace, 'program' | 'isTableOpen'>;
  /** The words behind the program's name. */
  readonly words: readonly SourcedText[];
}

/**
 * The call of iptables or ip6tables that a command is: by its name, with a path, behind `sudo` or `ip netns exec`, or
 * by a variable (`$IPT -A …`): by what the script gives it, or else by its own name. Undefined for other commands.
 */
export function iptablesCall(words: readonly SourcedText[], script: ShellScript): IptablesCall | undefined {
  const { name, arguments: rest } = programOf(words);
  const known = programNamed(name);
  // Prose that begins a line with the program's name is no command.
  if (known !== undefined && !beginsLikeOptions(rest)) return undefined;
  if (known !== undefined) return { place: { program: known }, words: rest };
  if (carriers.has(name)) return carried(rest);
  const first = words[words.length - rest.length - 1];
  if (first === undefined) return undefined;
  // bash makes a loop's work of it: one command for each of the two programs.
  if (bothFamilies.test(first.value) && beginsLikeOptions(rest)) return { place: {}, words: rest };
  if (!variable.test(first.value)) return undefined;
  const lookedUp = programNamed(baseName(heldBy(first, script.text)));
  if (lookedUp !== undefined && beginsLikeOptions(rest)) return { place: { program: lookedUp }, words: rest };
  // `$SUDO iptables …`
  const behind = programNamed(baseName(rest[0]?.value ?? ''));
  if (behind !== undefined) return { place: { program: behind }, words: rest.slice(1) };
  return byVariable(first, rest, script);
}

/** Programs and common functions that run the program among their arguments. */
const carriers: ReadonlySet<string> = new Set([
  ...['ip', 'nsenter', 'chroot', 'unshare', 'eval', 'retry', 'run', 'try', 'runuser', 'doas', 'firejail'],
  ...['docker', 'podman', 'lxc-attach', 'do_cmd', 'run_cmd', 'cmd', 'exec_cmd'],
]);

/** `ip netns exec NAME iptables -A …`: what follows begins like an option, or it is only talked about. */
function carried(words: readonly SourcedText[]): IptablesCall | undefined {
  const at = words.findIndex(({ value }) => programNamed(baseName(value)) !== undefined);
  const program = programNamed(baseName(words[at]?.value ?? ''));
  const rest = words.slice(at + 1);
  return program && rest.length > 0 && beginsLikeOptions(rest)
    ? { place: { program }, words: rest }
    : undefined;
}

function beginsLikeOptions([first]: readonly SourcedText[]): boolean {
  return first === undefined || /^[-!\uE000]/.test(first.value);
}

/** A word that is one variable, or a path that ends in one. */
const variable = /^[\w./-]*\uE000$/;

const bothFamilies = /^(?:\S*\/)?ip\{(?:,6|6,)\}tables$/;

/** Nobody puts more than `sudo`, `-w` and a table there. */
const mostWords = 7;

function byVariable(
  word: SourcedText,
  rest: readonly SourcedText[],
  { text, assignments }: ShellScript,
): IptablesCall | undefined {
  const span = spanOf(word);
  const name = variableIn(word, text) ?? '';
  const [value = '', another] = assignments.get(name) ?? [];
  const isKnown = value !== '' && another === undefined && !value.includes(unknownText);
  const held = isKnown ? value.trimStart().split(/\s+/, mostWords) : [];
  const at = held.findIndex((value) => programNamed(baseName(value)) !== undefined);
  const program = programNamed(baseName(held[at] ?? ''));
  if (program !== undefined && held.length < mostWords) {
    const before = held.slice(at + 1).map((value) => {
      const builder = new SourcedTextBuilder();
      builder.replaced(value, span);
      return builder.text();
    });
    return { place: { program }, words: [...before.filter(({ value }) => value !== ''), ...rest] };
  }
  // The script does not tell, so the variable's own name does: IPT, IP6TABLES, CMD_IPT6.
  const [, six] = /(?:^|_)ip_?(6?)_?t(?:ables?)?(?:v?[46])?(?:_|$)/i.exec(name) ?? [];
  const isCalled = six !== undefined && /^-(?:[AIDRCPNFXZLSt]$|-[a-z])/.test(rest[0]?.value ?? '');
  if (held.length > 0 || !isCalled) return undefined;
  return {
    place: { program: name.includes('6') ? 'ip6tables' : 'iptables', isTableOpen: true },
    words: rest,
  };
}

function programNamed(name: string): IptablesProgram | undefined {
  const [, six] = /^ip(6?)tables(?:-legacy|-nft)?$/.exec(name) ?? [];
  return six === undefined ? undefined : six === '6' ? 'ip6tables' : 'iptables';
}

function baseName(value: string): string {
  return value.slice(value.lastIndexOf('/') + 1);
}
