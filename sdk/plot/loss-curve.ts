/** The loss curve of a job as an SVG: batch loss of every step with its spread, and the validation loss of every epoch. */
import type { Metrics } from '../client/types.ts';
import { svgOf } from './svg.ts';

type Series = NonNullable<Metrics['series'][keyof Metrics['series']]>;

/** A standing-alone SVG document, 760 x 420. */
export async function lossCurve(metrics: Metrics, title: string): Promise<string> {
  const { loss, validationLoss } = metrics.series;
  const batches = points(loss).map((point, i) => ({
    ...point,
    min: loss?.min[i] ?? point.value,
    max: loss?.max[i] ?? point.value,
  }));
  const epochs = points(validationLoss);
  return svgOf((Plot) => ({
    width: 760,
    height: 420,
    marginLeft: 56,
    marginTop: 36,
    marginBottom: 40,
    marginRight: 28,
    style: { fontFamily: 'system-ui, sans-serif', fontSize: '13px', background: 'white' },
    x: { label: 'step', grid: true },
    y: { label: 'loss', grid: true, type: 'log', tickFormat: (value: number) => String(value) },
    color: { domain: ['batch', 'validation'], range: ['#4269d0', '#ef8135'], legend: false },
    marks: [
      Plot.areaY(batches, { x: 'step', y1: 'min', y2: 'max', fill: '#4269d0', fillOpacity: 0.15 }),
      Plot.lineY(batches, { x: 'step', y: 'value', stroke: '#4269d0', strokeWidth: 1.5 }),
      Plot.lineY(epochs, { x: 'step', y: 'value', stroke: '#ef8135', strokeWidth: 2, marker: 'dot' }),
      Plot.text([title], { frameAnchor: 'top', dy: -28, fontWeight: 'bold', text: (text: string) => text }),
      Plot.text(['● training batches'], {
        frameAnchor: 'top-right',
        dx: -8,
        dy: 8,
        fill: '#4269d0',
        text: (text: string) => text,
      }),
      Plot.text(['● validation'], {
        frameAnchor: 'top-right',
        dx: -8,
        dy: 26,
        fill: '#ef8135',
        text: (text: string) => text,
      }),
    ],
  }));
}

/** Points that a logarithmic axis can show. */
function points(series: Series | undefined): { step: number; value: number }[] {
  if (!series) return [];
  return series.step.flatMap((step, i) => {
    const value = series.value[i];
    return value !== null && value !== undefined && value > 0 ? [{ step, value }] : [];
  });
}
