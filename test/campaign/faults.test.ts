/** A few rounds of `npm run test:faults`, which is the whole campaign; and its judge, which must not be lenient. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event, EventBody } from '@anneal/schemas';
import { faultsCampaign } from './faults/campaign.ts';
import { type KindName, kindNames } from './faults/kinds.ts';
import { possibleWorlds } from './faults/possible.ts';
import { planOf } from './faults/round.ts';
import { doubledBy } from './faults/verdict.ts';

const worlds = await possibleWorlds((reason) => test('faults on AWS', { skip: reason }, () => undefined));

test('jobs survive what a few rounds of faults do to them, bit for bit', { timeout: 600_000 }, async (t) => {
  const lines: string[] = [];
  const rounds = worlds.aws ? ROUNDS : ROUNDS.slice(0, 3);
  const { struck, wrong } = await faultsCampaign({ seed: 1, rounds, worlds, log: (line) => void lines.push(line) });
  t.diagnostic(lines.join('\n'));
  assert.deepEqual(wrong, { lost: [], doubled: [], differing: [], unexplained: [] }, lines.join('\n'));
  assert.ok([...struck.values()].reduce((sum, one) => sum + one, 0) >= rounds.length, lines.join('\n'));
});

const ROUNDS = [1, 2, 3, 4, 5, 6];

test('a round is its seed; every kind is drawn in both worlds where it can strike', () => {
  const all = Array.from({ length: 200 }, (_one, round) => planOf(1, round, ['embedded', 'aws']));
  assert.deepEqual(planOf(1, 17, ['embedded', 'aws']), all[17]);
  assert.notDeepEqual(planOf(2, 17, ['embedded', 'aws']), all[17]);
  const drawn = new Set(all.flatMap(({ faults }) => faults.map(({ kind }) => kind)));
  assert.deepEqual([...drawn].sort(), [...kindNames].sort());
  const only: KindName[] = ['dynamodb'];
  for (let round = 0; round < 20; round++) {
    const plan = planOf(1, round, ['embedded', 'aws'], only);
    assert.equal(plan.world, 'aws');
    assert.ok(plan.faults.length > 0 && plan.faults.every(({ kind }) => kind === 'dynamodb'));
  }
});

test('the judge sees what is doubled', () => {
  const eventsOf = (bodies: EventBody[]): Event[] =>
    bodies.map((body, i) => ({ seq: i + 1, at: '2026-01-01T00:00:00.000Z', body }));
  const states = (...names: string[]): EventBody[] =>
    names.map((state) => ({ type: 'state', state, reason: null, error: null }) as EventBody);
  const artifact = (attempt: number): EventBody =>
    ({ type: 'artifact', artifact: { name: 'a', attempt } }) as unknown as EventBody;
  const good = states('queued', 'starting', 'running', 'queued', 'starting', 'running', 'succeeded');
  assert.deepEqual(doubledBy('a', 'a', eventsOf(good), 2), []);
  assert.deepEqual(doubledBy('a', 'a', eventsOf([...good.slice(0, 6), artifact(2)]), 2), []);
  const wrong: [string, EventBody[], number, RegExp][] = [
    ['b', good, 2, /one submission became a and b/],
    ['a', good, 3, /3 runners for 2 launches/],
    ['a', states('queued', 'starting', 'running', 'running'), 1, /running after running/],
    ['a', [...good.slice(0, 6), artifact(1)], 2, /event 7 is of attempt 1 while 2 runs/],
    ['a', states('queued', 'starting', 'running', 'succeeded', 'succeeded'), 1, /succeeded twice/],
  ];
  for (const [again, bodies, launches, words] of wrong)
    assert.match(doubledBy('a', again, eventsOf(bodies), launches).join('\n'), words);
  assert.match(doubledBy('a', 'a', eventsOf(good).slice(1), 2).join('\n'), /event 1 has number 2/);
});
