/** A rule of one's own for `anneal optimizers`: signum, the sign of a running mean of gradients (Bernstein et al. 2018). */
export default {
  name: 'signum',
  slots: ['mean'],
  options: { decay: [0.5, 0.9, 0.99] },
  apply(ops, { w, g, slots, rate }, { decay }) {
    const mean = ops.add(ops.mul(ops.scalar(decay), slots.mean), ops.mul(ops.scalar(1 - decay), g));
    return { w: ops.sub(w, ops.mul(rate, ops.sign(mean))), slots: { mean } };
  },
};
