/** What the schedules say for the coming steps: learning rates, and momenta where they are annealed. */
import { AnnealError, type PlateauState, plateauNext, plateauStart, scheduled, type TrainSpec } from '@anneal/schemas';
import type { StepBatch } from '../plan/plan.ts';

/** What the schedules remember between epochs. */
export interface AnnealingState {
  readonly plateau: PlateauState;
}

export class Annealing {
  constructor(
    private readonly spec: Pick<TrainSpec, 'schedule' | 'momentumSchedule'>,
    private readonly stepsPerEpoch: number,
    /** Of the checkpoint that the run goes on from. */
    public state: AnnealingState = { plateau: plateauStart },
  ) {}

  /** Takes note of the validation score of an epoch. */
  observe(score: number): void {
    const { schedule } = this.spec;
    if (schedule.type === 'plateau') this.state = { plateau: plateauNext(this.state.plateau, score, schedule) };
  }

  /** Of `steps` steps from step `from` (from 0) on. @throws AnnealError if a momentum leaves [0, 1) */
  of(from: number, steps: number): Pick<StepBatch, 'rates' | 'momenta'> {
    const { schedule, momentumSchedule } = this.spec;
    const { reduced } = this.state.plateau;
    const values = (spec: TrainSpec['schedule'], factor: number) =>
      Float32Array.from({ length: steps }, (_value, i) => factor * scheduled(spec, from + i, this.stepsPerEpoch));
    const rates = values(schedule, reduced);
    if (!momentumSchedule) return { rates };
    const momenta = values(momentumSchedule, 1);
    const wrong = momenta.findIndex((momentum) => !(momentum >= 0 && momentum < 1));
    if (wrong < 0) return { rates, momenta };
    throw new AnnealError(
      'invalid_spec',
      `momentumSchedule: the momentum of step ${from + wrong + 1} is ${momenta[wrong]}; it has to stay within 0 <= momentum < 1`,
      'momentumSchedule',
    );
  }
}
