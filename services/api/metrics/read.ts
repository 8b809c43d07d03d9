/** Reads metrics out of the parts that hold the steps asked for, only the columns asked for, into a bounded number of points. */
import type { ArtifactStore } from '@anneal/core';
import {
  AnnealError,
  epochMetrics,
  type MetricName,
  type Metrics,
  plainMetric,
  seriesOf,
  stepMetrics,
} from '@anneal/schemas';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet';
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
  const within = (part: Range) => part.from <= query.to && part.to >= query.from;
  const steps = countingParts(record.parts, 'steps').filter(within);
  const epochs = record.epochs.filter(({ step }) => step >= query.from && step <= query.to);
  const own = ownSeries(query.names, epochs);
  const wanted = query.names.filter((name) => !plainMetric.safeParse(name).success && !isOwn(name));
  const observed = wanted.length > 0 ? countingParts(record.parts, 'observations').filter(within) : [];
  const ends = [...steps, ...observed, ...epochs.map(({ step }) => ({ from: step, to: step }))];
  const from = Math.max(query.from, Math.min(...ends.map((end) => end.from)));
  const to = Math.min(query.to, Math.max(...ends.map((end) => end.to)));
  if (from > to) return { jobId: record.jobId, from: query.from, to: query.from - 1, series: {} };
  const open = (part: Part) => openPart(store, artifactKey(record.jobId, part.artifact), part);
  const measured = observed[0] ? expand(wanted, columnsOf(await open(observed[0]))) : [];
  const plain = query.names.filter((name) => !wanted.includes(name) && !isOwn(name));
  const buckets = new Map(
    [...plain, ...measured, ...own].map((name) => [name, new Buckets({ from, to }, query.resolution)]),
  );
  const columns = stepMetrics.filter((name) => buckets.has(name));
  if (columns.length > 0) for (const part of steps) await readPart(await open(part), columns, { from, to }, buckets);
  for (const part of observed) await readPart(await open(part), measured, { from, to }, buckets);
  for (const name of epochMetrics) for (const epoch of epochs) addEpoch(epoch, epoch[name], buckets.get(name));
  for (const name of own) for (const epoch of epochs) addEpoch(epoch, ownValue(epoch, name), buckets.get(name));
  const series = Object.fromEntries([...buckets].map(([name, bucket]) => [name, bucket.series()]));
  return { jobId: record.jobId, from, to, series };
}

/** The columns that the names mean: `updateRatio/*` all that begin so. */
function expand(names: readonly string[], columns: readonly string[]): string[] {
  const found = names.flatMap((name) =>
    name.endsWith('/*')
      ? columns.filter((column) => column.startsWith(name.slice(0, -1)))
      : columns.filter((c) => c === name),
  );
  return [...new Set(found)];
}

function addEpoch({ step }: EpochEvent, value: number | null, buckets: Buckets | undefined): void {
  if (value !== null) buckets?.add(step, value);
}

const isOwn = (name: string): boolean => name.startsWith(seriesOf(''));

/** The series of metrics of the user's own that the names mean. */
const ownSeries = (names: readonly string[], epochs: readonly EpochEvent[]): string[] =>
  expand(names.filter(isOwn), Object.keys(epochs.at(-1)?.metrics ?? {}).map(seriesOf));

const ownValue = ({ metrics }: EpochEvent, series: string): number | null =>
  metrics?.[series.slice(seriesOf('').length)] ?? null;

interface OpenPart extends Range {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
}

async function openPart(store: ArtifactStore, key: string, { from, to, artifact }: Part): Promise<OpenPart> {
  const file = blobBuffer(store, key, artifact.size);
  return { from, to, file, metadata: await parquetMetadataAsync(file, { initialFetchSize: FOOTER_BYTES }) };
}

const columnsOf = ({ metadata }: OpenPart): string[] =>
  parquetSchema(metadata).children.map(({ element }) => element.name);

/** Adds the rows of one part. One run of rows is in memory at a time. */
async function readPart(
  part: OpenPart,
  columns: readonly string[],
  range: Range,
  buckets: ReadonlyMap<string, Buckets>,
): Promise<void> {
  const from = Math.max(part.from, range.from);
  const to = Math.min(part.to, range.to);
  const scan = await parquetScan({
    file: part.file,
    metadata: part.metadata,
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
