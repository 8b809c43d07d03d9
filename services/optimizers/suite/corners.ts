/** Prototypes of straight pieces: a slope, a plateau, and corners of several kinds. Both pieces of a corner are equally long. */
import type { Prototype, Shape, Start } from './shape.ts';

export const line: Prototype = ({ from, value, slope }) => ({
  value: (x) => value + slope * (x - from),
  slope: () => slope,
});

/** Goes on with another slope from the middle of its length on; at the corner itself the slope is 0. */
function corner({ from, to, value }: Start, first: number, second: number): Shape {
  const stretch = Math.sqrt((1 + first * first) / (1 + second * second));
  const middle = (to + stretch * from) / (1 + stretch);
  const low = value + first * (middle - from);
  return {
    value: (x) => (x > middle ? low + second * (x - middle) : value + first * (x - from)),
    slope: (x) => (x > middle ? second : x === middle ? 0 : first),
  };
}

/** |x|: down, then up as steeply. */
export const absolute: Prototype = (start) => corner(start, start.slope, -start.slope);

/** A rectified line: down, then flat for ever. */
export const relu: Prototype = (start) => corner(start, start.slope, 0);

/** Flat, then as steep as what was before. */
export const bend: Prototype = (start) => corner(start, 0, start.before ?? start.slope);

/** Down, then a wall ten times as steep upwards. */
export const cliff: Prototype = (start) => corner(start, start.slope, -10 * start.slope);

/** Down, then ten times as steeply down. */
export const ridge: Prototype = (start) => corner(start, start.slope, 10 * start.slope);
