import { type SourcedText, unknownText } from '../sourced-text';
import { checkAddresses } from './addresses';
import type { CommandState, UsedMatch } from './command-state';
import { builtInChains, checkKernel, kernelWords, tableOf } from './kernel-checks';
import { longestName } from './own-options';
import { portKind } from './port-options';

/**
 * What the program checks when all words are read, in its order (iptables/xshared.c, from the end of `do_parse` on,
 * then iptables/xtables.c, `do_commandx`, and iptables/nft.c where it builds the rule).
 */
export function finalChecks(state: CommandState, words: readonly SourcedText[]): void {
  checkNatDrop(state);
  for (const match of state.matches) checkMatch(state, match);
  checkTarget(state);
  checkEnds(state, words);
  checkRuleAddresses(state);
  checkLegal(state);
  checkChain(state);
  checkTable(state);
  checkPolicy(state);
  if (isRuleCommand(state)) {
    for (const match of state.matches) checkTransport(state, match);
    checkKernel(state);
  }
}

function isRuleCommand({ command, isByNumber }: CommandState): boolean {
  return command !== undefined && 'AIDRC'.includes(command) && !isByNumber;
}

function checkNatDrop(state: CommandState): void {
  const word = state.policy?.value === 'DROP' ? state.policy : state.target?.word;
  if (word?.value !== 'DROP' || tableOf(state) !== 'nat') return;
  const words = 'The "nat" table is not intended for filtering, the use of DROP is therefore inhibited.';
  state.refuseWord(
    'misplaced-directive',
    word,
    'nothing can be dropped in the table nat',
    words.slice(0, -1),
  );
}

function checkMatch(state: CommandState, { extension, word, options }: UsedMatch): void {
  const { name } = extension;
  if (options.length === 0 && word !== undefined) {
    if (name === 'multiport') {
      const reason = '"-m multiport" has no list of ports';
      state.refuseWord('missing-port', word, reason, 'multiport expection an option');
    } else if (name === 'conntrack') {
      const reason = '"-m conntrack" has no option';
      state.refuseWord('syntax-error', word, reason, 'conntrack: At least one option is required');
    } else if (name === 'ipvs') {
      state.refuseWord(
        'syntax-error',
        word,
        '"-m ipvs" has no option',
        'IPVS: At least one option is required',
      );
    }
  }
  if (name !== 'multiport') return;
  const order = extension.options.map(({ id }) => id);
  const lists = [...new Set(options.map(({ entry }) => entry.id))].sort(
    (a, b) => order.indexOf(a) - order.indexOf(b),
  );
  const second = options.find(({ entry }) => entry.id !== options[0]?.entry.id);
  if (lists.length < 2 || second === undefined) return;
  const [one = '', other = ''] = lists.map((id) => /(\S+)$/.exec(id)?.[1]?.split('|')[0] ?? '');
  const text = `-m multiport ${second.name}`;
  const to = second.name.length;
  state.refuse(second.word, {
    rule: 'unknown-parameter',
    from: 0,
    to,
    reason: 'one multiport match has one list of ports',
    words: `multiport: option "--${one}" cannot be used together with "--${other}"`,
    fixes: [{ title: `Write ${text}`, from: 0, to, text }],
  });
}

function checkTarget(state: CommandState): void {
  const { target, targetOptions } = state;
  const needed = { DNAT: 'to-destination', SNAT: 'to-source', TPROXY: 'on-port' }[
    target?.extension?.name ?? ''
  ];
  if (target === undefined || needed === undefined) return;
  if (targetOptions.some(({ entry }) => portKind(entry) !== undefined)) return;
  const { name } = target.extension ?? { name: '' };
  const rule = name === 'TPROXY' ? 'missing-port' : 'invalid-address';
  const words = `${name}: option "--${needed}" must be specified`;
  state.refuseWord(rule, target.word, `${name} needs --${needed}`, words);
}

function checkEnds(state: CommandState, words: readonly SourcedText[]): void {
  const [first] = words;
  if (state.rest[0]) {
    const told = 'unknown arguments found on commandline';
    state.refuseWord('syntax-error', state.rest[0], 'nothing can stand behind "--"', told);
  }
  if (state.command === undefined && first !== undefined) {
    state.refuseWord('syntax-error', first, 'there is no -A, -I or another command', 'no command specified');
  }
  if (state.negation) {
    const told = 'nothing appropriate following !';
    state.refuseWord('syntax-error', state.negation, 'nothing follows the "!"', told);
  }
}

function checkRuleAddresses(state: CommandState): void {
  const lists = ['s', 'd'].flatMap((letter) => {
    const value = state.own.get(letter)?.value;
    return value === undefined ? [] : [{ letter, value, ...checkAddresses(value.value, state.family) }];
  });
  for (const { value, refusal } of lists) {
    if (refusal) state.refuse(value, refusal);
  }
  const many = lists.find(({ count }) => count > 1);
  if (many === undefined) return;
  // The program looks whether anything is negated, but one address alone can be.
  const negated = state.negatedAddresses;
  if (negated !== undefined) {
    const words = '! not allowed with multiple source or destination IP addresses';
    state.refuseWord('syntax-error', negated, 'several addresses cannot be negated at once', words);
  } else if (state.command === 'R') {
    const words = 'Replacement rule does not specify a unique address';
    state.refuseWord('syntax-error', many.value, 'several addresses make several rules', words);
  }
}

