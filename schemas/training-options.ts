/** What the options of training ask of each other: known before any data are read. */
import { SpecError } from './error.ts';
import { nearest } from './explain.ts';
import { checkFullBatch } from './full-batch/compose.ts';
import type { Schedule } from './schedules/index.ts';
import type { TrainSpec } from './train-spec.ts';
import { updateDefinitions } from './updates/index.ts';

/** @throws SpecError for options that cannot hold together */
export function checkTrainingOptions(spec: TrainSpec): void {
  if (spec.earlyStopping) needsValidation(spec, 'earlyStopping', 'earlyStopping');
  if (spec.monitor !== 'score') needsValidation(spec, 'monitor', `monitor ${spec.monitor}`);
  if (spec.metrics) needsHeldOut(spec);
  if (spec.schedule.type === 'plateau') needsValidation(spec, 'schedule.type', 'schedule plateau');
  if (spec.schedule.type === 'range-test' && spec.schedule.end <= spec.schedule.rate) throw rangeFalls(spec.schedule);
  if (spec.ensemble && spec.model.warmStart) throw sameStart();
  checkFullBatch(spec);
  checkWarmUp(spec, spec.schedule, 'schedule');
  if (!spec.momentumSchedule) return;
  checkWarmUp(spec, spec.momentumSchedule, 'momentumSchedule');
  checkMomentum(spec, spec.momentumSchedule);
}

const sameStart = () =>
  new SpecError(
    'invalid_spec',
    'model.warmStart: the members of an ensemble would all start from the same weights and stay alike; leave warmStart or ensemble out',
    'model.warmStart',
  );

const rangeFalls = ({ rate, end }: { rate: number; end: number }) =>
  new SpecError(
    'invalid_spec',
    `schedule.end: ${end} is not above schedule.rate, ${rate}; a range test rises`,
    'schedule.end',
  );

function needsValidation(spec: TrainSpec, param: string, what: string): void {
  if (spec.data.split.validation > 0 || spec.data.split.fold) return;
  const message = `${param}: ${what} watches the validation score, but data.split.validation is 0; hold out a share, as in 0.1`;
  throw new SpecError('invalid_spec', message, param);
}

function needsHeldOut({ data: { split } }: TrainSpec): void {
  if (split.validation > 0 || split.test !== 0 || split.fold) return;
  const message =
    'metrics: they are measured on the validation and the test split, and data.split has neither; hold out a share, as in validation: 0.1';
  throw new SpecError('invalid_spec', message, 'metrics');
}

/** A warm-up has to end before the run does, where both are counted in the same unit. */
function checkWarmUp({ budget }: TrainSpec, { warmUp, unit }: Schedule, name: string): void {
  const run = budget[unit];
  if (!warmUp || run === undefined || warmUp.length < run) return;
  const param = `${name}.warmUp.length`;
  throw new SpecError(
    'invalid_spec',
    `${param}: the warm-up takes ${warmUp.length} ${unit}, the run only ${run}; it has to be shorter`,
    param,
  );
}

function checkMomentum(spec: TrainSpec, schedule: Schedule): void {
  if (schedule.type === 'plateau') {
    const message =
      'momentumSchedule.type: a momentum is not annealed on plateau; take a schedule over time, as polynomial';
    throw new SpecError('invalid_spec', message, 'momentumSchedule.type');
  }
  if (schedule.rate >= 1) {
    const message = `momentumSchedule.rate: ${schedule.rate} is no momentum; it has to be below 1, as 0.5`;
    throw new SpecError('invalid_spec', message, 'momentumSchedule.rate');
  }
  const { rule } = spec.update;
  if ('momentum' in spec.update && spec.update.momentum > 0) return;
  const able = [...updateDefinitions.values()].filter(({ schema }) => 'momentum' in schema.shape);
  const names = able.map((definition) => definition.rule);
  const message = names.includes(rule)
    ? `momentumSchedule: update.momentum is 0, so ${rule} keeps no velocity; set it above 0`
    : `momentumSchedule: the rule ${rule} has no momentum to anneal; ${names.join(', ')} have (nearest: ${nearest(rule, names) ?? names[0]})`;
  throw new SpecError('invalid_spec', message, 'momentumSchedule');
}
