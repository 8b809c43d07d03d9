/** What the options of training ask of each other: known before any data are read. */
import { SpecError } from './error.ts';
import { nearest } from './explain.ts';
import type { TrainSpec } from './spec.ts';
import { updateDefinitions } from './updates/index.ts';

/** @throws SpecError for options that cannot hold together */
export function checkTrainingOptions(spec: TrainSpec): void {
  if (spec.momentumSchedule) checkMomentum(spec);
  if (spec.earlyStopping && spec.data.split.validation === 0)
    throw new SpecError(
      'invalid_spec',
      'earlyStopping: it watches the validation score, but data.split.validation is 0; hold out a share, as in 0.1',
      'earlyStopping',
    );
}

function checkMomentum(spec: TrainSpec): void {
  if ('momentum' in spec.update) return;
  const able = [...updateDefinitions.values()]
    .filter(({ schema }) => 'momentum' in schema.shape)
    .map(({ rule }) => rule);
  const near = nearest(spec.update.rule, able) ?? able[0];
  throw new SpecError(
    'invalid_spec',
    `momentumSchedule: the rule ${spec.update.rule} has no momentum to anneal; ${able.join(', ')} have, or leave the schedule out (nearest: ${near})`,
    'momentumSchedule',
  );
}
