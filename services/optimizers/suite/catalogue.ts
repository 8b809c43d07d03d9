/** The unit tests: every combination of shape, noise, scale and drift that the paper's authors try, in one, two and ten dimensions. */
import type { PrototypeName } from './chain.ts';
import { isHeavy, type NoiseName, noises } from './noise.ts';

/** Value and slope at the start. */
export const scales = {
  normal: { value: 200, slope: -1 },
  steep: { value: 200, slope: -10 },
  saddle: { value: 200, slope: 1 },
  flat: { value: 2, slope: -0.1 },
} as const;
export type ScaleName = keyof typeof scales;

/** What changes every ten steps: how steep the landscape is, how strong the noise, where the optimum lies. */
export type Drift = 'scale' | 'noise' | 'offset';

export interface Coordinate {
  readonly shapes: readonly PrototypeName[];
  readonly noise: NoiseName;
  readonly scale: ScaleName;
}

export const families = [
  '1D noiseless',
  '1D differentiable',
  '1D non-differentiable',
  '1D heavy noise',
  '1D drifting scale',
  '1D drifting noise',
  '1D drifting optimum',
  '2D separable',
  '2D rotated',
  '2D curl',
  '10D separable',
  '10D rotated',
  '10D curl',
] as const;
export type Family = (typeof families)[number];

export interface UnitTest {
  readonly name: string;
  readonly family: Family;
  readonly coordinates: readonly Coordinate[];
  readonly rotated: boolean;
  readonly curled: boolean;
  readonly drift: Drift | undefined;
}

const noiseNames = Object.keys(noises) as NoiseName[];
const scaleNames = Object.keys(scales) as ScaleName[];
const drifts = [undefined, 'scale', 'noise', 'offset'] as const;
const additive: readonly NoiseName[] = ['none', 'additive 0.01', 'additive 0.1', 'additive 10'];

const single: readonly PrototypeName[] = ['line', 'quad-bowl', 'abs', 'bend', 'relu', 'gauss-bowl', 'cliff', 'ridge'];
const slides: readonly PrototypeName[] = [
  'quad-convex',
  'gauss-nonconvex',
  'gauss-convex',
  'laplace-nonconvex',
  'laplace-convex',
];

const chains: readonly (readonly PrototypeName[])[] = [
  ...slides.flatMap((slide) => [[slide, 'line'] as const, [slide, 'exponential'] as const]),
  ...slides.filter((slide) => slide !== 'laplace-nonconvex').map((slide) => [slide, 'relu'] as const),
  ['exponential'],
  ['line', 'exponential'],
  ['gauss-nonconvex', 'gauss-convex', 'gauss-bowl', 'gauss-convex', 'gauss-nonconvex'],
  ['laplace-nonconvex', 'laplace-convex', 'laplace-bowl', 'laplace-convex', 'laplace-nonconvex'],
  ['line', 'quad-bowl', 'line'],
  ['quad-convex', 'abs', 'quad-convex'],
  ['quad-convex', 'cliff', 'quad-convex'],
  ['quad-convex', 'cliff', 'gauss-nonconvex'],
  ['quad-convex', 'quad-bowl', 'gauss-nonconvex'],
  ['quad-convex', 'abs', 'gauss-nonconvex'],
  ['cliff', 'exponential'],
  ['cliff', 'quad-bowl'],
  ['quad-convex', 'cliff', 'quad-bowl'],
  ['quad-bowl', 'cliff', 'exponential'],
  ['gauss-nonconvex', 'relu', 'line'],
  ...([[], ['quad-convex'], ['gauss-nonconvex']] as const).flatMap((before) =>
    (['line', 'quad-bowl', 'exponential'] as const).map((after) => [...before, 'relu', 'bend', after] as const),
  ),
];

const withKink = new Set<PrototypeName>(['bend', 'relu', 'abs', 'cliff', 'ridge', 'laplace-bowl']);

function family1D({ shapes, noise }: Coordinate, drift: Drift | undefined): Family {
  if (drift) return drift === 'offset' ? '1D drifting optimum' : `1D drifting ${drift}`;
  if (noise === 'none') return '1D noiseless';
  if (isHeavy(noise)) return '1D heavy noise';
  return shapes.some((shape) => withKink.has(shape)) ? '1D non-differentiable' : '1D differentiable';
}

