/**
 * Gradients that TF.js composes of several passes over the activation, as TensorFlow's own kernels of one pass. They use the output of
 * the forward kernel, as TensorFlow does, so that convolution, bias and ReLU can be fused.
 */
import './native-kernels.ts';
import type { Tensor } from '@tensorflow/tfjs';
import { backend, binding, tf } from '../tensorflow.ts';

const floatType = [{ name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }];

/** Forward kernel of TF.js -> backward kernel of TensorFlow, called with the incoming gradient and the forward output. */
const kernels = { Relu: 'ReluGrad', Relu6: 'Relu6Grad' } as const;

for (const [kernelName, op] of Object.entries(kernels)) {
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    outputsToSave: [true],
    gradFunc: (dy, [output]) => ({ x: () => backend.executeSingleOutput(op, floatType, [dy as Tensor, output!]) }),
  });
}

/**
 * −log softmax(logits)[label] of each example, [batch], forward and backward in one kernel.
 * logits [batch, classes] float32, labels [batch] int32.
 */
export function sparseSoftmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  const attributes = [...floatType, { name: 'Tlabels', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 }];
  return tf.customGrad((x, save) => {
    const [loss, gradient] = backend.executeMultipleOutputs(
      'SparseSoftmaxCrossEntropyWithLogits',
      attributes,
      [x as Tensor, labels],
      2,
    );
    (save as (tensors: Tensor[]) => void)([gradient!]);
    return {
      value: loss!,
      gradFunc: (dy: Tensor, [saved]: Tensor[]) => tf.mul(tf.expandDims(dy, -1), saved!),
    } as never;
  })(logits) as Tensor;
}
