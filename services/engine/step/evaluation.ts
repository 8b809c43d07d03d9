/** Evaluation as nodes: summed loss and summed score of a batch, padding masked out. Nothing is drawn, nothing is updated. */
import type { TrainSpec } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import type { NodeList, Output } from '../graph/node-list.ts';
import type { BuiltModel } from '../model/build.ts';
import { DataType, scoped, tf } from '../tensorflow.ts';
import { Trace } from '../trace/trace.ts';
import { type DataLayout, gatherInputs, gatherLabels, zeroBatch } from './batch.ts';
import { commonAnswer } from './common-answer.ts';
import { perExampleLoss } from './loss.ts';

export interface EvaluationInputs {
  /** Row indices, int32 [batch]. */
  readonly rows: Output;
  /** 1 for an example, 0 for padding, float [batch]. */
  readonly mask: Output;
}

export interface EvaluatedBatch<T> {
  /** Null for a loss of the user's own, which takes no padding: it is judged by the outputs. */
  readonly sums: T | null;
  /** Of the model, [batch, …]. */
  readonly output: T;
}

/** Sums over the batch: [data loss, score], score being the number of right classes, or −loss for regression. */
export function evaluateBatch(
  spec: Pick<TrainSpec, 'loss'>,
  built: BuiltModel,
  inputs: Tensor,
  labels: Tensor,
  mask: Tensor,
): EvaluatedBatch<Tensor> {
  const output = commonAnswer(spec, built, inputs);
  if (spec.loss.type === 'module') return { sums: null, output };
  const losses = perExampleLoss(spec, output, labels);
  const scores =
    labels.dtype === 'int32' ? tf.cast(tf.equal(tf.argMax(output, -1), labels), 'float32') : tf.neg(losses);
  return { sums: tf.stack([tf.sum(tf.mul(losses, mask)), tf.sum(tf.mul(scores, mask))]), output };
}

/** Returns the nodes that compute the two sums, float [2], and the model's output. */
export function emitEvaluation(
  list: NodeList,
  nodes: EvaluationInputs,
  spec: Pick<TrainSpec, 'loss'>,
  built: BuiltModel,
  data: DataLayout,
  batch: number,
  /** Which variable holds a weight: itself, or its running average. */
  variableOf: (weight: string) => string = (weight) => weight,
): EvaluatedBatch<Output> {
  const trace = new Trace(list, false);
  const x = gatherInputs(list, data, nodes.rows);
  const y = gatherLabels(list, data, nodes.rows);
  const output = scoped(() => {
    const { inputs, labels } = zeroBatch(data, batch);
    const mask = tf.ones([batch]);
    trace.bind(inputs, x);
    trace.bind(labels, y);
    trace.bind(mask, nodes.mask);
    for (const { name, variable } of built.weights) trace.bind(variable, list.read(variableOf(name), DataType.float32));
    return trace.record(() => {
      const { sums, output: made } = evaluateBatch(spec, built, inputs, labels, mask);
      return { sums: sums && trace.ref(sums), output: trace.ref(made) };
    });
  });
  trace.end();
  return output;
}
