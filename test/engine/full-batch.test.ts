/** Full-batch rules in the loop: they end in the minimum, and resume bit for bit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkpoints, filesOf, run, stepRows } from './loop-run.ts';
import { dense } from './small-task.ts';

for (const rule of ['l-bfgs', 'conjugate-gradient', 'newton'] as const)
  test(`${rule}: a step looks at all examples; it ends in the minimum, and resumes bit for bit`, async () => {
    const overrides = {
      model: { layers: [dense(4)] },
      regularization: { l2: 0.001 },
      update: { rule },
      schedule: { type: 'constant' as const, rate: 1 },
      budget: { epochs: 400 },
    };
    const whole = run(overrides);
    assert.equal(whole.error, null);
    assert.equal(whole.result!.stoppedBy, 'converged');
    const rows = await stepRows(whole.files);
    const descended = run({
      ...overrides,
      plan: 'xla',
      batchSize: 240,
      update: { rule: 'momentum' },
      schedule: { type: 'constant', rate: 0.5 },
      budget: { epochs: 3000 },
    });
    const { loss: minimum } = (await stepRows(descended.files)).at(-1)!;
    const { loss } = rows.at(-1)!;
    assert.ok(Math.abs(loss - minimum) < 1e-5, `${loss} after ${rows.length} steps, not ${minimum}`);
    assert.ok(rows.every((row, i) => i === 0 || row.loss <= rows[i - 1]!.loss + 1e-6));
    const stop = { after: 4, why: 'leave' as const };
    const first = run(overrides, { stop });
    const last = checkpoints(first.events).at(-1)!;
    assert.equal(last.step, 4);
    const files = filesOf(last.name, first.files);
    const second = run(overrides, { resume: { name: last.name, files } });
    assert.deepEqual(second.result!.weights, whole.result!.weights);
    // A run that has converged has nothing left to do.
    const end = checkpoints(whole.events).at(-1)!.name;
    const again = run(overrides, { resume: { name: end, files: filesOf(end, whole.files) } });
    assert.equal(again.result!.steps, whole.result!.steps);
    assert.equal(again.result!.stoppedBy, 'converged');
  });
