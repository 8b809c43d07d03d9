/** End to end: a forecast before the run, forecast against actual after it, and a budget in dollars over several attempts. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { localMachine } from '@anneal/core/forecast/machine.ts';
import { instance, SPOT_SHARE } from '@anneal/core/forecast/prices.ts';
import type { Anneal, JobOf } from '../../sdk/index.ts';
import { anneal, temporaryFolder } from '../cli/anneal.ts';
import { serve } from './service.ts';
import { spirals } from './spirals.ts';

const forecastsOf = async (client: Anneal, epochs: number) => (await client.jobs.validate(spirals(epochs))).forecast!;

test('the second forecast of a spec rests on its first run, and holds what that took', {
  timeout: 180_000,
}, async (t) => {
  const { client, home, stop } = await serve(t, []);
  const [prior, ...others] = await forecastsOf(client, 20);
  assert.deepEqual([others.length, prior!.machine, prior!.basis, prior!.runs], [0, localMachine().name, 'prior', 0]);

  const first = await client.jobs.wait(await client.jobs.create(spirals(20)));
  const { cost, steps } = first.result!;
  assert.deepEqual([cost?.machine, cost?.forecast, cost?.dollars], [prior!.machine, prior, null]);
  assert.equal(prior!.steps, steps);
  const { startedAt, finishedAt } = first;
  const attempt = (Date.parse(finishedAt!) - Date.parse(startedAt!)) / 1000;
  assert.ok(cost!.seconds > attempt - 1 && cost!.seconds < attempt + 0.1, `${cost!.seconds} s of ${attempt} s`);

  const [measured] = await forecastsOf(client, 20);
  assert.deepEqual([measured!.basis, measured!.runs], ['measured', 1]);
  const holds = ({ low, high }: { low: number; high: number }) => low <= cost!.seconds && cost!.seconds <= high;
  assert.ok(holds(measured!.seconds), `${cost!.seconds} s, forecast ${JSON.stringify(measured!.seconds)}`);
  assert.ok(measured!.seconds.high / measured!.seconds.low < prior!.seconds.high / prior!.seconds.low);
  const [longer] = await forecastsOf(client, 2_000_000);
  assert.ok(longer!.seconds.low > measured!.seconds.high);

  // Once more, as people see it.
  const spec = join(await temporaryFolder(t), 'spec.json');
  await writeFile(spec, JSON.stringify(spirals(20)));
  const folder = await temporaryFolder(t);
  const shown = await anneal(['validate', spec, '--home', home], { folder });
  assert.match(shown.stdout, /steps an epoch of [\d.]+ kFLOP/);
  assert.match(shown.stdout, /machine +steps +time +dollars +basis\n.+, \d+ cores? +360 .* to .* – +measured, 1 run\n/);
  const submitted = await anneal(['submit', spec, '--wait', '--home', home], { folder });
  assert.match(submitted.stderr, /forecast: 360 steps, .* \(measured, 1 run\)\n[\s\S]*epoch 1 /);
  assert.match(submitted.stdout, /took [\d.:]+ s on the machine; forecast: 360 steps, .* \(measured, 1 run\)/);
  const id = /job_\w+/.exec(submitted.stdout)![0];
  assert.match((await anneal(['get', id, '--home', home], { folder })).stdout, /on the machine; forecast:/);
  await stop();
});

const SPOT = instance('g4dn.xlarge')!.price * SPOT_SHARE.high;
const dollarsFor = (seconds: number): number => (seconds * SPOT) / 3600;
const within = (dollars: number) => ({ ...spirals(1), checkpoints: {}, budget: { dollars } });

/** A service on a machine that tells what it is, as those of Batch do. */
async function serveOnSpot(t: TestContext) {
  const file = join(await temporaryFolder(t), 'machine.json');
  await writeFile(file, JSON.stringify({ instanceType: 'g4dn.xlarge', market: 'spot' }));
  return serve(t, [], { ANNEAL_MACHINE: file });
}

test('a budget in dollars ends a job over its attempts, judged, saved and within the money', {
  timeout: 240_000,
}, async (t) => {
  const { client, stop } = await serveOnSpot(t);
  const dollars = dollarsFor(45);
  const { id } = await client.jobs.create(within(dollars));
  const heard: string[] = [];
  let paused = false;
  for await (const { body } of client.jobs.stream(id)) {
    if (body.type === 'epoch' && !paused) {
      paused = true;
      await client.jobs.pause(id);
    }
    if (body.type === 'state' && body.state === 'paused') await client.jobs.resume(id);
    if (body.type === 'notice') heard.push(body.message);
    if (body.type === 'machine') heard.push(`${body.machine} ${body.dollarsPerHour}`);
  }
  const job = (await client.jobs.retrieve(id)) as JobOf<'train'>;
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  const { stoppedBy, cost, validation, best } = job.result!;
  assert.deepEqual([stoppedBy, job.attempt, cost!.machine], ['dollars', 2, 'g4dn.xlarge']);
  assert.ok(cost!.dollars! <= dollars, `${cost!.dollars} of ${dollars} dollars`);
  // Most of it was used: the time between the attempts does not count.
  assert.ok(cost!.dollars! > 0.5 * dollars, `${cost!.dollars} of ${dollars} dollars`);
  assert.ok(Math.abs(cost!.dollars! - dollarsFor(cost!.seconds)) < 1e-9);
  assert.ok(validation && best && cost!.forecast);
  assert.equal(heard.filter((line) => line === `g4dn.xlarge ${SPOT}`).length, 2);
  assert.ok(
    heard.some((line) => /training ends after step \d+: what is left of budget.dollars/.test(line)),
    heard.join(),
  );
  await stop();
});

test('money that does not suffice for the first step is a failure in words', { timeout: 120_000 }, async (t) => {
  const { client, stop } = await serveOnSpot(t);
  const job = await client.jobs.create(within(dollarsFor(0.9)));
  await assert.rejects(
    client.jobs.wait(job),
    /budget\.dollars: \S+ is spent: the run was not done after 0\.900 s on g4dn\.xlarge; there is no checkpoint yet/,
  );
  assert.equal((await client.jobs.retrieve(job.id)).error?.code, 'budget_exceeded');
  await stop();
});
