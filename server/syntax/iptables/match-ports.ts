import type { PortRange } from '../../model/port';
import { highestPort } from './port-text';
import { backwards, PortNotes, type PortPlace, type PortSetting, type PortValue } from './port-values';

/**
 * The value of `--dport` and its kin of tcp and sctp: one port, or `first:last` where either end may be missing
 * (extensions/libxt_tcp.c, `parse_tcp_ports`). What follows the first colon is the last port, whatever it is.
 */
export function plainPorts(text: string, setting: PortSetting): PortValue {
  const notes = new PortNotes(text, setting);
  const colon = text.indexOf(':');
  if (colon < 0) return onePort(notes, { takesRange: true });
  const first = colon === 0 ? 0 : notes.port(0, colon);
  const last = colon + 1 === text.length ? highestPort : notes.port(colon + 1, text.length);
  if (first !== undefined && last !== undefined && first > last) {
    notes.refuse({ ...backwards(text, 0, ':', 'invalid-port'), words: 'invalid portrange (min > max)' });
  }
  return range(notes, colon, first, last);
}

/**
 * The value of `--dport` of udp and dccp, and of conntrack's ports: as above, with at most one colon, and a range that
 * runs backwards is let through by iptables 1.8.9 and older ones (libxtables/xtoptions.c, `xtopt_parse_mport`).
 */
export function resolvedPorts(text: string, setting: PortSetting): PortValue {
  const notes = new PortNotes(text, setting);
  const colon = text.indexOf(':');
  if (colon < 0) return onePort(notes, { takesRange: true });
  const end = text.indexOf(':', colon + 1) < 0 ? text.length : text.indexOf(':', colon + 1);
  const first = colon === 0 ? 0 : notes.port(0, colon);
  const last = colon + 1 === end ? highestPort : notes.port(colon + 1, end);
  if (end < text.length) {
    const words = `${setting.extension}: Too many components for option "--${setting.option}" (max: 2)`;
    notes.refuse({ rule: 'invalid-port', from: 0, to: text.length, reason: 'a range has two ends', words });
  } else if (first !== undefined && last !== undefined && first > last && notes.refusal === undefined) {
    const turned = backwards(text, 0, ':', 'swapped-range');
    notes.traps.push({
      ...turned,
      reason: `${turned.reason} and matches no port; iptables 1.8.11 refuses it`,
    });
  }
  return range(notes, colon, first, last);
}

/** The value of an option that takes one port (libxtables/xtoptions.c, `xtopt_parse_port`); nothing is port 0. */
export function singlePort(text: string, setting: PortSetting): PortValue {
  const notes = new PortNotes(text, setting);
  if (/^[0-9A-Za-z-]+:[0-9A-Za-z-]*$/.test(text)) {
    const words = `Port "${text}" does not resolve to anything`;
    const reason = `--${setting.option} takes one port, not a range`;
    notes.refuse({ rule: 'invalid-port', from: 0, to: text.length, reason, words });
  }
  return onePort(notes);
}

/**
 * The list of a multiport match: ports and `first:last` ranges, separated by commas; at most 15 slots, of which a
 * range takes two; no end may be missing, and the ends differ (extensions/libxt_multiport.c, `parse_multi_ports_v1`).
 */
export function portList(text: string, setting: PortSetting): PortValue {
  const notes = new PortNotes(text, setting);
  let slots = 0;
  let from = 0;
  while (from <= text.length && notes.items.length < mostItems) {
    const comma = text.indexOf(',', from);
    const to = comma < 0 ? text.length : comma;
    const found = text.indexOf(':', from);
    const colon = found >= 0 && found < to ? found : undefined;
    const needed = colon === undefined ? 1 : 2;
    if (slots + needed > mostSlots) {
      notes.refuse({
        rule: 'too-many-ports',
        from,
        to: text.length,
        reason: `a multiport list has at most ${mostSlots} slots, and a range takes two of them`,
        words: 'too many ports specified',
      });
    }
    slots += needed;
    listItem(notes, from, colon, to);
    from = to + 1;
  }
  return notes;
}

/** The slots of a list: XT_MULTI_PORTS. */
const mostSlots = 15;

/** A list that somebody wrote by the page is refused anyway; so many of its ports are told. */
const mostItems = 100;

function listItem(notes: PortNotes, from: number, colon: number | undefined, to: number): void {
  if (colon === undefined) {
    const port = notes.port(from, to);
    notes.items.push({ from, to, ...(port !== undefined && { ports: { first: port, last: port } }) });
    notes.places.push({ from, to, takesRange: true });
    return;
  }
  const first = notes.port(from, colon);
  const last = notes.port(colon + 1, to);
  if (first !== undefined && last !== undefined && first >= last) {
    const whole = notes.text.slice(from, to);
    const words = 'invalid portrange specified';
    notes.refuse(
      first > last
        ? { ...backwards(whole, from, ':', 'invalid-port'), words }
        : {
            rule: 'invalid-port',
            from,
            to,
            reason: `the range ${whole} has one port alone, which multiport does not take`,
            words,
            fixes: [{ title: `Write the port alone: ${first}`, from, to, text: `${first}` }],
          },
    );
  }
  const ports = ordered(first, last);
  notes.items.push({ from, to, ...(ports && { ports }) });
  notes.places.push(
    { from, to: colon },
    { from: colon + 1, to, ...(first !== undefined && { above: first }) },
  );
}

function onePort(notes: PortNotes, place: Pick<PortPlace, 'takesRange'> = {}): PortNotes {
  const to = notes.text.length;
  // An option of the newer kind takes an empty text for 0.
  const port = to === 0 && notes.setting.notation === 'getaddrinfo' ? 0 : notes.port(0, to);
  notes.items.push({ from: 0, to, ...(port !== undefined && { ports: { first: port, last: port } }) });
  notes.places.push({ from: 0, to, ...place });
  return notes;
}

function range(notes: PortNotes, colon: number, first?: number, last?: number): PortNotes {
  const to = notes.text.length;
  const ports = ordered(first, last);
  notes.items.push({ from: 0, to, ...(ports && { ports }) });
  notes.places.push(
    { from: 0, to: colon },
    { from: colon + 1, to, ...(first !== undefined && { above: first }) },
  );
  return notes;
}

function ordered(first: number | undefined, last: number | undefined): PortRange | undefined {
  return first === undefined || last === undefined || first > last ? undefined : { first, last };
}
