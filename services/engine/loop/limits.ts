/** When a run is over: its budgets, and early stopping. */
import { noPatienceSpent, type Patience, plannedSteps, type TrainSpec, waitLonger } from '@anneal/schemas';

export type StoppedBy = 'epochs' | 'steps' | 'seconds' | 'early-stopping' | 'range-test' | 'converged' | 'dollars';

export class RunLimits {
  constructor(
    private readonly spec: Pick<TrainSpec, 'budget' | 'earlyStopping'>,
    private readonly stepsPerEpoch: number,
    /** Of the checkpoint that the run goes on from. */
    public patience: Patience = noPatienceSpent,
  ) {}

  get steps(): number | null {
    return plannedSteps(this.spec, this.stepsPerEpoch);
  }

  /** What ends the run after so many steps and seconds, if something does. */
  reached(step: number, seconds: number): StoppedBy | null {
    const { budget, earlyStopping } = this.spec;
    if (budget.epochs !== undefined && step >= budget.epochs * this.stepsPerEpoch) return 'epochs';
    if (budget.steps !== undefined && step >= budget.steps) return 'steps';
    if (earlyStopping && this.patience.waited >= earlyStopping.patience) return 'early-stopping';
    return budget.seconds !== undefined && seconds >= budget.seconds ? 'seconds' : null;
  }

  /** Takes note of the validation score of an epoch. */
  observe(score: number): void {
    if (this.spec.earlyStopping) this.patience = waitLonger(this.patience, score, this.spec.earlyStopping);
  }
}
