/** A figure of Observable Plot as an SVG document that stands alone, made without a browser. */
import { createRequire } from 'node:module';
import type { PlotOptions } from '@observablehq/plot';

export type Plot = typeof import('@observablehq/plot');

export async function svgOf(options: (plot: Plot) => PlotOptions): Promise<string> {
  const plot = (await import('@observablehq/plot')) as Plot;
  const { parseHTML } = createRequire(import.meta.url)('linkedom') as typeof import('linkedom');
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const figure = plot.plot({ ...options(plot), document: document as never }) as unknown as { outerHTML: string };
  const svg = figure.outerHTML;
  return svg.includes('xmlns=') ? svg : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
}

/** As the text of an element. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
