/** Oracle: members that are trained side by side in one step take the very course that each takes alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memberName, memberSeed } from '@anneal/engine';
import { membersOfRun } from '@anneal/ensemble';
import { inferModel, type TrainSpecInput } from '@anneal/schemas';
import { observationLayout } from '../../services/engine/observe/layout.ts';
import { choosePlan } from '../../services/engine/plan/choose.ts';
import type { Plan, State } from '../../services/engine/plan/plan.ts';
import { initialState, setState, stateVariables, type Task } from '../../services/engine/plan/task.ts';
import { AnswerSum } from '../../services/ensemble/answer-sum.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

const MEMBERS = 3;
const STEPS = 12;
const data = blobs({ rows: 120, shape: [6], classes: 4 });
const options: Partial<TrainSpecInput> = {
  model: { layers: [dense(8, 'relu'), dense(4)] },
  update: { rule: 'adam' },
  regularization: { l2: 0.01 },
  clip: { globalNorm: 0.5 },
  schedule: { type: 'constant', rate: 0.01 },
  batchSize: 16,
};

function trained(
  task: Task,
  plan: Plan,
  order: ReturnType<typeof smallTask>['order'],
): { state: State; losses: number[] } {
  setState(plan, initialState(task));
  const losses: number[] = [];
  for (let step = 0; step < STEPS; ) {
    const { rows, batch, steps } = order.take(step, Math.min(plan.stepsPerCall, STEPS - step));
    const rates = new Float32Array(steps).fill(0.01);
    losses.push(...plan.train({ rows, batch, rates, firstStep: step + 1 }).loss);
    step += steps;
  }
  return { state: plan.get(stateVariables(task).map(({ name }) => name)), losses };
}

const close = (a: ArrayLike<number>, b: ArrayLike<number>, within: number, what: string) => {
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i++) assert.ok(Math.abs(a[i]! - b[i]!) <= within, `${what}[${i}]: ${a[i]} and ${b[i]}`);
};

for (const kind of ['graph', 'xla', 'eager'] as const)
  test(`${kind}: each member is what it would be alone, and their answer is the mean of theirs`, () => {
    const spec = smallSpec({ ...options, ensemble: { members: MEMBERS } });
    const { task, order } = smallTask(spec, data);
    const { plan } = choosePlan(task, kind);
    const together = trained(task, plan, order);
    const layers = inferModel(spec.model, [6]);
    const rows = data.splits.test;
    const sum = new AnswerSum(rows.length, {
      average: 'probabilities',
      probability: 'softmax',
      width: 4,
      classes: true,
    });
    const losses = Array.from({ length: MEMBERS }, (_member, member) => {
      const own = smallSpec({ ...options, seed: memberSeed(spec.seed, member) });
      const alone = smallTask(own, data);
      const single = choosePlan(alone.task, kind).plan;
      // The same batches, which the seed of the first member orders.
      const course = trained(alone.task, single, order);
      for (const { name } of alone.task.built.weights)
        close(together.state.get(memberName(member, name))!, course.state.get(name)!, 2e-5, `member ${member} ${name}`);
      sum.add(single.predict(rows));
      single.dispose();
      alone.task.built.dispose();
      return course.losses;
    });
    close(
      together.losses,
      together.losses.map((_loss, i) => losses.reduce((total, own) => total + own[i]!, 0) / MEMBERS),
      1e-5,
      'loss',
    );
    close(plan.predict(rows), sum.outputs, 2e-4, 'answer');
    for (const [member, one] of membersOfRun(spec, spec.ensemble!.members, layers, together.state).entries()) {
      const { built, weights } = one.open();
      for (const { name } of built.weights)
        assert.deepEqual(weights.get(name), together.state.get(memberName(member, name)));
      built.dispose();
    }
    plan.dispose();
    task.built.dispose();
  });

test('the first member alone is observed', () => {
  const { task } = smallTask(
    smallSpec({ ...options, ensemble: { members: 2 }, observations: { everySteps: 1 } }),
    data,
  );
  const layout = observationLayout(task.spec as never, task.built)!;
  assert.deepEqual(
    [...layout.weights],
    ['member_00_dense_0/kernel', 'member_00_dense_0/bias', 'member_00_dense_1/kernel', 'member_00_dense_1/bias'],
  );
  const { plan } = choosePlan({ ...task, observed: layout }, 'graph');
  const rows = data.splits.training.subarray(0, 16);
  const { observations } = plan.train({ rows, batch: 16, rates: Float32Array.of(0.01), firstStep: 1 });
  assert.equal(observations[0]!.values.length, layout.length);
  plan.dispose();
});

test('disagreement is the share of pairs that differ, or the spread of numbers', () => {
  const classes = new AnswerSum(2, { average: 'logits', probability: null, width: 2, classes: true });
  for (const outputs of [
    [1, 0, 1, 0],
    [1, 0, 0, 1],
    [1, 0, 0, 1],
  ])
    classes.add(Float32Array.from(outputs));
  assert.ok(Math.abs(classes.disagreement - 1 / 3) < 1e-12);
  const numbers = new AnswerSum(1, { average: 'logits', probability: null, width: 1, classes: false });
  for (const output of [1, 3]) numbers.add(Float32Array.of(output));
  assert.deepEqual([numbers.disagreement, [...numbers.outputs]], [1, [2]]);
});
