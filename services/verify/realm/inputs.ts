/**
 * The inputs that a module is tried on, as its export `inputs` describes them: names and, for each, one of
 *
 *   [4, 3]                              numbers of a standard normal distribution
 *   { shape: [4, 3], from: 0, to: 1 }   uniform numbers
 *   { oneHot: [4, 3] }                  a 1 in every row
 *   { integers: 5, shape: [4] }         whole numbers 0 … 4, int32
 *   { values: [[1, 2], [3, 4]] }        these
 *
 * Numbers with a fraction are differentiated unless `constant: true` stands beside them; whole ones and one-hot rows never are.
 */
import { random } from '@anneal/engine/data/permutation.ts';
import { Unusable } from './unusable.ts';

export interface Input {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly values: Float64Array;
  readonly differentiated: boolean;
}

export type InputSpec = readonly number[] | Readonly<Record<string, unknown>>;

const MOST_VALUES = 100_000;
const forms = '[4, 3], { shape, from, to }, { oneHot: [4, 3] }, { integers: 5, shape: [4] } or { values }';

/** @throws Unusable naming the input */
export function drawInputs(specs: Readonly<Record<string, unknown>>, seed: number): Input[] {
  const next = random(seed);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  return Object.entries(specs).map(([name, spec]) => drawInput(name, spec, uniform));
}

function drawInput(name: string, spec: unknown, uniform: () => number): Input {
  if (Array.isArray(spec)) return drawInput(name, { shape: spec }, uniform);
  if (typeof spec !== 'object' || spec === null)
    throw new Unusable(`inputs.${name}: ${JSON.stringify(spec)} is not allowed: must be ${forms}`);
  const given = spec as Record<string, unknown>;
  const unknown = Object.keys(given).find((key) => !allowed.includes(key));
  if (unknown) throw new Unusable(`inputs.${name}.${unknown}: is not a known field; known are ${allowed.join(', ')}`);
  const differentiated = given.constant !== true;
  if (given.values !== undefined) return fromValues(name, given.values, differentiated);
  const shape = checkedShape(name, given.oneHot ?? given.shape);
  const size = shape.reduce((a, b) => a * b, 1);
  if (given.oneHot !== undefined) {
    const width = shape.at(-1)!;
    const values = new Float64Array(size);
    for (let row = 0; row < size; row += width) values[row + Math.floor(uniform() * width)] = 1;
    return { name, shape, dtype: 'float32', values, differentiated: false };
  }
  if (given.integers !== undefined) {
    const below = checkedNumber(name, 'integers', given.integers);
    const values = Float64Array.from({ length: size }, () => Math.floor(uniform() * below));
    return { name, shape, dtype: 'int32', values, differentiated: false };
  }
  const draw =
    given.from === undefined && given.to === undefined ? () => normal(uniform) : between(name, given, uniform);
  return { name, shape, dtype: 'float32', values: Float64Array.from({ length: size }, draw), differentiated };
}

const allowed = ['shape', 'from', 'to', 'oneHot', 'integers', 'values', 'constant'];

/** Box and Muller. */
const normal = (uniform: () => number): number =>
  Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

function between(name: string, given: Record<string, unknown>, uniform: () => number): () => number {
  const from = checkedNumber(name, 'from', given.from ?? 0);
  const to = checkedNumber(name, 'to', given.to ?? 1);
  if (to <= from) throw new Unusable(`inputs.${name}: from ${from} to ${to} is empty: \`to\` must be above \`from\``);
  return () => from + (to - from) * uniform();
}

function fromValues(name: string, nested: unknown, differentiated: boolean): Input {
  const shape: number[] = [];
  for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat = (Array.isArray(nested) ? nested.flat(Number.POSITIVE_INFINITY) : [nested]) as unknown[];
  const size = shape.reduce((a, b) => a * b, 1);
  const values = Float64Array.from(flat, Number);
  if (values.length !== size || values.some((value) => !Number.isFinite(value)))
    throw new Unusable(`inputs.${name}.values: must be finite numbers, in rows of one length`);
  return { name, shape, dtype: 'float32', values, differentiated };
}

function checkedShape(name: string, shape: unknown): number[] {
  const fits = Array.isArray(shape) && shape.every((side) => Number.isSafeInteger(side) && side > 0);
  if (!fits)
    throw new Unusable(
      `inputs.${name}: shape ${JSON.stringify(shape) ?? 'undefined'} is not allowed: must be a list of whole numbers above 0`,
    );
  const size = (shape as number[]).reduce((a, b) => a * b, 1);
  if (size > MOST_VALUES)
    throw new Unusable(`inputs.${name}: ${size} values are too many to check: at most ${MOST_VALUES} are allowed`);
  return shape as number[];
}

function checkedNumber(name: string, field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Unusable(`inputs.${name}.${field}: ${JSON.stringify(value)} is not allowed: must be a finite number`);
}
