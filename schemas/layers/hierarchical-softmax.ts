/**
 * Hierarchical softmax: log-probabilities of classes that are the leaves of a binary tree. Each of the C − 1 inner nodes is a logistic regression on
 * the features, z = xW + b, which goes left with probability σ(z); a class has the product of the choices on its path:
 *
 *   y_c = log p(c) = Σ over the path of log σ(±z)          + to the left, − to the right
 *
 * so Σ exp y_c = 1, and −y_c is a sum of about log₂ C terms where softmax cross-entropy has C. It is the last layer of a net whose loss is
 * softmax-cross-entropy, whose own softmax leaves log-probabilities as they are: the loss is −y_c of the label, and predictions, ensembles and scores
 * are those of any classifier. The tree is complete: nodes are numbered row by row, as in a heap, and classes are its leaves in that order.
 *
 * While training, only the nodes on the path of the label are computed and learn, unless labels are smoothed or mixed; predictions take them all.
 *
 * Source: Morin & Bengio 2005, Hierarchical probabilistic neural network language model. Built of a dense layer, whose outputs are paired with 0 and
 * go through log softmax, and of a sum a level. Keras and PyTorch have none; PyTorch's AdaptiveLogSoftmaxWithLoss has two levels.
 */
import type { SymbolicTensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { defineLayer, needs, type TensorFlowLayer, type TensorFlowLayers } from './define.ts';
import { kernelConfig, kernelOptions } from './kernel.ts';

export const hierarchicalSoftmax = defineLayer({
  type: 'hierarchical-softmax',
  description: 'Log-probabilities of classes by a binary tree of logistic regressions: [features] -> [units].',
  options: {
    units: z.int().min(2).max(1_000_000).describe('Number of classes, C.'),
    ...kernelOptions,
  },
  infer: (input, o) => {
    needs(input, ['features'], 'put a flatten layer before it');
    return [o.units];
  },
  parameters: ([features = 0], o) => (features + (o.bias ? 1 : 0)) * (o.units - 1),
  multiplyAdds: ([features = 0], _output, o) => features * (o.units - 1),
  build: (tfLayers, o, { seed, input, base, nested }) =>
    nested((x) => {
      const config = kernelConfig(o, seed, input[0] ?? 1);
      const nodes = tfLayers.dense({ name: `${base.name}_nodes`, units: o.units - 1, ...config });
      return leavesOf(partsOf(tfLayers, base.name), nodes.apply(x) as SymbolicTensor, o.units);
    }),
});

/** log p of all classes, from z of all inner nodes: down the tree, one level after the other. */
function leavesOf(
  { rows, reshape, choices, sum, joined }: Parts,
  nodes: SymbolicTensor,
  classes: number,
): SymbolicTensor {
  const count = 2 * (classes - 1);
  // Of each node but the root, what the choice of it adds to the log-probability of the node above: a column, in the order of the nodes.
  const added = reshape(choices(nodes, classes - 1), [count, 1, 1]);
  const leaves: SymbolicTensor[] = [];
  let level = { nodes: rows(added, count, 0, 2), size: 2 };
  for (let from = 2; from < count; ) {
    const { nodes: above, size } = level;
    // The first nodes of a level have two children each; those that have none are leaves.
    const next = Math.min(2 * size, count - from);
    const parents = reshape(rows(above, size, 0, next / 2), [next / 2, 1, 1]);
    if (next < 2 * size) leaves.push(rows(above, size, next / 2, size));
    const pairs = reshape(rows(added, count, from, from + next), [next / 2, 2, 1]);
    level = { nodes: reshape(sum([parents, pairs]), [next, 1, 1]), size: next };
    from += next;
  }
  return reshape(joined([...leaves, level.nodes]), [classes]);
}

type Parts = ReturnType<typeof partsOf>;

/** What the tree is built of: layers of Keras, so that an exported model needs nothing of its own. */
function partsOf(tfLayers: TensorFlowLayers, name: string) {
  let made = 0;
  const named = () => ({ name: `${name}_tree_${made++}` });
  const apply = (layer: TensorFlowLayer, to: SymbolicTensor | SymbolicTensor[]) => layer.apply(to) as SymbolicTensor;
  const reshape = (of: SymbolicTensor, targetShape: number[]) =>
    apply(tfLayers.reshape({ ...named(), targetShape }), of);
  return {
    reshape,
    /** Rows from … to − 1 of a column of so many. */
    rows: (of: SymbolicTensor, length: number, from: number, to: number) =>
      apply(
        tfLayers.cropping2D({
          ...named(),
          cropping: [
            [from, length - to],
            [0, 0],
          ],
        }),
        of,
      ),
    /** log σ(z) and log σ(−z) of each of so many z: the log softmax of (z, 0). */
    choices(z: SymbolicTensor, inner: number) {
      const zeros = tfLayers.zeroPadding2d({
        ...named(),
        padding: [
          [0, 0],
          [0, 1],
        ],
      });
      const pairs = reshape(apply(zeros, reshape(z, [inner, 1, 1])), [inner, 2]);
      return apply(tfLayers.activation({ ...named(), activation: 'logSoftmax' as never }), pairs);
    },
    sum: (of: SymbolicTensor[]) => apply(tfLayers.add(named()), of),
    joined: (of: SymbolicTensor[]) =>
      of.length === 1 ? of[0]! : apply(tfLayers.concatenate({ ...named(), axis: 1 }), of),
  };
}
