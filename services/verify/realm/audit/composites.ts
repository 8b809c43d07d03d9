/** Functions of TF.js's that write their gradient by hand, and ops that it has none for. */
import { tf } from '../tf.ts';
import { from, type OpCase, on } from './op-case.ts';

const activations = ['linear', 'relu', 'relu6', 'elu', 'leakyrelu', 'sigmoid'] as const;
const int = (values: number[]) => tf.tensor1d(values, 'int32');

export const composites: readonly OpCase[] = [
  ...activations.flatMap((activation) => [
    on('fused.matMul', activation, { a: [3, 4], b: [4, 2], bias: [2] }, ({ a, b, bias }) =>
      tf.fused.matMul({ a, b, bias, activation, leakyreluAlpha: 0.3 }),
    ),
    on('fused.conv2d', activation, { x: [1, 4, 4, 2], filter: [3, 3, 2, 2], bias: [2] }, ({ x, filter, bias }) =>
      tf.fused.conv2d({ x, filter, bias, activation, strides: 1, pad: 'same', leakyreluAlpha: 0.3 }),
    ),
    on(
      'fused.depthwiseConv2d',
      activation,
      { x: [1, 4, 4, 2], filter: [3, 3, 2, 2], bias: [4] },
      ({ x, filter, bias }) =>
        tf.fused.depthwiseConv2d({ x, filter, bias, activation, strides: 1, pad: 'same', leakyreluAlpha: 0.3 }),
    ),
  ]),
  on('logSumExp', 'axis 1', { x: [3, 4] }, ({ x }) => tf.logSumExp(x, 1)),
  on('logSigmoid', '[3, 4]', { x: [3, 4] }, ({ x }) => tf.logSigmoid(x)),
  on('norm', 'euclidean, axis 1', { x: [3, 4] }, ({ x }) => tf.norm(x, 'euclidean', 1)),
  on('norm', 'of order 1', { x: [3, 4] }, ({ x }) => tf.norm(x, 1, 1)),
  on('moments', 'axis 0', { x: [4, 3] }, ({ x }) => Object.values(tf.moments(x, 0))),
  on('dropout', 'rate 0.4', { x: [4, 5] }, ({ x }) => tf.dropout(x, 0.4, undefined, 3)),
  on('losses.softmaxCrossEntropy', 'smoothing 0.1', { y: { oneHot: [4, 3] }, x: [4, 3] }, ({ y, x }) =>
    tf.losses.softmaxCrossEntropy(y, x, undefined, 0.1),
  ),
  on('losses.sigmoidCrossEntropy', 'smoothing 0.1', { y: { oneHot: [4, 3] }, x: [4, 3] }, ({ y, x }) =>
    tf.losses.sigmoidCrossEntropy(y, x, undefined, 0.1),
  ),
  on('losses.huberLoss', 'δ 1', { y: [4, 3], x: [4, 3] }, ({ y, x }) => tf.losses.huberLoss(y, x)),
  on('losses.logLoss', '', { y: { oneHot: [4, 3] }, x: from(0.1, 0.9, 4, 3) }, ({ y, x }) => tf.losses.logLoss(y, x)),
  on('losses.hingeLoss', '', { y: { oneHot: [4, 3] }, x: [4, 3] }, ({ y, x }) => tf.losses.hingeLoss(y, x)),
  on('losses.cosineDistance', '', { y: [4, 3], x: [4, 3] }, ({ y, x }) => tf.losses.cosineDistance(y, x, 1)),
  on('Einsum', 'ij,jk->ik', { a: [2, 3], b: [3, 4] }, ({ a, b }) => tf.einsum('ij,jk->ik', a, b)),
  on('StridedSlice', 'every second', { x: [6] }, ({ x }) => tf.stridedSlice(x, [0], [6], [2])),
  on('TopK', 'k = 2', { x: [3, 4] }, ({ x }) => tf.topk(x, 2).values),
  on('Cumprod', 'axis 0', { x: [3, 4] }, ({ x }) => tf.cumprod(x, 0)),
  on('GatherNd', 'two places', { x: [3, 4] }, ({ x }) =>
    tf.gatherND(
      x,
      tf.tensor2d(
        [
          [0, 1],
          [2, 3],
        ],
        [2, 2],
        'int32',
      ),
    ),
  ),
  on('ScatterNd', 'two rows', { x: [2, 3] }, ({ x }) =>
    tf.scatterND(tf.tensor2d([[0], [2]], [2, 1], 'int32'), x, [4, 3]),
  ),
  on('TensorScatterUpdate', 'one row', { x: [4, 3], u: [1, 3] }, ({ x, u }) =>
    tf.tensorScatterUpdate(x, tf.tensor2d([[2]], [1, 1], 'int32'), u),
  ),
  on('DepthToSpace', 'block 2', { x: [1, 2, 2, 4] }, ({ x }) => tf.depthToSpace(x, 2, 'NHWC')),
  on('Diag', '[3]', { x: [3] }, ({ x }) => tf.diag(x)),
  on('CropAndResize', 'one box', { x: [1, 4, 4, 1] }, ({ x }) =>
    tf.image.cropAndResize(x, tf.tensor2d([[0.1, 0.1, 0.8, 0.9]]), int([0]), [3, 3]),
  ),
  on('Conv3DBackpropInputV2', 'conv3dTranspose', { x: [1, 2, 2, 2, 1], w: [2, 2, 2, 1, 1] }, ({ x, w }) =>
    tf.conv3dTranspose(x, w, [1, 3, 3, 3, 1], 1, 'valid'),
  ),
  on('FFT', 'of a complex vector', { re: [4], im: [4] }, ({ re, im }) => tf.real(tf.spectral.fft(tf.complex(re, im)))),
];
