/** What attempts have taken, as the events of a job tell it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody, JobState } from '@anneal/schemas';
import { Spending, spentWith } from '../../services/runner/spending.ts';

/** Events of a job, at seconds. */
function spendingOf(...events: [number, JobState | EventBody][]): Spending {
  const spending = new Spending();
  events.forEach(([seconds, what], seq) => {
    const body: EventBody = typeof what === 'string' ? { type: 'state', state: what, reason: null, error: null } : what;
    spending.add({ seq: seq + 1, at: new Date(1_800_000_000_000 + seconds * 1000).toISOString(), body });
  });
  return spending;
}
const machine = (dollarsPerHour: number | null): EventBody => ({ type: 'machine', machine: 'm', dollarsPerHour });

test('attempts that are over count by their own machines, waits between them do not, nor does the one that goes on', () => {
  const spending = spendingOf(
    [0, 'queued'],
    [10, 'starting'],
    [20, 'running'],
    [21, machine(3.6)],
    [120, 'queued'],
    [5000, 'starting'],
    [5100, 'running'],
    [5101, machine(7.2)],
    [5150, 'paused'],
    [9000, 'queued'],
    [9100, 'starting'],
    [9110, 'running'],
    [9111, machine(100)],
  );
  const spent = spending.before(100);
  assert.equal(spent.seconds, 150);
  assert.ok(Math.abs(spent.dollars! - (100 * 3.6 + 50 * 7.2) / 3600) < 1e-12);
  const all = spentWith(spent, 36, 100);
  assert.ok(Math.abs(all.dollars! - spent.dollars! - 1) < 1e-12 && all.seconds === 186);
});

test('an attempt that was lost before it could tell its machine counts at the price at hand', () => {
  const spending = spendingOf([0, 'running'], [3600, 'queued'], [4000, 'running']);
  assert.deepEqual(spending.before(2), { seconds: 3600, dollars: 2 });
  assert.deepEqual(spending.before(null), { seconds: 3600, dollars: null });
});

test('machines without a price cost nothing, and a clock that is set back takes nothing off', () => {
  const free = spendingOf([0, 'running'], [1, machine(null)], [50, 'paused']);
  assert.deepEqual(free.before(null), { seconds: 50, dollars: null });
  assert.deepEqual(spentWith(free.before(null), 10, null), { seconds: 60, dollars: null });
  assert.deepEqual(spendingOf([50, 'running'], [0, 'queued']).before(1), { seconds: 0, dollars: 0 });
});
