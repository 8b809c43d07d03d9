/**
 * The data report: what is odd about the examples, as findings, before a run burns money on them. Over the training split unless said otherwise.
 *
 *   data-balance      the rarest class has less than a tenth of the examples of the commonest
 *   data-missing-class  a class of the spec has no example
 *   data-constant     features that never change
 *   data-duplicate    features that are equal to an earlier one everywhere
 *   data-leakage      examples that lie in the training split and in validation or test, byte for byte (of inputs and label)
 *   data-scale        features whose deviations differ more than a thousandfold, or inputs far from 0 with a deviation far from 1
 *
 * Memory: one number an example and a few a feature. Source of the checks: CS231n's and Karpathy's "recipe": become one with the data.
 */
import type { Finding } from '@anneal/schemas';
import type { LoadedData } from './load.ts';

/** Features beyond so many, as pixels are, are not looked at one by one. */
const MOST_FEATURES = 256;
const RARE = 0.1;
const SPREAD = 1000;

type Evidence = Finding['evidence'];

const judged = (rule: string, cause: string | null, message: string, evidence: Evidence): Finding => ({
  rule,
  verdict: cause === null ? 'pass' : 'warn',
  message,
  cause,
  evidence,
  patch: null,
});

export function dataReport(data: LoadedData): Finding[] {
  return [...balance(data), leakage(data), ...features(data)];
}

function balance({ labels, splits, classNames }: LoadedData): Finding[] {
  if (labels.kind !== 'class') return [];
  const counts = new Array<number>(labels.classes).fill(0);
  for (const row of splits.training) counts[labels.values[row]!]! += 1;
  const name = (index: number) => classNames?.[index] ?? String(index);
  const absent = counts.indexOf(0);
  const [rarest, commonest] = [Math.min(...counts), Math.max(...counts)];
  const evidence = { classes: labels.classes, examples: splits.training.length, rarest, commonest };
  if (absent >= 0) {
    const message = `class ${name(absent)} has no example among the ${splits.training.length} to train on`;
    return [judged('data-missing-class', 'missing-class', message, evidence)];
  }
  const [rare, common] = [counts.indexOf(rarest), counts.indexOf(commonest)];
  const numbers = `${rarest} examples of class ${name(rare)}, ${commonest} of class ${name(common)}`;
  if (rarest >= RARE * commonest) return [judged('data-balance', null, `${numbers}: balanced enough`, evidence)];
  const message = `${numbers}: a net may ignore the rare one; weigh it by loss.classWeights, and watch scores per class`;
  return [judged('data-balance', 'class-imbalance', message, evidence)];
}

/** 53 bits of a hash of a row, inputs and label: two of 10⁶ rows are mistaken for one with a chance below 10⁻⁴. */
function rowHashes({ inputs, labels }: LoadedData): Float64Array {
  const rows = inputs.shape[0] ?? 0;
  const width = rows > 0 ? inputs.values.length / rows : 0;
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT } = inputs.values;
  const whole = (width * BYTES_PER_ELEMENT) % 4 === 0 && byteOffset % 4 === 0;
  const bytes = whole
    ? new Uint32Array(buffer, byteOffset, byteLength / 4)
    : new Uint8Array(buffer, byteOffset, byteLength);
  const size = (width * BYTES_PER_ELEMENT) / bytes.BYTES_PER_ELEMENT;
  const labelWidth = rows > 0 ? labels.values.length / rows : 0;
  return Float64Array.from({ length: rows }, (_value, row) => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    const mix = (value: number) => {
      a = Math.imul(a ^ value, 2654435761);
      b = Math.imul(b ^ value, 1597334677);
    };
    for (let at = row * size; at < (row + 1) * size; at++) mix(bytes[at]!);
    for (let at = row * labelWidth; at < (row + 1) * labelWidth; at++) mix(Math.fround(labels.values[at]!) * 1024);
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return 4294967296 * (2097151 & b) + (a >>> 0);
  });
}

