/** Reads the IDX format: a magic number that tells type and dimensions, the lengths, raw values. Source: LeCun's page of MNIST. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AnnealError, type Data } from '@anneal/schemas';
import { dataFile } from './data-file.ts';
import { classesOf, type OpenArrays, unlabelled } from './open-arrays.ts';

/** Code of unsigned bytes, the only type read. */
const UNSIGNED_BYTES = 8;
const PART_BYTES = 2 ** 20;

type IdxData = Extract<Data, { type: 'idx' }>;

/** @throws AnnealError `data_missing`, `data_damaged`, `invalid_spec` */
export async function openIdx(spec: IdxData, dataFolder: string): Promise<OpenArrays> {
  const file = await openBytes(dataFolder, spec.inputs, 'data.inputs');
  const long = (shape: readonly number[]) => shape.filter((side) => side !== 1).join();
  const given = file.shape.slice(1);
  if (long(given) !== long(spec.shape)) {
    const message = `data.shape: examples in ${spec.inputs} have shape [${given.join(', ')}], but [${spec.shape.join(', ')}] is needed`;
    throw new AnnealError('invalid_spec', message, 'data.shape');
  }
  const [rows = 0] = file.shape;
  const inputs = {
    inputs: { dtype: 'uint8' as const, shape: [rows, ...spec.shape] },
    inputParts: () => file.parts(),
  };
  if (spec.labels === undefined) return { ...inputs, ...unlabelled };
  const { labels: name, classes } = spec;
  const labels = await openBytes(dataFolder, name, 'data.labels');
  if (labels.shape.length !== 1 || labels.shape[0] !== rows) {
    const message = `data.labels: ${name} has shape [${labels.shape.join(', ')}], but ${spec.inputs} has ${rows} rows; each needs one label`;
    throw new AnnealError('data_damaged', message, 'data.labels');
  }
  return { ...inputs, labels: { kind: 'class', classes }, labelParts: () => classesOf(labels.parts(), name, classes) };
}

/** Reads the header, and checks that the file is as long as it says. */
async function openBytes(folder: string, name: string, param: string) {
  const file = await dataFile(folder, name, param);
  const damaged = (text: string) => new AnnealError('data_damaged', `${param}: ${name} ${text}`, param);
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const lead = Buffer.alloc(4 + 4 * 255);
    const { bytesRead } = await handle.read(lead, 0, lead.length, 0);
    const axes = lead[3]!;
    const start = 4 + 4 * axes;
    if (bytesRead < start || lead[0] !== 0 || lead[1] !== 0 || axes === 0) throw damaged('is not an IDX file');
    if (lead[2] !== UNSIGNED_BYTES) throw damaged('holds another type than unsigned bytes');
    const shape = Array.from({ length: axes }, (_value, axis) => lead.readInt32BE(4 + 4 * axis));
    const needed = start + shape.reduce((product, side) => product * side, 1);
    if (size !== needed) throw damaged(`has ${size} bytes where its shape [${shape.join(', ')}] takes ${needed}`);
    const parts = () =>
      createReadStream(file, { start, highWaterMark: PART_BYTES }) as AsyncIterable<Uint8Array<ArrayBuffer>>;
    return { shape, parts };
  } finally {
    await handle.close();
  }
}
