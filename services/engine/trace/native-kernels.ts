/** Kernels of tfjs-node that look at values on the host, as TensorFlow's own op alone: a trace has no values to look at. */
import type { NamedAttrMap, NamedTensorInfoMap, Tensor } from '@tensorflow/tfjs';
import { backend, binding, tf } from '../tensorflow.ts';

/** tfjs-node checks every index on the host first; TensorFlow's kernel refuses those out of range itself. */
function gather({ inputs, attrs }: { inputs: NamedTensorInfoMap; attrs?: NamedAttrMap }) {
  const { axis, batchDims } = attrs as unknown as { axis: number; batchDims: number };
  const x = inputs.x as Tensor;
  const indices = inputs.indices as Tensor;
  const attributes = [
    { name: 'batch_dims', type: binding.TF_ATTR_INT, value: batchDims },
    { name: 'Tparams', type: binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(x.dtype) },
    { name: 'Tindices', type: binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(indices.dtype) },
    { name: 'Taxis', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
  ];
  const axisTensor = tf.scalar(axis, 'int32');
  const taken = backend.executeSingleOutput('GatherV2', attributes, [x, indices, axisTensor]);
  axisTensor.dispose();
  return taken;
}

tf.unregisterKernel('GatherV2', 'tensorflow');
tf.registerKernel({ kernelName: 'GatherV2', backendName: 'tensorflow', kernelFunc: gather });
