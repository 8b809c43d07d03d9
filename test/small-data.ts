/** A data set that trains in milliseconds: two clouds of points that a line tells apart, as .npy files and a spec for them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** NumPy's format, version 1.0. */
function npy(descr: string, shape: readonly number[], bytes: Buffer): Buffer {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(padded.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(padded), bytes]);
}

const EXAMPLES = 240;

/** Writes the files into `folder`, and `spec.yaml` for a run of `epochs`. */
export async function writeSmallData(folder: string, epochs: number): Promise<void> {
  const inputs = new Float32Array(EXAMPLES * 2);
  const labels = new Int32Array(EXAMPLES);
  for (let i = 0; i < EXAMPLES; i++) {
    labels[i] = i % 2;
    // A fixed spiral around (±2, 0) instead of chance: the same points in every run.
    const radius = (i % 40) / 40;
    inputs[2 * i] = radius * Math.cos(i) + (i % 2 === 0 ? -2 : 2);
    inputs[2 * i + 1] = radius * Math.sin(i);
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'inputs.npy'), npy('<f4', [EXAMPLES, 2], Buffer.from(inputs.buffer)));
  await writeFile(join(folder, 'labels.npy'), npy('<i4', [EXAMPLES], Buffer.from(labels.buffer)));
  await writeFile(join(folder, 'spec.yaml'), smallSpec(epochs));
}

const smallSpec = (epochs: number): string => `kind: train
name: two clouds
tags: { team: tests }
data: { type: npy, inputs: inputs.npy, labels: labels.npy, shape: [2], classes: 2, split: { validation: 0.1, test: 0.1 } }
model:
  layers:
    - { type: dense, units: 4, activation: relu }
    - { type: dense, units: 2 }
loss: { type: softmax-cross-entropy }
update: { rule: momentum }
schedule: { type: constant, rate: 0.05 }
batchSize: 16
checks: 'off'
budget: { epochs: ${epochs} }
`;
