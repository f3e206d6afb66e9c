import assert from 'node:assert/strict';
import { afterEach, type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Lookout } from '../../server/machine/lookout';
import type { Listener } from '../../server/model/listener';

const web: Listener = { port: 80, transport: 'tcp', address: '0.0.0.0' };
const database: Listener = { port: 5432, transport: 'tcp', address: '127.0.0.1' };

/** Looks that a test left under way would keep the process waiting for their time-out. */
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

test('nothing is known at first, and then what was seen', async () => {
  const { lookout, looks, clock } = watched();
  assert.equal(lookout.known(), undefined);
  looks[0]?.see([web]);
  await setImmediate();
  clock.time += 4999;
  assert.deepEqual(lookout.known(), { takenAt: 1000, listeners: [web] });
  assert.equal(looks.length, 1);
});

test('what is no longer fresh is told once more, and a new look is begun', async () => {
  const { lookout, looks, clock } = watched();
  lookout.known();
  looks[0]?.see([web]);
  await setImmediate();
  clock.time += 5000;
  assert.deepEqual(lookout.known()?.listeners, [web]);
  assert.deepEqual(lookout.known()?.listeners, [web]);
  assert.equal(looks.length, 2);
  looks[1]?.see([database]);
  await setImmediate();
  assert.deepEqual(lookout.known(), { takenAt: 6000, listeners: [database] });
});

test('nothing is fresh when the clock was set back', async () => {
  const { lookout, looks, clock } = watched();
  lookout.known();
  looks[0]?.see([web]);
  await setImmediate();
  clock.time -= 1;
  lookout.known();
  assert.equal(looks.length, 2);
});

test('a look is shared by all who ask meanwhile', async () => {
  const { lookout, looks } = watched();
  lookout.known();
  const both = Promise.all([lookout.refresh(), lookout.refresh()]);
  assert.equal(looks.length, 1);
  looks[0]?.see([web]);
  const [one, other] = await both;
  assert.deepEqual(one, { takenAt: 1000, listeners: [web] });
  assert.equal(one, other);
});

test('who waits gets a new look, however fresh the last is', async () => {
  const { lookout, looks } = watched();
  void lookout.refresh();
  looks[0]?.see([web]);
  await setImmediate();
  const second = lookout.refresh();
  looks[1]?.see([]);
  assert.deepEqual((await second)?.listeners, []);
});

test('the machine is not looked at while that is not allowed', async () => {
  const { lookout, looks, allowed, reports } = watched();
  allowed.now = false;
  assert.equal(lookout.known(), undefined);
  assert.equal(await lookout.refresh(), undefined);
  assert.equal(looks.length, 0);
  assert.deepEqual(reports, []);
});

test('what was seen is forgotten when it is not allowed any more', async () => {
  const { lookout, looks, allowed } = watched();
  lookout.known();
  looks[0]?.see([web]);
  await setImmediate();
  allowed.now = false;
  assert.equal(lookout.known(), undefined);
  allowed.now = true;
  assert.equal(lookout.known(), undefined);
  assert.equal(looks.length, 2);
});

test('a look under way is ended, and not told of, when it is not allowed any more', async () => {
  const { lookout, looks, allowed, reports } = watched();
  const waiting = lookout.refresh();
  allowed.now = false;
  lookout.known();
  assert.ok(looks[0]?.signal.aborted);
  assert.equal(await waiting, undefined);
  const unnoticed = watched();
  const other = unnoticed.lookout.refresh();
  unnoticed.allowed.now = false;
  unnoticed.looks[0]?.see([web]);
  assert.equal(await other, undefined);
  allowed.now = true;
  assert.equal(lookout.known(), undefined);
  assert.equal(looks.length, 2);
  assert.deepEqual([...reports, ...unnoticed.reports], []);
});

test('a failure is reported once, and for a minute nothing is tried', async () => {
  const { lookout, looks, clock, reports } = watched();
  lookout.known();
  looks[0]?.see([web]);
  await setImmediate();
  clock.time += 10_000;
  const failing = lookout.refresh();
  looks[1]?.fail(new Error('lsof is not there.'));
  assert.equal(await failing, undefined);
  assert.deepEqual(reports, ['What listens here cannot be told: lsof is not there.']);
  clock.time += 59_999;
  assert.deepEqual(lookout.known()?.takenAt, 1000);
  assert.equal(await lookout.refresh(), undefined);
  assert.equal(looks.length, 2);
  clock.time += 1;
  lookout.known();
  assert.equal(looks.length, 3);
  looks[2]?.fail(new Error('lsof is not there.'));
  await setImmediate();
  assert.equal(reports.length, 1);
});

test('a failure after a success is reported again', async () => {
  const { lookout, looks, clock, reports } = watched();
  for (const [index, outcome] of ['fail', 'see', 'fail'].entries()) {
    lookout.known();
    if (outcome === 'see') looks[index]?.see([]);
    else looks[index]?.fail(new Error('no.'));
    await setImmediate();
    clock.time += 60_000;
  }
  assert.equal(reports.length, 2);
});

test('a look that throws at once is a failure like any other', async () => {
  const reports: string[] = [];
  const take = () => {
    throw new Error('at once.');
  };
  const lookout = new Lookout({ take, isAllowed: () => true, report: (message) => reports.push(message) });
  assert.equal(lookout.known(), undefined);
  assert.equal(await lookout.refresh(), undefined);
  assert.equal(reports.length, 1);
});

test('a look has four seconds', async (context: TestContext) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { lookout, looks, reports } = watched();
  const waiting = lookout.refresh();
  context.mock.timers.tick(3999);
  assert.ok(looks[0]?.signal.aborted === false);
  context.mock.timers.tick(1);
  assert.equal(await waiting, undefined);
  assert.ok(looks[0]?.signal.aborted);
  assert.deepEqual(reports, ['What listens here cannot be told: it took longer than 4 seconds.']);
});

interface Look {
  readonly signal: AbortSignal;
  readonly see: (listeners: readonly Listener[]) => void;
  readonly fail: (error: Error) => void;
}

/** A lookout whose clock, permission and looks the test has in its hands. */
function watched() {
  const looks: Look[] = [];
  const reports: string[] = [];
  const clock = { time: 1000 };
  const allowed = { now: true };
  const lookout = new Lookout({
    take: (signal) => new Promise((see, fail) => looks.push({ signal, see, fail })),
    now: () => clock.time,
    isAllowed: () => allowed.now,
    report: (message) => reports.push(message),
  });
  ends.push(() => {
    allowed.now = false;
    lookout.known();
  });
  return { lookout, looks, reports, clock, allowed };
}
