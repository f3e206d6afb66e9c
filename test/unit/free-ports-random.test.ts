import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompletionItem, completion } from '../../server/features/completion/completion';
import { findFree } from '../../server/features/free-ports/find-free';
import type { Wish } from '../../server/features/free-ports/wish';
import { ipAddress } from '../../server/model/address';
import type { Chart } from '../../server/model/chart';
import type { Claim } from '../../server/model/claim';
import type { Books } from '../../server/model/knowledge';
import { type PortRange, portsText, transports } from '../../server/model/port';
import type { PortSlot } from '../../server/model/port-slot';
import type { RegistryRecord } from '../../server/model/registry';
import type { Snapshot, SourceFile } from '../../server/model/snapshot';
import { overlaps, slice } from '../../server/model/span';
import { UnitBook } from '../../server/units';
import { collide } from '../../server/units/collide';
import { surelyContained } from '../../server/units/surely-contained';
import { shippedBooks } from '../harness/books';
import { chartOf, snapshotOf, type Texts } from '../harness/chart';
import { type Random, randomFrom } from '../harness/random';
import { randomAddress, randomPort, randomWorkspace } from '../harness/random-workspace';
import { edited } from '../harness/told';

const books = remembering(shippedBooks());

/** How many workspaces are made, and the seed of the first; a failure names the seed of its own. */
const count = 10_000;
const firstSeed = 1;

test('no port that is told to be free collides with any claim of its workspace', () => {
  const seen = { claims: 0, answers: 0, items: 0, explained: 0, applied: 0 };
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const random = randomFrom(seed);
    const files = randomWorkspace(random);
    const worktrees = random.chance(20) ? { other: randomWorkspace(random) } : {};
    const chart = chartOf(books, { files, worktrees });
    const claims = [chart.snapshot, ...(chart.neighbours ?? []).map(({ snapshot }) => snapshot)].flatMap(
      claimsIn,
    );
    seen.claims += claims.length;
    const fail = (what: string, ports: PortRange, claim: Claim): never =>
      assert.fail(
        `seed ${seed}: ${what} names ${portsText(ports)}, which ${claim.holder} in ${claim.file.uri} has\n${drawn({ ...files })}`,
      );

    const wish = randomWish(random);
    for (const { ports } of findFree(chart, wish, 3).found) {
      seen.answers += 1;
      const hit = claims.find((claim) => collide(claim, wanted(wish, ports, claim)));
      if (hit !== undefined) fail(`a search for ${JSON.stringify(wish)}`, ports, hit);
    }

    const slots = [...chart.snapshot.files.values()].flatMap((file) =>
      file.reading.slots.filter(isPublished).map((slot) => ({ file, slot })),
    );
    // Every place in some workspaces, and one place in each: a completion takes as long as reading a file.
    const one = random.below(slots.length);
    for (const { file, slot } of seed % 10 === 0 ? slots : slots.slice(one, one + 1)) {
      const own = claims.filter((claim) => !isOwnEntry(claim, file, slot));
      for (const item of completion(chart, file.uri, slot.span.end)) {
        const ports = portsIn(item, slot);
        // Where the text leaves it open, a mapping that is put there says its transport itself.
        const transport =
          transports.find((each) => item.label.endsWith(`/${each}`)) ?? slot.transport ?? 'tcp';
        if (!/free:/.test(item.detail)) {
          // What is not free is told only of what stands there, and says so.
          assert.equal(item.filter, slice(file.text, slot.span).trim(), `seed ${seed}: ${item.detail}`);
          seen.explained += 1;
          continue;
        }
        seen.items += 1;
        if (seed % 10 === 0 && seen.applied < seed / 10 && !isOverridden(file, slot)) {
          seen.applied += 1;
          const hit = metBy(chart, files, file, item);
          if (hit !== undefined) fail(`the text with ${item.insert} in it (${file.uri})`, ports, hit);
        }
        const hit = own.find((claim) => collide(claim, wanted({ ...slot, transport }, ports, claim)));
        if (hit !== undefined)
          fail(`completion ${item.label} of "${slice(file.text, slot.span)}" in ${file.uri}`, ports, hit);
      }
    }
  }
  // A generator that made nothing to keep off would prove nothing.
  assert.ok(seen.claims > count && seen.answers > count && seen.items > 5 * count, JSON.stringify(seen));
  assert.ok(seen.explained > 100, JSON.stringify(seen));
  assert.ok(seen.applied > count / 20, JSON.stringify(seen));
});

