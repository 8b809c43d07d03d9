/** Reads metrics out of the parts that hold the steps asked for, only the columns asked for, into a bounded number of points. */
import type { ArtifactStore } from '@anneal/core';
import { AnnealError, epochMetrics, type MetricName, type Metrics, stepMetrics } from '@anneal/schemas';
import { type AsyncBuffer, parquetMetadataAsync, parquetScan } from 'hyparquet';
import { artifactKey, type EpochEvent, type JobRecord } from '../record.ts';
import { Buckets, type Range } from './buckets.ts';
import { countingParts, type Part } from './parts.ts';

/** Bytes at the end of a part that surely hold its footer; a longer one is read in two goes. */
const FOOTER_BYTES = 4096;

export interface MetricQuery extends Range {
  readonly names: readonly MetricName[];
  /** Most points a series. */
  readonly resolution: number;
}

/** `from` and `to` of the result are the steps that there are; `to` is smaller than `from` where there are none. */
export async function readMetrics(record: JobRecord, store: ArtifactStore, query: MetricQuery): Promise<Metrics> {
  const parts = countingParts(record.parts).filter(({ from, to }) => from <= query.to && to >= query.from);
  const epochs = record.epochs.filter(({ step }) => step >= query.from && step <= query.to);
  const steps = epochs.map(({ step }) => step);
  const from = Math.max(query.from, Math.min(...parts.map((part) => part.from), ...steps));
  const to = Math.min(query.to, Math.max(...parts.map((part) => part.to), ...steps));
  if (from > to) return { jobId: record.jobId, from: query.from, to: query.from - 1, series: {} };
  const buckets = new Map(query.names.map((name) => [name, new Buckets({ from, to }, query.resolution)]));
  const columns = stepMetrics.filter((name) => buckets.has(name));
  if (columns.length > 0) {
    for (const part of parts) await readPart(part, record.jobId, store, columns, { from, to }, buckets);
  }
  for (const name of epochMetrics) for (const epoch of epochs) addEpoch(epoch, name, buckets.get(name));
  const series = Object.fromEntries([...buckets].map(([name, bucket]) => [name, bucket.series()]));
  return { jobId: record.jobId, from, to, series };
}

function addEpoch(epoch: EpochEvent, name: (typeof epochMetrics)[number], buckets: Buckets | undefined): void {
  const value = epoch[name];
  if (value !== null) buckets?.add(epoch.step, value);
}

/** Adds the rows of one part. One run of rows is in memory at a time. */
async function readPart(
  part: Part,
  jobId: string,
  store: ArtifactStore,
  columns: readonly MetricName[],
  range: Range,
  buckets: ReadonlyMap<MetricName, Buckets>,
): Promise<void> {
  const from = Math.max(part.from, range.from);
  const to = Math.min(part.to, range.to);
  const file = blobBuffer(store, artifactKey(jobId, part.artifact), part.artifact.size);
  const scan = await parquetScan({
    file,
    metadata: await parquetMetadataAsync(file, { initialFetchSize: FOOTER_BYTES }),
    columns: ['step', ...columns],
    pruningFilter: { step: { $gte: from, $lte: to } },
  });
  for (const rows of scan.ranges) {
    const steps = await scan.readColumn({ column: 'step', ...rows });
    for (const column of columns) {
      const values = await scan.readColumn({ column, ...rows });
      const bucket = buckets.get(column);
      for (let row = 0; row < steps.length; row++) {
        const step = Number(steps[row]);
        const value = values[row];
        if (step >= from && step <= to && value !== null) bucket?.add(step, Number(value));
      }
    }
  }
}

/** A stored blob as hyparquet reads it: the footer first, then the pages it needs. */
function blobBuffer(store: ArtifactStore, key: string, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const { body } = await store.get(key, { start, end: end - 1 });
      const bytes = new Uint8Array(end - start);
      let filled = 0;
      for await (const chunk of body) {
        bytes.set(chunk, filled);
        filled += chunk.length;
      }
      if (filled < bytes.length)
        throw new AnnealError('internal', `artifact ${key} is shorter than it was when stored`);
      return bytes.buffer;
    },
  };
}
