/**
 * The same rules while a run goes on: called at the end of every epoch, it looks at twenty or so of them, from a twentieth of the run on, and tells
 * of a cause once, when two looks in a row find it first and sure.
 */
import type { Finding } from '@anneal/schemas';
import { diagnose } from './diagnose.ts';
import type { RunRecord } from './record.ts';

/** Of the planned steps, between two looks; of the steps taken, where only time ends the run. */
const STRIDE = 0.05;
const SURE = 0.7;

export interface WatchState {
  readonly nextStep: number;
  /** Cause that the last look found first. */
  readonly suspected: string | null;
  /** Causes told of so far. */
  readonly told: readonly string[];
}

export const watchStart: WatchState = { nextStep: 0, suspected: null, told: [] };

export interface Watched {
  readonly state: WatchState;
  /** To be told now. */
  readonly finding: Finding | null;
}

/** `record` is made only if it is time to look. */
export function watch(state: WatchState, step: number, plannedSteps: number | null, record: () => RunRecord): Watched {
  if (step < state.nextStep || step < STRIDE * (plannedSteps ?? 0)) return { state, finding: null };
  const nextStep = step + Math.ceil(STRIDE * (plannedSteps ?? 4 * step));
  const [first] = diagnose(record());
  const sure = first && (first.score ?? 0) >= SURE ? first : null;
  const suspected = sure?.cause ?? null;
  const tell = sure !== null && suspected === state.suspected && !state.told.includes(suspected!);
  const told = tell ? [...state.told, suspected!] : state.told;
  return { state: { nextStep, suspected, told }, finding: tell ? sure : null };
}
