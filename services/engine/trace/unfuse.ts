/** Fused kernels written as their parts. XLA's compiler has no `_FusedMatMul`; it fuses the parts itself. */
import type { Attributes } from '../graph/attribute.ts';
import type { NodeList, Output } from '../graph/node-list.ts';
import { DataType } from '../tensorflow.ts';

const T = { T: { type: DataType.float32 } };

/** The output that replaces the fused op, or null if `op` is not a fused one. */
export function unfuse(list: NodeList, op: string, inputs: readonly Output[], attributes: Attributes): Output | null {
  if (op !== '_FusedMatMul') return null;
  const [a, b, ...args] = inputs as [Output, Output, ...Output[]];
  const { transpose_a, transpose_b, fused_ops, leakyrelu_alpha } = attributes;
  let output = list.node('MatMul', [a, b], {
    ...T,
    transpose_a: transpose_a ?? { bool: false },
    transpose_b: transpose_b ?? { bool: false },
  });
  const fused = fused_ops && 'strings' in fused_ops ? fused_ops.strings.map(String) : [];
  for (const part of fused) {
    if (part === 'BiasAdd') output = list.node('BiasAdd', [output, args[0]!], T);
    else if (part === 'LeakyRelu')
      output = list.node('LeakyRelu', [output], { ...T, alpha: leakyrelu_alpha ?? { float: 0.2 } });
    else output = list.node(part, [output], T);
  }
  return output;
}
