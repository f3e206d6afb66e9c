import { type NftParse, rightSide, value, variable } from './nft-expressions';
import { number } from './nft-options';
import { nftRefusal } from './nft-refusal';
import type { NftToken } from './nft-tokens';
import type { NftChain, NftFamily, NftPlace } from './nft-tree';

/** Where a base chain is hooked in; empty when nft does not take it. */
export type ChainHook = Pick<NftChain, 'type' | 'hook'>;

const packetHooks: readonly string[] = ['prerouting', 'input', 'forward', 'output', 'postrouting'];
const allHooks: readonly string[] = [...packetHooks, 'ingress', 'egress'];

/** The hooks that a family has (nftables src/rule.c, hook2str and str2hooknum; doc/nft.txt, address families). */
const familyHooks: Readonly<Record<NftFamily, readonly string[]>> = {
  ip: packetHooks,
  ip6: packetHooks,
  inet: [...packetHooks, 'ingress'],
  arp: ['input', 'output'],
  bridge: packetHooks,
  netdev: ['ingress', 'egress'],
  unknown: allHooks,
};

/** The families and hooks for which the kernel has a chain of a type. */
const types: ReadonlyMap<string, { readonly families: RegExp; readonly hooks: readonly string[] }> = new Map([
  ['filter', { families: /./, hooks: allHooks }],
  ['nat', { families: /^(?:ip|ip6|inet|unknown)$/, hooks: ['prerouting', 'input', 'output', 'postrouting'] }],
  ['route', { families: /^(?:ip|ip6|inet|unknown)$/, hooks: ['output'] }],
]);

/** The names of priorities, and the hooks at which one of the versions of nft takes them (src/rule.c, std_prios). */
const ipPriorities: ReadonlyMap<string, readonly string[]> = new Map([
  ['raw', allHooks],
  ['mangle', allHooks],
  ['dstnat', ['prerouting', 'output']],
  ['filter', allHooks],
  ['security', allHooks],
  ['srcnat', ['postrouting', 'input']],
]);
const bridgePriorities: ReadonlyMap<string, readonly string[]> = new Map([
  ['dstnat', ['prerouting']],
  ['filter', allHooks],
  ['out', ['output']],
  ['srcnat', ['postrouting']],
]);
const plainPriorities: ReadonlyMap<string, readonly string[]> = new Map([['filter', allHooks]]);

interface Priority extends NftPlace {
  readonly name?: string;
  /** Absent where a name or a variable gives it. */
  readonly number?: number;
}

/** `type filter hook input priority filter + 10` (hook_spec). */
export function readHook(parse: NftParse, family: NftFamily): ChainHook {
  const { cursor } = parse;
  cursor.next();
  const type = word(parse);
  if (!cursor.take('hook')) cursor.fail();
  const hook = word(parse);
  const device = cursor.token;
  if (cursor.take('device')) value(parse);
  else if (cursor.take('devices')) {
    if (!cursor.take('=')) cursor.fail();
    rightSide(parse);
  }
  const hasDevice = device !== cursor.token;
  if (!cursor.take('priority')) cursor.fail('The priority of the chain is missing');
  const priority = readPriority(parse);
  if (cursor.failed || type.kind === 'unknown' || hook.kind === 'unknown') return {};
  const wrong = hookFault(type, hook, family) ?? priorityFault(type.text, hook.text, family, priority);
  if (wrong !== undefined) {
    tell(parse, wrong.place, wrong.reason, wrong.nft);
    return {};
  }
  if (hasDevice && packetHooks.includes(hook.text))
    tell(parse, device, 'Only chains at the hooks ingress and egress have a device', noDevice);
  return { type: type.text, hook: hook.text };
}

const noDevice = 'This chain type cannot be bound to device';

function word({ cursor }: NftParse): NftToken {
  const { token } = cursor;
  if (token.kind !== 'word' && token.kind !== 'unknown') cursor.fail();
  cursor.next();
  return token;
}

interface Wrong {
  readonly place: NftPlace;
  readonly reason: string;
  readonly nft: string;
}

function hookFault(type: NftToken, hook: NftToken, family: NftFamily): Wrong | undefined {
  const known = types.get(type.text);
  if (known === undefined) {
    const reason = `"${type.text}" is no chain type: there are filter, nat and route`;
    return { place: type, reason, nft: 'unknown chain type' };
  }
  if (!allHooks.includes(hook.text))
    return { place: hook, reason: `"${hook.text}" is no hook`, nft: 'unknown chain hook' };
  if (!familyHooks[family].includes(hook.text)) {
    const reason = `A table of the family ${family} has no hook "${hook.text}"`;
    return { place: hook, reason, nft: `The ${family} family does not support this hook` };
  }
  if (!known.families.test(family)) {
    const reason = `The family ${family} has no chains of type ${type.text}`;
    return { place: type, reason, nft: 'Could not process rule: No such file or directory' };
  }
  if (known.hooks.includes(hook.text)) return undefined;
  const reason = `A chain of type ${type.text} cannot be at the hook "${hook.text}"`;
  return { place: hook, reason, nft: 'Could not process rule: Operation not supported' };
}

function priorityFault(type: string, hook: string, family: NftFamily, priority: Priority): Wrong | undefined {
  const { name, number: written } = priority;
  const names =
    family === 'bridge' ? bridgePriorities : /^(?:arp|netdev)$/.test(family) ? plainPriorities : ipPriorities;
  if (name !== undefined && family !== 'unknown' && !names.get(name)?.includes(hook)) {
    const reason = names.has(name)
      ? `"${name}" is no priority at the hook ${hook}`
      : `"${name}" is no priority`;
    return { place: priority, reason, nft: 'invalid priority expression value in this context' };
  }
  const isLow = (written !== undefined && written <= -200) || name === 'raw';
  if (type !== 'nat' || !isLow) return undefined;
  const reason = 'Addresses are translated where connections are known, above the priority -200';
  return { place: priority, reason, nft: 'Could not process rule: Operation not supported' };
}

/** A number, a name with a number added or taken away, or a variable (extended_prio_spec). */
function readPriority(parse: NftParse): Priority {
  const { cursor } = parse;
  const { token } = cursor;
  const { from } = token;
  const end = (): NftPlace => ({ from, to: cursor.last.to });
  if (cursor.is('$')) {
    variable(parse);
    return end();
  }
  const sign = cursor.take('-') ? -1 : 1;
  if (token.kind !== 'word') {
    const digits = cursor.token;
    number(parse);
    return { ...end(), ...(digits.kind === 'number' && { number: sign * Number(digits.text) }) };
  }
  cursor.next();
  if (!cursor.is('+', '-')) return { ...end(), name: token.text };
  cursor.next();
  number(parse);
  // How far it is from the name may matter, and is not worked out.
  return token.text === 'raw' ? end() : { ...end(), name: token.text };
}

function tell({ cursor }: NftParse, { from, to }: NftPlace, reason: string, nft: string): void {
  cursor.note({ rule: 'unknown-parameter', place: { from, to }, message: nftRefusal(reason, nft) });
}
