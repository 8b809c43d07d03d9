/** The scan of a gradient check over the step h, as an SVG document: an error a parameter, both axes logarithmic, 760 x 420. */
import type { StepScan } from '@anneal/schemas';
import { svgOf } from './svg.ts';

/** Step that the check takes, and the verdict levels of its errors. */
const [USED, WARN, FAIL] = [1e-5, 1e-4, 1e-2];
/** An error of 0 is drawn at the bottom. */
const LEAST = 1e-14;

export function stepScanPicture({ h, parameters }: StepScan, title: string): Promise<string> {
  const points = parameters.flatMap(({ tensor, index, errors }) =>
    errors.flatMap((error, i) =>
      error === null ? [] : [{ h: h[i]!, error: Math.max(error, LEAST), tensor, line: `${tensor}[${index}]` }],
    ),
  );
  return svgOf((Plot) => ({
    ...{ width: 760, height: 420, marginLeft: 56, marginTop: 36, marginBottom: 40, marginRight: 28 },
    style: { fontFamily: 'system-ui, sans-serif', fontSize: '13px', background: 'white' },
    x: { type: 'log', reverse: true, label: 'h', grid: true, tickFormat: power },
    y: { type: 'log', domain: [LEAST, 1], label: 'relative error', grid: true, tickFormat: power },
    marks: [
      Plot.ruleY([WARN], { stroke: '#f59e0b', strokeDasharray: '4 3' }),
      Plot.ruleY([FAIL], { stroke: '#dc2626', strokeDasharray: '4 3' }),
      Plot.ruleX([USED], { stroke: '#475569', strokeDasharray: '2 3' }),
      Plot.line(points, { x: 'h', y: 'error', z: 'line', stroke: 'tensor', strokeWidth: 1.2, strokeOpacity: 0.8 }),
      Plot.text([title], { frameAnchor: 'top', dy: -28, fontWeight: 'bold', text: (text: string) => text }),
    ],
  }));
}

const power = (value: number): string => {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9 ? `1e${Math.round(exponent)}` : '';
};
