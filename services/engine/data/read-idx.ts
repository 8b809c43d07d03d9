/** Reads the IDX format: a magic number that tells type and dimensions, the lengths, raw values. Source: LeCun's page of MNIST. */
import { readFile } from 'node:fs/promises';
import { AnnealError, type Data } from '@anneal/schemas';
import { dataFile } from './data-file.ts';
import type { Inputs, Labels } from './load.ts';
import { noLabels } from './no-labels.ts';

/** Code of unsigned bytes, the only type read. */
const UNSIGNED_BYTES = 8;

/** @throws AnnealError `data_missing`, `data_damaged`, `invalid_spec` */
export async function readIdx(
  spec: Extract<Data, { type: 'idx' }>,
  dataFolder: string,
): Promise<{ inputs: Inputs; labels: Labels }> {
  const inputs = await readBytes(dataFolder, spec.inputs, 'data.inputs');
  const long = (shape: readonly number[]) => shape.filter((side) => side !== 1).join();
  const given = inputs.shape.slice(1);
  if (long(given) !== long(spec.shape)) {
    const message = `data.shape: examples in ${spec.inputs} have shape [${given.join(', ')}], but [${spec.shape.join(', ')}] is needed`;
    throw new AnnealError('invalid_spec', message, 'data.shape');
  }
  const [rows = 0] = inputs.shape;
  const read: Inputs = { dtype: 'uint8', shape: [rows, ...spec.shape], values: inputs.values };
  if (spec.labels === undefined) return { inputs: read, labels: noLabels };
  const labels = await readBytes(dataFolder, spec.labels, 'data.labels');
  if (labels.shape.length !== 1 || labels.shape[0] !== rows) {
    const message = `data.labels: ${spec.labels} has shape [${labels.shape.join(', ')}], but ${spec.inputs} has ${rows} rows; each needs one label`;
    throw new AnnealError('data_damaged', message, 'data.labels');
  }
  const wrong = labels.values.findIndex((label) => label >= spec.classes);
  if (wrong >= 0) {
    const message = `data.labels: row ${wrong} of ${spec.labels} is of class ${labels.values[wrong]}, but data.classes is ${spec.classes}: classes are 0 to ${spec.classes - 1}`;
    throw new AnnealError('data_damaged', message, 'data.labels');
  }
  return {
    inputs: read,
    labels: { kind: 'class', classes: spec.classes, values: Int32Array.from(labels.values) },
  };
}

async function readBytes(folder: string, name: string, param: string) {
  const bytes = await readFile(await dataFile(folder, name, param));
  const damaged = (text: string) => new AnnealError('data_damaged', `${param}: ${name} ${text}`, param);
  const axes = bytes[3] ?? 0;
  if (bytes.length < 4 + 4 * axes || bytes[0] !== 0 || bytes[1] !== 0 || axes === 0)
    throw damaged('is not an IDX file');
  if (bytes[2] !== UNSIGNED_BYTES) throw damaged('holds another type than unsigned bytes');
  const shape = Array.from({ length: axes }, (_value, axis) => bytes.readInt32BE(4 + 4 * axis));
  const start = 4 + 4 * axes;
  const needed = start + shape.reduce((product, side) => product * side, 1);
  if (bytes.length !== needed)
    throw damaged(`has ${bytes.length} bytes where its shape [${shape.join(', ')}] takes ${needed}`);
  return { shape, values: new Uint8Array(bytes.subarray(start)) };
}
