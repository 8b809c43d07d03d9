/** The fault benchmark over a folder of programs, as somebody else keeps one. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { readPrograms } from '../bench/diagnosis/programs.ts';
import type { Row } from '../bench/diagnosis/row.ts';
import { temporaryFolder } from '../cli/anneal.ts';

const spec = (rate: number): string => `kind: train
data: { type: csv, file: points.csv, features: [x, y], label: z, classes: 2, split: { validation: 0.2, test: 0.1 } }
model: { layers: [{ type: dense, units: 16, activation: relu, initializer: he-normal }, { type: dense, units: 2 }] }
loss: { type: softmax-cross-entropy }
update: { rule: momentum }
schedule: { type: constant, rate: ${rate} }
budget: { epochs: 20 }
`;

/** Two half planes. */
const points = Array.from({ length: 600 }, (_value, i) => {
  const [x, y] = [Math.sin(i * 12.9898), Math.sin(i * 78.233 + 1)];
  return `${x},${y},${x + y > 0 ? 1 : 0}`;
});

test('a row for every program and seed: what was named, when, and what was expected', {
  timeout: 300_000,
}, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'points.csv'), ['x,y,z', ...points].join('\n'));
  await writeFile(join(folder, 'sound.yaml'), spec(0.02));
  await writeFile(join(folder, 'sound.cause'), 'none\n');
  await writeFile(join(folder, 'torn.yaml'), spec(1e-6));
  await writeFile(join(folder, 'torn.cause'), 'learning-rate-too-low\n');
  const json = join(folder, 'rows.json');
  const main = new URL('../bench/diagnosis/main.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', main, '--programs', folder, '--json', json, '--seeds', '1'],
  ]);
  const rows = JSON.parse(await readFile(json, 'utf8')) as Row[];
  assert.deepEqual(
    rows.map(({ program, seed, fault, cause, split, ranked }) => [
      program,
      seed,
      fault,
      cause,
      split,
      ranked[0]?.cause,
    ]),
    [
      ['sound', 1, null, null, 'reporting', undefined],
      ['torn', 1, 'torn', 'learning-rate-too-low', 'reporting', 'learning-rate-too-low'],
    ],
  );
  const [sound, torn] = rows as [Row, Row];
  assert.deepEqual([sound.foundAtStep, sound.ranked], [null, []]);
  assert.ok(torn.foundAtStep !== null && torn.foundAtStep <= torn.steps && torn.steps > 0);
  assert.match(stdout, /\| reporting \| 1 \| 1 \(100\.0 %\) \| 1 \(100\.0 %\) \| 1 \| 0 \(0\.0 %\) \|/);
});

test('a folder that is none of programs is refused, naming the file', async (t) => {
  const folder = await temporaryFolder(t);
  assert.throws(() => readPrograms(folder), /holds no train specs/);
  await writeFile(join(folder, 'a.yaml'), spec(0.1));
  assert.throws(() => readPrograms(folder), /a\.cause is not there: one line, a cause's name, or none/);
  await writeFile(join(folder, 'a.cause'), 'the rate\n');
  assert.throws(
    () => readPrograms(folder),
    /a\.cause: 'the rate' is not the name of a cause; they are augmentation-too-strong, /,
  );
  await writeFile(join(folder, 'a.cause'), 'none');
  assert.equal(readPrograms(folder)[0]!.cause, null);
  await writeFile(join(folder, 'a.yaml'), spec(0.1).replace('units: 16', 'unit: 16'));
  assert.throws(() => readPrograms(folder), /a\.yaml: model\.layers\[0\]\.units: is missing/);
});
