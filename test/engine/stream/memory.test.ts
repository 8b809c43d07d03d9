/** The memory of a streamed run does not grow with the data: 256 MiB of examples are decoded, standardised, trained on and judged in a fraction of them. */
import assert from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import { npyBytes } from '../data/npy-file.ts';
import { run } from '../loop-run.ts';
import { dense } from '../small-task.ts';
import { place } from './table.ts';

const [ROWS, WIDTH] = [65_536, 1024];
const MIB = 2 ** 20;
const peak = () => process.resourceUsage().maxRSS * 1024;

/** An array of zeros but for its first bytes, of which the disk keeps nothing. */
async function writeZeros(
  file: string,
  shape: number[],
  descr: string,
  bytes: number,
  lead: Float32Array,
): Promise<void> {
  const values = new Float32Array(1);
  const whole = npyBytes({ descr, shape, values });
  const header = whole.subarray(0, whole.length - 4);
  await writeFile(file, Buffer.concat([header, Buffer.from(lead.buffer)]));
  await truncate(file, header.length + bytes);
}

it('a run on more examples than its memory takes', async (t) => {
  const warm = await place(t);
  const spec = { preprocessing: [{ type: 'standardize' }], windowMebibytes: 2 };
  const training = { model: { layers: [dense(3)] }, batchSize: 256, budget: { epochs: 1 }, plan: 'graph' as const };
  run(training, { data: await warm.streamed(spec) });

  const at = await place(t);
  await writeZeros(path.join(at.folder, 'x.npy'), [ROWS, WIDTH], '<f4', ROWS * WIDTH * 4, Float32Array.of(1, 2, 3));
  await writeZeros(path.join(at.folder, 'y.npy'), [ROWS], '|u1', ROWS, new Float32Array(0));
  const arrays = { type: 'npy', inputs: 'x.npy', labels: 'y.npy', shape: [WIDTH], file: undefined };
  const before = peak();
  const data = await at.streamed({ ...spec, ...arrays, features: undefined, label: undefined });
  const { result, error } = run(training, { data });
  assert.ifError(error);
  assert.equal(result!.steps, Math.ceil(data.splits.training.length / 256));
  const grown = peak() - before;
  t.diagnostic(
    `${(data.place.bytes / MIB).toFixed(0)} MiB of examples: the peak grew by ${(grown / MIB).toFixed(0)} MiB`,
  );
  assert.ok(data.place.bytes > 256 * MIB);
  assert.ok(grown < 192 * MIB, `the peak grew by ${(grown / MIB).toFixed(0)} MiB`);
});
