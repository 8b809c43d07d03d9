/** What the schedules say for the coming steps: learning rates, and momenta where they are annealed. */
import { AnnealError, learningRate, type TrainSpec } from '@anneal/schemas';
import type { StepBatch } from '../plan/plan.ts';

/** What the schedules remember between steps. */
export type AnnealingState = Readonly<Record<string, never>>;

export class Annealing {
  constructor(
    private readonly spec: Pick<TrainSpec, 'schedule' | 'momentumSchedule'>,
    private readonly stepsPerEpoch: number,
    /** Of the checkpoint that the run goes on from. */
    public readonly state: AnnealingState = {},
  ) {}

  /** Takes note of the validation score of an epoch. */
  observe(_score: number): void {}

  /** Of `steps` steps from step `from` (from 0) on. @throws AnnealError if a momentum leaves [0, 1) */
  of(from: number, steps: number): Pick<StepBatch, 'rates' | 'momenta'> {
    const { schedule, momentumSchedule } = this.spec;
    const values = (spec: TrainSpec['schedule']) =>
      Float32Array.from({ length: steps }, (_value, i) => learningRate(spec, from + i, this.stepsPerEpoch));
    if (!momentumSchedule) return { rates: values(schedule) };
    const momenta = values(momentumSchedule);
    const wrong = momenta.findIndex((momentum) => !(momentum >= 0 && momentum < 1));
    if (wrong < 0) return { rates: values(schedule), momenta };
    throw new AnnealError(
      'invalid_spec',
      `momentumSchedule: the momentum of step ${from + wrong + 1} is ${momenta[wrong]}; it has to stay within 0 <= momentum < 1`,
      'momentumSchedule',
    );
  }
}
