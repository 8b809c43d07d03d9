/** `anneal serve` on DynamoDB and S3 asks for nothing that the policy of the template forbids, which is what a deployment gives it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Anneal } from '../../sdk/index.ts';
import { assertAllowed, tenantRights } from '../infra/rights.ts';
import { skip } from '../infra/synthesis.ts';
import { lambdaPlace } from '../stand-ins/lambda-place.ts';
import { standIn } from '../stand-ins/start.ts';
import { watchedWay } from '../stand-ins/watched-way.ts';
import { artifactsOf, serve } from './service.ts';
import { spirals } from './spirals.ts';

const place = await standIn('rights of a service on AWS', lambdaPlace);

if (place) {
  const { asked, env: stores } = await watchedWay(place);

  test('a service has the rights to all that it does, and its runners', { skip, timeout: 300_000 }, async (t) => {
    const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = place.env;
    const env = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...stores('team-s') };
    const token = await place.key('team-s', ['admin']);
    const { url, stop } = await serve(t, [], env);
    const client = new Anneal({ baseUrl: url, token });

    const spec = { ...spirals(30), tags: { team: 's' } };
    const job = await client.jobs.create(spec, { idempotencyKey: 'one' });
    assert.equal((await client.jobs.create(spec, { idempotencyKey: 'one' })).id, job.id);
    const done = await client.jobs.wait(job);
    assert.equal(done.state, 'succeeded');
    await artifactsOf(client, job.id);
    await client.jobs.list({ state: 'succeeded', tags: { team: 's' } });
    const other = await client.jobs.create({ kind: 'evaluate', model: { job: job.id } });
    await client.jobs.wait(other);
    const long = await client.jobs.create(spirals(100_000));
    for await (const { body } of client.jobs.stream(long.id)) if (body.type === 'checkpoint') break;
    await client.jobs.pause(long.id);
    while ((await client.jobs.retrieve(long.id)).state === 'running');
    await client.jobs.cancel(long.id);

    const csv = new Blob([`x,y,label\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 7},${i % 2}`).join('\n')}\n`]);
    const dataset = await client.datasets.upload([{ name: 'table.csv', source: csv }]);
    assert.equal((await client.datasets.wait(dataset)).state, 'ready');
    await client.datasets.remove(dataset.id);
    await stop();

    const rights = await tenantRights('team-s');
    const actions = assertAllowed(rights, asked);
    t.diagnostic(`${asked.length} requests: ${[...actions].sort().join(', ')}`);
    for (const action of [
      'dynamodb:BatchGetItem',
      'dynamodb:DescribeTable',
      's3:PutObject',
      's3:DeleteObject',
      's3:ListBucket',
    ])
      assert.ok(actions.has(action), action);
    const elsewhere = await tenantRights('team-t');
    assert.ok(!elsewhere({}, { action: 's3:GetObject', object: `team-s/jobs/${job.id}/1/weights.safetensors` }));
    assert.ok(!elsewhere({}, { action: 'dynamodb:Query', keys: [`team-s#job#${job.id}`] }));
  });
}
