/** Scores of a classifier out of its outputs; see schemas/scores.ts. */
import type { ClassScores } from '@anneal/schemas';
import { aucOf } from './auc.ts';
import { largest } from './largest.ts';

/** `outputs` [examples, classes] in one row after the other, `labels` [examples]. */
export function classScores(outputs: Float32Array, labels: Int32Array, names: readonly string[]): ClassScores {
  const classes = names.length;
  const examples = labels.length;
  const confusion = names.map(() => new Array<number>(classes).fill(0));
  let five = 0;
  labels.forEach((label, row) => {
    const own = outputs.subarray(row * classes, (row + 1) * classes);
    confusion[label]![largest(own, 0, classes)]! += 1;
    const above = own.reduce((count, value) => count + (value > own[label]! ? 1 : 0), 0);
    if (above < 5) five += 1;
  });
  const probabilities = softmax(outputs, classes);
  const ofClasses = names.map((name, k) => {
    const right = confusion[k]![k]!;
    const count = sum(confusion[k]!);
    const taken = confusion.reduce((total, row) => total + row[k]!, 0);
    const [precision, recall] = [ratio(right, taken), ratio(right, count)];
    const auc = aucOf(column(probabilities, classes, k), (row) => labels[row] === k);
    return { name, examples: count, precision, recall, f1: ratio(2 * precision * recall, precision + recall), auc };
  });
  const mean = (weight: (one: (typeof ofClasses)[number]) => number) => {
    const total = sum(ofClasses.map(weight));
    const of = (pick: 'precision' | 'recall' | 'f1') => sum(ofClasses.map((one) => weight(one) * one[pick])) / total;
    return { precision: of('precision'), recall: of('recall'), f1: of('f1') };
  };
  const areas = ofClasses.flatMap(({ auc }) => (auc === null ? [] : [auc]));
  return {
    kind: 'class',
    examples,
    accuracy: sum(confusion.map((row, k) => row[k]!)) / examples,
    topFive: classes > 5 ? five / examples : null,
    macro: mean(() => 1),
    weighted: mean((one) => one.examples),
    aucOneVsRest: areas.length > 0 ? sum(areas) / areas.length : null,
    classes: ofClasses,
    confusion,
  };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);

const column = (values: Float64Array, width: number, k: number): Float64Array =>
  Float64Array.from({ length: values.length / width }, (_value, row) => values[row * width + k]!);

function softmax(outputs: Float32Array, classes: number): Float64Array {
  const made = new Float64Array(outputs.length);
  for (let from = 0; from < outputs.length; from += classes) {
    const most = Math.max(...outputs.subarray(from, from + classes));
    let total = 0;
    for (let k = from; k < from + classes; k++) total += made[k] = Math.exp(outputs[k]! - most);
    for (let k = from; k < from + classes; k++) made[k]! /= total;
  }
  return made;
}
