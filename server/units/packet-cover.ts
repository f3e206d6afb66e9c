import { contains } from '../model/network';
import type { Network, NetworkMatch, PacketRule, PortMatch } from '../model/packet-filter';
import { isSubset, portSet } from './port-sets';

/**
 * Tells whether every packet that `rule` matches is surely matched by `cover`, too. Conditions that are not understood
 * count as the same where they are written alike and decide alike whenever they are asked; `cover` has no further ones.
 */
export function covers(cover: PacketRule, rule: PacketRule): boolean {
  return (
    (cover.family === undefined || cover.family === rule.family || isOfFamily(rule, cover.family)) &&
    coversProtocol(cover, rule) &&
    coversPorts(cover.ports, rule.ports) &&
    coversPorts(cover.sourcePorts, rule.sourcePorts) &&
    coversNetworks(cover.source, rule.source) &&
    coversNetworks(cover.destination, rule.destination) &&
    coversInterface(cover.inInterface, rule.inInterface) &&
    coversInterface(cover.outInterface, rule.outInterface) &&
    coversStates(cover.states, rule.states) &&
    coversOthers(cover, rule)
  );
}

/** Addresses tell a family as well. */
function isOfFamily({ source, destination }: PacketRule, family: Network['family']): boolean {
  return [source, destination].some(
    (match) =>
      match !== undefined &&
      !match.isNegated &&
      match.networks.length > 0 &&
      match.networks.every((each) => each.family === family),
  );
}

function coversProtocol(cover: PacketRule, rule: PacketRule): boolean {
  if (cover.protocol !== undefined) return cover.protocol === rule.protocol;
  const { transports } = cover;
  if (transports === undefined) return true;
  if (rule.transports === undefined || rule.transports.length === 0 || rule.protocol !== undefined)
    return false;
  return rule.transports.every((transport) => transports.includes(transport));
}

function coversPorts(cover: PortMatch | undefined, rule: PortMatch | undefined): boolean {
  if (cover === undefined) return true;
  if (rule === undefined || rule.ranges.length === 0) return false;
  const [outer] = cover.ranges;
  if (outer !== undefined && cover.ranges.length === 1 && !cover.isNegated && !rule.isNegated) {
    return rule.ranges.every(({ first, last }) => outer.first <= first && last <= outer.last);
  }
  return isSubset(portSet(rule), portSet(cover));
}

/** Of two negated matches, the one that leaves out less covers the other. */
function coversNetworks(cover: NetworkMatch | undefined, rule: NetworkMatch | undefined): boolean {
  if (cover === undefined) return true;
  if (rule === undefined || rule.networks.length === 0) return false;
  if (!cover.isNegated && !rule.isNegated) {
    return rule.networks.every((inner) => cover.networks.some((outer) => contains(outer, inner)));
  }
  if (cover.isNegated && rule.isNegated) {
    return cover.networks.every((left) => rule.networks.some((outer) => contains(outer, left)));
  }
  if (!cover.isNegated) return false;
  // Addresses of another family are none of those that are left out, but the rule is of one family anyhow.
  return rule.networks.every((inner) => cover.networks.every((left) => isApart(left, inner)));
}

function isApart(one: Network, other: Network): boolean {
  return one.family === other.family && (one.last < other.first || other.last < one.first);
}

/** `eth+` is every interface whose name begins so (iptables(8), -i). */
function coversInterface(cover: string | undefined, rule: string | undefined): boolean {
  if (cover === undefined) return true;
  if (rule === undefined) return false;
  return cover.endsWith('+') ? rule.startsWith(cover.slice(0, -1)) : rule === cover;
}

function coversStates(cover: readonly string[] | undefined, rule: readonly string[] | undefined): boolean {
  if (cover === undefined) return true;
  return rule !== undefined && rule.length > 0 && rule.every((state) => cover.includes(state));
}

function coversOthers(cover: PacketRule, rule: PacketRule): boolean {
  if (cover.others.length === 0) return true;
  if (!cover.othersAreSteady || !rule.othersAreSteady) return false;
  return cover.others.every((other) => rule.others.includes(other));
}
