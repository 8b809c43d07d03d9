/** Runs the loop on a small task, and keeps all that it says and writes. */
import assert from 'node:assert/strict';
import {
  checkpointLayout,
  type DataSet,
  decodeCheckpoint,
  type LoopHost,
  type LoopResult,
  RunLoop,
  type StepOrder,
} from '@anneal/engine';
import type { AnnealError, EventBody, Progress, TrainSpecInput } from '@anneal/schemas';
import { parquetReadObjects } from 'hyparquet';
import { choosePlan } from '../../services/engine/plan/choose.ts';
import { blobs, smallSpec, smallTask } from './small-task.ts';

export const data = blobs({ rows: 300, shape: [6], classes: 4 });

export interface Run {
  readonly result: LoopResult | null;
  readonly error: AnnealError | null;
  readonly events: EventBody[];
  readonly files: Map<string, Uint8Array>;
  readonly progress: Progress[];
}

interface RunOptions {
  /** Left out: `data`. */
  readonly data?: DataSet;
  /** Left out: the one that the spec and the data have. */
  readonly order?: StepOrder;
  readonly resume?: { name: string; files: Map<string, Uint8Array> };
  /** Milliseconds after which the money is spent. */
  readonly spentAfter?: number;
  /** Asks for the stop once so many epochs have ended. */
  readonly stop?: { after: number; why: 'leave' | 'cancel' | 'pause' };
}

export function run(overrides: Partial<TrainSpecInput>, options: RunOptions = {}): Run {
  const spec = smallSpec({ plan: 'graph', checkpoints: { everySeconds: 0 }, ...overrides });
  const { task, order } = smallTask(spec, options.data ?? data);
  const { plan, report } = choosePlan(task, spec.plan);
  const events: EventBody[] = [];
  const files = new Map<string, Uint8Array>();
  const progress: Progress[] = [];
  let asked = 0;
  const host: LoopHost = {
    emit: (body) => void events.push(body),
    report: (update) => void progress.push(update.progress),
    put: (name, _type, bytes) => {
      assert.ok(!files.has(name), `${name} is put twice`);
      files.set(name, bytes);
    },
    stopRequested: () => (options.stop && ++asked > options.stop.after ? options.stop.why : null),
  };
  const { resume } = options;
  const decoded = resume ? decodeCheckpoint(resume.name, resume.files, checkpointLayout(task)) : null;
  const done = { events, files, progress };
  try {
    const input = {
      spec,
      task,
      plan,
      report,
      order: options.order ?? order,
      resume: decoded,
      resumeName: resume?.name ?? null,
      ...(options.spentAfter !== undefined && { deadline: performance.now() + options.spentAfter }),
    };
    return { ...done, result: new RunLoop(input, host).run(), error: null };
  } catch (error) {
    return { ...done, result: null, error: error as AnnealError };
  } finally {
    plan.dispose();
    task.built.dispose();
  }
}

export const checkpoints = (events: EventBody[]) =>
  events.flatMap((event) => (event.type === 'checkpoint' ? [event] : []));

/** Rows of the metrics of steps, in their order. */
export async function stepRows(files: ReadonlyMap<string, Uint8Array>): Promise<StepRow[]> {
  return (await rowsOf('steps', files, ['step', 'loss', 'rate'])) as unknown as StepRow[];
}

/** Rows of the metrics of epochs, in their order. */
export const epochRows = (files: ReadonlyMap<string, Uint8Array>) => rowsOf('epochs', files);

async function rowsOf(kind: 'steps' | 'epochs', files: ReadonlyMap<string, Uint8Array>, columns?: string[]) {
  const rows: Record<string, unknown>[] = [];
  for (const [name, bytes] of [...files].sort()) {
    if (!name.startsWith(`metrics/${kind}-`)) continue;
    const file = bytes.slice().buffer as ArrayBuffer;
    rows.push(...(await parquetReadObjects({ file, ...(columns && { columns }) })));
  }
  return rows;
}

interface StepRow {
  readonly step: number;
  readonly loss: number;
  readonly rate: number;
}

/** Files of a checkpoint by their names within it, as a run goes on from them. */
export const filesOf = (checkpoint: string, files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> =>
  new Map(
    [...files]
      .filter(([name]) => name.startsWith(`${checkpoint}/`))
      .map(([name, bytes]) => [name.slice(checkpoint.length + 1), bytes]),
  );
