/**
 * A checkpoint: everything needed to continue bit for bit, as two files.
 *
 *   state.safetensors   weights and slots by name; `best/…` holds the best weights so far where they are not these, `memory/…` what the rule remembers
 *                       besides, in float64
 *   run.json            step, plan, what the loop remembers, and what the bits depend on
 */
import { AnnealError, type Patience } from '@anneal/schemas';
import type { PlaceDecided } from './data/place.ts';
import { readSafetensors, writeSafetensors } from './formats/safetensors.ts';
import type { AnnealingState } from './loop/annealing.ts';
import type { CheckpointLayout } from './plan/checkpoint-layout.ts';
import type { PlanName, RuleMemory, State } from './plan/plan.ts';

/** An evaluation of the validation split. */
export interface Judged {
  readonly loss: number;
  readonly score: number;
}

export interface BestSoFar {
  readonly checkpoint: string;
  readonly step: number;
  readonly score: number;
}

export interface RunState {
  readonly version: 1;
  /** Steps taken. */
  readonly step: number;
  readonly seed: number;
  readonly plan: PlanName;
  readonly threads: number;
  readonly tensorflow: string;
  /** Settings of TensorFlow that change bits. */
  readonly flags: string;
  /** Of training and evaluation, before this checkpoint. */
  readonly seconds: number;
  /** Sum of the losses of the steps of the epoch in hand, weighted by batch size, and the number of their examples. */
  readonly epochLoss: { readonly sum: number; readonly examples: number };
  /** Of the last epoch: by the weights, and by their running averages. */
  readonly validation: Judged | null;
  readonly averageValidation: Judged | null;
  readonly best: BestSoFar | null;
  /** How long the validation score has not risen: for early stopping. */
  readonly patience: Patience;
  /** A full-batch method has found no step that lowers the loss. */
  readonly converged?: boolean;
  /** What the schedules remember. */
  readonly annealing: AnnealingState;
  /** Where the examples lie: it decides their order. Left out by older checkpoints, of runs in memory. */
  readonly data?: PlaceDecided;
  /** What the listener of the loop remembers. */
  readonly listener?: unknown;
  /** Checkpoints that the store holds besides this one, oldest first. */
  readonly kept: readonly string[];
}

export interface Checkpoint {
  readonly run: RunState;
  readonly state: State;
  /** Weights of the best checkpoint, where it is not this one. */
  readonly bestWeights: State | null;
  /** What the rule remembers beside weights and slots; left out where that is nothing. */
  readonly memory?: RuleMemory | undefined;
}

export interface Shapes {
  readonly name: string;
  readonly shape: readonly number[];
}

const MEMORY = 'memory/';

export function encodeCheckpoint(checkpoint: Checkpoint, shapes: readonly Shapes[]): Map<string, Uint8Array> {
  const tensors = shapes.map(({ name, shape }) => ({
    name,
    dtype: 'F32' as const,
    shape: [...shape],
    values: checkpoint.state.get(name)!,
  }));
  const best = [...(checkpoint.bestWeights ?? [])].map(([name, values]) => ({
    name: `best/${name}`,
    dtype: 'F32' as const,
    shape: [...shapes.find((variable) => variable.name === name)!.shape],
    values,
  }));
  const memory = [...(checkpoint.memory ?? [])].map(([name, values]) => ({
    name: `${MEMORY}${name}`,
    dtype: 'F64' as const,
    shape: [values.length],
    values,
  }));
  return new Map([
    ['state.safetensors', writeSafetensors([...memory, ...tensors, ...best])],
    ['run.json', Buffer.from(`${JSON.stringify(checkpoint.run, null, 2)}\n`)],
  ]);
}

/** Where the examples of a run lay, to be known before its data are opened. @throws AnnealError data_damaged if the file can't be read */
export function placeOfCheckpoint(name: string, files: ReadonlyMap<string, Uint8Array>): PlaceDecided {
  const run = files.get('run.json');
  if (!run) throw new AnnealError('data_damaged', `checkpoint ${name}: run.json is missing`);
  return (JSON.parse(Buffer.from(run).toString('utf8')) as RunState).data ?? { place: 'memory' };
}

/** @throws AnnealError data_damaged if a file is missing or does not fit the model or the update rule */
export function decodeCheckpoint(
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  layout: CheckpointLayout,
): Checkpoint {
  const [state, run] = [files.get('state.safetensors'), files.get('run.json')];
  if (!state || !run)
    throw new AnnealError('data_damaged', `checkpoint ${name}: ${state ? 'run.json' : 'state.safetensors'} is missing`);
  const { tensors } = readSafetensors(state);
  const found = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const known = new Map<string, Float32Array>();
  for (const { name: variable, shape } of layout.variables) {
    const tensor = found.get(variable);
    if (tensor?.dtype !== 'F32' || tensor.shape.join() !== shape.join()) {
      throw new AnnealError(
        'data_damaged',
        `checkpoint ${name}: '${variable}' is ${tensor ? `[${tensor.shape}]` : 'missing'}, the model needs [${shape}]`,
      );
    }
    known.set(variable, tensor.values as Float32Array);
  }
  const memory = new Map<string, Float64Array>();
  for (const [vector, length] of Object.entries(layout.memory)) {
    const tensor = found.get(`${MEMORY}${vector}`);
    if (tensor?.dtype !== 'F64' || tensor.values.length !== length) {
      const has = tensor ? `${tensor.values.length} numbers of ${tensor.dtype}` : 'missing';
      const message = `checkpoint ${name}: '${MEMORY}${vector}' is ${has}, the update rule needs ${length} of F64`;
      throw new AnnealError('data_damaged', message);
    }
    memory.set(vector, tensor.values as Float64Array);
  }
  const best = tensors.filter((tensor) => tensor.name.startsWith('best/'));
  return {
    run: JSON.parse(Buffer.from(run).toString('utf8')) as RunState,
    state: known,
    bestWeights:
      best.length > 0 ? new Map(best.map((tensor) => [tensor.name.slice(5), tensor.values as Float32Array])) : null,
    ...(memory.size > 0 && { memory }),
  };
}
