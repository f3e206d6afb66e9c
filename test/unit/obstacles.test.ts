import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fieldOf } from '../../server/features/free-ports/field';
import { groundOf } from '../../server/features/free-ports/ground';
import { whyNot } from '../../server/features/free-ports/reasons';
import type { Wish } from '../../server/features/free-ports/wish';
import { ipAddress } from '../../server/model/address';
import type { PortRange } from '../../server/model/port';
import { shippedBooks } from '../harness/books';
import { type ChartParts, chartOf } from '../harness/chart';
import { obstacleCases } from './obstacles.cases';

const books = shippedBooks();

/** A wish in short: `8080`, `127.0.0.1:8080`, `[::1]:8080/udp`, `8080-8082`. */
function wishFrom(written: string): { readonly wish: Wish; readonly ports: PortRange } {
  const match = /^(?:\[?([0-9a-f.:]*[.:][0-9a-f.:]*?)\]?:)?(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(written);
  assert.ok(match !== null, `"${written}" is no wish`);
  const [, host, first, last = first, transport = 'tcp'] = match;
  const address = host === undefined ? undefined : ipAddress(host);
  assert.ok(host === undefined || address !== undefined, `"${host}" is no address`);
  const ports = { first: Number(first), last: Number(last) };
  const wish: Wish = {
    transport: transport as Wish['transport'],
    ...(address && { address }),
    width: ports.last - ports.first + 1,
    near: ports.first,
  };
  return { wish, ports };
}

/** What is in the way of a wish; `free` where nothing is. */
function said(parts: ChartParts, written: string, more: Partial<Wish> = {}): string {
  const { wish, ports } = wishFrom(written);
  const whole = { ...wish, ...more };
  const ground = groundOf(chartOf(books, parts));
  return whyNot(ground, fieldOf(ground, whole), whole, ports) ?? 'free';
}

describe('what is in the way of a port, in a workspace with', () => {
  for (const { title, parts, wishes } of obstacleCases)
    test(title, () => {
      const found = Object.fromEntries(Object.keys(wishes).map((written) => [written, said(parts, written)]));
      assert.deepEqual(found, wishes);
    });

  test('nothing: what a wish asks for is in its own way no more', () => {
    assert.equal(said({}, '80', { mayBePrivileged: true }), 'free');
    assert.equal(said({}, '6000', { isNotForWeb: true }), 'free');
    assert.equal(said({}, '22', { isNotForWeb: true, mayBePrivileged: true }), 'free');
  });
});
