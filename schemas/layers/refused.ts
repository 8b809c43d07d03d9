/** Layers of TF.js that are not offered, and why: what it computes wrongly or cannot differentiate is better refused than trained. */
export const refusedLayers: Readonly<Record<string, string>> = {
  'thresholded-relu': "TF.js has no gradient for it; take 'leaky-relu' or an activation 'relu'",
  'mirror-padding2d': "TF.js computes its gradient wrongly (a plain slice); take 'zero-padding2d'",
  'reflection-padding2d': "TF.js computes its gradient wrongly (a plain slice); take 'zero-padding2d'",
  'conv-lstm2d': "it isn't differentiated by TF.js's node backend; take 'conv2d' and 'lstm'",
};
