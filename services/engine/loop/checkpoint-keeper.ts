/**
 * Saves checkpoints and decides which are kept: the best and the last. After a quick epoch nothing is written yet; the best state waits
 * in memory until the next checkpoint is due, so that a tiny net does not spend its time on files.
 */
import type { Checkpointing, EventBody } from '@anneal/schemas';
import { type BestSoFar, type Checkpoint, encodeCheckpoint, type Judged, type RunState } from '../checkpoint.ts';
import type { RuleMemory, State } from '../plan/plan.ts';
import { stateVariables, type Task } from '../plan/task.ts';
import { checkpointName } from './checkpoint-name.ts';

export interface KeeperHost {
  emit(body: EventBody): void;
  put(name: string, contentType: string, bytes: Uint8Array): void;
}

/** What of a run's state the keeper does not know itself. */
export type LoopState = Omit<RunState, 'best' | 'kept'>;

interface Held {
  readonly state: State;
  readonly memory: RuleMemory | undefined;
}

interface Saved extends Held {
  readonly name: string;
  readonly step: number;
  readonly score: number | null;
  readonly run: LoopState;
}

export class CheckpointKeeper {
  best: BestSoFar | null;
  /** Weights of the best checkpoint; the newest ones without a validation split. */
  bestWeights: State | null;
  private pendingBest: Saved | null = null;
  /** Names of the checkpoints that the store holds, oldest first. */
  private stored: readonly string[];
  private last: string | null;
  private writtenAt = performance.now();

  constructor(
    private readonly task: Task,
    private readonly stepsPerEpoch: number,
    private readonly host: KeeperHost,
    resume: { readonly name: string; readonly checkpoint: Checkpoint } | null,
    private readonly options: Checkpointing,
  ) {
    this.best = resume?.checkpoint.run.best ?? null;
    this.bestWeights = resume ? (resume.checkpoint.bestWeights ?? this.weightsOf(resume.checkpoint.state)) : null;
    this.last = resume?.name ?? null;
    this.stored = resume ? [...resume.checkpoint.run.kept, resume.name] : [];
  }

  /** Takes note of the state at `run.step`; writes it if a checkpoint is due or `force` is set, after `beforeWrite`. */
  offer(run: LoopState, read: () => Held, judged: Judged | null, force: boolean, beforeWrite: () => void): void {
    const name = checkpointName(run.step, this.stepsPerEpoch, judged, this.task.data.labels.kind);
    const improved = judged !== null && (this.best === null || judged.score > this.best.score);
    const write = (force || this.due(run.step)) && name !== this.last;
    if (!improved && !write) return;
    const saved: Saved = { name, step: run.step, score: judged?.score ?? null, run, ...read() };
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

  private due(step: number): boolean {
    const { everySeconds, everyEpochs } = this.options;
    if (everyEpochs !== undefined && step % (everyEpochs * this.stepsPerEpoch) === 0) return true;
    return performance.now() - this.writtenAt >= everySeconds * 1000;
  }

  private write({ name, step, score, run, state, memory }: Saved): void {
    const bestWeights = this.best && this.best.checkpoint !== name ? this.bestWeights : null;
    const newest = new Set([...this.stored, name].slice(-this.options.keepLast));
    const kept = this.stored.filter((old) => newest.has(old) || old === this.best?.checkpoint);
    const files = encodeCheckpoint(
      { run: { ...run, best: this.best, kept }, state, bestWeights, memory },
      stateVariables(this.task),
    );
    for (const [file, bytes] of files) {
      this.host.put(`${name}/${file}`, file.endsWith('.json') ? 'application/json' : 'application/octet-stream', bytes);
    }
    const replaces = this.stored.filter((old) => !kept.includes(old));
    this.stored = [...kept, name];
    this.last = name;
    this.host.emit({ type: 'checkpoint', name, step, score, replaces });
  }

  private weightsOf(state: State): State {
    return new Map(this.task.built.weights.map(({ name }) => [name, state.get(name)!]));
  }
}
