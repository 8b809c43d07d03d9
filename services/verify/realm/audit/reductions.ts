/** Over axes: sums, means, extremes, products, softmax, normalisation, matrix products. */
import { type Tensor, tf } from '../tf.ts';
import { from, type OpCase, on } from './op-case.ts';

type Reduce = (x: Tensor, axis?: number | number[], keepDims?: boolean) => Tensor;

const reduced = (op: string, code: Reduce): OpCase[] => [
  on(op, 'all', { x: [3, 4] }, ({ x }) => code(x)),
  on(op, 'axis 0', { x: [3, 4] }, ({ x }) => code(x, 0)),
  on(op, 'axis 1', { x: [3, 4] }, ({ x }) => code(x, 1)),
  on(op, 'axis -1, kept', { x: [2, 3, 4] }, ({ x }) => code(x, -1, true)),
  on(op, 'axes 0 and 2', { x: [2, 3, 4] }, ({ x }) => code(x, [0, 2])),
  on(op, 'axis 1 of 3, kept', { x: [2, 3, 4] }, ({ x }) => code(x, 1, true)),
];

const products = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

const matrix = (rows: number, columns: number, transposed: boolean): number[] =>
  transposed ? [columns, rows] : [rows, columns];

export const reductions: readonly OpCase[] = [
  ...reduced('Sum', tf.sum),
  ...reduced('Mean', tf.mean),
  ...reduced('Max', tf.max),
  ...reduced('Min', tf.min),
  ...reduced('Prod', tf.prod),
  on('ArgMax', 'axis 1', { x: [3, 4] }, ({ x }) => tf.cast(tf.argMax(x, 1), 'float32')),
  on('ArgMin', 'axis 0', { x: [3, 4] }, ({ x }) => tf.cast(tf.argMin(x, 0), 'float32')),
  on('Cumsum', 'axis 0', { x: [3, 4] }, ({ x }) => tf.cumsum(x, 0)),
  on('Cumsum', 'axis 0, square', { x: [3, 3] }, ({ x }) => tf.cumsum(x, 0)),
  on('Cumsum', 'axis 1, exclusive', { x: [3, 4] }, ({ x }) => tf.cumsum(x, 1, true)),
  on('Cumsum', 'axis 1, reverse', { x: [3, 4] }, ({ x }) => tf.cumsum(x, 1, false, true)),
  on('Cumsum', 'axis 1 of 3, exclusive and reverse', { x: [2, 3, 4] }, ({ x }) => tf.cumsum(x, 1, true, true)),
  on('Softmax', '[3, 4]', { x: [3, 4] }, ({ x }) => tf.softmax(x)),
  on('Softmax', '[2, 3, 4]', { x: [2, 3, 4] }, ({ x }) => tf.softmax(x)),
  on('LogSoftmax', '[3, 4]', { x: [3, 4] }, ({ x }) => tf.logSoftmax(x)),
  on('LogSoftmax', '[2, 3, 4]', { x: [2, 3, 4] }, ({ x }) => tf.logSoftmax(x)),
  ...products.flatMap(([left, right]) => {
    const label = `${left ? 'aᵀ' : 'a'}${right ? 'bᵀ' : 'b'}`;
    const [a, b] = [matrix(3, 4, left), matrix(4, 2, right)];
    return [
      on('BatchMatMul', label, { a, b }, (at) => tf.matMul(at.a, at.b, left, right)),
      on('BatchMatMul', `${label}, batches of 2`, { a: [2, ...a], b: [2, ...b] }, (at) =>
        tf.matMul(at.a, at.b, left, right),
      ),
    ];
  }),
  on('BatchMatMul', 'ab, b shared by a batch', { a: [2, 3, 4], b: [1, 4, 2] }, ({ a, b }) => tf.matMul(a, b)),
  ...([2, 4] as const).map((rank) =>
    on(
      'FusedBatchNorm',
      `rank ${rank}`,
      { x: [3, ...(rank === 4 ? [2, 2] : []), 4], mean: [4], variance: from(0.5, 2, 4), scale: [4], offset: [4] },
      ({ x, mean, variance, scale, offset }) => tf.batchNorm(x, mean, variance, offset, scale, 1e-3),
    ),
  ),
  on('FusedBatchNorm', 'without scale and offset', { x: [3, 4], mean: [4], variance: from(0.5, 2, 4) }, (at) =>
    tf.batchNorm(at.x, at.mean, at.variance),
  ),
  on('LRN', 'radius 2, β 0.5', { x: [2, 2, 2, 7] }, ({ x }) => tf.localResponseNormalization(x, 2, 1, 0.5, 0.5)),
  on('LRN', 'radius 1, β 0.75', { x: [1, 2, 2, 5] }, ({ x }) => tf.localResponseNormalization(x, 1, 2, 0.3, 0.75)),
  on('UnsortedSegmentSum', 'three segments', { x: [5, 2] }, ({ x }) =>
    tf.unsortedSegmentSum(x, tf.tensor1d([0, 2, 0, 1, 2], 'int32'), 3),
  ),
  on('UnsortedSegmentSum', 'a row left out', { x: [4] }, ({ x }) =>
    tf.unsortedSegmentSum(x, tf.tensor1d([0, -1, 1, 0], 'int32'), 2),
  ),
];
