import type { Chart } from '../../model/chart';
import type { PortRange } from '../../model/port';
import { fieldOf } from './field';
import { freePorts } from './free-ports';
import { groundOf } from './ground';
import { shortageOf, whyFree } from './reasons';
import type { Wish } from './wish';

/** Ports that nothing is in the way of, and why that is believed. */
export interface FreeFinding {
  readonly ports: PortRange;
  readonly reason: string;
}

/** What a search for free ports came to. */
export interface FreeAnswer {
  readonly found: readonly FreeFinding[];
  /** Why there are no more, where fewer were found than asked for. */
  readonly shortage?: string;
}

/**
 * The first `count` free ports (or ranges of `wish.width` ports, none of which share a port) for a wish, best first.
 *
 * @param scope What was read, in words, where that is not the whole workspace: `examples/compose.yaml`.
 */
export function findFree(chart: Chart, wish: Wish, count: number, scope?: string): FreeAnswer {
  const ground = { ...groundOf(chart), ...(scope !== undefined && { scope }) };
  const field = fieldOf(ground, wish);
  const found: FreeFinding[] = [];
  const given = new Uint8Array(65536);
  for (const ports of freePorts(chart.books.registry, field, wish)) {
    if (found.length >= count) break;
    const { first, last } = ports;
    // All ranges are as wide: one that meets another holds one of its ends.
    if (given[first] === 1 || given[last] === 1) continue;
    given.fill(1, first, last + 1);
    found.push({ ports, reason: whyFree(ground, wish, ports) });
  }
  return found.length < count ? { found, shortage: shortageOf(ground, field, wish) } : { found };
}
