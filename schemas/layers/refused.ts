/** What of TF.js is not offered, and why: what it computes wrongly or cannot differentiate is better refused than trained. */

/** By the type of the layer. */
export const refusedLayers: Readonly<Record<string, string>> = {
  'thresholded-relu': "TF.js has no gradient for it; take 'leaky-relu' or an activation 'relu'",
  elu: "TF.js knows it with α = 1 alone; take 'activation' with the function 'elu'",
  'mirror-padding2d': "TF.js computes its gradient wrongly (a plain slice); take 'zero-padding2d'",
  'reflection-padding2d': "TF.js computes its gradient wrongly (a plain slice); take 'zero-padding2d'",
  'conv3d-transpose': 'TF.js has no gradient for it',
};

const dilated =
  'TF.js 4.22 cannot differentiate it, and its depthwise layer ignores it; take a larger kernel or strides';

/** By the name of the field. */
export const refusedFields: Readonly<Record<string, string>> = {
  code: "a module of one's own is a layer, a loss, a metric or an update rule (type: module, rule: module); a model of one's own is one such layer",
  dilation: dilated,
  dilationRate: dilated,
  interpolation:
    "TF.js's bilinear enlargement lies half a pixel beside Keras's and PyTorch's; up-sampling2d repeats pixels",
};

/** By the name of the field and the value. */
export const refusedValues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  padding: {
    causal: "TF.js 4.22 has no causal padding; take 'same', or 'valid', which looks at no step beyond its window",
  },
};
