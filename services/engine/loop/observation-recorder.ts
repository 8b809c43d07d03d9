/**
 * Collects observations and hands them on as Parquet parts, with the checkpoints and whenever a part is full:
 * `metrics/observations-FROM-TO.parquet` has a row a step and a column a scalar, `metrics/histograms-FROM-TO.parquet` a row a tensor.
 */
import { HISTOGRAM_BINS } from '@anneal/schemas';
import { writeParquet } from '../formats/parquet.ts';
import type { ObservationLayout } from '../observe/layout.ts';
import type { Observation } from '../plan/plan.ts';
import { PARQUET, partName } from './part-name.ts';

/** Numbers a part holds at most: 4 MiB of memory. */
const PART_NUMBERS = 2 ** 20;

export class ObservationRecorder {
  private kept: Observation[] = [];

  constructor(
    private readonly layout: ObservationLayout | null,
    private readonly put: (name: string, contentType: string, bytes: Uint8Array) => void,
  ) {}

  add(observations: readonly Observation[]): void {
    this.kept.push(...observations);
    if (this.kept.length * (this.layout?.length ?? 0) >= PART_NUMBERS) this.flush();
  }

  /** Writes what there is. */
  flush(): void {
    const [first, last] = [this.kept[0], this.kept.at(-1)];
    if (!this.layout || !first || !last) return;
    this.put(partName('observations', first.step, last.step), PARQUET, scalars(this.layout, this.kept));
    if (this.layout.histograms)
      this.put(partName('histograms', first.step, last.step), PARQUET, histograms(this.layout, this.kept));
    this.kept = [];
  }
}

function scalars(layout: ObservationLayout, kept: readonly Observation[]): Uint8Array {
  return writeParquet([
    { name: 'step', type: 'INT32', values: Int32Array.from(kept, ({ step }) => step) },
    ...layout.scalars.map((name, i) => ({
      name,
      type: 'FLOAT' as const,
      values: Float32Array.from(kept, ({ values }) => values[i]!),
    })),
  ]);
}

function histograms({ scalars, tensors }: ObservationLayout, kept: readonly Observation[]): Uint8Array {
  const rows = kept.flatMap(({ step, values }) =>
    tensors.map((tensor, i) => {
      const from = scalars.length + i * (HISTOGRAM_BINS + 2);
      return { step, tensor, values: values.subarray(from, from + HISTOGRAM_BINS + 2) };
    }),
  );
  const column = (at: number) => Float32Array.from(rows, ({ values }) => values[at]!);
  return writeParquet([
    { name: 'step', type: 'INT32', values: Int32Array.from(rows, ({ step }) => step) },
    { name: 'tensor', type: 'STRING', values: rows.map(({ tensor }) => tensor) },
    { name: 'low', type: 'FLOAT', values: column(0) },
    { name: 'high', type: 'FLOAT', values: column(1) },
    ...Array.from({ length: HISTOGRAM_BINS }, (_value, bin) => ({
      name: `count${String(bin).padStart(2, '0')}`,
      type: 'INT32' as const,
      values: Int32Array.from(column(bin + 2)),
    })),
  ]);
}