/** Every port of the machine that a project or a configuration of its nginx binds. */
function claimsIn(snapshot: Snapshot): readonly Claim[] {
  const units = new UnitBook().of(snapshot);
  const isContained = surelyContained(snapshot);
  return [
    ...units.project.flatMap((project) => project.claims),
    ...units.nginx.flatMap((configuration) => configuration.claims.filter(({ file }) => !isContained(file))),
  ];
}

/** The claim that an item's own entry meets once it stands in the text. */
function metBy(
  chart: Chart,
  files: Texts,
  file: SourceFile,
  { span, insert }: CompletionItem,
): Claim | undefined {
  const name = file.uri.slice('file:///'.length);
  const after = snapshotOf('file:///', { ...files, [name]: edited(file.text, [{ span, text: insert }]) });
  const others = (chart.neighbours ?? []).flatMap(({ snapshot }) => claimsIn(snapshot));
  const claims = [...claimsIn(after), ...others];
  const isInPlace = ({ file: from, reference }: Claim): boolean =>
    from.uri === file.uri && reference.span.start <= span.start + 1 && span.start <= reference.span.end;
  const own = claims.filter(isInPlace);
  return claims.find((claim) =>
    own.some((each) => (isInPlace(claim) ? takesFromItself(each, claim) : collide(each, claim))),
  );
}

/** Whether two services that share an entry want the same port of it. */
function takesFromItself(one: Claim, other: Claim): boolean {
  return one.holder < other.holder && !one.isFlexible && collide(one, other) !== undefined;
}

function randomWish(random: Random): Wish {
  const host = randomAddress(random).replace(/[[\]]/g, '');
  const address = ipAddress(host);
  return {
    transport: random.pick(['tcp', 'tcp', 'udp', 'sctp']),
    width: random.pick([1, 1, 2, 5]),
    ...(address && { address }),
    ...(random.chance(70) && { near: randomPort(random) }),
    ...(random.chance(20) && { within: { first: 8080, last: 8080 + random.below(20) } }),
    ...(random.chance(30) && { isNotForWeb: true }),
    ...(random.chance(30) && { mayBePrivileged: true }),
  };
}

/** What would want ports that were taken for free. */
function wanted(
  { transport = 'tcp', address }: Pick<PortSlot | Wish, 'transport' | 'address'>,
  ports: PortRange,
  { file, reference }: Claim,
): Claim {
  return {
    ...{ file, reference, ports, transport, isFlexible: false, takers: 1, holder: 'the wish' },
    ...(address && address.kind !== 'name' && { address }),
  };
}

function isPublished({ role, accepts }: PortSlot): boolean {
  return role === 'publish' || accepts === 'mapping';
}

/** Whether a slot is in a default that an environment file goes over: what is put there binds nothing for now. */
function isOverridden({ reading: { references } }: SourceFile, { span }: PortSlot): boolean {
  return references.some(
    ({ span: entry, variables = [] }) =>
      overlaps(entry, span) && variables.some(({ fallback }) => fallback !== undefined),
  );
}

function isOwnEntry({ file: from, reference }: Claim, file: SourceFile, slot: PortSlot): boolean {
  return from === file && overlaps(reference.span, slot.span);
}

/** The host ports that an item writes; in the last place of a range they are all of it. */
function portsIn({ label }: CompletionItem, { above }: PortSlot): PortRange {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?/.exec(label) ?? [];
  assert.ok(first !== undefined, `"${label}" has no port`);
  return { first: above ?? Number(first), last: Number(last) };
}

/** The same ports are asked for again and again: what the registry answers is decoded once. */
function remembering(shipped: Books): Books {
  const { registry } = shipped;
  const records = new Map<string, readonly RegistryRecord[]>();
  return {
    ...shipped,
    registry: {
      ...registry,
      byPort: (port, transport) => {
        const key = `${port} ${transport}`;
        const found = records.get(key) ?? registry.byPort(port, transport);
        records.set(key, found);
        return found;
      },
    },
  };
}

function drawn(files: Texts): string {
  return Object.entries(files)
    .map(([name, text]) => `-- ${name} --\n${text}`)
    .join('');
}
