/** Surfaces over a plane on which rules are easy to watch. */
export interface Surface {
  readonly title: string;
  readonly value: (x: number, y: number) => number;
  readonly gradient: (x: number, y: number) => readonly [number, number];
  readonly start: readonly [number, number];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** The same rate for all, where a rate of its own would hide what the surface shows. */
  readonly rate?: number;
}

export const surfaces = {
  ravine: {
    title: 'a ravine: x²/20 + 5y²',
    value: (x, y) => (x * x) / 20 + 5 * y * y,
    gradient: (x, y) => [x / 10, 10 * y],
    start: [-9, 1.6],
    x: [-10, 4],
    y: [-2, 2],
  },
  saddle: {
    title: 'a saddle: x²/2 + y⁴/4 − y²/2, begun next to its ridge',
    value: (x, y) => (x * x) / 2 + y ** 4 / 4 - (y * y) / 2,
    gradient: (x, y) => [x, y ** 3 - y],
    start: [-1.4, 1e-3],
    x: [-1.7, 1],
    y: [-1.35, 1.35],
    rate: 0.05,
  },
  // Beale 1958: the least value is 0, at (3, ½).
  beale: {
    title: "Beale's function",
    value: (x, y) => (1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y ** 3) ** 2,
    gradient: (x, y) => {
      const [a, b, c] = [1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y ** 3];
      return [
        2 * a * (y - 1) + 2 * b * (y * y - 1) + 2 * c * (y ** 3 - 1),
        2 * a * x + 4 * b * x * y + 6 * c * x * y * y,
      ];
    },
    start: [0.7, 1.4],
    x: [-0.5, 4.2],
    y: [-1.2, 1.9],
  },
  // Rosenbrock 1960: the least value is 0, at (1, 1).
  rosenbrock: {
    title: "Rosenbrock's function",
    value: (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    gradient: (x, y) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
    start: [-1.3, 1.1],
    x: [-1.7, 1.5],
    y: [-0.5, 1.9],
  },
} as const satisfies Record<string, Surface>;

export type SurfaceName = keyof typeof surfaces;