function leakage(data: LoadedData): Finding {
  const { splits } = data;
  const hashes = rowHashes(data);
  const trained = new Set<number>();
  for (const row of splits.training) trained.add(hashes[row]!);
  const shared = (rows: Int32Array) => rows.reduce((count, row) => count + (trained.has(hashes[row]!) ? 1 : 0), 0);
  const [validation, test] = [shared(splits.validation), shared(splits.test)];
  const repeated = splits.training.length - trained.size;
  const evidence = { validation, test, repeated, examples: splits.training.length };
  const held = splits.validation.length + splits.test.length;
  if (validation + test === 0)
    return judged('data-leakage', null, `none of the ${held} examples held out is among those to train on`, evidence);
  const message = `${validation} of ${splits.validation.length} examples to validate on and ${test} of ${splits.test.length} to test on are among those to train on too: their scores are too good; remove the repeated rows`;
  return judged('data-leakage', 'leakage', message, evidence);
}

interface Moments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

function features({ inputs, splits, scale }: LoadedData): Finding[] {
  const width = inputs.shape.slice(1).reduce((a, b) => a * b, 1);
  if (width > MOST_FEATURES) return [];
  const { values } = inputs;
  const { mean, deviation } = momentsOf(values, splits.training, width, scale);
  const constant = [...deviation.keys()].filter((j) => deviation[j] === 0);
  const twins = duplicates(values, splits.training, width, deviation);
  return [
    named('data-constant', 'constant-feature', constant, 'never change: they teach nothing; remove them', width),
    named('data-duplicate', 'duplicate-feature', twins, 'repeat an earlier one: remove them', width),
    scaleFinding(mean, deviation),
  ];
}

function named(rule: string, cause: string, found: readonly number[], what: string, width: number): Finding {
  const evidence = { features: width, found: found.length, first: found[0] ?? null };
  if (found.length === 0) return judged(rule, null, `none of the ${width} features does`, evidence);
  return judged(
    rule,
    cause,
    `${found.length} of ${width} features (from 0: ${found.slice(0, 8).join(', ')}) ${what}`,
    evidence,
  );
}

function momentsOf(values: ArrayLike<number>, rows: Int32Array, width: number, scale: LoadedData['scale']): Moments {
  const [mean, square] = [new Float64Array(width), new Float64Array(width)];
  const x = (row: number, j: number) => values[row * width + j]! * scale.multiply + scale.add;
  for (const row of rows) for (let j = 0; j < width; j++) mean[j]! += x(row, j) / rows.length;
  for (const row of rows) for (let j = 0; j < width; j++) square[j]! += (x(row, j) - mean[j]!) ** 2 / rows.length;
  // Rounding leaves a constant a deviation just above 0.
  const moves = (j: number) => rows.some((row) => values[row * width + j] !== values[rows[0]! * width + j]);
  return { mean, deviation: square.map((value, j) => (moves(j) ? Math.sqrt(value) : 0)) };
}

/** Features equal to an earlier one in every training row. */
function duplicates(values: ArrayLike<number>, rows: Int32Array, width: number, deviation: Float64Array): number[] {
  const twins: number[] = [];
  const first = new Map<number, number[]>();
  for (let j = 0; j < width; j++) {
    if (deviation[j] === 0) continue;
    const alike = first.get(deviation[j]!) ?? [];
    const same = (i: number) => rows.every((row) => values[row * width + i] === values[row * width + j]);
    if (alike.some(same)) twins.push(j);
    else first.set(deviation[j]!, [...alike, j]);
  }
  return twins;
}

function scaleFinding(mean: Float64Array, deviation: Float64Array): Finding {
  const moving = [...deviation].filter((value) => value > 0);
  const [least, most] = [Math.min(...moving), Math.max(...moving)];
  const offset = Math.max(...[...mean].map((value, j) => (deviation[j]! > 0 ? Math.abs(value) / most : 0)));
  const evidence = { leastDeviation: least, mostDeviation: most, largestMean: Math.max(...mean.map(Math.abs)) };
  const range = `deviations of the features from ${least.toPrecision(3)} to ${most.toPrecision(3)}`;
  const advice = 'standardise them: data.preprocessing: [{ type: standardize }]';
  if (most > SPREAD * least)
    return judged('data-scale', 'input-scale', `${range}: the small ones are drowned; ${advice}`, evidence);
  if (most > 100 || most < 0.01 || offset > 100)
    return judged('data-scale', 'input-scale', `${range}: far from 1, or far from 0 in the mean; ${advice}`, evidence);
  return judged('data-scale', null, `${range}: of one size`, evidence);
}