/** The options that commands other than those on rules take, in the order in which they are looked at. */
const looked = [...'nsdpjvxio0cf'];

function checkLegal(state: CommandState): void {
  const { command } = state;
  if (command === undefined) return;
  for (const letter of looked) {
    const option = state.own.get(letter);
    if (option === undefined || isLegal(state, command, letter)) continue;
    const words = `Illegal option \`-${letter}' with this command`;
    state.refuseWord('unknown-parameter', option.word, `${option.name} says nothing to -${command}`, words);
  }
}

/** iptables/xshared.c, `commands_v_options`. */
function isLegal({ isByNumber }: CommandState, command: string, letter: string): boolean {
  if (letter === 'v') return true;
  if ('nx0'.includes(letter)) return command === 'L';
  if (letter === 'c') return 'IRAP'.includes(command);
  return 'AIDRC'.includes(command) && !isByNumber;
}

function checkChain(state: CommandState): void {
  const { chain, command } = state;
  if (chain === undefined || chain.value.includes(unknownText)) return;
  const name = chain.value;
  if (name.length > longestName) {
    const words = `chain name \`${name}' too long (must be under ${longestName + 1} chars)`;
    state.refuseWord('unknown-parameter', chain, `the name has ${name.length} characters`, words);
  }
  if (command === undefined || !'AIDRC'.includes(command)) return;
  const letter = /^(?:PREROUTING|INPUT)$/.test(name) ? 'o' : /^(?:POSTROUTING|OUTPUT)$/.test(name) ? 'i' : '';
  const option = state.own.get(letter);
  if (option === undefined) return;
  const way = letter === 'o' ? 'come in' : 'go out';
  const reason = `the packets of ${name} ${way}, so ${option.name} says nothing`;
  state.refuseWord('misplaced-directive', option.word, reason, `Can't use -${letter} with ${name}`);
}

function checkTable(state: CommandState): void {
  const { table } = state;
  if (table === undefined || table.value.includes(unknownText) || builtInChains(table.value).length > 0)
    return;
  const words = `table '${table.value}' does not exist`;
  state.refuseWord('unknown-parameter', table, `"${table.value}" is no table`, words);
}

/** iptables/nft.c, `nft_chain_set`. */
function checkPolicy(state: CommandState): void {
  const { policy, chain } = state;
  if (policy === undefined || policy.value.includes(unknownText)) return;
  const isBuiltIn = builtInChains(tableOf(state) ?? '').includes(chain?.value ?? '');
  if (!isBuiltIn || ['ACCEPT', 'DROP'].includes(policy.value)) return;
  const reason = `"${policy.value}" is no policy; a built-in chain has ACCEPT or DROP`;
  state.refuseWord('unknown-parameter', policy, reason, 'Bad policy name');
}

/**
 * The matches of protocols are refused in a rule that is not for their protocol: tcp and udp with ports or flags by the
 * program (iptables/nft.c, `add_nft_tcp`), which does not mind a negation, everything else by the kernel, which does.
 */
function checkTransport(state: CommandState, { extension, word, options }: UsedMatch): void {
  const own = { tcp: 6, udp: 17, sctp: 132, dccp: 33 }[extension.name];
  const { protocol } = state;
  if (own === undefined || (protocol !== undefined && protocol.known === undefined)) return;
  const isNative = own < 20 && options.some((option) => saysSomething(state, option));
  const isOwn = protocol?.known?.number === own;
  if (isOwn && (isNative || !protocol?.isNegated)) return;
  const { name } = extension;
  const rule = protocol === undefined ? 'missing-transport' : 'invalid-transport';
  const reason =
    protocol === undefined
      ? `"-m ${name}" needs "-p ${name}" in the same rule`
      : `the rule is for ${protocol.isNegated ? 'all but ' : ''}${protocol.word.value}, and "-m ${name}" is not`;
  const words = isNative ? `${name.toUpperCase()} match requires '-p ${name}'` : kernelWords(state);
  state.refuseWord(rule, word ?? protocol?.word ?? state.chain ?? { value: '', pieces: [] }, reason, words);
}

/** All ports are no condition (`tcp_all_zero`), and an option of TCP is one that only the kernel's match knows. */
function saysSomething(state: CommandState, option: CommandState['targetOptions'][number]): boolean {
  if (option.entry.name === 'tcp-option') return false;
  const ports = state.ports.find((each) => each.option === option);
  if (ports === undefined || ports.isNegated) return true;
  const range = ports.read?.items[0]?.ports;
  return range === undefined || range.first > 0 || range.last < 65535;
}
