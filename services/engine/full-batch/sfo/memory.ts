/** What SFO remembers between two steps. All of it is in a checkpoint, in float64, so that a run goes on bit for bit. */
import { isWholeSpace, type SfoOptions, type SfoSizes, type SfoVector, sfoLengths, sfoSizes } from '@anneal/schemas';
import type { Draws } from './draws.ts';
import { lengthOf } from './vectors.ts';

/** Single numbers. */
export interface SfoNumbers {
  /** Directions of the subspace in use. */
  dimension: number;
  /** s, by which steps are shortened after failures. */
  scale: number;
  /** Sum of the lengths of the steps taken. */
  travelled: number;
  /** Looks at any minibatch. */
  looks: number;
  /** Steps since one more minibatch was used. */
  sinceGrowth: number;
  /** By how much the models said that the last step would lower their sum. */
  predicted: number;
  /** The next one in use, of minibatches that are taken in turn. */
  turn: number;
  /** Random draws made. */
  draws: number;
}

/**
 * Vectors by name. `weights` is where the run stands, `before` where it stood before the last step; `basis` holds the orthonormal directions, one
 * after the other, and all but these three are coordinates in it. Of minibatch i: its last position and gradient, its last `steps` and `changes` of
 * the gradient, newest first, its Hessian Σ sign · factor factorᵀ + least · I, its greatest eigenvalue `most`, whether it is `active`, how often it
 * was looked at, and its last loss in `values`, NaN before the first. `curvature` is Σᵢ Bᵢ.
 */
export type SfoMemory = Readonly<Record<SfoVector, Float64Array>> & {
  readonly sizes: SfoSizes;
  readonly numbers: SfoNumbers;
};

const numberNames: readonly (keyof SfoNumbers)[] = [
  ...(['dimension', 'scale', 'travelled', 'looks', 'sinceGrowth', 'predicted', 'turn', 'draws'] as const),
];

/** Names and lengths of the tensors of a checkpoint. */
export const tensorLengths = (sizes: SfoSizes): Readonly<Record<string, number>> => ({
  ...sfoLengths(sizes),
  numbers: numberNames.length,
});

/** As tensors that share the memory's own arrays. */
export function tensorsOf(memory: SfoMemory): Map<string, Float64Array> {
  const vectors = (Object.keys(sfoLengths(memory.sizes)) as SfoVector[]).map((name) => [name, memory[name]] as const);
  return new Map([...vectors, ['numbers', Float64Array.from(numberNames, (name) => memory.numbers[name])]]);
}

/** The memory that those tensors are of; they are kept. */
export function memoryOf(tensors: ReadonlyMap<string, Float64Array>, sizes: SfoSizes): SfoMemory {
  const values = tensors.get('numbers')!;
  const numbers = Object.fromEntries(numberNames.map((name, i) => [name, values[i]!])) as unknown as SfoNumbers;
  const vectors = Object.fromEntries(Object.keys(sfoLengths(sizes)).map((name) => [name, tensors.get(name)!]));
  return { ...(vectors as Record<SfoVector, Float64Array>), sizes, numbers };
}

/** At the start of a run: nothing is known but where it stands. */
export function freshMemory(
  start: ArrayLike<number>,
  options: SfoOptions,
  minibatches: number,
  drawsFrom: (numbers: SfoNumbers) => Draws,
): SfoMemory {
  const sizes = sfoSizes(options, start.length, minibatches);
  const numbers = { dimension: 1, scale: 1, travelled: 0, looks: 0, sinceGrowth: 0, predicted: 0, turn: 0, draws: 0 };
  const lengths = Object.entries(sfoLengths(sizes));
  const vectors = Object.fromEntries(lengths.map(([name, length]) => [name, new Float64Array(length)]));
  const memory: SfoMemory = { ...(vectors as Record<SfoVector, Float64Array>), sizes, numbers };
  const draws = drawsFrom(numbers);
  memory.weights.set(start);
  memory.before.set(start);
  memory.values.fill(Number.NaN);
  const left = Array.from({ length: minibatches }, (_one, i) => i);
  for (let used = 0; used < Math.min(options.initialMinibatches, minibatches); used++) {
    const [i] = left.splice(draws.below(left.length), 1) as [number];
    memory.active[i] = 1;
    memory.least[i] = options.initialCurvature;
    memory.most[i] = options.initialCurvature;
  }
  begin(memory, draws);
  return memory;
}

/** The first direction is that of the weights themselves, a random one where they are all 0. */
function begin({ weights, basis, here, positions, sizes, numbers }: SfoMemory, draws: Draws): void {
  const { directions, minibatches } = sizes;
  if (isWholeSpace(sizes)) {
    numbers.dimension = directions;
    here.set(weights);
  } else {
    const given = lengthOf(weights) > 0 ? weights : draws.normals(weights.length);
    const length = lengthOf(given);
    given.forEach((value, j) => {
      basis[j] = value / length;
    });
    here[0] = given === weights ? length : 0;
  }
  for (let i = 0; i < minibatches; i++) positions.set(here, i * directions);
}

/** The part of minibatch i, or of direction i, of a vector whose parts are so long. */
export const part = (vector: Float64Array, i: number, length: number): Float64Array =>
  vector.subarray(i * length, (i + 1) * length);

/** Minibatches in use, in their order. */
export const activeOf = ({ active }: SfoMemory): number[] => Array.from(active.keys()).filter((i) => active[i] === 1);
