/** Runs in the realm: every case of the audit of TF.js's gradients, recorded, and what it computes there. */
import '../../../services/verify/realm/globals.ts';
import type { RecordedFunction } from '@anneal/schemas';
import { opCases } from '../../../services/verify/realm/audit/audit.ts';
import { projected } from '../../../services/verify/realm/cases.ts';
import { drawInputs } from '../../../services/verify/realm/inputs.ts';
import { recordBoth } from '../../../services/verify/realm/record/record.ts';
import { type Tensor, tf, values } from '../../../services/verify/realm/tf.ts';

export interface RecordedCase {
  readonly name: string;
  readonly refused: string | null;
  readonly fn: RecordedFunction | null;
  readonly inputs: readonly { readonly shape: readonly number[]; readonly dtype: string; readonly values: number[] }[];
  readonly by: readonly number[];
  readonly value: number;
  readonly gradients: readonly number[][];
}

const SEED = 17;

/** Ops without a gradient, on numbers that are not differentiated. */
const constants = (op: string, run: (c: Tensor) => Tensor): (typeof opCases)[number] => ({
  op,
  label: 'of a constant',
  inputs: { x: [2, 3], c: { shape: [3, 4], from: 0, to: 2, constant: true } },
  run: ({ x, c }) => tf.mul(tf.sum(x), projected(tf.cast(run(c), 'float32'))) as Tensor,
});

const positive = (c: Tensor) => tf.greater(c, 1);
const places = () => tf.tensor2d([[0], [2]], [2, 1], 'int32');

const others = [
  constants('All', (c) => tf.all(positive(c), 1)),
  constants('Any', (c) => tf.any(positive(c), 1)),
  constants('ArgMax', (c) => tf.argMax(c, 1)),
  constants('DepthToSpace', (c) => tf.depthToSpace(tf.reshape(c, [1, 1, 3, 4]) as never, 2, 'NHWC')),
  constants('Diag', (c) => tf.diag(tf.reshape(c, [12]))),
  constants('Einsum', (c) => tf.einsum('ij,kj->ik', c, c)),
  constants('Fill', (c) => tf.mul(c, tf.fill([3, 1], 1.5))),
  constants('GatherNd', (c) => tf.gatherND(c, places())),
  constants('LinSpace', (c) => tf.mul(c, tf.linspace(0, 1, 4))),
  constants('LogicalOr', (c) => tf.logicalOr(positive(c), tf.less(c, 0.5))),
  constants('NotEqual', (c) => tf.notEqual(tf.round(c), 1)),
  constants('Range', (c) => tf.mul(c, tf.range(0, 4))),
  constants('ScatterNd', (c) => tf.scatterND(places(), tf.slice(c, [0, 0], [2, 4]), [4, 4])),
  constants('StridedSlice', (c) => tf.stridedSlice(c, [0, 0], [3, 4], [2, 2])),
  constants('TensorScatterUpdate', (c) => tf.tensorScatterUpdate(c, places(), tf.zeros([2, 4]))),
  constants('TopK', (c) => tf.topk(c, 2).values),
];

function recorded({ op, label, inputs: specs, run }: (typeof opCases)[number]): RecordedCase {
  const drawn = drawInputs(specs, SEED);
  const inputs = drawn.map(({ shape, dtype, values }) => ({ shape, dtype, values: Array.from(values) }));
  const by = drawn.flatMap(({ differentiated }, i) => (differentiated ? [i] : []));
  const tensors = drawn.map(({ shape, dtype, values }) => {
    const array = dtype === 'int32' ? Int32Array.from(values) : values.slice();
    return tf.tensor(array as never, [...shape], dtype) as Tensor;
  });
  const output = () => {
    const at = Object.fromEntries(drawn.map(({ name }, i) => [name, tensors[i]!]));
    return tf.addN([run(at)].flat().map((one) => projected(one as Tensor))) as Tensor;
  };
  const base = { name: `${op}, ${label}`, inputs, by };
  try {
    const dy = tf.scalar(2) as Tensor;
    const fn = recordBoth(
      tensors,
      dy,
      by.map((i) => tensors[i]!),
      { output, without: () => new Error('no gradient') as never },
    );
    const { value, grads } = tf.engine().gradients(
      output,
      by.map((i) => tensors[i]!),
      dy,
      true,
    );
    const gradients = grads.map((one) => Array.from(values(one)));
    return { ...base, refused: null, fn, value: values(value)[0]!, gradients };
  } catch (error) {
    return { ...base, refused: String((error as Error).message).split('\n')[0]!, fn: null, value: 0, gradients: [] };
  }
}

(globalThis as unknown as { recordOps(): string }).recordOps = () =>
  JSON.stringify([...opCases, ...others].map(recorded));
