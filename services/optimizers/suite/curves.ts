/** Prototypes of smooth pieces: parts of a parabola, an exponential, a Gaussian and a Laplacian. */
import type { Prototype, Shape, Start } from './shape.ts';

/** A curve that follows a flat piece starts with this slope, for none of them can start with 0. */
const HARDLY = -1e-7;

/** a·h(x) + b, with a and b such that it begins as it has to. */
function fitted({ from, value, slope }: Start, h: Shape): Shape {
  const a = (slope || HARDLY) / h.slope(from);
  const b = value - a * h.value(from);
  return { value: (x) => a * h.value(x) + b, slope: (x) => a * h.slope(x) };
}

const parabola = (centre: number): Shape => ({ value: (x) => (x - centre) ** 2, slope: (x) => 2 * (x - centre) });

/** One branch: the slope falls to a tenth, or rises tenfold where it goes up. */
export const quadraticConvex: Prototype = (start) => {
  const { from, to, slope } = start;
  return fitted(start, parabola(slope > 0 ? (10 * from - to) / 9 : (to - 0.1 * from) / 0.9));
};

/** As high at the end as at the start. */
export const quadraticBowl: Prototype = (start) => fitted(start, parabola((start.from + start.to) / 2));

/** The slope falls to a thousandth. */
export const exponential: Prototype = (start) => {
  const rate = Math.log(1000) / (start.to - start.from);
  const h = (x: number): number => Math.exp(-rate * (x - start.from));
  return fitted(start, { value: h, slope: (x) => -rate * h(x) });
};

const gaussian = (mean: number, width: number): Shape => {
  const h = (x: number): number => Math.exp(-(((x - mean) / width) ** 2));
  return { value: h, slope: (x) => ((-2 * (x - mean)) / width ** 2) * h(x) };
};

/** From four widths away of the mean to where the curvature changes its sign; the other way round where it goes up. */
export const gaussianNonConvex: Prototype = (start) => {
  const width = (2 * (start.to - start.from)) / (8 - Math.SQRT2);
  return fitted(start, gaussian(start.slope > 0 ? start.to - 4 * width : start.from + 4 * width, width));
};

/** From where the curvature changes its sign nearly to the mean, or back. */
export const gaussianConvex: Prototype = (start) => {
  const width = (10 * (start.to - start.from)) / (5 * Math.SQRT2 - 1);
  return fitted(start, gaussian(start.slope > 0 ? start.from - 0.1 * width : start.to + 0.1 * width, width));
};

/** A tenth of a width on both sides of the mean. */
export const gaussianBowl: Prototype = (start) => {
  const width = 5 * (start.to - start.from);
  return fitted(start, gaussian(start.from + 0.1 * width, width));
};

const laplacian = (centre: number, width: number): Shape => {
  const h = (x: number): number => Math.exp(-Math.abs(x - centre) / width);
  return { value: h, slope: (x) => (-Math.sign(x - centre) / width) * h(x) };
};

/** From eight widths away of the peak to one, or back. */
export const laplacianNonConvex: Prototype = (start) => {
  const width = (start.to - start.from) / 7;
  return fitted(start, laplacian(start.slope > 0 ? start.from - width : start.from + 8 * width, width));
};

/** From one width away of the peak to a tenth, or back. */
export const laplacianConvex: Prototype = (start) => {
  const width = (start.to - start.from) / 0.9;
  return fitted(start, laplacian(start.slope > 0 ? start.from - 0.1 * width : start.from + width, width));
};

/** A tenth of a width on both sides of the peak, which is a kink. */
export const laplacianBowl: Prototype = (start) => {
  const width = 5 * (start.to - start.from);
  return fitted(start, laplacian(start.from + 0.1 * width, width));
};
