/** End to end with the engine: runs whose runners are killed with -9 end with the very bits of a run that was left alone. `npm run test:resume` kills more. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resumeCampaign } from '../campaign/resume.ts';

for (const plan of ['graph', 'xla'] as const)
  test(`kill -9 at random moments changes no bit of what the ${plan} plan leaves`, { timeout: 300_000 }, async () => {
    const result = await resumeCampaign({ plan, kills: 3, epochs: 300, seed: 7, log: () => {} });
    assert.ok(result.kills >= 3);
    assert.deepEqual(result.differences, []);
  });
