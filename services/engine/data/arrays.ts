/** Opens inputs and labels in two .npy files, and finds every way in which they and the spec may disagree. */
import { AnnealError, type Data } from '@anneal/schemas';
import { type NpyDtype, type NpyFile, openNpy } from '../formats/npy.ts';
import { dataFile } from './data-file.ts';
import { classesOf, type OpenArrays, unlabelled } from './open-arrays.ts';

export type NpyData = Extract<Data, { type: 'npy' }>;
type Labelled = NpyData & { readonly labels: string };

/**
 * float64 becomes float32. Sides of length 1 may be missing in a file or too many: images [rows, 28, 28] are read as
 * [28, 28, 1], labels [rows] as [1].
 * @throws AnnealError `data_missing`; `data_damaged` for a file that is broken or holds what it must not; `invalid_spec`
 *   where the spec gives another shape than the file
 */
export async function openArrays(spec: NpyData, dataFolder: string): Promise<OpenArrays> {
  const file = await find(dataFolder, spec.inputs, 'data.inputs');
  requireType(file, ['|u1', '<f4', '<f8'], 'data.inputs', spec.inputs, 'inputs are uint8, float32 or float64');
  requireShape(file, spec.shape, 'data.shape', spec.inputs);
  const rows = file.shape[0] ?? 0;
  const bytes = file.dtype === '|u1';
  const inputs = {
    inputs: { dtype: bytes ? ('uint8' as const) : ('float32' as const), shape: [rows, ...spec.shape] },
    inputParts: () =>
      bytes
        ? (file.parts() as AsyncGenerator<Uint8Array<ArrayBuffer>>)
        : floats(file, spec.shape, 'data.inputs', spec.inputs),
  };
  if (spec.labels === undefined) return { ...inputs, ...unlabelled };
  return { ...inputs, ...(await openLabels({ ...spec, labels: spec.labels }, dataFolder, rows)) };
}

async function find(folder: string, name: string, param: string): Promise<NpyFile> {
  const file = await openNpy(await dataFile(folder, name, param), name);
  if (file.shape.length === 0)
    throw new AnnealError('data_damaged', `${param}: ${name} holds one number, not rows`, param);
  return file;
}

async function openLabels(
  spec: Labelled,
  dataFolder: string,
  rows: number,
): Promise<Pick<OpenArrays, 'labels' | 'labelParts'>> {
  const file = await find(dataFolder, spec.labels, 'data.labels');
  const given = file.shape[0] ?? 0;
  if (given !== rows) {
    throw new AnnealError(
      'data_damaged',
      `data.labels: ${spec.labels} has ${given} rows, but ${spec.inputs} has ${rows}; each input needs one label`,
      'data.labels',
    );
  }
  const { classes } = spec;
  if (classes === undefined) {
    const shape = spec.outputs ?? [1];
    const advice = 'labels of a regression are numbers; give data.classes if they are classes';
    requireType(file, ['<f4', '<f8', '|u1', '|i1', '<u2', '<i2', '<u4', '<i4'], 'data.labels', spec.labels, advice);
    requireShape(file, shape, 'data.outputs', spec.labels);
    return { labels: { kind: 'values', shape }, labelParts: () => floats(file, shape, 'data.labels', spec.labels) };
  }
  const integers: NpyDtype[] = ['|b1', '|u1', '|i1', '<u2', '<i2', '<u4', '<i4', '<u8', '<i8'];
  const advice = 'classes are integers; leave data.classes out for a regression';
  requireType(file, integers, 'data.labels', spec.labels, advice);
  requireShape(file, [1], 'data.labels', spec.labels);
  return { labels: { kind: 'class', classes }, labelParts: () => classesOf(file.parts(), spec.labels, classes) };
}

/** All values as float32, each of them finite. */
async function* floats(
  file: NpyFile,
  example: readonly number[],
  param: string,
  name: string,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const columns = size(example);
  let at = 0;
  for await (const part of file.parts()) {
    const values = part instanceof Float32Array ? part : Float32Array.from(part as Float64Array);
    for (let index = 0; index < values.length; index++) {
      if (Number.isFinite(values[index])) continue;
      const [row, column] = [Math.floor((at + index) / columns), (at + index) % columns];
      const given = Number(part[index]);
      const wrong = Number.isFinite(given)
        ? `${given}, which is too large for float32`
        : `${given}, not a finite number`;
      throw new AnnealError(
        'data_damaged',
        `${param}: row ${row}, ${place(column, example)} of ${name} is ${wrong}`,
        param,
      );
    }
    at += values.length;
    yield values;
  }
}

/** Where in one example a value lies: `column 3`, or `index [2, 0, 1]` with more than one dimension. */
function place(offset: number, example: readonly number[]): string {
  if (example.length === 1) return `column ${offset}`;
  const indices: number[] = [];
  for (let rest = offset, axis = example.length - 1; axis >= 0; axis--) {
    const side = example[axis] as number;
    indices.unshift(rest % side);
    rest = Math.floor(rest / side);
  }
  return `index [${indices.join(', ')}]`;
}

function requireType(file: NpyFile, allowed: readonly NpyDtype[], param: string, name: string, advice: string): void {
  if (allowed.includes(file.dtype)) return;
  throw new AnnealError('data_damaged', `${param}: ${name} holds values of type ${file.dtype}; ${advice}`, param);
}

function requireShape(file: NpyFile, needed: readonly number[], param: string, name: string): void {
  const given = file.shape.slice(1);
  const long = (shape: readonly number[]) => shape.filter((side) => side !== 1).join();
  if (long(given) === long(needed)) return;
  const message = `${param}: examples in ${name} have shape [${given.join(', ')}], but [${needed.join(', ')}] is needed`;
  throw new AnnealError('invalid_spec', message, param);
}

const size = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