/** A drift of noise needs noise that has a strength; the other two are tried without noise. */
function drifts1D(noise: NoiseName): readonly (Drift | undefined)[] {
  if (noise === 'none') return drifts.filter((drift) => drift !== 'noise');
  return noise.startsWith('mask-out') || isHeavy(noise) ? [undefined] : [undefined, 'noise'];
}

const oneDimensional: UnitTest[] = [
  ...single.map((shape) => [[shape] as const, noiseNames] as const),
  ...chains.map((shapes) => [shapes, additive] as const),
].flatMap(([shapes, kinds]) =>
  kinds.flatMap((noise) =>
    scaleNames.flatMap((scale) =>
      drifts1D(noise).map((drift) => {
        const name = `${shapes.join('-')}, ${scale}, ${noise}${drift ? `, drifting ${drift}` : ''}`;
        const coordinate = { shapes, noise, scale };
        const family = family1D(coordinate, drift);
        return { name, family, coordinates: [coordinate], rotated: false, curled: false, drift };
      }),
    ),
  ),
);

type Axis = readonly [shapes: readonly PrototypeName[], scale?: ScaleName];

/** One axis and all others; whether it is tried rotated and with curl as well. */
const pairs: readonly (readonly [Axis, Axis, turned?: 'turned'])[] = [
  [[['quad-bowl']], [['quad-bowl']], 'turned'],
  [[['quad-bowl'], 'steep'], [['quad-bowl']], 'turned'],
  [[['abs']], [['quad-bowl']], 'turned'],
  [[['abs'], 'steep'], [['quad-bowl']], 'turned'],
  [[['abs']], [['quad-bowl'], 'steep'], 'turned'],
  [[['quad-bowl']], [['line']]],
  [[['quad-bowl'], 'steep'], [['line']]],
  [[['line']], [['line']]],
  [[['relu']], [['line']]],
  [[['exponential']], [['line']]],
  [[['exponential'], 'steep'], [['line']]],
  [[['abs']], [['line']]],
  [[['abs'], 'steep'], [['line']]],
  [[['abs']], [['abs']], 'turned'],
  [[['cliff']], [['abs']]],
  [[['cliff'], 'steep'], [['abs']]],
  [[['cliff']], [['line']], 'turned'],
  [[['cliff']], [['quad-bowl']], 'turned'],
  [[['exponential']], [['quad-bowl']]],
  [[['gauss-nonconvex'], 'saddle'], [['abs']]],
  [[['gauss-nonconvex'], 'saddle'], [['quad-bowl']]],
  [[['laplace-convex', 'laplace-nonconvex', 'quad-convex']], [['laplace-convex', 'laplace-nonconvex', 'quad-convex']]],
  [
    [['laplace-convex', 'laplace-nonconvex', 'quad-convex'], 'saddle'],
    [['laplace-convex', 'laplace-nonconvex', 'quad-convex']],
  ],
];

const pairedNoise: readonly (readonly [NoiseName, NoiseName])[] = [
  ['none', 'none'],
  ['additive 0.1', 'additive 0.1'],
  ['additive 0.01', 'additive 10'],
  ['additive 10', 'additive 0.01'],
];

const turns = [
  { rotated: false, curled: false, kind: 'separable' },
  { rotated: true, curled: false, kind: 'rotated' },
  { rotated: true, curled: true, kind: 'curl' },
] as const;

const manyDimensional = (dimensions: 2 | 10): UnitTest[] =>
  pairs.flatMap(([first, others, turned]) =>
    pairedNoise.flatMap((noise) =>
      turns
        .filter(({ rotated }) => turned || !rotated)
        .map(({ rotated, curled, kind }) => {
          const coordinates = Array.from({ length: dimensions }, (_value, i): Coordinate => {
            const [shapes, scale = 'normal'] = i === 0 ? first : others;
            return { shapes, scale, noise: noise[i === 0 ? 0 : 1] };
          });
          const axes = [first, others].map(([shapes, scale = 'normal']) => `${shapes.join('-')} ${scale}`).join(' + ');
          const name = `${dimensions}D ${axes}, ${noise.join(' and ')}, ${kind}`;
          return { name, family: `${dimensions}D ${kind}`, coordinates, rotated, curled, drift: undefined } as const;
        }),
    ),
  );

export const catalogue: readonly UnitTest[] = [...oneDimensional, ...manyDimensional(2), ...manyDimensional(10)];
