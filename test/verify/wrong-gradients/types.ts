/** What the modules of the test set are typed with; modules import types from where they like, as none is left of them. */
export type Tf = typeof import('@tensorflow/tfjs');
export type Tensor = import('@tensorflow/tfjs').Tensor;
// biome-ignore lint/suspicious/noExplicitAny: tensors of whatever rank the function takes
export type Tensors = Record<string, any>;
