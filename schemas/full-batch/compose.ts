/** What a full-batch rule can't be combined with: it compares losses or gradients, so they must be functions of the weights alone. */
import { SpecError } from '../error.ts';
import type { TrainSpec } from '../train-spec.ts';
import { isFullBatch } from '../updates/index.ts';
import { NEWTON_PARAMETERS } from './newton.ts';

/** @throws SpecError naming the field and the reason */
export function checkFullBatch(spec: TrainSpec): void {
  const { update } = spec;
  if (!isFullBatch(update)) return;
  const { rule } = update;
  const refuse = (param: string, why: string): never => {
    throw new SpecError('invalid_spec', `${param}: ${rule} ${why}`, param);
  };
  const whole = 'decides itself how far to go, so nothing may change its step';
  const deterministic =
    rule === 'sfo'
      ? 'compares the gradients of a minibatch from look to look, so its loss must not change between them'
      : 'compares losses along a line, so the loss must not change from look to look';
  if (spec.clip) refuse('clip', `${whole}; leave clip out`);
  if (spec.weightDecay) refuse('weightDecay', `${whole}; use regularization.l2`);
  if (spec.averaging) refuse('averaging', 'goes to a minimum, so there is nothing to average; leave averaging out');
  if (spec.ensemble)
    refuse('ensemble', 'would choose one step for all members together; train them as jobs of their own');
  if (spec.accumulate > 1)
    refuse(
      'accumulate',
      rule === 'sfo'
        ? 'cuts its minibatches itself; give update.minibatches'
        : 'sees all examples anyway; leave accumulate out',
    );
  if (spec.schedule.type === 'range-test') refuse('schedule.type', 'has no learning rate to test; take constant');
  if (spec.plan === 'xla' || spec.plan === 'eager')
    refuse('plan', `runs on the graph plan alone; take 'auto' or 'graph', not '${spec.plan}'`);
  if (spec.augmentation.length > 0) refuse('augmentation', `${deterministic}; leave augmentation out`);
  spec.model.layers.forEach((layer, i) => {
    const param = `model.layers[${i}]`;
    if (/dropout|noise/.test(layer.type)) refuse(param, `${deterministic}; leave ${layer.type} out`);
    if (layer.type === 'batch-normalization' && !layer.frozen)
      refuse(
        param,
        `${deterministic}, but ${layer.type} depends on how the examples are batched; use layer-normalization`,
      );
    if ('constraint' in layer && layer.constraint) refuse(`${param}.constraint`, `${whole}; leave the constraint out`);
    if (layer.rateMultiplier !== 1) refuse(`${param}.rateMultiplier`, `${whole}; leave rateMultiplier out`);
  });
}

/** @throws SpecError where the Hessian would be too large */
export function checkHessian({ update }: TrainSpec, parameters: number): void {
  if (update.rule !== 'newton' || parameters <= NEWTON_PARAMETERS) return;
  const megabytes = Math.ceil((8 * parameters ** 2) / 2 ** 20).toLocaleString('en-US');
  throw new SpecError(
    'model_too_large',
    `update.rule: newton makes the Hessian of ${parameters.toLocaleString('en-US')} parameters, ${megabytes} MiB and ${(2 * parameters).toLocaleString('en-US')} gradients a step; ` +
      `at most ${NEWTON_PARAMETERS.toLocaleString('en-US')} are allowed, take l-bfgs`,
    'update.rule',
  );
}
