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
 * One pass over all examples in their order, wherever they lie. Memory: a byte an example, up to a million hashes of rows, a few numbers a feature.
 * Source of the checks: CS231n's and Karpathy's "recipe": become one with the data.
 */
import type { Finding } from '@anneal/schemas';
import { eachChunk, splitOfRows } from './chunks.ts';
import { type DataSet, inputWidth, labelWidth } from './data-set.ts';
import { ColumnSurvey } from './survey/columns.ts';
import { RepeatedRows } from './survey/repeated-rows.ts';

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

export function dataReport(data: DataSet): Finding[] {
  const { labels, inputs } = data;
  const width = inputWidth(inputs);
  const splitOf = splitOfRows(data);
  const counts = labels.kind === 'class' ? new Array<number>(labels.classes).fill(0) : null;
  const repeated = new RepeatedRows(inputs.shape[0] ?? 0, width, labelWidth(labels));
  const columns = width <= MOST_FEATURES ? new ColumnSurvey(width) : null;
  eachChunk(data, (chunk) => {
    const hash = repeated.hasher(chunk);
    for (let i = 0; i < chunk.count; i++) {
      const split = splitOf[chunk.first + i]!;
      if (split === 0) continue;
      repeated.add(hash(i), split);
      if (split !== 1) continue;
      if (counts) counts[chunk.labels[i]!]! += 1;
      columns?.add(chunk.inputs, i * width);
    }
  });
  return [
    ...(counts ? balance(counts, data) : []),
    leakage(repeated, data),
    ...(columns ? features(columns, data) : []),
  ];
}

function balance(counts: readonly number[], { splits, classNames }: DataSet): Finding[] {
  const name = (index: number) => classNames?.[index] ?? String(index);
  const absent = counts.indexOf(0);
  const [rarest, commonest] = [Math.min(...counts), Math.max(...counts)];
  const evidence = { classes: counts.length, examples: splits.training.length, rarest, commonest };
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

function leakage(found: RepeatedRows, { splits }: DataSet): Finding {
  const { oneIn } = found;
  const { validation, test, repeated, looked } = found.counts;
  const evidence = {
    ...{ validation, test, repeated, examples: splits.training.length },
    ...(oneIn > 1 && { lookedAtOneIn: oneIn }),
  };
  const held = looked.validation + looked.test;
  const sample = oneIn > 1 ? `looked at one row in ${oneIn}, chosen by what it holds: ` : '';
  if (validation + test === 0) {
    const message = `${sample}none of the ${held} examples held out is among those to train on`;
    return judged('data-leakage', null, message, evidence);
  }
  const message = `${sample}${validation} of ${looked.validation} examples to validate on and ${test} of ${looked.test} to test on are among those to train on too: their scores are too good; remove the repeated rows`;
  return judged('data-leakage', 'leakage', message, evidence);
}

const skipped = (rule: string, message: string): Finding => ({
  ...judged(rule, null, message, {}),
  verdict: 'skipped',
});

function features(columns: ColumnSurvey, { inputs, scale, splits }: DataSet): Finding[] {
  if (splits.training.length < 2)
    return ['data-constant', 'data-duplicate', 'data-scale'].map((rule) => skipped(rule, 'there is one example'));
  const width = inputWidth(inputs);
  const { constant, twins } = columns;
  return [
    named('data-constant', 'constant-feature', constant, 'never change: they teach nothing; remove them', width),
    named('data-duplicate', 'duplicate-feature', twins, 'repeat an earlier one: remove them', width),
    constant.length === width
      ? skipped('data-scale', 'no feature varies among the examples to train on')
      : scaleFinding(columns.means(scale), columns.deviations(scale)),
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
