/**
 * Saves checkpoints and decides which are kept: the best and the last. After a quick epoch nothing is written yet; the best state waits
 * in memory until the next checkpoint is due, so that a tiny net does not spend its time on files.
 */
import type { EventBody } from '@anneal/schemas';
import { type BestSoFar, type Checkpoint, encodeCheckpoint, type RunState } from '../checkpoint.ts';
import type { State } from '../plan/plan.ts';
import { stateVariables, type Task } from '../plan/task.ts';
import { checkpointName } from './checkpoint-name.ts';

export interface Judged {
  readonly loss: number;
  readonly score: number;
}

export interface KeeperHost {
  emit(body: EventBody): void;
  put(name: string, contentType: string, bytes: Uint8Array): void;
}

/** What of a run's state the keeper does not know itself. */
export type LoopState = Omit<RunState, 'best'>;

interface Saved {
  readonly name: string;
  readonly step: number;
  readonly score: number | null;
  readonly run: LoopState;
  readonly state: State;
}

export class CheckpointKeeper {
  best: BestSoFar | null;
  /** Weights of the best checkpoint; the newest ones without a validation split. */
  bestWeights: State | null;
  private pendingBest: Saved | null = null;
  /** Names of the checkpoints that the store holds. */
  private readonly stored: Set<string>;
  private last: string | null;
  private writtenAt = performance.now();

  constructor(
    private readonly task: Task,
    private readonly stepsPerEpoch: number,
    private readonly host: KeeperHost,
    resume: { readonly name: string; readonly checkpoint: Checkpoint } | null,
    /** Milliseconds between two checkpoints at least, the last one apart. */
    private readonly interval: number,
  ) {
    this.best = resume?.checkpoint.run.best ?? null;
    this.bestWeights = resume ? (resume.checkpoint.bestWeights ?? this.weightsOf(resume.checkpoint.state)) : null;
    this.last = resume?.name ?? null;
    this.stored = new Set([this.last, this.best?.checkpoint].filter((name) => name != null));
  }

  /** Takes note of the state at `run.step`; writes it if a checkpoint is due or `force` is set, after `beforeWrite`. */
  offer(run: LoopState, readState: () => State, judged: Judged | null, force: boolean, beforeWrite: () => void): void {
    const name = checkpointName(run.step, this.stepsPerEpoch, judged, this.task.data.labels.kind);
    const improved = judged !== null && (this.best === null || judged.score > this.best.score);
    const write = (force || performance.now() - this.writtenAt >= this.interval) && name !== this.last;
    if (!improved && !write) return;
    const saved: Saved = { name, step: run.step, score: judged?.score ?? null, run, state: readState() };
    if (improved) {
      this.best = { checkpoint: name, step: run.step, score: judged.score };
      this.pendingBest = saved;
    }
    if (improved || this.task.data.splits.validation.length === 0) this.bestWeights = this.weightsOf(saved.state);
    if (!write) return;
    beforeWrite();
    if (this.pendingBest && this.pendingBest !== saved) this.write(this.pendingBest);
    this.pendingBest = null;
    this.write(saved);
    this.writtenAt = performance.now();
  }

  private write({ name, step, score, run, state }: Saved): void {
    const bestWeights = this.best && this.best.checkpoint !== name ? this.bestWeights : null;
    const files = encodeCheckpoint({ run: { ...run, best: this.best }, state, bestWeights }, stateVariables(this.task));
    for (const [file, bytes] of files) {
      this.host.put(`${name}/${file}`, file.endsWith('.json') ? 'application/json' : 'application/octet-stream', bytes);
    }
    const replaces = [...this.stored].filter((old) => old !== name && old !== this.best?.checkpoint);
    for (const old of replaces) this.stored.delete(old);
    this.stored.add(name);
    this.last = name;
    this.host.emit({ type: 'checkpoint', name, step, score, replaces });
  }

  private weightsOf(state: State): State {
    return new Map(this.task.built.weights.map(({ name }) => [name, state.get(name)!]));
  }
}
